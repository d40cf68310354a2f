#include "wristband/label/zpl.h"

#include <fmt/format.h>

#include <cstddef>

#include "protocol/check.h"

namespace hall::wristband {

namespace {

// One row of dots as hexadecimal digits, a bit a dot, black is 1, filled up to whole bytes.
std::string digits_of(const printers::layout::Bitmap& bitmap, int row, int bytes) {
    static constexpr char kDigits[] = "0123456789ABCDEF";
    std::string digits;
    const auto start = static_cast<std::size_t>(row) * static_cast<std::size_t>(bitmap.width);
    for (int column = 0; column < bytes * 8; column += 4) {
        unsigned value = 0;
        for (int bit = 0; bit < 4; ++bit) {
            const int dot = column + bit;
            const bool black =
                dot < bitmap.width && bitmap.dots[start + static_cast<std::size_t>(dot)] == 0;
            value = value << 1 | static_cast<unsigned>(black);
        }
        digits += kDigits[value];
    }
    return digits;
}

// `count` as the manual writes it: 1 is nothing before the digit, 20 steps of 20, then up to 19.
void append_run(std::string& out, std::size_t count, char digit) {
    while (count >= 400) {
        out += 'z';
        out += digit;
        count -= 400;
    }
    if (count == 0) return;
    if (count >= 20) out += static_cast<char>('g' + count / 20 - 1);
    if (count % 20 > 0 && count > 1) out += static_cast<char>('G' + count % 20 - 1);
    out += digit;
}

std::string compressed(const std::string& digits) {
    std::string out;
    for (std::size_t at = 0; at < digits.size();) {
        std::size_t end = digits.find_first_not_of(digits[at], at);
        if (end == std::string::npos) end = digits.size();
        if (end == digits.size() && digits[at] == '0') return out + ',';
        if (end == digits.size() && digits[at] == 'F') return out + '!';
        append_run(out, end - at, digits[at]);
        at = end;
    }
    return out;
}

}  // namespace

std::string zpl(const printers::layout::Bitmap& bitmap) {
    HALL_CHECK(bitmap.width > 0 && bitmap.height > 0);
    const int bytes = (bitmap.width + 7) / 8;
    std::string out =
        fmt::format("^XA^LH0,0^PW{}^LL{}^FO0,0^GFA,{},{},{},", bitmap.width, bitmap.height,
                    bytes * bitmap.height, bytes * bitmap.height, bytes);
    std::string above;
    for (int row = 0; row < bitmap.height; ++row) {
        const std::string digits = digits_of(bitmap, row, bytes);
        out += row > 0 && digits == above ? ":" : compressed(digits);
        above = digits;
    }
    return out + "^FS^PQ1^XZ\n";
}

}  // namespace hall::wristband
