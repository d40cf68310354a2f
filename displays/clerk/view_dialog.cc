// One choice with digits: where to transfer, why to pause, who is back; or the waiting list.
#include <algorithm>

#include "displays/clerk/clerk_view.h"
#include "displays/console/key_button.h"
#include "wording/wording.h"

namespace hall::clerk {
namespace {

using console::key_button;
using kit::Box;
using kit::kClickTargetPx;
using kit::kConsoleColours;
using kit::Key;
using kit::kUnitPx;
using kit::Size;
using wording::text;

constexpr int kDigits = 9;

Do act_of(Dialog dialog) {
    switch (dialog) {
        case Dialog::transfer:
            return Do::transfer;
        case Dialog::pause:
            return Do::pause;
        case Dialog::come_back:
            return Do::come_back;
        case Dialog::none:
        case Dialog::waiting:
            return Do::dismiss;
    }
    return Do::dismiss;
}

Wish view_options(kit::Ui& ui, const ClerkPicture& picture, const Box& box) {
    const auto& options = picture.options;
    if (options.empty()) {
        console::line(ui, {.box = box,
                           .string = text("clerk.away.none"),
                           .colour = kConsoleColours.muted,
                           .role = "dialog"});
        return std::nullopt;
    }
    // Nine to a page, so that each has a digit.
    const float gap = kUnitPx;
    const float least = std::max(kClickTargetPx, ui.scaled(46)) + gap;
    const float height = std::max(least, box.h / (kDigits + 2));
    const std::string id = "options." + std::to_string(static_cast<int>(picture.dialog));
    const kit::Page page = ui.pages(id, box, static_cast<int>(options.size()), height);
    Wish wish;
    for (int i = page.first; i < page.end; ++i) {
        const Option& option = options[static_cast<std::size_t>(i)];
        const int slot = i - page.first;
        const float y = page.rows.y + static_cast<float>(slot) * height;
        const bool has_digit = slot < kDigits;
        const std::string option_id = "option." + option.value;
        const std::string digit = has_digit ? std::to_string(slot + 1) : "";
        const std::string label =
            option.detail.empty() ? option.label : option.label + "   " + option.detail;
        if (key_button(ui, {.id = option_id,
                            .box = {box.x, y, box.w, height - gap},
                            .label = label,
                            .key_name = digit,
                            .key = has_digit ? static_cast<Key>(static_cast<int>(Key::d1) + slot)
                                             : Key::none,
                            .disabled = picture.busy,
                            .size = Size::body})) {
            wish = Act{act_of(picture.dialog), option.value};
        }
    }
    return wish;
}

}  // namespace

Wish view_dialog(kit::Ui& ui, const ClerkPicture& picture) {
    const Box area = ui.canvas().area();
    const bool list = picture.dialog == Dialog::waiting;
    const float w = std::min(area.w - 4 * kUnitPx, ui.scaled(list ? 640 : 760));
    const float close_h = std::max(kClickTargetPx, ui.scaled(44));
    const float most = area.h - 4 * kUnitPx;
    const float row = std::max(kClickTargetPx, ui.scaled(46)) + kUnitPx;
    const float rows =
        list ? most : row * static_cast<float>(std::max<std::size_t>(1, picture.options.size()));
    const float h = std::min(most, rows + close_h + 6 * kUnitPx);
    const Box box{area.centre_x() - w / 2, area.centre_y() - h / 2, w, h};
    Wish wish;
    if (ui.begin_dialog(box, picture.dialog_title)) wish = Act{Do::dismiss};
    const std::string close = text("clerk.dismiss");
    const float close_w = console::width_of(ui, close, Size::body, kit::Weight::bold) +
                          console::width_of(ui, "Esc", Size::small) + 5 * kUnitPx;
    if (key_button(ui,
                   {.id = "dismiss",
                    .box = {box.right() - close_w - 2 * kUnitPx, box.y + kUnitPx, close_w, close_h},
                    .label = close,
                    .key_name = "Esc",
                    .kind = kit::ButtonKind::quiet,
                    .size = Size::body})) {
        wish = Act{Do::dismiss};
    }
    const float y = box.y + close_h + 2 * kUnitPx;
    const Box rest{box.x + 3 * kUnitPx, y, box.w - 6 * kUnitPx, box.bottom() - 2 * kUnitPx - y};
    if (list) {
        view_waiting(ui, picture, rest);
    } else if (const Wish option = view_options(ui, picture, rest)) {
        wish = option;
    }
    ui.end_dialog();
    return wish;
}

}  // namespace hall::clerk
