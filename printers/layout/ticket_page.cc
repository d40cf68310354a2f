#include "printers/layout/ticket_page.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

#include "printers/layout/captions.h"
#include "printers/layout/qr_mark.h"
#include "protocol/check.h"

namespace hall::printers::layout {

namespace {

constexpr double kSide_mm = 1.0;
constexpr double kBottom_mm = 6.0;  // more than the cut margin: room to hold the slip
constexpr double kGap_mm = 3.0;
constexpr double kRule_mm = 0.5;
constexpr double kNumberHeight_mm = 20.0;
constexpr double kSqueezeMin = 0.7;
constexpr double kMark_mm = 15.0;
constexpr double kCodeTarget_mm = 20.0;
constexpr double kDot_mm = 25.4 / kThermalDpi;

constexpr double kHall_pt = 19;
constexpr double kBody_pt = 18;
constexpr double kService_pt = 27;
constexpr double kAhead_pt = 36;
constexpr double kGreenWord_pt = 32;
constexpr double kReprint_pt = 25;
constexpr double kTitle_pt = 27;
constexpr double kDay_pt = 30;
constexpr double kPromise_pt = 22;

// Things on the page. Positions are those of the thing's own origin, in mm.
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
struct Code {
    QrMark mark;
    double x = 0;
    double y = 0;
    double module = 0;
};
using Item = std::variant<Text, Rule, Frame, Disc, Code>;

// A line break after every comma, where old readers pause anyway.
std::string by_clauses(const std::string& text) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = text.compare(at, 3, "，") == 0 ? 3 : 1;
        result.append(text, at, length);
        const bool comma = length == 3 || text[at] == ',';
        at += length;
        if (comma && at < text.size()) result += '\n';
    }
    return result;
}

void draw(cairo_t* cr, const Text& text) {
    cairo_save(cr);
    cairo_translate(cr, text.x, text.y);
    cairo_scale(cr, kMmPerPoint * text.squeeze, kMmPerPoint);
    const double ink = text.white ? 1 : 0;
    cairo_set_source_rgb(cr, ink, ink, ink);
    pango_cairo_show_layout(cr, text.layout.get());
    cairo_restore(cr);
}

void draw(cairo_t* cr, const Rule& rule) {
    cairo_rectangle(cr, rule.box.x, rule.box.y, rule.box.width, rule.box.height);
    cairo_fill(cr);
}

void draw(cairo_t* cr, const Frame& frame) {
    cairo_set_line_width(cr, 0.8);
    cairo_rectangle(cr, frame.box.x, frame.box.y, frame.box.width, frame.box.height);
    cairo_stroke(cr);
}

void draw(cairo_t* cr, const Disc& disc) {
    cairo_arc(cr, disc.x, disc.y, disc.radius, 0, 2 * M_PI);
    cairo_fill(cr);
}

void draw(cairo_t* cr, const Code& code) {
    for (int row = 0; row < code.mark.modules; ++row) {
        for (int column = 0; column < code.mark.modules; ++column) {
            if (!code.mark.at(row, column)) continue;
            cairo_rectangle(cr, code.x + column * code.module, code.y + row * code.module,
                            code.module, code.module);
        }
    }
    cairo_fill(cr);
}

}  // namespace

struct TicketPage::Content {
    const Typesetter& typesetter;
    double width = 0;
    double y = kCutMargin_mm;
    std::vector<Item> items;
    std::vector<Drawn> drawn;
    std::vector<std::string> warnings;
    int unknown_glyphs = 0;
    bool shortened = false;

    Content(const Typesetter& setter, Paper paper)
        : typesetter(setter), width(printable_width_mm(paper)) {}

    double inner() const { return width - 2 * kSide_mm; }

    std::string clean(const std::string& text) {
        std::string result = printable(text);
        if (result.size() >= 3 && result.compare(result.size() - 3, 3, "…") == 0 &&
            g_utf8_strlen(result.data(), -1) >= static_cast<glong>(kTextCharactersMax)) {
            shortened = true;
        }
        return result;
    }

    // Puts a paragraph whose ink starts at `top`; returns where its ink ends.
    double put(LayoutPtr layout, Role role, double em_pt, double x, double top, double squeeze = 1,
               bool white = false) {
        const Box ink = ink_of(layout.get());
        const double y_origin = top - ink.y;
        unknown_glyphs += pango_layout_get_unknown_glyphs_count(layout.get());
        drawn.push_back({role,
                         pango_layout_get_text(layout.get()),
                         em_pt,
                         pango_layout_get_line_count(layout.get()),
                         {x + ink.x * squeeze, top, ink.width * squeeze, ink.height}});
        items.emplace_back(Text{std::move(layout), x, y_origin, squeeze, white});
        return top + ink.height;
    }

    // A paragraph in a column, at `em_pt` or, where that saves a line, a little less. Returns where
    // its ink ends.
    double paragraph(const std::string& text, Role role, double em_pt, Weight weight,
                     const Box& column, PangoAlignment alignment = PANGO_ALIGN_LEFT) {
        if (text.empty()) return column.y - kGap_mm;
        const double least = em_pt >= kServiceMin_pt ? kServiceMin_pt : kBodyMin_pt;
        const double em = typesetter.fit(text, em_pt, least, weight, column.width);
        LayoutPtr layout = typesetter.set(text, em, weight, column.width, alignment);
        LayoutPtr clauses = typesetter.set(by_clauses(text), em, weight, column.width, alignment);
        if (pango_layout_get_line_count(clauses.get()) <=
            pango_layout_get_line_count(layout.get())) {
            layout = std::move(clauses);
        }
        double x = column.x;
        if (alignment == PANGO_ALIGN_CENTER) {
            const Box ink = ink_of(layout.get());
            x += (column.width - ink.width) / 2 - ink.x;
        }
        return put(std::move(layout), role, em, x, column.y);
    }

    // The same over the whole width at the cursor, which moves on.
    void block(const std::string& text, Role role, double em_pt, Weight weight,
               PangoAlignment alignment = PANGO_ALIGN_LEFT) {
        y = paragraph(text, role, em_pt, weight, {kSide_mm, y, inner(), 0}, alignment) + kGap_mm;
    }

    void rule() {
        items.emplace_back(Rule{{kSide_mm, y, inner(), kRule_mm}});
        y += kRule_mm + kGap_mm;
    }

    // A word in a frame, `x` from the left edge or centred; returns the frame's bottom.
    double framed(const std::string& text, Role role, double em_pt, double top) {
        LayoutPtr layout = typesetter.set(text, em_pt, Weight::bold, inner());
        const Box ink = ink_of(layout.get());
        const double pad = 1.8;
        const double left = (width - ink.width) / 2;
        put(std::move(layout), role, em_pt, left - ink.x, top + pad);
        const Box frame{left - pad, top, ink.width + 2 * pad, ink.height + 2 * pad};
        items.emplace_back(Frame{frame});
        return frame.bottom();
    }

    void number(const std::string& text);
    void green_channel();
    void services(const std::vector<std::string>& names);
    void code_and_place(const TicketSlip& slip);
    double place(const TicketSlip& slip, double x, double column, double top,
                 PangoAlignment alignment);
    // A code with `words` beside it, or below it where the roll is narrow; `words` draws into a
    // column from `top` and returns where its ink ends.
    template <typename Words>
    void code_with(const std::string& code, Words words);
    void head(const std::string& hall_name, bool reprint);
    void day(const std::string& date, const std::string& weekday);
    void foot(const std::vector<std::string>& lines);
    void draw_all(cairo_t* cr) const;
};

// The number fills the width up to kNumberHeight_mm. On narrow paper it keeps its height and gets
// narrower, because height is what the eye reads from afar; only then it gets smaller.
void TicketPage::Content::number(const std::string& text) {
    constexpr double kProbe_pt = 100;
    constexpr double kNoWrap_mm = 10'000;
    const Box probe = ink_of(typesetter.set(text, kProbe_pt, Weight::bold, kNoWrap_mm).get());
    if (probe.width <= 0 || probe.height <= 0) return;
    double em =
        std::min(kProbe_pt * kNumberHeight_mm / probe.height, kProbe_pt * inner() / probe.width);
    em = std::max(em, kProbe_pt * (kNumberHeightMin_mm + 0.2) / probe.height);
    double squeeze = std::min(1.0, inner() / (probe.width * em / kProbe_pt));
    if (squeeze < kSqueezeMin) {
        em = std::max(kNumberMin_pt, em * squeeze / kSqueezeMin);
        squeeze = std::min(1.0, inner() / (probe.width * em / kProbe_pt));
    }
    LayoutPtr layout = typesetter.set(text, em, Weight::bold, kNoWrap_mm);
    const Box ink = ink_of(layout.get());
    const double x = (width - ink.width * squeeze) / 2 - ink.x * squeeze;
    y = put(std::move(layout), Role::number, em, x, y, squeeze) + kGap_mm + 1.5;
}

// The same disc as on the boards, so that the slip and the screen are seen to belong together.
void TicketPage::Content::green_channel() {
    LayoutPtr word = typesetter.set(caption_green_channel(), kGreenWord_pt, Weight::bold, inner());
    LayoutPtr sign = typesetter.set(caption_green_mark(), kGreenWord_pt, Weight::bold, inner());
    const Box word_ink = ink_of(word.get());
    const Box sign_ink = ink_of(sign.get());
    const double gap = std::min(4.0, inner() - kMark_mm - word_ink.width);
    double mark = kMark_mm;
    double squeeze = 1;
    if (gap < 2) {  // 58 mm: a smaller disc, the word narrower
        mark = 13;
        squeeze = (inner() - mark - 2) / word_ink.width;
    }
    const double used_gap = std::max(gap, 2.0);
    const double left = (width - mark - used_gap - word_ink.width * squeeze) / 2;
    const double middle = y + mark / 2;
    items.emplace_back(Disc{left + mark / 2, middle, mark / 2});
    drawn.push_back({Role::green_mark, "", 0, 0, {left, y, mark, mark}});
    put(std::move(sign), Role::green_mark, kGreenWord_pt,
        left + (mark - sign_ink.width) / 2 - sign_ink.x, middle - sign_ink.height / 2, 1, true);
    put(std::move(word), Role::green_word, kGreenWord_pt,
        left + mark + used_gap - word_ink.x * squeeze, middle - word_ink.height / 2, squeeze);
    y += mark + kGap_mm;
}

void TicketPage::Content::services(const std::vector<std::string>& names) {
    if (names.empty()) return;
    rule();
    block(caption_services(), Role::body, kBody_pt, Weight::regular);
    const std::size_t shown = std::min(names.size(), kServicesMax);
    for (std::size_t i = 0; i < shown; ++i) {
        double indent = 0;
        if (names.size() > 1) {  // the order of the visit, hanging before the name
            LayoutPtr order =
                typesetter.set(std::to_string(i + 1), kService_pt, Weight::bold, inner());
            indent = 3 + ink_of(order.get()).right();
            put(std::move(order), Role::service, kService_pt, kSide_mm, y + 0.9);
        }
        y = paragraph(clean(names[i]), Role::service, kService_pt, Weight::bold,
                      {kSide_mm + indent, y, inner() - indent, 0}) +
            kGap_mm;
    }
    if (shown < names.size()) {
        warnings.push_back("services_left_out:" + std::to_string(names.size() - shown));
    }
}

// How many people are in front and when the number was taken; returns where the next thing goes.
double TicketPage::Content::place(const TicketSlip& slip, double x, double column, double top,
                                  PangoAlignment alignment) {
    double y_next = top;
    const auto line = [&](const std::string& text, Role role, double em, Weight weight) {
        y_next = paragraph(text, role, em, weight, {x, y_next, column, 0}, alignment) + kGap_mm;
    };
    if (slip.people_ahead && *slip.people_ahead > 0) {
        line(caption_ahead(), Role::body, kBody_pt, Weight::regular);
        line(caption_people(*slip.people_ahead), Role::ahead, kAhead_pt, Weight::bold);
    } else if (slip.people_ahead) {
        line(caption_nobody_ahead(), Role::ahead, kService_pt, Weight::bold);
    }
    if (!slip.issued_at.empty()) {
        line(caption_issued(), Role::body, kBody_pt, Weight::regular);
        line(clean(slip.issued_at), Role::body, kBody_pt, Weight::bold);
    }
    return y_next;
}

void TicketPage::Content::code_and_place(const TicketSlip& slip) {
    code_with(slip.code, [&](double x, double column, double top, PangoAlignment alignment) {
        return place(slip, x, column, top, alignment);
    });
}

template <typename Words>
void TicketPage::Content::code_with(const std::string& code, Words words) {
    rule();
    QrMark mark = encode_qr(code);
    if (mark.modules == 0 && !code.empty()) warnings.emplace_back("code_left_out");
    if (mark.modules == 0) {
        y = words(kSide_mm, inner(), y, PANGO_ALIGN_LEFT);
        return;
    }
    // Whole printer dots to a module, and the quiet zone of 4 modules on every side.
    const double dots = std::max(4.0, std::round(kCodeTarget_mm / mark.modules / kDot_mm));
    const double module = dots * kDot_mm;
    const double quiet = 4 * module;
    const double side = mark.modules * module;
    const double column = width - kSide_mm - (side + 2 * quiet);
    const bool beside = column >= 38;
    const double left = beside ? quiet : (width - side) / 2;
    const double top = y + quiet - kGap_mm;
    double text_bottom = y;
    if (beside) {
        text_bottom = words(side + 2 * quiet, column, y, PANGO_ALIGN_LEFT);
    }
    drawn.push_back({Role::code, code, 0, 0, {left, top, side, side}});
    items.emplace_back(Code{std::move(mark), left, top, module});
    y = std::max(top + side + quiet, text_bottom);
    if (!beside) y = words(kSide_mm, inner(), y, PANGO_ALIGN_CENTER);
}

void TicketPage::Content::head(const std::string& hall_name, bool reprint) {
    block(clean(hall_name), Role::hall, kHall_pt, Weight::bold, PANGO_ALIGN_CENTER);
    if (reprint) y = framed(caption_reprint(), Role::reprint, kReprint_pt, y) + kGap_mm;
}

// On one line where the roll is wide enough, else the weekday below: a date is never broken.
void TicketPage::Content::day(const std::string& date, const std::string& weekday) {
    const auto line = [this](const std::string& text) {
        block(text, Role::day, kDay_pt, Weight::bold, PANGO_ALIGN_CENTER);
    };
    const std::string both = weekday.empty() ? date : date + " " + weekday;
    const double em = typesetter.fit(both, kDay_pt, kServiceMin_pt, Weight::bold, inner());
    LayoutPtr layout = typesetter.set(both, em, Weight::bold, inner());
    if (weekday.empty() || pango_layout_get_line_count(layout.get()) == 1) return line(both);
    line(date);
    line(weekday);
}

void TicketPage::Content::foot(const std::vector<std::string>& lines) {
    if (!lines.empty()) rule();
    for (std::size_t i = 0; i < std::min(lines.size(), kFooterLinesMax); ++i) {
        block(clean(lines[i]), Role::body, kBody_pt, Weight::regular);
    }
    y += kBottom_mm - kGap_mm;
    if (unknown_glyphs > 0) {
        warnings.push_back("unknown_glyphs:" + std::to_string(unknown_glyphs));
    }
    if (shortened) warnings.emplace_back("text_shortened");
}

void TicketPage::Content::draw_all(cairo_t* cr) const {
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    for (const Item& item : items) {
        cairo_set_source_rgb(cr, 0, 0, 0);
        std::visit([cr](const auto& thing) { draw(cr, thing); }, item);
    }
}

TicketPage::TicketPage(const Typesetter& typesetter, const TicketSlip& slip, Paper paper)
    : content_(std::make_unique<Content>(typesetter, paper)) {
    Content& page = *content_;
    page.head(slip.hall_name, slip.reprint);
    page.y += 1.5;
    page.number(page.clean(slip.number));
    if (slip.green_channel) page.green_channel();
    page.services(slip.services);
    if (slip.early_waiting) {
        page.rule();
        page.block(caption_early_waiting(), Role::service, kService_pt, Weight::bold);
        page.block(page.clean(slip.early_waiting_hint), Role::body, kBody_pt, Weight::bold);
    }
    if (!slip.code.empty() || slip.people_ahead || !slip.issued_at.empty()) {
        page.code_and_place(slip);
    }
    page.foot(slip.footer);
}

// When to come is what it is for: the day and the time are the largest things on it.
TicketPage::TicketPage(const Typesetter& typesetter, const AppointmentSlip& slip, Paper paper)
    : content_(std::make_unique<Content>(typesetter, paper)) {
    Content& page = *content_;
    page.head(slip.hall_name, slip.reprint);
    page.block(page.clean(slip.title), Role::title, kTitle_pt, Weight::bold, PANGO_ALIGN_CENTER);
    page.y += 1.5;
    page.day(page.clean(slip.day), page.clean(slip.weekday));
    if (!slip.time.empty()) page.number(page.clean(slip.time));
    if (slip.green_channel) page.green_channel();
    page.services(slip.services);
    if (!slip.promises.empty()) page.rule();
    for (const std::string& promise : slip.promises) {
        page.block(page.clean(promise), Role::body, kPromise_pt, Weight::bold);
    }
    const std::string number = page.clean(slip.number);
    page.code_with(slip.code, [&](double x, double column, double top, PangoAlignment alignment) {
        return page.paragraph(number, Role::ahead, kService_pt, Weight::bold, {x, top, column, 0},
                              alignment) +
               kGap_mm;
    });
    page.foot(slip.footer);
}

TicketPage::~TicketPage() = default;

double printable_width_mm(Paper paper) {
    switch (paper) {
        case Paper::roll_58mm:
            return 384 * kDot_mm;
        case Paper::roll_80mm:
            return 576 * kDot_mm;
    }
    HALL_CHECK(false);
    return 0;
}

double TicketPage::width_mm() const {
    return content_->width;
}
double TicketPage::height_mm() const {
    return content_->y;
}
const std::vector<Drawn>& TicketPage::drawn() const {
    return content_->drawn;
}
const std::vector<std::string>& TicketPage::warnings() const {
    return content_->warnings;
}

namespace {

cairo_status_t append_to_string(void* closure, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

std::string TicketPage::pdf() const {
    std::string result;
    cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(
        append_to_string, &result, width_mm() / kMmPerPoint, height_mm() / kMmPerPoint);
    cairo_t* cr = cairo_create(surface);
    cairo_scale(cr, 1 / kMmPerPoint, 1 / kMmPerPoint);
    content_->draw_all(cr);
    cairo_show_page(cr);
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
    return result;
}

Bitmap TicketPage::bitmap(int dpi) const {
    Bitmap result;
    result.dpi = dpi;
    result.width = static_cast<int>(std::lround(width_mm() / 25.4 * dpi));
    result.height = static_cast<int>(std::ceil(height_mm() / 25.4 * dpi));
    cairo_surface_t* surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, result.width, result.height);
    HALL_CHECK(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS);
    cairo_t* cr = cairo_create(surface);
    cairo_scale(cr, dpi / 25.4, dpi / 25.4);
    content_->draw_all(cr);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    const unsigned char* pixels = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    result.dots.reserve(static_cast<std::size_t>(result.width) *
                        static_cast<std::size_t>(result.height));
    for (int row = 0; row < result.height; ++row) {
        const auto* line = reinterpret_cast<const std::uint32_t*>(pixels + row * stride);
        for (int column = 0; column < result.width; ++column) {
            result.dots.push_back((line[column] & 0xFF) < 128 ? 0 : 255);
        }
    }
    cairo_surface_destroy(surface);
    return result;
}

std::string png(const Bitmap& bitmap) {
    cairo_surface_t* surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, bitmap.width, bitmap.height);
    HALL_CHECK(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS);
    unsigned char* pixels = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    for (int row = 0; row < bitmap.height; ++row) {
        auto* line = reinterpret_cast<std::uint32_t*>(pixels + row * stride);
        const auto start = static_cast<std::size_t>(row) * static_cast<std::size_t>(bitmap.width);
        for (int column = 0; column < bitmap.width; ++column) {
            line[column] = 0x010101U * bitmap.dots[start + static_cast<std::size_t>(column)];
        }
    }
    cairo_surface_mark_dirty(surface);
    std::string result;
    cairo_surface_write_to_png_stream(surface, append_to_string, &result);
    cairo_surface_destroy(surface);
    return result;
}

}  // namespace hall::printers::layout
