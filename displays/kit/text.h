// Text for screens: shaped by Pango, drawn by Cairo into OpenGL textures, kept in a cache.
//
// ImGui's own fonts know 16-bit characters and need an atlas of every hanzi in every size; a board
// needs 30 strings at three sizes. So all text that a person reads goes through here.
//
// SIZE. A height is never the em. It is the drawn box, in px, of a full-height hanzi (国) or of a
// capital H (digits are a little taller), as docs/ACCESSIBILITY.md measures it: in Noto Sans CJK
// Bold 国 is 0.90 em high, H 0.74, 8 0.77.
//
// PLACE. x is where the first character starts, y the baseline of the first line. `metrics` tells
// how far hanzi and digits rise above it and hang below it.
//
// One thread; `draw` and the destructor need the GL context that was current at the first `draw`.
// Measuring needs no GL.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "displays/kit/color.h"

struct ImDrawList;

namespace hall::kit {

// In px, y down.
struct Box {
    float x = 0;
    float y = 0;
    float w = 0;
    float h = 0;

    float right() const { return x + w; }
    float bottom() const { return y + h; }
    float centre_x() const { return x + w / 2; }
    float centre_y() const { return y + h / 2; }
    // Smaller by `margin` on every side; never negative.
    Box inset(float margin) const;
    bool contains(float px, float py) const;
    bool overlaps(const Box& other) const;

    friend bool operator==(const Box&, const Box&) = default;
};

enum class Weight { regular, bold };
// What TextStyle::height is the height of.
enum class Reference { hanzi, digit };
enum class Align { left, centre, right };
enum class Fit {
    one_line,  // as wide as it is
    ellipsis,  // one line, at most `width` wide; the end becomes …
    wrap,      // lines of at most `width`, at most `lines_max`, then …
};

struct TextStyle {
    float height = 20;
    Reference reference = Reference::hanzi;
    Weight weight = Weight::regular;
};

struct TextBlock {
    Fit fit = Fit::one_line;
    float width = 0;            // px; used by ellipsis and wrap
    int lines_max = 1;          // used by wrap
    Align align = Align::left;  // of wrapped lines in `width`
};

// Of one style, relative to the baseline: tops are negative. All in px.
struct TextMetrics {
    float em = 0;
    float hanzi_top = 0;
    float hanzi_bottom = 0;
    float digit_top = 0;
    float digit_bottom = 0;
    float line_pitch = 0;

    float hanzi_height() const { return hanzi_bottom - hanzi_top; }
    float digit_height() const { return digit_bottom - digit_top; }
};

struct Measured {
    Box ink;            // the pixels it marks, relative to (x, baseline)
    float advance = 0;  // where a text that follows on the line starts
    int lines = 1;
    bool elided = false;  // … stands for a part of it
};

class Text {
  public:
    // Textures beyond this are dropped at the end of a frame, the longest unused first.
    // One byte a pixel: a 3840×2160 screen all covered with text.
    static constexpr std::size_t kCacheBytesMax = std::size_t{8} << 20;
    // A longer string is cut at a character boundary: no sentence of a hall is near it.
    static constexpr std::size_t kStringBytesMax = 2000;
    // Wider ones are elided: the smallest GL_MAX_TEXTURE_SIZE of OpenGL 3.3 cards in use is 8192.
    static constexpr float kWidthMaxPx = 8000;

    explicit Text(std::string family = "Noto Sans CJK SC");
    ~Text();
    Text(const Text&) = delete;
    Text& operator=(const Text&) = delete;

    TextMetrics metrics(const TextStyle& style) const;

    // Bytes that are not UTF-8 are shown as U+FFFD.
    Measured measure(std::string_view string, const TextStyle& style, const TextBlock& block = {});

    // Adds the string to `list`. Returns what `measure` returns, but `ink` is the box of the pixels
    // really set, now in screen px.
    Measured draw(ImDrawList& list, std::string_view string, const TextStyle& style, float x,
                  float baseline, Rgb colour, const TextBlock& block = {});

    // After each picture is on screen: makes room in the cache.
    void end_frame();

    std::size_t cache_bytes() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Whether the string has characters of the two kinds that the tiers tell apart.
struct Scripts {
    bool hanzi = false;  // CJK, kana, hangul, full-width
    bool latin = false;  // digits, letters
};
Scripts scripts_in(std::string_view utf8);

}  // namespace hall::kit
