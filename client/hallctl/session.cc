#include "client/hallctl/session.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/wrappers.pb.h>

#include <iostream>

#include "client/hallctl/tables.h"
#include "client/refusal_text.h"
#include "config/hall_file.h"
#include "protocol/check.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

// Errors that mean "the hall refused us" although no reply said so.
bool is_refusal(const Error& error) {
    return error.code != "server_unreachable";
}

}  // namespace

std::string to_json(const google::protobuf::Message& message) {
    google::protobuf::util::JsonPrintOptions options;
    options.always_print_primitive_fields = true;
    options.preserve_proto_field_names = true;
    std::string json;
    HALL_CHECK(google::protobuf::util::MessageToJsonString(message, &json, options).ok());
    return json;
}

std::string json_string(const std::string& value) {
    google::protobuf::StringValue text;
    text.set_value(value);
    std::string json;
    HALL_CHECK(google::protobuf::util::MessageToJsonString(text, &json).ok());
    return json;
}

tl::expected<Server, Error> Session::server() const {
    std::string address = globals_.server.empty() ? Server{}.address : globals_.server;
    if (globals_.server.empty() && !globals_.config.empty()) {
        const auto file = config::load(globals_.config);
        if (!file) {
            return tl::unexpected(Error{"config_invalid", to_string(file.error().front())});
        }
        address = fmt::format("tcp://{}:{}", file->network.bind, file->network.port);
    }
    return find_server(address, globals_.keys);
}

tl::expected<CommandClient*, Error> Session::client() {
    if (!client_) {
        auto found = server();
        if (!found) return tl::unexpected(found.error());
        client_ = std::make_unique<CommandClient>(std::move(*found));
        client_->ask_as({globals_.staff, globals_.pin, new_pin_});
    }
    return client_.get();
}

int Session::send(const protocol::Command& command) {
    return show(answer(command));
}

Answer Session::answer(const protocol::Command& command) {
    const auto connected = client();
    if (!connected) return tl::unexpected(connected.error());
    asked_ = std::make_unique<protocol::Command>(command);
    const std::string id = globals_.command_id.empty() ? make_command_id() : globals_.command_id;
    Answer answer = (*connected)->send(command, id);
    if (!answer && answer.error().code == "server_unreachable") {
        answer.error().message += " " + wording::format("hallctl.outcome_unknown", {{"id", id}});
    }
    return answer;
}

Answer Session::answer(const protocol::Query& query) {
    asked_ = std::make_unique<protocol::Query>(query);
    Answer answer = ask_hall(query);
    if (answer && answer->has_status()) {
        utc_offset_s_ = answer->status().head().utc_offset_s();
    }
    return answer;
}

Answer Session::ask_hall(const protocol::Query& query) {
    const auto connected = client();
    if (!connected) return tl::unexpected(connected.error());
    return (*connected)->ask(query);
}

Answer Session::answer_patiently(const protocol::Query& query) {
    constexpr int kPatience_ms = 120'000;
    auto found = server();
    if (!found) return tl::unexpected(found.error());
    asked_ = std::make_unique<protocol::Query>(query);
    // Not sent again meanwhile: the hall would read all of it once more.
    CommandClient patient(std::move(*found), {kPatience_ms, kPatience_ms});
    patient.ask_as({globals_.staff, globals_.pin, ""});
    return patient.ask(query);
}

int Session::ask(const protocol::Query& query) {
    return show(answer(query));
}

int Session::show(Answer answer) {
    if (!answer) return fail(answer.error());
    if (answer->has_refusal()) return refuse(answer->refusal());
    if (answer->has_status()) utc_offset_s_ = answer->status().head().utc_offset_s();
    fill_texts(*answer, utc_offset_s());
    if (globals_.json) {
        std::cout << to_json(*answer) << '\n';
    } else {
        std::cout << as_text(*answer, utc_offset_s());
    }
    return kExitOk;
}

int Session::show(const std::string& text, const std::string& json) const {
    std::cout << (globals_.json ? json : text) << '\n';
    return kExitOk;
}

int Session::fail(const Error& error) const {
    if (globals_.json) {
        std::cout << fmt::format(R"({{"{}":{{"code":{},"message":{}}}}})",
                                 is_refusal(error) ? "refusal" : "error", json_string(error.code),
                                 json_string(error.message))
                  << '\n';
    }
    std::cerr << error.code << ": " << error.message << '\n';
    return is_refusal(error) ? kExitRefused : kExitUnreachable;
}

int Session::refuse(const protocol::Refusal& refusal) {
    protocol::Reply reply;
    *reply.mutable_refusal() = refusal;
    reply.mutable_refusal()->set_message(
        asked_ ? refusal_text(refusal, *asked_, utc_offset_s_.value_or(0)) : refusal_text(refusal));
    const std::string& code = protocol::RefusalCode::Value_Name(refusal.code());
    if (globals_.json) {
        std::cout << fmt::format(R"({{"refusal":{}}})", to_json(reply.refusal())) << '\n';
    }
    std::cerr << (code.empty() ? std::to_string(refusal.code()) : code) << ": "
              << reply.refusal().message() << '\n';
    return kExitRefused;
}

int32_t Session::utc_offset_s() {
    if (!utc_offset_s_) {
        protocol::Query query;
        query.mutable_status();
        const Answer status = ask_hall(query);
        utc_offset_s_ = status && status->has_status() ? status->status().head().utc_offset_s() : 0;
    }
    return *utc_offset_s_;
}

}  // namespace hall::client::hallctl
