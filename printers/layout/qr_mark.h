// The code that scanners read from a slip or a band: a QR symbol as a grid of modules.
#pragma once

#include <string>
#include <vector>

namespace hall::printers::layout {

// A square grid; `dark[row * modules + column]`. Empty (modules == 0) when there is nothing to say.
struct QrMark {
    int modules = 0;
    std::vector<bool> dark;

    bool at(int row, int column) const {
        return dark[static_cast<std::size_t>(row) * static_cast<std::size_t>(modules) +
                    static_cast<std::size_t>(column)];
    }
};

// Longest payload in bytes: keeps a module at 0.6 mm or more in a 26 mm symbol.
inline constexpr std::size_t kQrPayloadBytesMax = 100;

// How much of a symbol may be lost: 15 % (a fold or a wet finger on a slip) or 30 % (a band that is
// worn and washed).
enum class QrLevel { medium, high };

// `payload` as 8-bit data. Empty for an empty
// payload and for one above kQrPayloadBytesMax.
QrMark encode_qr(const std::string& payload, QrLevel level = QrLevel::medium);

}  // namespace hall::printers::layout
