// The ticket and the appointment as they look on paper: one layout, drawn to PDF, to printer dots
// and to a picture.
//
// Used by the print agent, and by tests that measure what was drawn. Sizes come from the paper
// rules of docs/ACCESSIBILITY.md: number 51 pt or more, service 25 pt, everything else 17 pt, black
// on white, nothing within 4 mm of a cut. Not thread-safe: a page and its Typesetter stay on one
// thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "printers/document.h"
#include "printers/layout/glyphs.h"

namespace hall::printers::layout {

// Rolls by their paper width; the printable width is 384 and 576 dots at 203 dots per inch.
enum class Paper { roll_58mm, roll_80mm };

inline constexpr int kThermalDpi = 203;
inline constexpr double kCutMargin_mm = 4.0;
inline constexpr double kNumberHeightMin_mm = 18.0;
inline constexpr double kNumberMin_pt = 51.0;
inline constexpr double kServiceMin_pt = 25.0;
inline constexpr double kBodyMin_pt = 17.0;
// More services than a visit can hold; the rest is left to the guide and reported as a warning.
inline constexpr std::size_t kServicesMax = 12;
inline constexpr std::size_t kFooterLinesMax = 6;

double printable_width_mm(Paper paper);

// What a piece of the page is for.
enum class Role {
    hall,
    reprint,
    number,  // of a ticket; of an appointment its time
    green_mark,
    green_word,
    service,
    body,
    ahead,
    title,
    day,
    code
};

// A piece as it was drawn: what tests measure and `unknown glyph` warnings name.
struct Drawn {
    Role role = Role::body;
    std::string text;
    double em_pt = 0;  // 0 for marks and codes
    int lines = 0;
    Box ink_mm;  // of the black dots, on the page
};

// Dots of a page: one byte each, 0 black or 255 white, rows from the top, no padding.
struct Bitmap {
    int width = 0;
    int height = 0;
    int dpi = 0;
    std::vector<std::uint8_t> dots;
};

class TicketPage {
  public:
    // Lays out `slip` for `paper`. Always succeeds: whatever the slip says can be printed; what
    // could not be shown as sent is named in warnings().
    TicketPage(const Typesetter& typesetter, const TicketSlip& slip, Paper paper);
    TicketPage(const Typesetter& typesetter, const AppointmentSlip& slip, Paper paper);
    ~TicketPage();
    TicketPage(const TicketPage&) = delete;
    TicketPage& operator=(const TicketPage&) = delete;

    double width_mm() const;
    double height_mm() const;
    const std::vector<Drawn>& drawn() const;

    // Stable words for the agent's log, without any text of the slip: `unknown_glyphs:N` (no
    // installed font has N of its characters), `text_shortened`, `services_left_out:N`,
    // `code_left_out`.
    const std::vector<std::string>& warnings() const;

    // One page of exactly width × height; text stays text.
    std::string pdf() const;
    // Black and white dots at `dpi` per inch; 384 or 576 wide at kThermalDpi.
    Bitmap bitmap(int dpi) const;

  private:
    struct Content;
    std::unique_ptr<Content> content_;
};

// A bitmap as an 8-bit grey PNG file.
std::string png(const Bitmap& bitmap);

}  // namespace hall::printers::layout
