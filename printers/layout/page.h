// What came out of a layout: one or more pages of one size, drawn to PDF, to printer dots and to a
// picture.
//
// Tickets, notices, forms, guides and wristbands are Pages; the print agent and the tests need to
// know nothing else of them. Not thread-safe: a page and its Typesetter stay on one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "printers/layout/glyphs.h"

namespace hall::printers::layout {

struct Sheet;

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
    code,
    item,      // a material, an answer: what the paper is for
    tick_box,  // before a material of a form
    name,      // of the visitor: forms and wristbands only
    sign,      // a line to sign on; of a wristband the language sign
    page_number
};

// A piece as it was drawn: what tests measure and `unknown glyph` warnings name.
struct Drawn {
    Role role = Role::body;
    std::string text;
    double em_pt = 0;  // 0 for marks and codes
    int lines = 0;
    Box ink_mm;    // of the black dots, on the page as it is read
    int page = 0;  // from 0
};

// Dots of a page: one byte each, 0 black or 255 white, rows from the top, no padding.
struct Bitmap {
    int width = 0;
    int height = 0;
    int dpi = 0;
    std::vector<std::uint8_t> dots;
};

class Page {
  public:
    virtual ~Page();
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;

    // As it is read; a wristband leaves the printer turned by a quarter.
    double width_mm() const;
    double height_mm() const;
    // One for everything but a form with more materials than a sheet of A4 holds.
    std::size_t pages() const;
    const std::vector<Drawn>& drawn() const;

    // Stable words for the agent's log, without any text of the paper: `unknown_glyphs:N` (no
    // installed font has N of its characters), `text_shortened`, `services_left_out:N`,
    // `code_left_out`, `lines_left_out:N`.
    const std::vector<std::string>& warnings() const;

    // Every page, each of exactly width × height; text stays text.
    std::string pdf() const;
    // Black and white dots at `dpi` per inch, as they leave the printer; 384 or 576 wide for rolls
    // at kThermalDpi. REQUIRES: page < pages().
    Bitmap bitmap(int dpi, std::size_t page = 0) const;

  protected:
    // An empty page `width_mm` wide; what draws it decides the height.
    explicit Page(double width_mm);

    std::unique_ptr<Sheet> sheet_;
};

// A bitmap as an 8-bit grey PNG file.
std::string png(const Bitmap& bitmap);

}  // namespace hall::printers::layout
