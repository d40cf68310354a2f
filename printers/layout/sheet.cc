#include "printers/layout/sheet.h"

#include <utility>

namespace hall::printers::layout {

cairo_status_t append_to_string(void* string, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(string)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

std::string Sheet::clean(const std::string& text) {
    std::string result = printable(text);
    if (result.size() >= 3 && result.compare(result.size() - 3, 3, "…") == 0 &&
        g_utf8_strlen(result.data(), -1) >= static_cast<glong>(kTextCharactersMax)) {
        shortened = true;
    }
    return result;
}

double Sheet::put(LayoutPtr layout, Role role, double em_pt, double x, double top, double squeeze,
                  bool white, std::size_t page) {
    if (page == kLastPage) page = pages.size() - 1;
    const Box ink = ink_of(layout.get());
    const double y_origin = top - ink.y;
    unknown_glyphs += pango_layout_get_unknown_glyphs_count(layout.get());
    drawn.push_back({role,
                     pango_layout_get_text(layout.get()),
                     em_pt,
                     pango_layout_get_line_count(layout.get()),
                     {x + ink.x * squeeze, top, ink.width * squeeze, ink.height},
                     static_cast<int>(page)});
    pages[page].push_back(Text{std::move(layout), x, y_origin, squeeze, white});
    return top + ink.height;
}

void Sheet::mark(Item item, Role role, const std::string& text, const Box& box) {
    drawn.push_back({role, text, 0, 0, box, static_cast<int>(pages.size()) - 1});
    add(std::move(item));
}

void Sheet::finish() {
    if (unknown_glyphs > 0) {
        warnings.push_back("unknown_glyphs:" + std::to_string(unknown_glyphs));
    }
    if (shortened) warnings.emplace_back("text_shortened");
}

}  // namespace hall::printers::layout
