// TextFlow: pieces set one below the other on a roll, or on sheets of A4 that follow each other.
//
// What every paper of the hall shares: paragraphs that never shrink below what old eyes need,
// rules, framed words, hanging labels, a code with words beside it, head and foot. Private to the
// layouts of this folder.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "printers/layout/glyphs.h"
#include "printers/layout/page.h"
#include "printers/layout/paper.h"
#include "printers/layout/sheet.h"

namespace hall::printers::layout {

inline constexpr double kDot_mm = 25.4 / kThermalDpi;

// Sizes that papers have in common; a paragraph may lose a point or two where that saves a line.
inline constexpr double kHall_pt = 19;
inline constexpr double kBody_pt = 18;
inline constexpr double kService_pt = 27;
inline constexpr double kReprint_pt = 25;
inline constexpr double kTitle_pt = 27;
inline constexpr double kDay_pt = 30;
inline constexpr double kPromise_pt = 22;
inline constexpr double kItem_pt = 22;

class TextFlow {
  public:
    // `sheet` and `typesetter` must outlive the flow. Begins at the top of the first page.
    TextFlow(const Typesetter& typesetter, Sheet& sheet, Paper paper);

    double left() const { return side_; }
    double gap() const { return gap_; }
    double inner() const { return sheet.width - 2 * side_; }

    // A paragraph in a column, at `em_pt` or, where that saves a line, a little less. Returns where
    // its ink ends.
    double paragraph(const std::string& text, Role role, double em_pt, Weight weight,
                     const Box& column, PangoAlignment alignment = PANGO_ALIGN_LEFT);

    // The same over the whole width at the cursor, which moves on; on the next sheet where this one
    // has no room.
    void block(const std::string& text, Role role, double em_pt, Weight weight,
               PangoAlignment alignment = PANGO_ALIGN_LEFT);

    // A block whose lines hang behind `label` ("1", "2", …); over the whole width without one.
    void hanging(const std::string& label, const std::string& text, Role role, double em_pt,
                 Weight weight);
    // A block that hangs behind a box to tick.
    enum class BoxState { empty, ticked };
    void boxed(BoxState box, const std::string& text, Role role, double em_pt, Weight weight);

    void rule();
    // An empty line to write on, `label` at its left.
    void line_to_write_on(const std::string& label, double em_pt, double width_mm);
    // A word in a frame, centred at `top`; returns the frame's bottom.
    double framed(const std::string& text, Role role, double em_pt, double top);

    // A code with `words` beside it, or below it where the roll is narrow; `words` draws into a
    // column from `top` and returns where its ink ends.
    using Words =
        std::function<double(double x, double column, double top, PangoAlignment alignment)>;
    void code_with(const std::string& code, const Words& words);

    void head(const std::string& hall_name, bool reprint);
    // A date and its weekday, on one line where the roll is wide enough, else the weekday below: a
    // date is never broken.
    void day(const std::string& date, const std::string& weekday);
    void foot(const std::vector<std::string>& lines);

    // Begins another sheet when less than `height_mm` is left on this one; a roll is endless.
    void room(double height_mm);
    // What is left on this sheet. REQUIRES: not on a roll.
    double left_mm() const { return sheet.height - bottom_ - y; }
    // Ends the last page. Nothing may be drawn after it.
    void finish();

    const Typesetter& typesetter;
    Sheet& sheet;
    double y = 0;

  private:
    struct Paragraph {
        LayoutPtr layout;
        double em_pt = 0;
    };
    Paragraph set(const std::string& text, double em_pt, Weight weight, double width_mm,
                  PangoAlignment alignment) const;
    double put(Paragraph paragraph, Role role, const Box& column, PangoAlignment alignment);

    void number_sheets();

    double gap_ = 0;
    double side_ = 0;
    double top_ = 0;
    double bottom_ = 0;
    double body_min_pt_ = kBodyMin_pt;
};

}  // namespace hall::printers::layout
