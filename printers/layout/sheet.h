// Sheet: the things on the pages of one document and where they are, in mm from the top left.
// Private to the layouts (this folder and wristband/label).
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "printers/layout/glyphs.h"
#include "printers/layout/page.h"
#include "printers/layout/qr_mark.h"

namespace hall::printers::layout {

// Things on a page. Positions are those of the thing's own origin.
struct Text {
    LayoutPtr layout;
    double x = 0;
    double y = 0;
    double squeeze = 1;  // horizontal scale
    bool white = false;
};
struct Rule {
    Box box;
};
struct Frame {
    Box box;
};
struct Disc {
    double x = 0;  // centre
    double y = 0;
    double radius = 0;
};
struct Tick {  // the mark inside a box
    Box box;
};
struct Bubble {  // somebody speaks: a round-cornered frame with a tail below; the box holds both
    Box box;
};
struct Code {
    QrMark mark;
    double x = 0;
    double y = 0;
    double module = 0;
};
using Item = std::variant<Text, Rule, Frame, Disc, Tick, Bubble, Code>;

struct Sheet {
    double width = 0;
    double height = 0;
    // A roll is cut where the paper ends; a sheet and a band have their size, to the nearest dot.
    bool endless = true;
    bool turned = false;  // leaves the printer turned by a quarter, clockwise
    std::vector<std::vector<Item>> pages = std::vector<std::vector<Item>>(1);
    std::vector<Drawn> drawn;
    std::vector<std::string> warnings;
    int unknown_glyphs = 0;
    bool shortened = false;

    void add(Item item) { pages.back().push_back(std::move(item)); }

    // `text` as it may be printed; remembers when it had to be shortened.
    std::string clean(const std::string& text);

    // Puts a paragraph whose ink starts at `top`, on the last page unless another is named; returns
    // where its ink ends.
    static constexpr std::size_t kLastPage = static_cast<std::size_t>(-1);
    double put(LayoutPtr layout, Role role, double em_pt, double x, double top, double squeeze = 1,
               bool white = false, std::size_t page = kLastPage);

    // A mark that is not text.
    void mark(Item item, Role role, const std::string& text, const Box& box);

    // Names in the warnings what the pieces could not show.
    void finish();
};

// A cairo_write_func_t; `string` is the std::string that a file is written to.
cairo_status_t append_to_string(void* string, const unsigned char* data, unsigned int length);

}  // namespace hall::printers::layout
