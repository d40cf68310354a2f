// A ledger (台账) on paper: titled, numbered A4 pages, landscape, with lines to sign on.
//
// Used by hallctl. Black on white, nothing smaller than 9 pt, nothing cut: a long cell takes more
// lines, a row that does not fit begins the next page, where the heading stands again, and what of
// a row is higher than a page goes on in a row of its own. Not thread-safe: pages and their
// Typesetter stay on one thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "printers/layout/glyphs.h"

namespace hall::printers::layout {

inline constexpr double kLedgerWidth_mm = 297;
inline constexpr double kLedgerHeight_mm = 210;
inline constexpr double kLedgerMargin_mm = 12;
inline constexpr double kLedgerBody_pt = 10;
inline constexpr double kLedgerMin_pt = 9;  // of the foot; nothing is smaller

// What the pages say. All strings are UTF-8 as they arrived: the layout makes them printable.
struct LedgerSheet {
    std::string title;   // "南宁市民中心 个案台账"
    std::string period;  // "2026-11-01 至 2026-11-30"
    std::vector<std::string> heading;
    std::vector<std::vector<std::string>> rows;  // each as long as the heading
    std::string nothing;                         // said in the place of rows when there are none
    std::vector<std::string> signatures;         // 制表, 审核, 日期: on every page
    std::string foot;                            // small, above the page's number
    // "第 1 页 共 3 页", from 1.
    std::function<std::string(int page, int pages)> page_caption;
};

class LedgerPages {
  public:
    // Lays out every row. REQUIRES: `typesetter` outlives the pages; page_caption is set.
    LedgerPages(const Typesetter& typesetter, LedgerSheet sheet);

    int pages() const { return static_cast<int>(first_rows_.size()); }
    // Characters that no installed font has: they are on the paper as boxes.
    int unknown_glyphs() const { return unknown_glyphs_; }
    const std::vector<double>& column_widths_mm() const { return widths_mm_; }

    // Text stays text.
    std::string pdf() const;

  private:
    void share_width();
    void fill_pages();
    void split_high_rows();
    // What of `row` is higher than `room_mm`, taken out of it; empty cells where all fits.
    std::vector<std::string> take_rest(std::vector<std::string>& row, double room_mm) const;
    double row_height_mm(const std::vector<std::string>& row, Weight weight);
    void draw_page(cairo_t* cr, size_t page) const;
    void draw_head(cairo_t* cr) const;
    void draw_foot(cairo_t* cr, size_t page) const;
    void draw_row(cairo_t* cr, const std::vector<std::string>& row, double top_mm, double height_mm,
                  Weight weight) const;
    LayoutPtr cell(const std::string& text, Weight weight, double width_mm) const;

    const Typesetter& typesetter_;
    LedgerSheet sheet_;
    std::vector<double> widths_mm_;   // of the columns, padding included
    std::vector<double> heights_mm_;  // of the rows
    std::vector<size_t> first_rows_;  // of each page
    double head_height_mm_ = 0;       // of the table's heading
    int unknown_glyphs_ = 0;
};

}  // namespace hall::printers::layout
