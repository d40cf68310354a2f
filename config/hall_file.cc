#include "config/hall_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "config/section.h"
#include "config/sections.h"

namespace hall::config {
namespace {

tl::unexpected<std::vector<Problem>> whole_file(const std::string& name, std::string what) {
    Problem problem;
    problem.file = name;
    problem.what = std::move(what);
    return tl::make_unexpected(std::vector<Problem>{std::move(problem)});
}

}  // namespace

tl::expected<HallFile, std::vector<Problem>> load(const std::filesystem::path& path) {
    namespace fs = std::filesystem;
    const std::string name = path.string();
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
        return whole_file(name, status.type() == fs::file_type::not_found
                                    ? "there is no such file"
                                    : "cannot be read: " + error.message());
    }
    if (!fs::is_regular_file(status)) {
        return whole_file(name, fs::is_directory(status) ? "is a folder: name the .toml file in it"
                                                         : "is not an ordinary file");
    }
    std::ifstream in(path, std::ios::binary);
    std::string text;
    if (in) {
        text.resize(kFileBytesMax + 1);
        in.read(text.data(), static_cast<std::streamsize>(text.size()));
        text.resize(static_cast<std::size_t>(in.gcount()));
    }
    if (!in.is_open() || in.bad()) {
        return whole_file(name, "cannot be read: " + std::system_category().message(errno));
    }
    return parse(text, name);
}

tl::expected<HallFile, std::vector<Problem>> parse(std::string_view text, const std::string& name) {
    if (text.size() > kFileBytesMax) {
        return whole_file(name, fmt::format("is larger than {} bytes", kFileBytesMax));
    }
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return whole_file(name, "is empty: county_hall.toml shows what a hall file says");
    }
    Report report(name);
    toml::table table;
    try {
        table = toml::parse(text);
    } catch (const toml::parse_error& error) {
        report.add(error.source().begin,
                   fmt::format("this is not TOML: {}", std::string(error.description())));
        return tl::make_unexpected(report.take());
    }
    HallFile file = read_sections(table, report);
    if (!report.empty()) return tl::make_unexpected(report.take());
    return file;
}

}  // namespace hall::config
