// Keys: the files that prove who a device is, and where its hall answers.
//
// A keys folder of a device (0700) holds three files, each one line of Z85 text, 40 characters:
//
//   device.public   what an admin enrols; may travel
//   device.secret   0600; never leaves the device
//   server.public   the hall's, so that nobody can stand in for it
//
// DATA/keys/ of a server holds `server.public`, `server.secret` (0600) and `first_admin.public`.
// The functions are free of state and safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "protocol/error.h"

namespace hall::client {

struct KeyPair {
    std::string public_key;  // Z85, 40 characters
    std::string secret_key;
};

struct DeviceKeys {
    KeyPair own;
    std::string server_public_key;
};

// A hall's command port and the keys to speak to it; what every class of this folder starts from.
struct Server {
    std::string address = "tcp://127.0.0.1:7400";  // port N; views are on N+1 and N+2
    std::optional<DeviceKeys> keys;                // none: plain, which only loopback answers
};

// Makes a fresh CURVE pair.
KeyPair make_key_pair();

// Whether `text` can be a public key: 40 characters of Z85.
bool is_key(const std::string& text);

// ~/.config/nuanting (XDG_CONFIG_HOME is honoured).
std::string default_keys_folder();

// Writes FOLDER/NAME.public and FOLDER/NAME.secret, making the folder (0700) when it is missing.
// Errors: `keys_exist` (never overwrites a secret), `keys_unwritable`.
tl::expected<void, Error> write_key_pair(const std::string& folder, const std::string& name,
                                         const KeyPair& pair);

// Writes FOLDER/NAME.public alone, replacing it. Errors: `keys_unwritable`.
tl::expected<void, Error> write_public_key(const std::string& folder, const std::string& name,
                                           const std::string& key);

// Reads FOLDER/NAME.public and FOLDER/NAME.secret. Errors: `keys_missing`, `keys_invalid`,
// `keys_readable_by_others` (the secret's mode lets anybody but its owner in).
tl::expected<KeyPair, Error> read_key_pair(const std::string& folder, const std::string& name);

// Reads one public key. Errors: `keys_missing`, `keys_invalid`.
tl::expected<std::string, Error> read_public_key(const std::string& folder,
                                                 const std::string& name);

// The server at `address` ("tcp://HOST:PORT") with the keys of `keys_folder`. An empty folder name
// means the default one, which may be missing. A folder without device.secret means plain.
// Errors: `address_invalid`; `keys_missing` when a folder was named and is not there; those of
// read_key_pair.
tl::expected<Server, Error> find_server(const std::string& address, const std::string& keys_folder);

// Endpoint `offset` ports above the command port: 1 = board views, 2 = staff views and events.
// REQUIRES: find_server accepted server.address.
std::string endpoint(const Server& server, int offset);

}  // namespace hall::client
