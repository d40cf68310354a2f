// What may be nowhere but in the vault: names, numbers, phones, PINs, words about a person.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace hall::stage {

// "FILE: SECRET" of each secret that is found byte for byte in a file below `folder` (the vault's
// included: what it holds is sealed), and "wire: SECRET" of each in `wire`.
std::vector<std::string> leaks(const std::vector<std::string>& secrets,
                               const std::filesystem::path& folder, const std::string& wire);

}  // namespace hall::stage
