// A number typed on the keyboard or tapped: who comes back, who steps out.
#include <algorithm>

#include "displays/console/key_button.h"
#include "displays/guide/guide_view.h"
#include "wording/wording.h"

namespace hall::guide {
namespace {

using console::key_button;
using kit::Box;
using kit::ButtonKind;
using kit::kConsoleColours;
using kit::Key;
using kit::kUnitPx;
using kit::Size;
using kit::Weight;
using wording::text;

constexpr int kColumns = 7;
constexpr int kLettersShown = 10;  // a hall with more types the rest on its keyboard

// Letters and digits of a real keyboard, whatever is on the screen.
Wish typed_key(kit::Ui& ui) {
    for (int i = 0; i < 26; ++i) {
        if (ui.shortcut(static_cast<Key>(static_cast<int>(Key::a) + i))) {
            return Act{Do::type, std::string(1, static_cast<char>('A' + i))};
        }
    }
    for (int i = 0; i < 10; ++i) {
        if (ui.shortcut(static_cast<Key>(static_cast<int>(Key::d0) + i))) {
            return Act{Do::type, std::to_string(i)};
        }
    }
    if (ui.shortcut(Key::backspace)) return Act{Do::erase};
    return std::nullopt;
}

Wish view_pad(kit::Ui& ui, const Entry& entry, const Box& box) {
    std::vector<std::string> caps(
        entry.letters.begin(),
        entry.letters.begin() + std::min<std::ptrdiff_t>(kLettersShown, std::ssize(entry.letters)));
    for (int i = 1; i <= 10; ++i) caps.push_back(std::to_string(i % 10));
    const int rows = (static_cast<int>(caps.size()) + kColumns) / kColumns;
    const auto cells = grid(box, kColumns, rows, kUnitPx);
    Wish wish;
    for (std::size_t i = 0; i < caps.size(); ++i) {
        const std::string id = "cap." + caps[i];
        if (key_button(ui, {.id = id, .box = cells[i], .label = caps[i]})) {
            wish = Act{Do::type, caps[i]};
        }
    }
    if (key_button(
            ui,
            {.id = "erase", .box = cells[caps.size()], .label = "⌫", .kind = ButtonKind::quiet})) {
        wish = Act{Do::erase};
    }
    return wish;
}

Wish view_buttons(kit::Ui& ui, const Entry& entry, const Box& box) {
    const auto cells = grid(box, 3, 1, kUnitPx);
    Wish wish;
    // Who is away comes back; whoever waits steps out: the likely one has Enter.
    const auto button = [&](const char* id, const std::string& label, Do act, const Box& cell,
                            bool likely) {
        if (key_button(ui, {.id = id,
                            .box = cell,
                            .label = label,
                            .key_name = likely ? "Enter" : "F8",
                            .key = likely ? Key::enter : Key::f8,
                            .kind = likely ? ButtonKind::primary : ButtonKind::secondary,
                            .disabled = entry.disabled})) {
            wish = Act{act};
        }
    };
    if (entry.appointment) {
        button("entry.check_in", text("guide.appointment.check_in"), Do::check_in, cells[0], true);
        button("entry.cancel", entry.cancel, Do::cancel_appointment, cells[1], false);
    } else {
        button("entry.back", text("guide.come_back"), Do::come_back, cells[0], entry.away);
        button("entry.out", text("guide.step_out"), Do::step_out, cells[1], !entry.away);
    }
    if (key_button(ui, {.id = "close",
                        .box = cells[2],
                        .label = text("guide.close"),
                        .key_name = "Esc",
                        .kind = ButtonKind::quiet})) {
        wish = Act{Do::close};
    }
    return wish;
}

}  // namespace

Wish view_entry(kit::Ui& ui, const GuidePicture& picture) {
    const Entry& entry = picture.entry;
    const Box area = dialog_area(ui, picture);
    const float w = std::min(area.w - 4 * kUnitPx, ui.scaled(760));
    const float h = std::min(area.h - 4 * kUnitPx, ui.scaled(500));
    const Box box{area.centre_x() - w / 2, area.centre_y() - h / 2, w, h};
    Wish wish;
    if (ui.begin_dialog(box, text("guide.entry.title"))) wish = Act{Do::close};
    const float pad = 3 * kUnitPx;
    if (const Wish always = view_always(ui, picture, box.right() - pad, box.y + kUnitPx)) {
        wish = always;
    }
    const float head = std::max(kit::kTouchTargetPx + 2 * kUnitPx, ui.scaled(56));
    Box rest{box.x + pad, box.y + head, box.w - 2 * pad, 0};
    rest.h = box.bottom() - pad - rest.y;
    const float field_h = ui.scaled(64);
    const float field_w = rest.w * 0.4F;
    const Box field{rest.x, rest.y, field_w, field_h};
    ui.canvas().fill(field, kConsoleColours.ground, 8);
    ui.canvas().outline(field, kConsoleColours.edge, 8, 2);
    console::line(ui, {.box = field.inset(kUnitPx),
                       .string = entry.typed,
                       .sizes = {Size::large, Size::title, Size::body},
                       .weight = Weight::bold,
                       .align = kit::Align::centre,
                       .ground = kConsoleColours.ground,
                       .role = "entry"});
    const Word words = entry.message.word.empty() ? Word{text("guide.entry.hint"), Gravity::waiting}
                                                  : entry.message;
    console::line(ui, {.box = {field.right() + pad, rest.y, rest.w - field_w - pad, field_h},
                       .string = words.word,
                       .sizes = {Size::small},
                       .colour = console::on_light(words.gravity),
                       .role = "entry.message"});
    const float buttons_h = std::max(kit::kTouchTargetPx, ui.scaled(64));
    const Box buttons{rest.x, rest.bottom() - buttons_h, rest.w, buttons_h};
    const float pad_y = field.bottom() + 1.5F * kUnitPx;
    if (const Wish key = view_buttons(ui, entry, buttons)) wish = key;
    if (const Wish cap =
            view_pad(ui, entry, {rest.x, pad_y, rest.w, buttons.y - 1.5F * kUnitPx - pad_y})) {
        wish = cap;
    }
    if (const Wish key = typed_key(ui)) wish = key;
    ui.end_dialog();
    return wish;
}

}  // namespace hall::guide
