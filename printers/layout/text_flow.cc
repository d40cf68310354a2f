#include "printers/layout/text_flow.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "printers/layout/captions.h"
#include "printers/layout/qr_mark.h"
#include "protocol/check.h"

namespace hall::printers::layout {

namespace {

constexpr double kRollGap_mm = 3.0;
constexpr double kSheetGap_mm = 4.0;
constexpr double kRollSide_mm = 1.0;
constexpr double kRollBottom_mm = 6.0;  // more than the cut margin: room to hold the slip
constexpr double kSheetWidth_mm = 210;
constexpr double kSheetHeight_mm = 297;
constexpr double kSheetSide_mm = 20;
constexpr double kSheetEnd_mm = 17;
constexpr double kRule_mm = 0.5;
constexpr double kCodeTarget_mm = 20.0;

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

}  // namespace

double printable_width_mm(Paper paper) {
    switch (paper) {
        case Paper::roll_58mm:
            return 384 * kDot_mm;
        case Paper::roll_80mm:
            return 576 * kDot_mm;
        case Paper::a4:
            return kSheetWidth_mm;
    }
    HALL_CHECK(false);
    return 0;
}

TextFlow::TextFlow(const Typesetter& setter, Sheet& on, Paper paper)
    : typesetter(setter), sheet(on) {
    const bool roll = paper != Paper::a4;
    gap_ = roll ? kRollGap_mm : kSheetGap_mm;
    side_ = roll ? kRollSide_mm : kSheetSide_mm;
    top_ = roll ? kCutMargin_mm : kSheetEnd_mm;
    bottom_ = roll ? kRollBottom_mm : kSheetEnd_mm;
    body_min_pt_ = roll ? kBodyMin_pt : kSheetMin_pt;
    sheet.endless = roll;
    if (!roll) sheet.height = kSheetHeight_mm;
    y = top_;
}

TextFlow::Paragraph TextFlow::set(const std::string& text, double em_pt, Weight weight,
                                  double width_mm, PangoAlignment alignment) const {
    const double least = em_pt >= kServiceMin_pt ? kServiceMin_pt : body_min_pt_;
    const double em = typesetter.fit(text, em_pt, least, weight, width_mm);
    LayoutPtr layout = typesetter.set(text, em, weight, width_mm, alignment);
    LayoutPtr clauses = typesetter.set(by_clauses(text), em, weight, width_mm, alignment);
    if (pango_layout_get_line_count(clauses.get()) <= pango_layout_get_line_count(layout.get())) {
        layout = std::move(clauses);
    }
    return {std::move(layout), em};
}

double TextFlow::put(Paragraph paragraph, Role role, const Box& column, PangoAlignment alignment) {
    double x = column.x;
    if (alignment == PANGO_ALIGN_CENTER) {
        const Box ink = ink_of(paragraph.layout.get());
        x += (column.width - ink.width) / 2 - ink.x;
    }
    return sheet.put(std::move(paragraph.layout), role, paragraph.em_pt, x, column.y);
}

double TextFlow::paragraph(const std::string& text, Role role, double em_pt, Weight weight,
                           const Box& column, PangoAlignment alignment) {
    if (text.empty()) return column.y - gap_;
    return put(set(text, em_pt, weight, column.width, alignment), role, column, alignment);
}

void TextFlow::block(const std::string& text, Role role, double em_pt, Weight weight,
                     PangoAlignment alignment) {
    if (text.empty()) return;
    Paragraph piece = set(text, em_pt, weight, inner(), alignment);
    room(ink_of(piece.layout.get()).height);
    y = put(std::move(piece), role, {side_, y, inner(), 0}, alignment) + gap_;
}

void TextFlow::hanging(const std::string& label, const std::string& text, Role role, double em_pt,
                       Weight weight) {
    if (label.empty()) return block(text, role, em_pt, weight);
    LayoutPtr before = typesetter.set(label, em_pt, weight, inner());
    const double indent = 3 + ink_of(before.get()).right();
    Paragraph piece = set(text, em_pt, weight, inner() - indent, PANGO_ALIGN_LEFT);
    room(ink_of(piece.layout.get()).height);
    // Digits are lower than hanzi: this brings their middles to one height.
    sheet.put(std::move(before), role, em_pt, side_, y + em_pt / 30);
    y = put(std::move(piece), role, {side_ + indent, y, inner() - indent, 0}, PANGO_ALIGN_LEFT) +
        gap_;
}

void TextFlow::boxed(BoxState box, const std::string& text, Role role, double em_pt,
                     Weight weight) {
    const double size = em_pt * kMmPerPoint * 0.95;
    const double indent = size + 4;
    Paragraph piece = set(text, em_pt, weight, inner() - indent, PANGO_ALIGN_LEFT);
    room(std::max(size, ink_of(piece.layout.get()).height));
    const Box place{side_ + 0.5, y, size, size};
    sheet.mark(Frame{place}, Role::tick_box, box == BoxState::ticked ? "ticked" : "", place);
    if (box == BoxState::ticked) sheet.add(Tick{place});
    const double bottom =
        put(std::move(piece), role, {side_ + indent, y, inner() - indent, 0}, PANGO_ALIGN_LEFT);
    y = std::max(place.bottom(), bottom) + gap_;
}

void TextFlow::rule() {
    room(kRule_mm + gap_);
    sheet.add(Rule{{side_, y, inner(), kRule_mm}});
    y += kRule_mm + gap_;
}

void TextFlow::line_to_write_on(const std::string& label, double em_pt, double width_mm) {
    constexpr double kHeight_mm = 14;  // a large hand fits
    constexpr double kShortestLine_mm = 25;
    LayoutPtr before = typesetter.set(label, em_pt, Weight::bold, inner());
    const Box ink = ink_of(before.get());
    const bool beside = inner() - ink.right() - 3 >= kShortestLine_mm;
    room(beside ? kHeight_mm : ink.height + gap_ + kHeight_mm);
    if (!beside) block(label, Role::body, em_pt, Weight::bold);  // a roll: the line below its label
    const double bottom = y + kHeight_mm;
    const double x = beside ? side_ + ink.right() + 3 : side_;
    if (beside) sheet.put(std::move(before), Role::body, em_pt, side_, bottom - ink.height);
    const Box line{x, bottom, std::min(width_mm, side_ + inner() - x), kRule_mm};
    sheet.mark(Rule{line}, Role::sign, "", line);
    y = bottom + kRule_mm + gap_;
}

double TextFlow::framed(const std::string& text, Role role, double em_pt, double top) {
    LayoutPtr layout = typesetter.set(text, em_pt, Weight::bold, inner());
    const Box ink = ink_of(layout.get());
    const double pad = 1.8;
    const double x = (sheet.width - ink.width) / 2;
    sheet.put(std::move(layout), role, em_pt, x - ink.x, top + pad);
    const Box frame{x - pad, top, ink.width + 2 * pad, ink.height + 2 * pad};
    sheet.add(Frame{frame});
    return frame.bottom();
}

void TextFlow::code_with(const std::string& code, const Words& words) {
    rule();
    QrMark mark = encode_qr(code);
    if (mark.modules == 0 && !code.empty()) sheet.warnings.emplace_back("code_left_out");
    if (mark.modules == 0) {
        y = words(side_, inner(), y, PANGO_ALIGN_LEFT);
        return;
    }
    // Whole printer dots to a module, and the quiet zone of 4 modules on every side.
    const double dots = std::max(4.0, std::round(kCodeTarget_mm / mark.modules / kDot_mm));
    const double module = dots * kDot_mm;
    const double quiet = 4 * module;
    const double size = mark.modules * module;
    room(size + 2 * quiet);
    const double column = sheet.width - 2 * side_ + kRollSide_mm - (size + 2 * quiet);
    const bool beside = column >= 38;
    const double x = beside ? side_ - kRollSide_mm + quiet : (sheet.width - size) / 2;
    const double top = y + quiet - gap_;
    double text_bottom = y;
    if (beside) {
        text_bottom = words(side_ - kRollSide_mm + size + 2 * quiet, column, y, PANGO_ALIGN_LEFT);
    }
    sheet.mark(Code{std::move(mark), x, top, module}, Role::code, code, {x, top, size, size});
    y = std::max(top + size + quiet, text_bottom);
    if (!beside) y = words(side_, inner(), y, PANGO_ALIGN_CENTER);
}

void TextFlow::head(const std::string& hall_name, bool reprint) {
    block(sheet.clean(hall_name), Role::hall, kHall_pt, Weight::bold, PANGO_ALIGN_CENTER);
    if (reprint) y = framed(caption_reprint(), Role::reprint, kReprint_pt, y) + gap_;
}

void TextFlow::day(const std::string& date, const std::string& weekday) {
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

void TextFlow::foot(const std::vector<std::string>& lines) {
    if (!lines.empty()) rule();
    for (std::size_t i = 0; i < std::min(lines.size(), kFooterLinesMax); ++i) {
        block(sheet.clean(lines[i]), Role::body, kBody_pt, Weight::regular);
    }
    finish();
}

void TextFlow::room(double height_mm) {
    if (sheet.endless || height_mm <= left_mm()) return;
    if (y <= top_) return;  // higher than a sheet: it will not fit on another either
    sheet.pages.emplace_back();
    y = top_;
}

void TextFlow::number_sheets() {
    const std::size_t count = sheet.pages.size();
    for (std::size_t i = 0; count > 1 && i < count; ++i) {
        const std::string text = std::to_string(i + 1) + " / " + std::to_string(count);
        LayoutPtr layout = typesetter.set(text, kSheetMin_pt, Weight::regular, inner());
        const double x = sheet.width - side_ - ink_of(layout.get()).right();
        sheet.put(std::move(layout), Role::page_number, kSheetMin_pt, x, sheet.height - bottom_ + 3,
                  1, false, i);
    }
}

void TextFlow::finish() {
    if (sheet.endless) sheet.height = y + bottom_ - gap_;
    number_sheets();
    sheet.finish();
}

}  // namespace hall::printers::layout
