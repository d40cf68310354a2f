#include "printers/layout/page.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <cmath>
#include <variant>

#include "printers/layout/sheet.h"
#include "protocol/check.h"

namespace hall::printers::layout {

namespace {

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

void draw(cairo_t* cr, const Tick& tick) {
    const Box& box = tick.box;
    cairo_set_line_width(cr, box.height / 6);
    cairo_move_to(cr, box.x + 0.18 * box.width, box.y + 0.5 * box.height);
    cairo_line_to(cr, box.x + 0.42 * box.width, box.y + 0.78 * box.height);
    cairo_line_to(cr, box.x + 0.84 * box.width, box.y + 0.2 * box.height);
    cairo_stroke(cr);
}

void draw(cairo_t* cr, const Bubble& bubble) {
    const Box& box = bubble.box;
    const double line = box.height / 16;
    const double radius = box.height / 5;
    const double left = box.x + line / 2;
    const double right = box.right() - line / 2;
    const double top = box.y + line / 2;
    const double bottom = box.y + 0.78 * box.height;
    cairo_set_line_width(cr, line);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_new_sub_path(cr);
    cairo_arc(cr, right - radius, top + radius, radius, -M_PI / 2, 0);
    cairo_arc(cr, right - radius, bottom - radius, radius, 0, M_PI / 2);
    cairo_line_to(cr, box.x + 0.5 * box.width, bottom);
    cairo_line_to(cr, box.x + 0.24 * box.width, box.bottom() - line / 2);
    cairo_line_to(cr, box.x + 0.28 * box.width, bottom);
    cairo_arc(cr, left + radius, bottom - radius, radius, M_PI / 2, M_PI);
    cairo_arc(cr, left + radius, top + radius, radius, M_PI, 3 * M_PI / 2);
    cairo_close_path(cr);
    cairo_stroke(cr);
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

// Everything on one page; `cr` counts in mm.
void draw_page(cairo_t* cr, const Sheet& sheet, std::size_t page) {
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    if (sheet.turned) {
        cairo_translate(cr, sheet.height, 0);
        cairo_rotate(cr, M_PI / 2);
    }
    for (const Item& item : sheet.pages[page]) {
        cairo_set_source_rgb(cr, 0, 0, 0);
        std::visit([cr](const auto& thing) { draw(cr, thing); }, item);
    }
}

// Across and along the paper as it leaves the printer.
double across(const Sheet& sheet) {
    return sheet.turned ? sheet.height : sheet.width;
}
double along(const Sheet& sheet) {
    return sheet.turned ? sheet.width : sheet.height;
}

}  // namespace

Page::Page(double width_mm) : sheet_(std::make_unique<Sheet>()) {
    sheet_->width = width_mm;
}

Page::~Page() = default;

double Page::width_mm() const {
    return sheet_->width;
}
double Page::height_mm() const {
    return sheet_->height;
}
std::size_t Page::pages() const {
    return sheet_->pages.size();
}
const std::vector<Drawn>& Page::drawn() const {
    return sheet_->drawn;
}
const std::vector<std::string>& Page::warnings() const {
    return sheet_->warnings;
}

std::string Page::pdf() const {
    std::string result;
    cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(
        append_to_string, &result, across(*sheet_) / kMmPerPoint, along(*sheet_) / kMmPerPoint);
    cairo_t* cr = cairo_create(surface);
    for (std::size_t page = 0; page < pages(); ++page) {
        cairo_save(cr);
        cairo_scale(cr, 1 / kMmPerPoint, 1 / kMmPerPoint);
        draw_page(cr, *sheet_, page);
        cairo_restore(cr);
        cairo_show_page(cr);
    }
    cairo_destroy(cr);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
    return result;
}

Bitmap Page::bitmap(int dpi, std::size_t page) const {
    HALL_CHECK(page < pages());
    Bitmap result;
    result.dpi = dpi;
    result.width = static_cast<int>(std::lround(across(*sheet_) / 25.4 * dpi));
    const double rows = along(*sheet_) / 25.4 * dpi;
    result.height = static_cast<int>(sheet_->endless ? std::ceil(rows) : std::round(rows));
    cairo_surface_t* surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, result.width, result.height);
    HALL_CHECK(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS);
    cairo_t* cr = cairo_create(surface);
    cairo_scale(cr, dpi / 25.4, dpi / 25.4);
    draw_page(cr, *sheet_, page);
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
