#include "sim/csv.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <memory>
#include <utility>

namespace hall::sim {
namespace {

tl::unexpected<Error> unreadable(const std::string& path, const std::string& why) {
    return tl::unexpected(Error{"file_unreadable", path + ": " + why});
}

}  // namespace

tl::expected<std::string, Error> read_text(const std::string& path, std::size_t bytes_max) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) return unreadable(path, "there is no such file");
    if (std::filesystem::is_directory(status)) return unreadable(path, "is a folder");
    // zlib reads a plain file as it is.
    const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(path.c_str(), "rb"), gzclose);
    if (!file) return unreadable(path, "cannot be read");
    std::string text;
    std::array<char, 1 << 16> part{};
    for (;;) {
        const int read = gzread(file.get(), part.data(), static_cast<unsigned>(part.size()));
        if (read < 0) return unreadable(path, "is damaged: it does not unpack as gzip");
        if (read == 0) break;
        text.append(part.data(), static_cast<std::size_t>(read));
        if (text.size() > bytes_max) {
            return unreadable(path, fmt::format("is larger than {} bytes", bytes_max));
        }
    }
    // A gzip file that was cut short reads like one that ended.
    int code = Z_OK;
    gzerror(file.get(), &code);
    if (code != Z_OK && code != Z_STREAM_END) return unreadable(path, "is cut short");
    return text;
}

CsvReader::CsvReader(std::string text, std::string name)
    : text_(std::move(text)), name_(std::move(name)) {}

tl::expected<CsvReader, Error> CsvReader::open(const std::string& path) {
    auto text = read_text(path, kCsvBytesMax);
    if (!text) return tl::unexpected(text.error());
    return parse(std::move(*text), path);
}

tl::expected<CsvReader, Error> CsvReader::parse(std::string text, std::string name) {
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (text.compare(0, kByteOrderMark.size(), kByteOrderMark) == 0) {
        text.erase(0, kByteOrderMark.size());
    }
    CsvReader reader(std::move(text), std::move(name));
    CsvRow header;
    if (!reader.next(header)) {
        return tl::unexpected(
            Error{"csv_invalid", reader.name_ + ": is empty: the first line names the columns"});
    }
    reader.header_ = std::move(header);
    return reader;
}

std::optional<std::size_t> CsvReader::column(std::string_view heading) const {
    const auto& names = header_.fields;
    const auto found = std::find(names.begin(), names.end(), heading);
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
}

tl::expected<std::vector<std::size_t>, Error> CsvReader::columns(
    std::span<const std::string_view> headings) const {
    std::vector<std::size_t> found;
    std::string missing;
    for (const std::string_view heading : headings) {
        const auto at = column(heading);
        if (!at) missing += fmt::format(" {}", heading);
        found.push_back(at.value_or(0));
    }
    if (!missing.empty()) {
        return tl::unexpected(
            Error{"columns_missing",
                  this->at(header_line(), "the first line must name the columns" + missing)});
    }
    return found;
}

std::string CsvReader::at(int line, const std::string& what) const {
    return fmt::format("{}:{}: {}", name_, line, what);
}

bool CsvReader::next(CsvRow& row) {
    // Comments and empty lines.
    while (at_ < text_.size() &&
           (text_[at_] == '#' || text_[at_] == '\n' || text_.compare(at_, 2, "\r\n") == 0)) {
        const std::size_t end = text_.find('\n', at_);
        at_ = end == std::string::npos ? text_.size() : end + 1;
        ++line_;
    }
    if (at_ >= text_.size()) return false;
    row.line = line_;
    std::size_t count = 0;
    const auto new_field = [&]() -> std::string& {
        if (row.fields.size() == count) row.fields.emplace_back();
        row.fields[count].clear();
        return row.fields[count++];
    };
    std::string* field = &new_field();
    bool quoted = false;
    for (; at_ < text_.size(); ++at_) {
        const char c = text_[at_];
        if (c == '\n') ++line_;
        if (quoted) {
            if (c != '"') {
                *field += c;
            } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                *field += '"';
                ++at_;
            } else {
                quoted = false;
            }
        } else if (c == '"' && field->empty()) {
            quoted = true;
        } else if (c == ',') {
            field = &new_field();
        } else if (c == '\n') {
            ++at_;
            break;
        } else if (c != '\r') {
            *field += c;
        }
    }
    row.fields.resize(count);
    return true;
}

std::optional<double> number_from(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

}  // namespace hall::sim
