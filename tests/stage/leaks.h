// Where a secret can be read: in a file, or in what was heard on the wire.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace hall::stage {

// Searches `places` (files, or folders with all that is in them) for `secrets` as grep would: as
// they are (UTF-8), in UTF-16, in hexadecimal, and as JSON and Protocol Buffers' text write them;
// in a PDF, in what it says to a reader. Gives `FILE: SECRET` for each that is found, once. Ends
// the program when the search itself fails.
std::vector<std::string> leaks(const std::vector<std::string>& secrets,
                               const std::vector<std::filesystem::path>& places);
// The same in one folder and in the bytes of a wire, told as `wire`.
std::vector<std::string> leaks(const std::vector<std::string>& secrets,
                               const std::filesystem::path& folder, const std::string& wire);

}  // namespace hall::stage
