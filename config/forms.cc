#include "config/forms.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

namespace hall::config {
namespace {

// First parts of the BCP-47 tags that windows may speak: China's languages and visitors'.
const std::vector<std::string> kSpoken = {"cmn", "yue", "hak", "za", "nan", "wuu", "gan",
                                          "hsn", "cdo", "cjy", "ug", "bo",  "mn",  "ii",
                                          "ko",  "kk",  "csl", "en", "pl",  "ru",  "vi"};

constexpr int kPixelsMin = 240;
constexpr int kPixelsMax = 16'384;

}  // namespace

const std::vector<std::string>& spoken_languages() {
    return kSpoken;
}

bool is_spoken_language(const std::string& tag) {
    const std::size_t dash = tag.find('-');
    const std::string primary = tag.substr(0, dash);
    if (std::find(kSpoken.begin(), kSpoken.end(), primary) == kSpoken.end()) return false;
    std::size_t part = 0;  // characters since the last '-'
    for (std::size_t i = std::min(dash, tag.size()); i < tag.size(); ++i) {
        const char c = tag[i];
        const bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                          (c == '-' && part > 0) || (c == '-' && i == dash);
        if (!good) return false;
        part = c == '-' ? 0 : part + 1;
        if (part > 8) return false;
    }
    return dash == std::string::npos || part > 0;
}

std::size_t characters(const std::string& utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::optional<std::pair<int, int>> resolution_from(const std::string& text) {
    int width = 0;
    int height = 0;
    int used = 0;
    if (std::sscanf(text.c_str(), "%5dx%5d%n", &width, &height, &used) != 2) return std::nullopt;
    if (static_cast<std::size_t>(used) != text.size()) return std::nullopt;
    if (std::min(width, height) < kPixelsMin || std::max(width, height) > kPixelsMax) {
        return std::nullopt;
    }
    return std::pair(width, height);
}

bool is_printer_uri(const std::string& text) {
    const std::array<std::string_view, 3> schemes = {"ipp://", "ipps://", "cups:"};
    return std::any_of(schemes.begin(), schemes.end(), [&](std::string_view scheme) {
        return text.size() > scheme.size() && text.rfind(scheme, 0) == 0;
    });
}

bool is_socket_uri(const std::string& text) {
    constexpr std::string_view kScheme = "socket://";
    if (text.rfind(kScheme, 0) != 0) return false;
    const std::size_t colon = text.rfind(':');
    const std::string host = text.substr(kScheme.size(), colon - kScheme.size());
    const std::string port = text.substr(colon + 1);
    const bool digits =
        !port.empty() && port.size() <= 5 &&
        std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (colon <= kScheme.size() || host.find_first_of("/ ?#") != std::string::npos || !digits) {
        return false;
    }
    const int number = std::stoi(port);
    return number >= 1 && number <= 65'535;
}

bool is_ip_address(const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> address{};
    return inet_pton(AF_INET, text.c_str(), address.data()) == 1 ||
           inet_pton(AF_INET6, text.c_str(), address.data()) == 1;
}

}  // namespace hall::config
