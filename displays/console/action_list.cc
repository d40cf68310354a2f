#include "displays/console/action_list.h"

#include <algorithm>
#include <cmath>

#include "displays/console/dialog.h"
#include "displays/console/key_button.h"

namespace hall::console {
namespace {

using kit::Align;
using kit::Box;
using kit::kConsoleColours;
using kit::kUnitPx;
using kit::Rgb;
using kit::Size;
using kit::Weight;

// A state takes no more than this of its row; longer ones take two lines.
constexpr float kStateShareMost = 0.45F;

// From the right end of `box`; returns where it begins.
float view_state(kit::Ui& ui, const Word& state, const Box& box) {
    if (state.word.empty()) return box.right();
    const float side = std::ceil(ui.style(Size::small).height * 0.9F);
    const float width =
        std::min(width_of(ui, state.word, Size::small, Weight::bold) + 1, box.w * kStateShareMost);
    const Rgb colour = on_light(state.gravity);
    line(ui, {.box = {box.right() - width, box.y, width, box.h},
              .string = state.word,
              .sizes = {Size::small},
              .weight = Weight::bold,
              .colour = colour,
              .role = "row.state"});
    const float x = box.right() - width - side - kUnitPx / 2;
    mark(ui, {x, box.centre_y() - side / 2, side, side}, state.gravity, colour);
    return x;
}

void view_words(kit::Ui& ui, const ActionRow& row, const Box& box) {
    const float second = row.detail.empty() ? 0 : line_height(ui, Size::small);
    line(ui, {.box = {box.x, box.y, box.w, box.h - second},
              .string = row.title,
              .sizes = {Size::body, Size::small},
              .role = "row"});
    if (second == 0) return;
    line(ui, {.box = {box.x, box.bottom() - second, box.w, second},
              .string = row.detail,
              .sizes = {Size::small},
              .colour = kConsoleColours.muted,
              .role = "row.detail"});
}

// What a button and the space before it take.
float used_by(const ActionRow& row, float button_w) {
    return row.press.empty() ? 0 : button_w + 1.5F * kUnitPx;
}

// Of every row, so that the longest title has its two lines.
float row_height(kit::Ui& ui, const std::vector<ActionRow>& rows, float width, float button_w) {
    bool long_title = false;
    bool detail = false;
    for (const ActionRow& row : rows) {
        detail = detail || !row.detail.empty();
        const float whole = width - used_by(row, button_w);
        const float state = std::min(width_of(ui, row.state.word, Size::small, Weight::bold) + 1,
                                     whole * kStateShareMost) +
                            ui.style(Size::small).height + 1.5F * kUnitPx;
        long_title = long_title || width_of(ui, row.title, Size::small) > whole - state;
    }
    const float small = line_height(ui, Size::small);
    const float title = long_title ? 2 * small : line_height(ui, Size::body);
    const float all = title + (detail ? small : 0) + kUnitPx / 2;
    return std::max({ui.target_px(), ui.scaled(46), all}) + kUnitPx;
}

}  // namespace

std::optional<std::size_t> action_list(kit::Ui& ui, const ActionList& spec,
                                       const std::vector<ActionRow>& rows) {
    const Box& box = spec.box;
    if (rows.empty()) {
        line(ui, {.box = {box.x, box.y, box.w, std::min(box.h, ui.scaled(60))},
                  .string = spec.empty,
                  .colour = kConsoleColours.muted,
                  .role = "row"});
        return std::nullopt;
    }
    float button_w = 0;
    for (const ActionRow& row : rows) {
        if (row.press.empty()) continue;
        button_w = std::max({ui.target_px(), button_w,
                             width_of(ui, row.press, Size::small, Weight::bold) +
                                 width_of(ui, "8", Size::small) + 5 * kUnitPx});
    }
    const float height = row_height(ui, rows, box.w, button_w);
    const kit::Page page = ui.pages(spec.id, box, static_cast<int>(rows.size()), height);
    std::optional<std::size_t> pressed;
    for (int i = page.first; i < page.end; ++i) {
        const ActionRow& row = rows[static_cast<std::size_t>(i)];
        const int slot = i - page.first;
        Box rest{box.x, page.rows.y + static_cast<float>(slot) * height, box.w, height - kUnitPx};
        if (!row.press.empty()) {
            const bool has_digit = slot < kDigitKeys;
            const std::string digit = has_digit ? std::to_string(slot + 1) : "";
            const std::string id = std::string(spec.id) + "." + std::to_string(i);
            if (key_button(ui, {.id = id,
                                .box = {rest.right() - button_w, rest.y, button_w, rest.h},
                                .label = row.press,
                                .key_name = digit,
                                .key = has_digit ? digit_key(slot + 1) : kit::Key::none,
                                .disabled = spec.disabled,
                                .size = Size::small})) {
                pressed = static_cast<std::size_t>(i);
            }
            rest.w -= used_by(row, button_w);
        }
        rest.w = view_state(ui, row.state, rest) - rest.x - kUnitPx;
        view_words(ui, row, rest);
    }
    return pressed;
}

}  // namespace hall::console
