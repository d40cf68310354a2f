// The last quarter of an hour: who still waits, and what each has chosen.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "displays/console/key_button.h"
#include "displays/guide/guide_view.h"
#include "wording/wording.h"

namespace hall::guide {
namespace {

using kit::Box;
using kit::ButtonKind;
using kit::kConsoleColours;
using kit::Key;
using kit::kTouchTargetPx;
using kit::kUnitPx;
using kit::Size;

constexpr float kClosingRowPx = 72;
constexpr float kChoicesShare = 0.64F;
// Of the choices: as long as their words are (five, six and four hanzi), not what they say now.
constexpr float kShares[] = {5 / 15.0F, 6 / 15.0F, 4 / 15.0F};

Wish view_choices(kit::Ui& ui, const ClosingRow& row, const std::string& off, const Box& box) {
    Wish wish;
    float x = box.x;
    for (std::size_t i = 0; i < std::min(row.choices.size(), std::size(kShares)); ++i) {
        const Box cell{std::round(x), box.y, std::floor((box.w - 2 * kUnitPx) * kShares[i]), box.h};
        x += (box.w - 2 * kUnitPx) * kShares[i] + kUnitPx;
        const Choice& choice = row.choices[i];
        const std::string id = choice.code + "." + row.number;
        const std::string key_name = row.current ? std::to_string(i + 1) : std::string();
        const bool sure = choice.code == row.sure;
        if (!console::key_button(ui, {.id = id,
                                      .box = cell,
                                      .label = choice.label,
                                      .key_name = key_name,
                                      .key = row.current ? key_after(Key::d1, i) : Key::none,
                                      .kind = sure ? ButtonKind::primary : ButtonKind::choice,
                                      .on = choice.on,
                                      .disabled = off,
                                      .size = Size::body})) {
            continue;
        }
        auto chosen = protocol::ClosingChoice::undecided;
        protocol::ClosingChoice::Value_Parse(choice.code, &chosen);
        wish = Act{.what = Do::at_closing, .value = row.number, .choice = chosen};
    }
    return wish;
}

Wish view_row(kit::Ui& ui, const ClosingRow& row, const std::string& off, const Box& box) {
    if (row.current) {
        ui.canvas().fill({box.x - 2 * kUnitPx, box.y + 4, 6, box.h - 8}, kConsoleColours.action, 3);
    }
    const float choices_w = box.w * kChoicesShare;
    const float height = std::max(kTouchTargetPx, box.h - kUnitPx);
    const Box choices{box.right() - choices_w, box.centre_y() - height / 2, choices_w, height};
    const float x = view_number(ui, box, row.number, row.green);
    const float words_w = choices.x - kUnitPx - x;
    const float half = box.h / 2 - 2;
    const bool stated = !row.state.word.empty();
    console::line(ui, {.box = {x, box.y + 2, words_w, stated ? half : box.h - 4},
                       .string = row.service,
                       .sizes = {Size::small},
                       .role = "row"});
    if (stated) {
        console::line(ui, {.box = {x, box.y + 2 + half, words_w, half},
                           .string = row.state.word,
                           .sizes = {Size::small},
                           .colour = console::on_light(row.state.gravity),
                           .role = "row"});
    }
    return view_choices(ui, row, off, choices);
}

}  // namespace

Wish view_closing(kit::Ui& ui, const GuidePicture& picture) {
    const ClosingPicture& page = picture.closing;
    Sheet sheet = begin_sheet(ui, page.title, picture);
    Box body = sheet.body;
    if (!page.message.word.empty()) {
        const float foot = std::max(kTouchTargetPx, 2 * console::line_height(ui, Size::small));
        body.h -= foot;
        view_message(ui, {body.x, body.bottom(), body.w, foot}, page.message, kConsoleColours.panel,
                     "closing");
    }
    if (page.rows.empty()) {
        console::line(ui, {.box = {body.x, body.y, body.w, std::min(body.h, ui.scaled(64))},
                           .string = page.empty,
                           .colour = kConsoleColours.muted,
                           .role = "closing"});
    }
    const float height = std::max(kClosingRowPx, ui.scaled(58));
    const kit::Page rows = rows_around(ui,
                                       {.id = "closing",
                                        .box = body,
                                        .count = static_cast<int>(page.rows.size()),
                                        .height = height,
                                        .at = page.at,
                                        .move = Do::move_closing},
                                       sheet.wish);
    for (int i = rows.first; i < rows.end; ++i) {
        const float y = rows.rows.y + static_cast<float>(i - rows.first) * height;
        if (i > rows.first) {
            ui.canvas().line(body.x, y, body.right(), y, kConsoleColours.hairline, 1);
        }
        const Wish one = view_row(ui, page.rows[static_cast<std::size_t>(i)], picture.off,
                                  {body.x, y, body.w, height});
        if (one) sheet.wish = one;
    }
    for (const int by : {-1, 1}) {
        if (ui.shortcut(by < 0 ? Key::up : Key::down)) {
            sheet.wish = Act{.what = Do::move_closing, .by = by};
        }
    }
    ui.end_dialog();
    return sheet.wish;
}

}  // namespace hall::guide
