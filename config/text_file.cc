#include "config/text_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <system_error>

namespace hall::config {

tl::expected<std::string, std::string> read_text(const std::filesystem::path& path) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
        return tl::unexpected(status.type() == fs::file_type::not_found
                                  ? std::string("there is no such file")
                                  : "cannot be read: " + error.message());
    }
    if (!fs::is_regular_file(status)) {
        return tl::unexpected(std::string(fs::is_directory(status)
                                              ? "is a folder: name the .toml file in it"
                                              : "is not an ordinary file"));
    }
    std::ifstream in(path, std::ios::binary);
    std::string text;
    if (in) {
        text.resize(kFileBytesMax + 1);
        in.read(text.data(), static_cast<std::streamsize>(text.size()));
        text.resize(static_cast<std::size_t>(in.gcount()));
    }
    if (!in.is_open() || in.bad()) {
        return tl::unexpected("cannot be read: " + std::system_category().message(errno));
    }
    return text;
}

std::optional<toml::table> parse_toml(std::string_view text, const char* example, Report& report) {
    if (text.size() > kFileBytesMax) {
        report.add(Place{}, fmt::format("is larger than {} bytes", kFileBytesMax));
        return std::nullopt;
    }
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        report.add(Place{}, fmt::format("is empty: {}", example));
        return std::nullopt;
    }
    try {
        return toml::parse(text);
    } catch (const toml::parse_error& error) {
        report.add(error.source().begin,
                   fmt::format("this is not TOML: {}", std::string(error.description())));
        return std::nullopt;
    }
}

}  // namespace hall::config
