#include "printers/layout/ledger_pages.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <string_view>
#include <utility>

#include "printers/layout/sheet.h"
#include "protocol/check.h"

namespace hall::printers::layout {

namespace {

// As long as a note may be: 2,000 bytes.
constexpr size_t kCellCharactersMax = 2'000;
constexpr double kLedgerTitle_pt = 18;
constexpr double kPad_mm = 1.2;  // between a cell's text and its lines
constexpr double kLine_mm = 0.15;
constexpr double kTitleTop_mm = 10;
constexpr double kPeriodTop_mm = 20;
constexpr double kTableTop_mm = 27;
constexpr double kSignTop_mm = 190;   // the signature lines
constexpr double kFootTop_mm = 199;   // the log's head and the page's number
constexpr double kTableEnd_mm = 186;  // no row goes below
constexpr double kInner_mm = kLedgerWidth_mm - 2 * kLedgerMargin_mm;
// A column is never narrower than two hanzi and their padding.
constexpr double kColumnMin_mm = 2 * kLedgerBody_pt * kMmPerPoint + 2 * kPad_mm + 0.2;

// About how wide a text is on one line: close enough to share a page's width by, without setting
// hundreds of thousands of cells twice.
double natural_mm(const std::string& text) {
    constexpr double kLatin_em = 0.6;
    double em = 0;
    for (const char* at = text.c_str(); *at != '\0'; at = g_utf8_next_char(at)) {
        em += g_unichar_iswide(g_utf8_get_char(at)) ? 1 : kLatin_em;
    }
    return em * kLedgerBody_pt * kMmPerPoint + 2 * kPad_mm + 0.2;
}

// Where the first line begins that ends below `room_mm`; the whole length when all fit. The first
// line always fits.
size_t bytes_in(PangoLayout* layout, double room_mm) {
    const int room = static_cast<int>(room_mm / kMmPerPoint * PANGO_SCALE);
    const std::unique_ptr<PangoLayoutIter, decltype(&pango_layout_iter_free)> at(
        pango_layout_get_iter(layout), &pango_layout_iter_free);
    while (pango_layout_iter_next_line(at.get())) {
        int end = 0;
        pango_layout_iter_get_line_yrange(at.get(), nullptr, &end);
        if (end > room) return static_cast<size_t>(pango_layout_iter_get_index(at.get()));
    }
    return std::string_view(pango_layout_get_text(layout)).size();
}

double height_of(PangoLayout* layout) {
    PangoRectangle logical = {};
    pango_layout_get_extents(layout, nullptr, &logical);
    return static_cast<double>(logical.height) / PANGO_SCALE * kMmPerPoint;
}

double width_of(PangoLayout* layout) {
    PangoRectangle logical = {};
    pango_layout_get_extents(layout, nullptr, &logical);
    return static_cast<double>(logical.width) / PANGO_SCALE * kMmPerPoint;
}

void show(cairo_t* cr, PangoLayout* layout, double x_mm, double y_mm) {
    cairo_save(cr);
    cairo_translate(cr, x_mm, y_mm);
    cairo_scale(cr, kMmPerPoint, kMmPerPoint);
    pango_cairo_show_layout(cr, layout);
    cairo_restore(cr);
}

void line(cairo_t* cr, double x1_mm, double y1_mm, double x2_mm, double y2_mm) {
    cairo_move_to(cr, x1_mm, y1_mm);
    cairo_line_to(cr, x2_mm, y2_mm);
    cairo_stroke(cr);
}

}  // namespace

LedgerPages::LedgerPages(const Typesetter& typesetter, LedgerSheet sheet)
    : typesetter_(typesetter), sheet_(std::move(sheet)) {
    HALL_CHECK(!sheet_.heading.empty() && sheet_.page_caption);
    for (auto* text : {&sheet_.title, &sheet_.period, &sheet_.nothing, &sheet_.foot}) {
        *text = printable(*text);
    }
    for (auto& text : sheet_.heading) text = printable(text);
    for (auto& row : sheet_.rows) {
        HALL_CHECK(row.size() == sheet_.heading.size());
        for (auto& text : row) text = printable(text, kCellCharactersMax);
    }
    share_width();
    fill_pages();
}

LayoutPtr LedgerPages::cell(const std::string& text, Weight weight, double width_mm) const {
    return typesetter_.set_plain(text, kLedgerBody_pt, weight, width_mm - 2 * kPad_mm);
}

// Columns that ask for less than their share get what they ask for; the others share the rest.
void LedgerPages::share_width() {
    std::vector<double> wanted;
    for (size_t i = 0; i < sheet_.heading.size(); ++i) {
        // Headings are bold, and headings that break look worse than cells that do.
        double widest = std::max(kColumnMin_mm, natural_mm(sheet_.heading[i]) * 1.05);
        for (const auto& row : sheet_.rows) widest = std::max(widest, natural_mm(row[i]));
        wanted.push_back(widest);
    }
    widths_mm_.assign(wanted.size(), 0);
    double left = kInner_mm;
    size_t sharing = wanted.size();
    for (bool settled = false; !settled && sharing > 0;) {
        settled = true;
        const double share = left / static_cast<double>(sharing);
        for (size_t i = 0; i < wanted.size(); ++i) {
            if (widths_mm_[i] > 0 || wanted[i] > share) continue;
            widths_mm_[i] = wanted[i];
            left -= wanted[i];
            --sharing;
            settled = false;
        }
    }
    for (double& width : widths_mm_) {
        if (width == 0) width = left / static_cast<double>(sharing);
    }
    // Narrow tables take the whole page all the same.
    const double sum = std::accumulate(widths_mm_.begin(), widths_mm_.end(), 0.0);
    for (double& width : widths_mm_) width *= kInner_mm / sum;
}

double LedgerPages::row_height_mm(const std::vector<std::string>& row, Weight weight) {
    double height = 0;
    for (size_t i = 0; i < row.size(); ++i) {
        const LayoutPtr layout = cell(row[i], weight, widths_mm_[i]);
        unknown_glyphs_ += pango_layout_get_unknown_glyphs_count(layout.get());
        height = std::max(height, height_of(layout.get()));
    }
    return height + 2 * kPad_mm;
}

std::vector<std::string> LedgerPages::take_rest(std::vector<std::string>& row,
                                                double room_mm) const {
    std::vector<std::string> rest(row.size());
    for (size_t i = 0; i < row.size(); ++i) {
        const LayoutPtr layout = cell(row[i], Weight::regular, widths_mm_[i]);
        const size_t bytes = std::min(bytes_in(layout.get(), room_mm), row[i].size());
        rest[i] = row[i].substr(bytes);
        row[i].resize(bytes);
    }
    return rest;
}

void LedgerPages::split_high_rows() {
    const double room_mm = kTableEnd_mm - kTableTop_mm - head_height_mm_;
    std::vector<std::vector<std::string>> rows;
    for (auto& row : sheet_.rows) {
        double height = row_height_mm(row, Weight::regular);
        const int unknown = unknown_glyphs_;  // of the whole row
        while (height > room_mm) {
            std::vector<std::string> rest = take_rest(row, room_mm - 2 * kPad_mm);
            heights_mm_.push_back(room_mm);
            rows.push_back(std::exchange(row, std::move(rest)));
            const bool empty = std::all_of(row.begin(), row.end(),
                                           [](const std::string& text) { return text.empty(); });
            height = empty ? 0 : row_height_mm(row, Weight::regular);
        }
        unknown_glyphs_ = unknown;
        if (height == 0) continue;
        heights_mm_.push_back(height);
        rows.push_back(std::move(row));
    }
    sheet_.rows = std::move(rows);
}

void LedgerPages::fill_pages() {
    head_height_mm_ = row_height_mm(sheet_.heading, Weight::bold);
    const double top_mm = kTableTop_mm + head_height_mm_;
    double y_mm = top_mm;
    split_high_rows();
    first_rows_.push_back(0);
    for (size_t i = 0; i < sheet_.rows.size(); ++i) {
        if (y_mm + heights_mm_[i] > kTableEnd_mm && y_mm > top_mm) {
            first_rows_.push_back(i);
            y_mm = top_mm;
        }
        y_mm += heights_mm_[i];
    }
}

void LedgerPages::draw_row(cairo_t* cr, const std::vector<std::string>& row, double top_mm,
                           double height_mm, Weight weight) const {
    double x_mm = kLedgerMargin_mm;
    for (size_t i = 0; i < row.size(); ++i) {
        const LayoutPtr layout = cell(row[i], weight, widths_mm_[i]);
        const double space_mm = height_mm - height_of(layout.get());
        show(cr, layout.get(), x_mm + kPad_mm, top_mm + space_mm / 2);
        line(cr, x_mm, top_mm, x_mm, top_mm + height_mm);
        x_mm += widths_mm_[i];
    }
    line(cr, x_mm, top_mm, x_mm, top_mm + height_mm);
    line(cr, kLedgerMargin_mm, top_mm + height_mm, x_mm, top_mm + height_mm);
}

void LedgerPages::draw_head(cairo_t* cr) const {
    const LayoutPtr title =
        typesetter_.set_plain(sheet_.title, kLedgerTitle_pt, Weight::bold, kInner_mm);
    show(cr, title.get(), (kLedgerWidth_mm - width_of(title.get())) / 2, kTitleTop_mm);
    const LayoutPtr period =
        typesetter_.set_plain(sheet_.period, kLedgerBody_pt, Weight::regular, kInner_mm);
    show(cr, period.get(), (kLedgerWidth_mm - width_of(period.get())) / 2, kPeriodTop_mm);
}

void LedgerPages::draw_foot(cairo_t* cr, size_t page) const {
    const double share_mm = kInner_mm / static_cast<double>(sheet_.signatures.size());
    for (size_t i = 0; i < sheet_.signatures.size(); ++i) {
        const double x_mm = kLedgerMargin_mm + static_cast<double>(i) * share_mm;
        const LayoutPtr who = typesetter_.set_plain(printable(sheet_.signatures[i]), kLedgerBody_pt,
                                                    Weight::regular, share_mm);
        show(cr, who.get(), x_mm, kSignTop_mm);
        const double y_mm = kSignTop_mm + height_of(who.get());
        line(cr, x_mm + width_of(who.get()) + 2, y_mm, x_mm + share_mm - 8, y_mm);
    }
    const std::string caption = sheet_.page_caption(static_cast<int>(page) + 1, pages());
    const LayoutPtr number =
        typesetter_.set_plain(printable(caption), kLedgerMin_pt, Weight::regular, kInner_mm);
    const double number_mm = width_of(number.get());
    show(cr, number.get(), kLedgerWidth_mm - kLedgerMargin_mm - number_mm, kFootTop_mm);
    const LayoutPtr foot = typesetter_.set_plain(sheet_.foot, kLedgerMin_pt, Weight::regular,
                                                 kInner_mm - number_mm - 5);
    show(cr, foot.get(), kLedgerMargin_mm, kFootTop_mm);
}

void LedgerPages::draw_page(cairo_t* cr, size_t page) const {
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, kLine_mm);
    draw_head(cr);
    double y_mm = kTableTop_mm;
    line(cr, kLedgerMargin_mm, y_mm, kLedgerMargin_mm + kInner_mm, y_mm);
    draw_row(cr, sheet_.heading, y_mm, head_height_mm_, Weight::bold);
    y_mm += head_height_mm_;
    const bool last = page + 1 == first_rows_.size();
    const size_t end = last ? sheet_.rows.size() : first_rows_[page + 1];
    for (size_t i = first_rows_[page]; i < end; ++i) {
        draw_row(cr, sheet_.rows[i], y_mm, heights_mm_[i], Weight::regular);
        y_mm += heights_mm_[i];
    }
    if (sheet_.rows.empty()) {
        const LayoutPtr nothing =
            typesetter_.set_plain(sheet_.nothing, kLedgerBody_pt, Weight::regular, kInner_mm);
        show(cr, nothing.get(), kLedgerMargin_mm + kPad_mm, y_mm + kPad_mm);
    }
    draw_foot(cr, page);
}

std::string LedgerPages::pdf() const {
    std::string result;
    cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(
        append_to_string, &result, kLedgerWidth_mm / kMmPerPoint, kLedgerHeight_mm / kMmPerPoint);
    cairo_t* cr = cairo_create(surface);
    cairo_scale(cr, 1 / kMmPerPoint, 1 / kMmPerPoint);
    for (size_t page = 0; page < first_rows_.size(); ++page) {
        draw_page(cr, page);
        cairo_show_page(cr);
    }
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    HALL_CHECK(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(surface);
    return result;
}

}  // namespace hall::printers::layout
