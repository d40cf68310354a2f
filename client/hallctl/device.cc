// Devices and their keys: device init | keys | enrol | revoke | list. The first two need no server.
#include <fmt/format.h>

#include <filesystem>

#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"
#include "client/keys.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

namespace fs = std::filesystem;

std::string keys_folder(const Session& session) {
    return session.globals().keys.empty() ? default_keys_folder() : session.globals().keys;
}

bool holds(const std::string& folder, const char* file) {
    std::error_code ignored;
    return fs::exists(fs::path(folder) / file, ignored);
}

Error exists(const std::string& folder) {
    return {"keys_exist", fmt::format("{} holds keys already and they are kept; name another "
                                      "folder, or remove them if they are to be given up",
                                      folder)};
}

// The server's keys in DATA/keys, the first admin's in the keys folder.
int init(Session& session, const Words& words) {
    const std::string of_server = (fs::path(words.one("data")) / "keys").string();
    const std::string of_admin = keys_folder(session);
    // Both first: nothing half made.
    if (holds(of_server, "server.secret")) return session.fail(exists(of_server));
    if (holds(of_admin, "device.secret")) return session.fail(exists(of_admin));
    const KeyPair server = make_key_pair();
    const KeyPair admin = make_key_pair();
    const auto written =
        write_key_pair(of_admin, "device", admin)
            .and_then([&] { return write_public_key(of_admin, "server", server.public_key); })
            .and_then([&] { return write_public_key(of_server, "first_admin", admin.public_key); })
            .and_then([&] { return write_key_pair(of_server, "server", server); });
    if (!written) return session.fail(written.error());
    return session.show(
        wording::format("hallctl.device.made",
                        {{"server", of_server}, {"admin", of_admin}, {"key", server.public_key}}),
        fmt::format(R"({{"keys":{{"server_folder":{},"admin_folder":{},"server_public_key":{},)"
                    R"("admin_public_key":{}}}}})",
                    json_string(of_server), json_string(of_admin), json_string(server.public_key),
                    json_string(admin.public_key)));
}

// A device's own pair; with --server-key also the hall's, so that the folder is complete.
int keys(Session& session, const Words& words) {
    const std::string folder = keys_folder(session);
    const std::string server_key = words.one("server-key");
    if (!server_key.empty() && !is_key(server_key)) {
        throw UsageError{wording::text("hallctl.usage.server_key")};
    }
    const KeyPair pair = make_key_pair();
    auto written = write_key_pair(folder, "device", pair);
    if (written && !server_key.empty()) written = write_public_key(folder, "server", server_key);
    if (!written) return session.fail(written.error());
    return session.show(pair.public_key,
                        fmt::format(R"({{"keys":{{"folder":{},"public_key":{}}}}})",
                                    json_string(folder), json_string(pair.public_key)));
}

int enrol(Session& session, const Words& words) {
    protocol::Command command;
    auto* device = command.mutable_enrol_device();
    protocol::Role::Value role = protocol::Role::unknown;
    if (!protocol::Role::Value_Parse(words.one("role"), &role) || role == protocol::Role::unknown) {
        throw UsageError{
            wording::format("hallctl.usage.one_of", {{"option", "--role"},
                                                     {"value", words.one("role")},
                                                     {"values", names_of<protocol::Role>(", ")}})};
    }
    device->set_name(words.one("name"));
    device->set_role(role);
    device->set_public_key(words.one("public"));
    if (words.has("window")) {
        device->set_window(window_number(words.one("window"), "window"));
    }
    return session.send(command);
}

int revoke_device(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_revoke_device()->set_name(words.places.front());
    return session.send(command);
}

int list_devices(Session& session, const Words&) {
    protocol::Query query;
    query.mutable_device_list();
    return session.ask(query);
}

}  // namespace

Verbs device_verbs() {
    using Takes = Option::Takes;
    return {
        {"device", "init", {}, {{"data", Takes::one, "DIR"}}, {"data"}, init},
        {"device", "keys", {}, {{"server-key", Takes::one, "KEY"}}, {}, keys},
        {"device",
         "enrol",
         {},
         {{"name", Takes::one, "NAME"},
          {"role", Takes::one, "ROLE"},
          {"public", Takes::one, "KEY"},
          {"window", Takes::one, "N"}},
         {"name", "role", "public"},
         enrol},
        {"device", "revoke", {"NAME"}, {}, {}, revoke_device},
        {"device", "list", {}, {}, {}, list_devices},
    };
}

}  // namespace hall::client::hallctl
