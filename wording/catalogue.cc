#include "wording/catalogue.h"

#include "protocol/check.h"

// clang-format off
#define HALL_EMBED(name, file)                        \
    __asm__(".pushsection .rodata\n"                  \
            ".balign 4\n"                             \
            ".global " #name "_begin\n"               \
            #name "_begin:\n"                         \
            ".incbin \"" HALL_CATALOGUES "/" file "\"\n" \
            ".global " #name "_end\n"                 \
            #name "_end:\n"                           \
            ".byte 0\n"                               \
            ".popsection\n");                         \
    extern "C" const char name##_begin[];             \
    extern "C" const char name##_end[]
// clang-format on

HALL_EMBED(hall_wording_zh, "zh_CN.mo");
HALL_EMBED(hall_wording_en, "en.mo");

namespace hall::wording {
namespace {

constexpr std::uint32_t kMagic = 0x950412de;
constexpr std::uint32_t kEntryBytes = 8;

std::string_view between(const char* begin, const char* end) {
    return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

Catalogue::Catalogue(std::string_view bytes) : bytes_(bytes) {
    HALL_CHECK(word(0) == kMagic);
    size_ = word(8);
    keys_ = word(12);
    sentences_ = word(16);
}

std::uint32_t Catalogue::word(std::size_t offset) const {
    HALL_CHECK(offset + 4 <= bytes_.size());
    std::uint32_t value = 0;
    for (std::size_t i = 4; i > 0; --i) {
        value = value << 8 | static_cast<unsigned char>(bytes_[offset + i - 1]);
    }
    return value;
}

std::string_view Catalogue::string(std::uint32_t table, std::uint32_t index) const {
    const std::size_t entry = table + std::size_t{index} * kEntryBytes;
    const std::size_t length = word(entry);
    const std::size_t offset = word(entry + 4);
    HALL_CHECK(offset <= bytes_.size() && length <= bytes_.size() - offset);
    return bytes_.substr(offset, length);
}

std::string_view Catalogue::key(std::uint32_t index) const {
    HALL_CHECK(index < size_);
    return string(keys_, index);
}

std::optional<std::string_view> Catalogue::find(std::string_view key) const {
    std::uint32_t from = 0;
    std::uint32_t to = size_;
    while (from < to) {
        const std::uint32_t middle = from + (to - from) / 2;
        const int order = this->key(middle).compare(key);
        if (order == 0) return string(sentences_, middle);
        if (order < 0) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return std::nullopt;
}

const Catalogue& chinese() {
    static const Catalogue catalogue(between(hall_wording_zh_begin, hall_wording_zh_end));
    return catalogue;
}

const Catalogue& english() {
    static const Catalogue catalogue(between(hall_wording_en_begin, hall_wording_en_end));
    return catalogue;
}

}  // namespace hall::wording
