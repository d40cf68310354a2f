// Catalogue: one compiled gettext catalogue (.mo), read where it lies in the program.
//
// Why not gettext(3): it chooses the language by the process's locale, which must be installed on
// the machine; a hall's programs show two languages at once and run anywhere. The file format is
// gettext's own (GNU gettext manual, "The Format of GNU MO Files"), so its tools stay in use.
// Immutable; safe from any thread. Used by wording.cc only.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hall::wording {

class Catalogue {
  public:
    // REQUIRES: `bytes` is a little-endian .mo file and outlives the catalogue.
    explicit Catalogue(std::string_view bytes);

    // The sentence of a key, in the catalogue's own memory; nullopt when there is none.
    std::optional<std::string_view> find(std::string_view key) const;

    // Keys in order. REQUIRES: index < size().
    std::uint32_t size() const { return size_; }
    std::string_view key(std::uint32_t index) const;

  private:
    std::uint32_t word(std::size_t offset) const;
    std::string_view string(std::uint32_t table, std::uint32_t index) const;

    std::string_view bytes_;
    std::uint32_t size_ = 0;
    std::uint32_t keys_ = 0;  // offsets of the two tables of (length, offset)
    std::uint32_t sentences_ = 0;
};

// The catalogues linked into this program.
const Catalogue& chinese();
const Catalogue& english();

}  // namespace hall::wording
