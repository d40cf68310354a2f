// Typesetting for paper: one Pango context, warmed, with sizes in points and lengths in mm.
//
// Used by the pages of this folder only. One Typesetter per thread: Pango's font map is not shared.
#pragma once

#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <string_view>

namespace hall::printers::layout {

inline constexpr double kMmPerPoint = 25.4 / 72.0;

struct GObjectUnref {
    void operator()(void* object) const { g_object_unref(object); }
};
using LayoutPtr = std::unique_ptr<PangoLayout, GObjectUnref>;
using ContextPtr = std::unique_ptr<PangoContext, GObjectUnref>;

// Longest text that is set, in characters: far above 110 hanzi, far below a roll of paper.
inline constexpr std::size_t kTextCharactersMax = 400;

// `text` as it may be printed: valid UTF-8 (what is not becomes U+FFFD), one line (controls become
// spaces), no invisible direction marks that would show digits in another order, at most
// `characters_max` characters, the last one … when shortened.
std::string printable(std::string_view text, std::size_t characters_max = kTextCharactersMax);

enum class Weight { regular, bold };

// A rectangle on paper in mm, origin at the top left, y downwards.
struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;

    double right() const { return x + width; }
    double bottom() const { return y + height; }
};

class Typesetter {
  public:
    // Loads the fonts and sets every glyph most tickets need: 20 to 90 ms once, so that the first
    // elder of the day waits no longer than the second.
    Typesetter();

    // A paragraph at `em_pt` points, broken at `width_mm` (never cut; a word longer than the line
    // is broken anywhere). Its Pango units are points, whatever it is drawn on later. Lines are of
    // nearly equal length, so that no character is left alone on the last one.
    LayoutPtr set(const std::string& text, double em_pt, Weight weight, double width_mm,
                  PangoAlignment alignment = PANGO_ALIGN_LEFT) const;

    // The same with lines as long as they get, for cells of a table and whatever stands at the
    // left.
    LayoutPtr set_plain(const std::string& text, double em_pt, Weight weight,
                        double width_mm) const;

    // The largest size from `em_max_pt` down to `em_min_pt` that needs no more lines of `width_mm`
    // than `em_min_pt` does.
    double fit(const std::string& text, double em_max_pt, double em_min_pt, Weight weight,
               double width_mm) const;

  private:
    ContextPtr context_;
};

// Where the ink of a paragraph is, in mm from its own top left corner.
Box ink_of(PangoLayout* layout);

}  // namespace hall::printers::layout
