// Session: what every verb of hallctl works with — the connection, the way answers are shown, and
// the exit code they mean.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "client/command_client.h"
#include "client/hallctl/verb.h"
#include "client/keys.h"
#include "protocol/hall.pb.h"

namespace hall::client::hallctl {

// The options before and after every command.
struct Globals {
    std::string server;      // empty: the hall file's, or tcp://127.0.0.1:7400
    std::string keys;        // empty: the default folder
    std::string command_id;  // empty: a fresh one
    std::string config;      // a hall file; only its [network] is used
    std::string staff;       // --as; empty: whoever is signed on at this device
    std::string pin;
    bool json = false;
};

class Session {
  public:
    explicit Session(Globals globals) : globals_(std::move(globals)) {}

    const Globals& globals() const { return globals_; }

    // The server that the options name. Errors: those of find_server.
    tl::expected<Server, Error> server() const;

    // Sends, waits and shows; returns the exit code.
    int send(const protocol::Command& command);
    int ask(const protocol::Query& query);

    // For the next command: the PIN that it sets.
    void give_new_pin(std::string pin) { new_pin_ = std::move(pin); }

    // Waits without showing. Without an answer nobody knows whether a command was done: the error
    // says by which id to ask.
    Answer answer(const protocol::Command& command);
    Answer answer(const protocol::Query& query);

    // Waits up to two minutes, for what is read from months of the log.
    Answer answer_patiently(const protocol::Query& query);

    // Shows an answer of the hall: a table or sentence, or one JSON object.
    int show(Answer answer);

    // Shows something that needs no table: `text` or, with --json, `json`.
    int show(const std::string& text, const std::string& json) const;

    // `code: message` on stderr, an object on stdout with --json; the exit code it means.
    int fail(const Error& error) const;
    int refuse(const protocol::Refusal& refusal);

    // Local time of the hall minus UTC; asks for the status once. 0 when nobody tells.
    int32_t utc_offset_s();

  private:
    tl::expected<CommandClient*, Error> client();
    Answer ask_hall(const protocol::Query& query);

    Globals globals_;
    std::string new_pin_;
    std::unique_ptr<google::protobuf::Message> asked_;  // the last command or query
    std::unique_ptr<CommandClient> client_;
    std::optional<int32_t> utc_offset_s_;
};

// protobuf's JSON with the field names as they are written in the .proto files, on one line.
std::string to_json(const google::protobuf::Message& message);

// "value" as a JSON string, quotes included.
std::string json_string(const std::string& value);

}  // namespace hall::client::hallctl
