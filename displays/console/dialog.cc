#include "displays/console/dialog.h"

#include <algorithm>

#include "displays/console/key_button.h"
#include "wording/wording.h"

namespace hall::console {

using kit::Box;
using kit::kConsoleColours;
using kit::kUnitPx;
using kit::Size;

kit::Key digit_key(int digit) {
    return static_cast<kit::Key>(static_cast<int>(kit::Key::d1) + digit - 1);
}

float choice_height(const kit::Ui& ui) {
    return std::max(ui.target_px(), ui.scaled(46)) + kUnitPx;
}

Frame begin_frame(kit::Ui& ui, const FrameSpec& spec) {
    const float w = std::min(spec.area.w - 4 * kUnitPx, spec.width);
    const float close_h = button_height(ui);
    const bool said = !spec.message.word.empty();
    const float head_h = said ? std::max(close_h, 2.2F * line_height(ui, Size::small)) : close_h;
    const float most = spec.area.h - 4 * kUnitPx;
    const float h = std::min(most, spec.content_height + head_h + 6 * kUnitPx);
    const Box box{spec.area.centre_x() - w / 2, spec.area.centre_y() - h / 2, w, h};
    Frame out;
    const std::string close = wording::text("clerk.dismiss");
    const float close_w = width_of(ui, close, Size::body, kit::Weight::bold) +
                          width_of(ui, "Esc", Size::small) + 5 * kUnitPx;
    out.closed = ui.begin_dialog(box, "");
    const Box head{box.x + 3 * kUnitPx, box.y + kUnitPx, box.w - close_w - 7 * kUnitPx, head_h};
    if (said) {
        view_message(ui, spec.message, head);
    } else {
        line(ui, {.box = head,
                  .string = spec.title,
                  .sizes = {Size::title, Size::body, Size::small},
                  .weight = kit::Weight::bold,
                  .role = "dialog"});
    }
    out.closed |= key_button(
        ui, {.id = "dismiss",
             .box = {box.right() - close_w - 2 * kUnitPx, box.y + kUnitPx, close_w, close_h},
             .label = close,
             .key_name = "Esc",
             .kind = kit::ButtonKind::quiet,
             .size = Size::body});
    const float y = box.y + head_h + 2 * kUnitPx;
    out.inner = {box.x + 3 * kUnitPx, y, box.w - 6 * kUnitPx, box.bottom() - 2 * kUnitPx - y};
    return out;
}

std::optional<std::string> choose(kit::Ui& ui, const ChoiceList& spec,
                                  const std::vector<Choice>& choices) {
    if (choices.empty()) {
        line(ui, {.box = spec.box,
                  .string = spec.empty,
                  .colour = kConsoleColours.muted,
                  .role = "dialog"});
        return std::nullopt;
    }
    // Nine to a page, so that each has a digit.
    const float gap = kUnitPx;
    const float height =
        std::max(choice_height(ui), spec.box.h / static_cast<float>(kDigitKeys + 2));
    const kit::Page page = ui.pages(spec.id, spec.box, static_cast<int>(choices.size()), height);
    std::optional<std::string> chosen;
    for (int i = page.first; i < page.end; ++i) {
        const Choice& choice = choices[static_cast<std::size_t>(i)];
        const int slot = i - page.first;
        const bool has_digit = slot < kDigitKeys;
        const std::string digit = has_digit ? std::to_string(slot + 1) : "";
        const std::string id = "option." + choice.value;
        const std::string label =
            choice.detail.empty() ? choice.label : choice.label + "   " + choice.detail;
        if (key_button(ui, {.id = id,
                            .box = {spec.box.x, page.rows.y + static_cast<float>(slot) * height,
                                    spec.box.w, height - gap},
                            .label = label,
                            .key_name = digit,
                            .key = has_digit ? digit_key(slot + 1) : kit::Key::none,
                            .disabled = spec.disabled,
                            .size = Size::body})) {
            chosen = choice.value;
        }
    }
    return chosen;
}

float message_height(const kit::Ui& ui, const Word& message) {
    return message.word.empty() ? 0 : ui.scaled(50);
}

void view_message(kit::Ui& ui, const Word& message, const Box& box, kit::Rgb ground) {
    if (message.word.empty()) return;
    const kit::Rgb colour = on_light(message.gravity);
    const float side = ui.style(Size::body).height;
    mark(ui, {box.x + 2, box.centre_y() - side / 2, side, side}, message.gravity, colour);
    const float x = box.x + side + 1.5F * kUnitPx;
    line(ui, {.box = {x, box.y, box.right() - x, box.h},
              .string = message.word,
              .weight = kit::Weight::bold,
              .colour = colour,
              .ground = ground,
              .role = "message"});
}

}  // namespace hall::console
