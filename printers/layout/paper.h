// What the hall prints on, and how large its letters are at least: the paper rules of
// docs/ACCESSIBILITY.md.
#pragma once

#include <cstddef>

namespace hall::printers::layout {

// Rolls by their paper width; the printable width is 384 and 576 dots at 203 dots per inch.
enum class Paper { roll_58mm, roll_80mm, a4 };

inline constexpr int kThermalDpi = 203;
inline constexpr double kCutMargin_mm = 4.0;
inline constexpr double kNumberHeightMin_mm = 18.0;
inline constexpr double kNumberMin_pt = 51.0;
inline constexpr double kServiceMin_pt = 25.0;
inline constexpr double kBodyMin_pt = 17.0;   // of slips
inline constexpr double kSheetMin_pt = 18.0;  // of anything on A4: forms and guides
// More services than a visit can hold; the rest is left to the guide and reported as a warning.
inline constexpr std::size_t kServicesMax = 12;
inline constexpr std::size_t kFooterLinesMax = 6;

double printable_width_mm(Paper paper);

}  // namespace hall::printers::layout
