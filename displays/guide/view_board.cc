// The board of cases: a column a stage with its cards, or one stage where only one has room.
#include <algorithm>
#include <cmath>

#include "displays/console/key_button.h"
#include "displays/guide/view_page.h"
#include "displays/kit/text_edit.h"
#include "wording/wording.h"

namespace hall::guide {
namespace {

using console::line_height;
using kit::Box;
using kit::kConsoleColours;
using kit::Key;
using kit::kTouchTargetPx;
using kit::kUnitPx;
using kit::Size;
using kit::Weight;

// At scale 1: a narrower column cuts names.
constexpr float kColumnPx = 150;

float card_height(const kit::Ui& ui) {
    return 4 * line_height(ui, Size::small) + 2 * kUnitPx;
}

// A head that is too long loses what is in the middle of the name: its first and its last character
// tell people apart.
std::string head_in(kit::Ui& ui, const CaseCard& card, float width) {
    const auto fits = [&](const std::string& string) {
        return console::width_of(ui, string, Size::small, Weight::bold) <= width;
    };
    if (fits(card.head)) return card.head;
    const std::string before = card.head.substr(0, card.head.size() - card.name.size());
    const auto stops = kit::caret_stops(card.name);
    std::string out = card.head;
    for (std::size_t keep = stops.size() - 1; keep-- > 2;) {
        out = before + card.name.substr(0, stops[(keep + 1) / 2]) + "…" +
              card.name.substr(stops[stops.size() - 1 - keep / 2]);
        if (fits(out)) break;
    }
    return out;
}

// Who, what for, who walks with them and for how long, and what needs a hand.
Wish view_case_card(kit::Ui& ui, const CaseCard& card, const Box& box) {
    const std::string id = "case." + std::to_string(card.id);
    const bool pressed = ui.button({.id = id, .box = box});
    const Box inner{box.x + kUnitPx + 4, box.y + kUnitPx, box.w - 2 * kUnitPx - 4,
                    box.h - 2 * kUnitPx};
    const float high = inner.h / 4;
    const auto write = [&](int row, const std::string& string, Weight weight, kit::Rgb colour,
                           float indent) {
        ui.canvas().write_in(
            {inner.x + indent, inner.y + static_cast<float>(row) * high, inner.w - indent, high},
            string, ui.style(Size::small, weight), kit::Align::left, colour, kConsoleColours.panel,
            id);
    };
    write(0, head_in(ui, card, inner.w), Weight::bold, kConsoleColours.text, 0);
    write(1, card.service, Weight::regular, kConsoleColours.text, 0);
    write(2, card.foot, Weight::regular, kConsoleColours.muted, 0);
    if (!card.mark.word.empty()) {
        const float side = ui.style(Size::small).height * 0.9F;
        const kit::Rgb colour = console::on_light(card.mark.gravity);
        console::mark(ui, {inner.x, inner.y + 3.5F * high - side / 2, side, side},
                      card.mark.gravity, colour);
        write(3, card.mark.word, Weight::bold, colour, side + kUnitPx / 2);
    }
    if (card.mine) {
        ui.canvas().fill({box.x + 3, box.y + kUnitPx, 6, box.h - 2 * kUnitPx},
                         kConsoleColours.action, 3);
    }
    return pressed ? Wish(Act{.what = Do::walk, .walk = {Walk::show_case, "", card.id}})
                   : std::nullopt;
}

void view_head(kit::Ui& ui, const BoardColumn& column, const Box& box) {
    ui.canvas().fill(box, kConsoleColours.soft, kUnitPx);
    console::line(ui, {.box = box.inset(kUnitPx / 2),
                       .string = column.title + " " + column.count,
                       .sizes = {Size::body, Size::small},
                       .weight = Weight::bold,
                       .align = kit::Align::centre,
                       .ground = kConsoleColours.soft,
                       .role = "column"});
}

// All columns turn their pages together, so a row of cards stays a row.
Wish view_columns(kit::Ui& ui, const BoardPicture& board, const Box& body) {
    Wish wish;
    const float head = std::max(36.0F, ui.scaled(34));
    const Box rest{body.x, body.y + head + kUnitPx, body.w, body.h - head - kUnitPx};
    std::size_t longest = 0;
    for (const BoardColumn& column : board.columns) {
        longest = std::max(longest, column.cards.size());
    }
    const float height = card_height(ui) + kUnitPx;
    const kit::Page page = ui.pages("board", rest, static_cast<int>(longest), height);
    const auto heads =
        grid({body.x, body.y, body.w, head}, static_cast<int>(board.columns.size()), 1, kUnitPx);
    for (std::size_t c = 0; c < board.columns.size(); ++c) {
        const BoardColumn& column = board.columns[c];
        view_head(ui, column, heads[c]);
        for (int i = page.first; i < page.end; ++i) {
            if (i >= static_cast<int>(column.cards.size())) break;
            const float y = page.rows.y + static_cast<float>(i - page.first) * height;
            const Wish one = view_case_card(ui, column.cards[static_cast<std::size_t>(i)],
                                            {heads[c].x, y, heads[c].w, height - kUnitPx});
            if (one) wish = one;
        }
    }
    return wish;
}

Wish view_stage(kit::Ui& ui, const BoardPicture& board, Box body) {
    Wish wish;
    const int columns = 4;
    const int rows = (static_cast<int>(board.columns.size()) + columns - 1) / columns;
    const float tab_h = std::max(kTouchTargetPx, ui.scaled(34));
    const auto tabs =
        grid({body.x, body.y, body.w, static_cast<float>(rows) * (tab_h + kUnitPx) - kUnitPx},
             columns, rows, kUnitPx);
    const auto stage_choice = static_cast<std::uint64_t>(WalkModel::Choice::stage);
    for (std::size_t i = 0; i < board.columns.size(); ++i) {
        const BoardColumn& column = board.columns[i];
        const WalkButton tab{"column." + std::to_string(column.stage),
                             column.title + " " + column.count,
                             {Walk::choose, "", stage_choice, column.stage},
                             WalkButton::Look::choice,
                             column.stage == board.stage,
                             "",
                             std::to_string(column.stage)};
        if (walk_button(ui, tab, tabs[i])) wish = Act{.what = Do::walk, .walk = tab.act};
    }
    const float used = static_cast<float>(rows) * (tab_h + kUnitPx) + kUnitPx;
    body.y += used;
    body.h -= used;
    for (const BoardColumn& column : board.columns) {
        if (column.stage != board.stage) continue;
        const int across = as_many(body.w, ui.scaled(250), kUnitPx, 4);
        const int count = static_cast<int>(column.cards.size());
        const float height = card_height(ui) + kUnitPx;
        const std::string id = "board." + std::to_string(column.stage);
        const kit::Page page = ui.pages(id, body, (count + across - 1) / across, height);
        for (int i = page.first * across; i < std::min(count, page.end * across); ++i) {
            const auto cells =
                grid({body.x, page.rows.y + static_cast<float>(i / across - page.first) * height,
                      body.w, height - kUnitPx},
                     across, 1, kUnitPx);
            const Wish one = view_case_card(ui, column.cards[static_cast<std::size_t>(i)],
                                            cells[static_cast<std::size_t>(i % across)]);
            if (one) wish = one;
        }
    }
    return wish;
}

}  // namespace

Wish view_board(kit::Ui& ui, const GuidePicture& picture) {
    const BoardPicture& board = picture.walk.board;
    Sheet sheet = begin_sheet(ui, board.title, picture);
    Box body = sheet.body;
    if (const Wish foot = view_foot(ui, board.foot, board.message, body)) sheet.wish = foot;
    const float columns = static_cast<float>(board.columns.size());
    const bool wide = body.w >= columns * (ui.scaled(kColumnPx) + kUnitPx);
    const Wish one = wide ? view_columns(ui, board, body) : view_stage(ui, board, body);
    if (one) sheet.wish = one;
    ui.end_dialog();
    return sheet.wish;
}

}  // namespace hall::guide
