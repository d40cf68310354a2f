#include "printers/layout/glyphs.h"

#include <cmath>

#include "protocol/check.h"

namespace hall::printers::layout {

namespace {

constexpr const char* kFamilies = "Noto Sans CJK SC, Noto Sans, DejaVu Sans, sans-serif";

// Sets, once, the characters of ordinary tickets.
constexpr const char* kWarmUp =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 "
    "您的号码敬老优先办理事项前面还有位取号时间提前等候补打月日";

bool is_invisible(gunichar c) {
    // Direction marks and embeddings, zero-width joiners and spaces, and the byte-order mark.
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0x061C;
}

// Noto Sans CJK asks for 1.45 em a line; 1.2 em keeps the lines of one paragraph nearer to each
// other than to the next paragraph.
constexpr float kLineSpacing = 0.83F;

double to_mm(int pango_units) {
    return static_cast<double>(pango_units) / PANGO_SCALE * kMmPerPoint;
}

int to_units(double mm) {
    return static_cast<int>(mm / kMmPerPoint * PANGO_SCALE);
}

// Narrows a paragraph as far as its number of lines allows. The caller centres a paragraph by its
// ink, so the lost width never shows.
void balance(PangoLayout* layout, int width) {
    const int lines = pango_layout_get_line_count(layout);
    if (lines < 2) return;
    int too_narrow = width / 2;
    int enough = width;
    while (enough - too_narrow > PANGO_SCALE) {
        const int middle = (enough + too_narrow) / 2;
        pango_layout_set_width(layout, middle);
        (pango_layout_get_line_count(layout) <= lines ? enough : too_narrow) = middle;
    }
    pango_layout_set_width(layout, enough);
}

}  // namespace

std::string printable(std::string_view text, std::size_t characters_max) {
    gchar* valid = g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()));
    std::string result;
    std::size_t characters = 0;
    bool space_before = true;
    for (const gchar* at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (is_invisible(c)) continue;
        if (g_unichar_iscntrl(c) || g_unichar_type(c) == G_UNICODE_LINE_SEPARATOR ||
            g_unichar_type(c) == G_UNICODE_PARAGRAPH_SEPARATOR) {
            c = ' ';
        }
        if (c == ' ' && space_before) continue;
        space_before = c == ' ';
        if (++characters == characters_max && *g_utf8_next_char(at) != '\0') {
            result += "…";
            break;
        }
        gchar encoded[6];
        result.append(encoded, static_cast<std::size_t>(g_unichar_to_utf8(c, encoded)));
    }
    g_free(valid);
    return result;
}

Typesetter::Typesetter() {
    PangoFontMap* fonts = pango_cairo_font_map_new();
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts), 72.0);
    context_.reset(pango_font_map_create_context(fonts));
    g_object_unref(fonts);
    HALL_CHECK(context_ != nullptr);
    pango_context_set_language(context_.get(), pango_language_from_string("zh-cn"));
    pango_context_set_base_dir(context_.get(), PANGO_DIRECTION_LTR);
    // The same line breaks on every output: advance widths are never rounded to device dots.
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context_.get(), options);
    cairo_font_options_destroy(options);
    for (const Weight weight : {Weight::regular, Weight::bold}) {
        ink_of(set(kWarmUp, 24, weight, 60).get());
    }
}

LayoutPtr Typesetter::set_plain(const std::string& text, double em_pt, Weight weight,
                                double width_mm) const {
    LayoutPtr layout(pango_layout_new(context_.get()));
    PangoFontDescription* font = pango_font_description_from_string(kFamilies);
    pango_font_description_set_weight(
        font, weight == Weight::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_size(font, static_cast<int>(std::lround(em_pt * PANGO_SCALE)));
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);
    pango_layout_set_auto_dir(layout.get(), FALSE);
    pango_layout_set_width(layout.get(), to_units(width_mm));
    pango_layout_set_line_spacing(layout.get(), kLineSpacing);
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
}

LayoutPtr Typesetter::set(const std::string& text, double em_pt, Weight weight, double width_mm,
                          PangoAlignment alignment) const {
    LayoutPtr layout = set_plain(text, em_pt, weight, width_mm);
    pango_layout_set_alignment(layout.get(), alignment);
    balance(layout.get(), to_units(width_mm));
    return layout;
}

double Typesetter::fit(const std::string& text, double em_max_pt, double em_min_pt, Weight weight,
                       double width_mm) const {
    constexpr double kStep_pt = 0.5;
    const auto lines = [&](double em) {
        return pango_layout_get_line_count(set(text, em, weight, width_mm).get());
    };
    const int fewest = lines(em_min_pt);
    for (double em = em_max_pt; em > em_min_pt; em -= kStep_pt) {
        if (lines(em) == fewest) return em;
    }
    return em_min_pt;
}

Box ink_of(PangoLayout* layout) {
    PangoRectangle ink = {};
    pango_layout_get_extents(layout, &ink, nullptr);
    return {to_mm(ink.x), to_mm(ink.y), to_mm(ink.width), to_mm(ink.height)};
}

}  // namespace hall::printers::layout
