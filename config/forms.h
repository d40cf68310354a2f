// Forms: what a text must look like to be a language, a resolution, a printer or an address. Inside
// config/ only.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hall::config {

// A BCP-47 tag in lower case whose first part is one of spoken_languages(): "za-yongbei".
bool is_spoken_language(const std::string& tag);
const std::vector<std::string>& spoken_languages();

// "1920x1080" to width and height in pixels, each 240 to 16384.
std::optional<std::pair<int, int>> resolution_from(const std::string& text);

// ipp://…, ipps://… or cups:….
bool is_printer_uri(const std::string& text);

// socket://HOST:PORT, where a label printer listens.
bool is_socket_uri(const std::string& text);

// A numeric IPv4 or IPv6 address.
bool is_ip_address(const std::string& text);

// Code points of a UTF-8 text.
std::size_t characters(const std::string& utf8);

}  // namespace hall::config
