// Draws one picture of a board; used by board_view.cc only. Lives for that picture.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "displays/board/board_layout.h"
#include "displays/board/board_model.h"
#include "displays/board/board_view.h"
#include "displays/board/screen_size.h"
#include "displays/kit/canvas.h"
#include "displays/kit/theme.h"

namespace hall::board {

// From line to line of a list, in heights of its digits: as wide as can be, and the least.
inline constexpr float kPitchWide = 1.5F;
inline constexpr float kPitchLeast = 1.06F;

template <typename T>
struct Slice {
    std::vector<T> items;
    bool several = false;  // there are other pages
};

// The `page`th page of `per_page` items, going round.
template <typename T>
Slice<T> page_of(const std::vector<T>& all, int per_page, std::int64_t page) {
    Slice<T> out;
    if (all.empty() || per_page <= 0) return out;
    const auto size = static_cast<std::int64_t>(all.size());
    const std::int64_t pages = (size + per_page - 1) / per_page;
    const std::int64_t first = page % pages * per_page;
    const std::int64_t end = std::min(size, first + per_page);
    out.items.assign(all.begin() + first, all.begin() + end);
    out.several = pages > 1;
    return out;
}

// Baseline that puts digits in the middle of a height.
inline float digit_baseline(float centre_y, const kit::TextMetrics& box) {
    return centre_y - (box.digit_top + box.digit_bottom) / 2;
}

class Painter {
  public:
    Painter(kit::Canvas& canvas, const BoardPicture& picture, const ScreenSize& screen);

    Turning draw();

  private:
    float width_of(const std::string& string, const kit::TextStyle& style) {
        return std::ceil(canvas_.text().measure(string, style).advance);
    }
    // A frame whose text stands in line with everything else.
    kit::Box framed(float y, float height) const {
        return {left_.x - styles_.gap, y, left_.w + 2 * styles_.gap, height};
    }
    // Bars over and under the content; each takes its part of `left_`.
    void draw_header();
    std::vector<std::string> warning_lines();
    float kept_height();
    float foot_height();
    void draw_warning();
    void draw_footer(std::int64_t index);  // page `index` of the counts
    // Returns where the last one ends.
    float draw_counts(const kit::Box& box, const std::vector<CountLine>& counts);
    // Something more pressing than counts stands at the foot.
    bool foot_is_taken() const { return !picture_.warning.empty() || picture_.query.shown(); }
    std::vector<std::vector<CountLine>> packed_counts(float width);

    // Calls at tier A (board_painter_calls.cc).
    void draw_calls();
    void draw_below(float y, const std::vector<CallLine>& above);
    void draw_window();
    void draw_call(const kit::Box& box, const CallShape& shape, const CallLine& call);
    void draw_call_rows(const kit::Box& inner, const CallShape& shape, const CallLine& call,
                        kit::Rgb ground);
    void draw_unit_column(float x, float top, float height, kit::Rgb ground);
    void draw_tags(const kit::Box& box, const CallShape& shape, const CallLine& call,
                   kit::Rgb ground);
    void draw_disc(float x, float y);
    Longest longest() const;

    // What was asked in front of the board, at tier B (board_painter_query.cc).
    using Lines = std::vector<std::string>;
    struct Run {
        std::string string;
        bool word = false;   // digits and Latin, else hanzi
        bool space = false;  // behind it
    };
    void draw_query();
    void draw_typed(const kit::Box& box, float line);
    void draw_hint(const kit::Box& box, float from);
    float room_for_query(float least);
    std::vector<Lines> query_pages(float width, std::size_t lines_max);
    Lines lines_of(const std::vector<std::string>& pieces, float width);
    static std::vector<std::string> pieces_of(const std::string& sentence);
    static std::vector<Run> runs_of(const std::string& string);
    float mixed_width(const std::string& string);
    void write_mixed(const std::string& string, float x, float top, float line);

    // Lists and sentences at tier B (board_painter_lists.cc).
    void draw_first();
    void draw_notices();
    struct Grid {
        int rows = 0;
        int columns = 0;
        bool unit = false;  // 号窗口 behind the window
        float arrow_w = 0;
        int cells() const { return rows * columns; }
    };
    Grid grid_of(const kit::Box& box, const std::vector<CallLine>& lines);
    std::string fitting(const std::string& windows, float width);
    void draw_called_cell(const kit::Box& cell, kit::Rgb ground);
    void draw_grid(const kit::Box& box, const Grid& grid, const std::vector<CallLine>& lines);

    kit::Canvas& canvas_;
    const BoardPicture& picture_;
    Styles styles_;
    std::string unit_;
    kit::Box area_;
    kit::Box left_;  // what header, footer and warning have not taken
    // Of calls and windows: chosen before the warning, which must leave it its room.
    std::optional<CallShape> shape_;
    Turning turning_;
};

}  // namespace hall::board
