#include "tests/stage/leaks.h"

#include "tests/stage/process.h"

namespace hall::stage {

std::vector<std::string> leaks(const std::vector<std::string>& secrets,
                               const std::filesystem::path& folder, const std::string& wire) {
    std::vector<std::string> out;
    const auto look = [&](const std::string& where, const std::string& bytes) {
        for (const auto& secret : secrets) {
            if (bytes.find(secret) != std::string::npos) out.push_back(where + ": " + secret);
        }
    };
    look("wire", wire);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) look(entry.path().string(), read_file(entry.path()));
    }
    return out;
}

}  // namespace hall::stage
