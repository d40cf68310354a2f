// Who waits for this window, and who was sent from here and is not back yet.
#include <algorithm>
#include <cmath>

#include "displays/clerk/clerk_view.h"
#include "displays/console/key_button.h"
#include "wording/wording.h"

namespace hall::clerk {
namespace {

using console::key_button;
using kit::Align;
using kit::Box;
using kit::kClickTargetPx;
using kit::kConsoleColours;
using kit::Key;
using kit::kUnitPx;
using kit::Size;
using kit::Weight;
using wording::text;

float row_height(const kit::Ui& ui) {
    return console::button_height(ui);
}

// Number, mark and service; what is left of `row` on the right is the caller's.
void view_row(kit::Ui& ui, const Row& row, const Box& box) {
    const float number = console::width_of(ui, "M000", Size::body, Weight::bold) + kUnitPx;
    const float disc = std::ceil(ui.style(Size::small).height * 1.5F);
    console::line(ui, {.box = {box.x, box.y, number, box.h},
                       .string = row.number,
                       .weight = Weight::bold,
                       .role = "row"});
    float x = box.x + number;
    if (row.green) console::green_mark(ui, x, box.centre_y(), disc);
    x += disc + 1.5F * kUnitPx;
    ui.label({.box = {x, box.y, box.right() - x, box.h},
              .string = row.service,
              .size = Size::small,
              .role = "row.service"});
}

void view_title(kit::Ui& ui, const Box& panel, const std::string& title, float height) {
    console::line(
        ui, {.box = {panel.x + 2.5F * kUnitPx, panel.y + kUnitPx, panel.w - 5 * kUnitPx, height},
             .string = title,
             .weight = Weight::bold,
             .role = "list"});
}

// What is known of a case that fits on a button: its number, then what is gravest, then whose.
std::string short_card(kit::Ui& ui, const CaseCard& card, float width) {
    const float room = width - console::width_of(ui, "K", Size::small) - 4 * kUnitPx;
    const std::string mark = card.marks.empty() ? "" : " · " + card.marks.front().word;
    for (const std::string& label : {card.title + mark, card.number + mark}) {
        if (console::width_of(ui, label, Size::small, Weight::bold) <= room) return label;
    }
    return card.number;
}

}  // namespace

void view_waiting(kit::Ui& ui, const ClerkPicture& picture, const Box& box) {
    ui.panel(box);
    const float pad = 2.5F * kUnitPx;
    const float head = console::line_height(ui, Size::body) + kUnitPx;
    view_title(ui, box, picture.waiting_title, head);
    Box rest{box.x + pad, box.y + head + 2 * kUnitPx, box.w - 2 * pad, 0};
    rest.h = box.bottom() - kUnitPx - rest.y;
    if (picture.waiting.empty()) {
        console::line(ui, {.box = {rest.x, rest.y, rest.w, std::min(rest.h, ui.scaled(60))},
                           .string = picture.waiting_empty,
                           .sizes = {Size::small},
                           .colour = kConsoleColours.muted,
                           .role = "list"});
        return;
    }
    if (!picture.waiting_more.empty()) {
        const float foot = console::line_height(ui, Size::small);
        rest.h -= foot;
        console::line(ui, {.box = {rest.x, rest.bottom(), rest.w, foot},
                           .string = picture.waiting_more,
                           .sizes = {Size::small},
                           .colour = kConsoleColours.muted,
                           .role = "list"});
    }
    const float height = row_height(ui);
    const kit::Page page =
        ui.pages("waiting", rest, static_cast<int>(picture.waiting.size()), height);
    for (int i = page.first; i < page.end; ++i) {
        const Row& row = picture.waiting[static_cast<std::size_t>(i)];
        const Box line{rest.x, page.rows.y + static_cast<float>(i - page.first) * height, rest.w,
                       height};
        const float note = console::width_of(ui, row.note, Size::small);
        view_row(ui, row, {line.x, line.y, line.w - note - 1.5F * kUnitPx, line.h});
        console::line(ui, {.box = {line.right() - note - 1, line.y, note + 1, line.h},
                           .string = row.note,
                           .sizes = {Size::small},
                           .align = Align::right,
                           .colour = kConsoleColours.muted,
                           .role = "row"});
    }
}

Wish view_away(kit::Ui& ui, const ClerkPicture& picture, const Box& box) {
    ui.panel(box);
    const float pad = 2.5F * kUnitPx;
    const float head = console::button_height(ui);
    const float key_w = console::width_of(ui, "B", Size::small) +
                        console::width_of(ui, text("clerk.come_back"), Size::small, Weight::bold) +
                        5 * kUnitPx;
    Wish wish;
    view_title(ui, {box.x, box.y - kUnitPx / 2, box.w - key_w - kUnitPx, head}, picture.away_title,
               head);
    if (key_button(ui, {.id = "return",
                        .box = {box.right() - pad - key_w, box.y + kUnitPx / 2, key_w, head},
                        .label = text("clerk.come_back"),
                        .key_name = "B",
                        .key = Key::b,
                        .kind = kit::ButtonKind::quiet,
                        .disabled = picture.busy,
                        .size = Size::small})) {
        wish = Act{Do::ask_return};
    }
    const Box rest{box.x + pad, box.y + head + kUnitPx, box.w - 2 * pad,
                   box.h - head - 1.5F * kUnitPx};
    const float height = std::max(kClickTargetPx, ui.scaled(54));
    const kit::Page page = ui.pages("away", rest, static_cast<int>(picture.away.size()), height);
    for (int i = page.first; i < page.end; ++i) {
        const Row& row = picture.away[static_cast<std::size_t>(i)];
        const Box line{rest.x, page.rows.y + static_cast<float>(i - page.first) * height, rest.w,
                       height};
        const float note = console::width_of(ui, row.note, Size::small);
        view_row(ui, row, {line.x, line.y, line.w - note - 1.5F * kUnitPx, line.h});
        console::line(ui, {.box = {line.right() - note - 1, line.y, note + 1, line.h},
                           .string = row.note,
                           .sizes = {Size::small},
                           .align = Align::right,
                           .colour = kConsoleColours.warning,
                           .role = "row"});
    }
    return wish;
}

Wish view_tools(kit::Ui& ui, const ClerkPicture& picture, const Box& box) {
    Wish wish;
    const bool card = !picture.cases.cards.empty();
    const float parts = card ? 3 : 2;
    const float each = (box.w - (parts - 1) * kUnitPx) / parts;
    float x = box.x;
    if (card) {
        if (key_button(ui, {.id = "case.open",
                            .box = {x, box.y, each, box.h},
                            .label = short_card(ui, picture.cases.card, each),
                            .key_name = "K",
                            .key = Key::k,
                            .size = Size::small})) {
            wish = CaseAct{CaseDo::open};
        }
        x += each + kUnitPx;
    }
    if (key_button(ui, {.id = "waiting",
                        .box = {x, box.y, each, box.h},
                        .label = card ? picture.waiting_short : picture.waiting_title,
                        .key_name = "W",
                        .key = Key::w,
                        .size = Size::small})) {
        wish = Act{Do::show_waiting};
    }
    x += each + kUnitPx;
    if (key_button(ui, {.id = "return",
                        .box = {x, box.y, each, box.h},
                        .label = picture.away_title,
                        .key_name = "B",
                        .key = Key::b,
                        .disabled = picture.away.empty() ? text("clerk.away.none") : picture.busy,
                        .size = Size::small})) {
        wish = Act{Do::ask_return};
    }
    return wish;
}

}  // namespace hall::clerk
