#include "displays/clerk/clerk_layout.h"

#include <algorithm>
#include <cmath>

#include "displays/kit/theme.h"

namespace hall::clerk {
namespace {

using kit::Box;
using kit::kClickTargetPx;

// At scale 1.
constexpr float kWideFromPx = 1140;
constexpr float kRightPx = 424;
constexpr float kStepsHeightPx = 116;
constexpr float kMessagePx = 48;
constexpr float kOfferPx = 124;
constexpr float kAwayHeadPx = 52;
constexpr float kAwayRowPx = 56;
constexpr int kAwayRowsMost = 4;
constexpr int kAwayRowsBesideCard = 2;
constexpr float kCardPx = 212;
constexpr float kFirstShare = 0.46F;
// A compact screen with less height has no room for everything.
constexpr float kCrowdedBelowPx = 320;

Box take_last(Box& rest, float height, float gap) {
    const Box out{rest.x, rest.bottom() - height, rest.w, height};
    rest.h -= height + gap;
    return out;
}

ClerkLayout compact_layout(const Box& area, float scale, bool message) {
    ClerkLayout out;
    out.shape = Shape::compact;
    out.gap = 8;
    Box rest{16, area.y + 8, area.w - 32, area.h - 16};
    out.tools = take_last(rest, std::max(kClickTargetPx, 30 * scale), out.gap);
    const bool crowded = area.h < kCrowdedBelowPx * scale;
    if (!crowded || !message) out.offer = take_last(rest, 62 * scale, out.gap);
    if (!crowded || message) out.message = take_last(rest, 50 * scale, 0);
    out.steps = take_last(rest, 58 * scale, 0);
    rest.h -= out.gap;
    out.current = rest;
    return out;
}

}  // namespace

ClerkLayout clerk_layout(const Box& area, float scale, const ClerkContent& content) {
    const bool card = content.card;
    const int away = content.away;
    if (area.w / scale < kWideFromPx) {
        return compact_layout(area, scale, content.message);
    }
    ClerkLayout out;
    const float margin = 24;
    const Box inner{margin, area.y + 16, area.w - 2 * margin, area.h - 2 * 16};
    const float right_w = std::round(kRightPx * scale);
    Box left{inner.x, inner.y, inner.w - right_w - margin, inner.h};
    out.offer = take_last(left, kOfferPx * scale, out.gap);
    out.message = take_last(left, kMessagePx * scale, out.gap / 2);
    out.steps = take_last(left, kStepsHeightPx * scale, out.gap);
    out.current = left;
    Box right{inner.right() - right_w, inner.y, right_w, inner.h};
    if (card) {
        out.card = {right.x, right.y, right.w, kCardPx * scale};
        right.y += out.card.h + out.gap;
        right.h -= out.card.h + out.gap;
    }
    if (away > 0) {
        const int most = card ? kAwayRowsBesideCard : kAwayRowsMost;
        const auto rows = static_cast<float>(std::min(away, most));
        out.away = take_last(right, (kAwayHeadPx + rows * kAwayRowPx + 12) * scale, out.gap);
    }
    out.waiting = right;
    return out;
}

std::vector<Box> step_boxes(const ClerkLayout& layout, int count) {
    const Box& box = layout.steps;
    if (count <= 0) return {};
    const float first = std::floor(box.w * kFirstShare);
    std::vector<Box> out{{box.x, box.y, first, box.h}};
    const Box rest{box.x + first + layout.gap, box.y, box.w - first - layout.gap, box.h};
    const int others = count - 1;
    // Never wider than half, so that a button does not jump when a stage has fewer of them.
    const auto cells = static_cast<float>(std::max(others, 2));
    const float w = (rest.w - layout.gap * (cells - 1)) / cells;
    for (int i = 0; i < others; ++i) {
        const float x = rest.x + static_cast<float>(i) * (w + layout.gap);
        out.push_back({std::round(x), rest.y, std::floor(w), rest.h});
    }
    return out;
}

}  // namespace hall::clerk
