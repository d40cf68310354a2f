#include "tests/stage/leaks.h"

#include <fmt/format.h>
#include <glib.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "tests/stage/process.h"

namespace hall::stage {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "leaks: %s\n", why.c_str());
    std::abort();
}

std::string utf16(const std::string& text, const char* charset) {
    gsize size = 0;
    gchar* bytes = g_convert(text.data(), static_cast<gssize>(text.size()), charset, "UTF-8",
                             nullptr, &size, nullptr);
    std::string result(bytes, size);
    g_free(bytes);
    return result;
}

std::string each_byte(const std::string& bytes, const char* form) {
    std::string out;
    for (const unsigned char byte : bytes) out += fmt::format(fmt::runtime(form), byte);
    return out;
}

// \u97e6, a surrogate pair beyond the first plane.
std::string json_escaped(const std::string& text) {
    const std::string big_endian = utf16(text, "UTF-16BE");
    std::string out;
    for (std::size_t i = 0; i + 1 < big_endian.size(); i += 2) {
        out += "\\u" + each_byte(big_endian.substr(i, 2), "{:02x}");
    }
    return out;
}

std::vector<std::string> spellings(const std::string& secret) {
    return {secret,
            utf16(secret, "UTF-16LE"),
            utf16(secret, "UTF-16BE"),
            each_byte(secret, "{:02x}"),
            each_byte(secret, "{:02X}"),
            each_byte(secret, "\\{:03o}"),
            json_escaped(secret)};
}

bool is_pdf(const fs::path& file) {
    std::FILE* in = std::fopen(file.c_str(), "rb");
    if (in == nullptr) return false;
    char head[5] = {};
    const bool found = std::fread(head, 1, 5, in) == 5 && std::string(head, 5) == "%PDF-";
    std::fclose(in);
    return found;
}

std::vector<fs::path> files_in(const fs::path& place) {
    if (fs::is_regular_file(place)) return {place};
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(place)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    return files;
}

// One `FILE<NUL>SPELLING` a line, as grep prints them.
std::string grep(const fs::path& patterns, const std::vector<fs::path>& files) {
    Command command = {"/usr/bin/env", "LC_ALL=C", "grep", "-a", "-o",
                       "-F",           "-H",       "-Z",   "-f", patterns};
    for (const auto& file : files) command.push_back(file);
    const Finished finished = run(command);
    // What a spooler has deleted meanwhile is no failure of the search.
    const bool gone = finished.errors.find("No such file or directory") != std::string::npos;
    if (finished.exit_code > 1 && !gone) give_up("grep: " + finished.errors);
    return finished.output;
}

}  // namespace

std::vector<std::string> leaks(const std::vector<std::string>& secrets,
                               const std::vector<fs::path>& places) {
    Folder work;
    std::map<std::string, std::string> secret_of;
    std::string patterns;
    for (const auto& secret : secrets) {
        for (const auto& spelling : spellings(secret)) {
            // Two patterns to grep, each of which may be anywhere.
            if (spelling.find('\n') != std::string::npos) continue;
            if (secret_of.emplace(spelling, secret).second) patterns += spelling + "\n";
        }
    }
    write_file(work / "patterns", patterns);

    std::vector<fs::path> files;
    std::map<std::string, std::string> told_as;
    for (const auto& place : places) {
        for (const auto& file : files_in(place)) {
            files.push_back(file);
            if (!is_pdf(file)) continue;
            const fs::path text = work / (std::to_string(files.size()) + ".txt");
            if (run({"/usr/bin/pdftotext", file, text}).exit_code != 0) continue;
            told_as[text] = file;
            files.push_back(text);
        }
    }
    std::vector<std::string> out;
    if (files.empty()) return out;
    const std::string found = grep(work / "patterns", files);
    for (std::size_t at = 0; at < found.size();) {
        const std::size_t name_end = found.find('\0', at);
        const std::size_t end = found.find('\n', name_end);
        const std::string file = found.substr(at, name_end - at);
        const std::string spelling = found.substr(name_end + 1, end - name_end - 1);
        const auto known = told_as.find(file);
        out.push_back((known == told_as.end() ? file : known->second) + ": " + secret_of[spelling]);
        at = end + 1;
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<std::string> leaks(const std::vector<std::string>& secrets, const fs::path& folder,
                               const std::string& wire) {
    Folder heard;
    write_file(heard / "wire", wire);
    return leaks(secrets, std::vector<fs::path>{folder, heard / "wire"});
}

}  // namespace hall::stage
