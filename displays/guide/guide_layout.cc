#include "displays/guide/guide_layout.h"

#include <algorithm>
#include <cmath>

#include "displays/kit/theme.h"

namespace hall::guide {
namespace {

using kit::Box;
using kit::kTouchTargetPx;

// At scale 1.
constexpr float kRightPx = 372;
constexpr float kTitlePx = 34;
constexpr float kServiceWidthPx = 280;
constexpr float kServiceHeightPx = 72;
constexpr float kCareWidthPx = 150;
constexpr float kCareHeightPx = 62;
constexpr float kIssuePx = 88;
constexpr float kNoticesPx = 60;
constexpr float kAppointmentsPx = 150;
constexpr float kClosingPx = 190;
constexpr float kCardPx = 306;
constexpr float kToolPx = 64;
constexpr int kServiceRowsMax = 3;
constexpr int kServiceColumnsMax = 3;  // nine services have the digits 1 to 9
constexpr int kCareRows = 2;
constexpr int kCareColumnsMax = 5;

// Takes `height` from the top of `rest`.
Box take(Box& rest, float height, float gap) {
    const Box out{rest.x, rest.y, rest.w, height};
    rest.y += height + gap;
    rest.h -= height + gap;
    return out;
}

Box take_last(Box& rest, float height, float gap) {
    const Box out{rest.x, rest.bottom() - height, rest.w, height};
    rest.h -= height + gap;
    return out;
}

void split_issue(GuideLayout& out, const Box& row, float scale) {
    const bool wide = out.shape == Shape::wide;
    const float clear = std::max(kTouchTargetPx, (wide ? 96 : 76) * scale);
    const float issue = row.w * (wide ? 0.42F : 0.26F);
    out.issue = {row.x, row.y, issue, row.h};
    out.clear = {out.issue.right() + out.gap, row.y, clear, row.h};
    const float x = out.clear.right() + out.gap * 1.5F;
    out.message = {x, row.y, row.right() - x, row.h};
}

void fill_form(GuideLayout& out, Box rest, float scale) {
    const bool wide = out.shape == Shape::wide;
    const float care_h = wide ? std::max(kTouchTargetPx, kCareHeightPx * scale)
                              : std::max(kTouchTargetPx, 36 * scale);
    const float least = wide ? kServiceHeightPx * scale : std::max(kTouchTargetPx, 40 * scale);
    const float care_rows_h = kCareRows * care_h + (kCareRows - 1) * out.gap;
    const float issue = wide ? kIssuePx * scale : std::max(kTouchTargetPx, 50 * scale);
    split_issue(out, take_last(rest, issue, out.gap), scale);
    const Box care = take_last(rest, care_rows_h, wide ? out.gap / 2 : out.gap);
    if (wide) {
        out.care_title = take_last(rest, kTitlePx * scale, out.gap);
        out.service_title = take(rest, kTitlePx * scale, out.gap / 2);
    }
    out.care = grid(care, as_many(care.w, kCareWidthPx * scale, kit::kUnitPx, kCareColumnsMax),
                    kCareRows, kit::kUnitPx);
    out.services = grid(rest, as_many(rest.w, kServiceWidthPx * scale, out.gap, kServiceColumnsMax),
                        as_many(rest.h, least, out.gap, kServiceRowsMax), out.gap);
}

// What needs a button now and then, and the notices beside it.
void split_extras(GuideLayout& out, Box row, float scale, const Parts& parts) {
    const auto take_left = [&](float width) {
        out.extras.push_back({row.x, row.y, width, row.h});
        row.x += width + out.gap;
        row.w -= width + out.gap;
    };
    if (parts.appointments) take_left(kAppointmentsPx * scale);
    if (parts.closing) take_left(kClosingPx * scale);
    out.notices = row;
}

}  // namespace

int as_many(float room, float least, float gap, int most) {
    return std::clamp(static_cast<int>((room + gap) / (least + gap)), 1, most);
}

Slice slice(std::size_t count, std::size_t slots, int page) {
    if (count <= slots) return {0, count, false};
    const std::size_t each = std::max<std::size_t>(1, slots - 1);
    const std::size_t pages = (count + each - 1) / each;
    const std::size_t first = static_cast<std::size_t>(page) % pages * each;
    return {first, std::min(count, first + each), true};
}

std::vector<Box> grid(const Box& box, int columns, int rows, float gap) {
    std::vector<Box> out;
    const float w = (box.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    const float h = (box.h - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            out.push_back({std::round(box.x + static_cast<float>(column) * (w + gap)),
                           std::round(box.y + static_cast<float>(row) * (h + gap)), std::floor(w),
                           std::floor(h)});
        }
    }
    return out;
}

GuideLayout guide_layout(const Box& area, float scale, const Parts& parts) {
    GuideLayout out;
    out.shape = area.w / scale >= kWideFromPx ? Shape::wide : Shape::compact;
    if (out.shape == Shape::compact) {
        out.gap = 8;
        Box rest{16, area.y + 8, area.w - 32, area.h - 16};
        const float tool = std::max(kTouchTargetPx, 36 * scale);
        out.tools = grid(take_last(rest, tool, out.gap), parts.appointments ? 6 : 5, 1, out.gap);
        out.card = take_last(rest, std::max(kTouchTargetPx + 16, 68 * scale), out.gap);
        fill_form(out, rest, scale);
        return out;
    }
    const float margin = 24;
    const Box inner{margin, area.y + 12, area.w - 2 * margin, area.h - 24};
    const float right_w = std::round(kRightPx * scale);
    Box right{inner.right() - right_w, inner.y, right_w, inner.h};
    out.card = take(right, kCardPx * scale, out.gap);
    out.tools = grid(take(right, kToolPx * scale, out.gap), 4, 1, 8);
    out.list = right;
    Box left{inner.x, inner.y, inner.w - right_w - margin, inner.h};
    split_extras(out, take_last(left, kNoticesPx * scale, out.gap), scale, parts);
    fill_form(out, left, scale);
    return out;
}

}  // namespace hall::guide
