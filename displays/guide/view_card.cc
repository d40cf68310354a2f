// The number just issued: huge, with what became of its paper, and the way back.
#include <algorithm>
#include <cmath>

#include "displays/console/key_button.h"
#include "displays/guide/guide_view.h"
#include "wording/wording.h"

namespace hall::guide {
namespace {

using console::key_button;
using kit::Align;
using kit::Box;
using kit::ButtonKind;
using kit::kConsoleColours;
using kit::Key;
using kit::kUnitPx;
using kit::Rgb;
using kit::Size;
using kit::Weight;
using wording::text;

// The number's digits fill the box's height, or its width when that is less.
void view_large_number(kit::Ui& ui, const Box& box, const std::string& number, Rgb ground) {
    kit::TextStyle style{box.h, kit::Reference::digit, Weight::bold};
    const float width = ui.canvas().text().measure(number, style).advance;
    if (width > box.w) style.height *= box.w / width * 0.98F;
    ui.canvas().write_in(box, number, style, Align::left, kConsoleColours.text, ground, "number");
}

// What the printer did, as a filled strip with a shape: a failure is red from edge to edge.
void view_print(kit::Ui& ui, const Box& box, const Word& state) {
    const bool bad = state.gravity == Gravity::bad;
    const Rgb fill = bad ? kConsoleColours.danger : kConsoleColours.panel;
    const Rgb colour = bad ? kConsoleColours.on_dark : console::on_light(state.gravity);
    if (bad) ui.canvas().fill(box, fill, kUnitPx);
    const float side = ui.style(Size::body).height;
    Box words = bad ? Box{box.x + kUnitPx, box.y, box.w - 2 * kUnitPx, box.h} : box;
    if (console::mark_of(state.gravity) != kit::Mark::none) {
        console::mark(ui, {words.x, box.centre_y() - side / 2, side, side}, state.gravity, colour);
        words.x += side + kUnitPx;
        words.w -= side + kUnitPx;
    }
    console::line(ui, {.box = words,
                       .string = state.word,
                       .sizes = {Size::title, Size::body, Size::small},
                       .weight = Weight::bold,
                       .colour = colour,
                       .ground = fill,
                       .role = "print"});
}

Wish view_buttons(kit::Ui& ui, const Card& card, const std::string& off, const Box& box) {
    struct Button {
        const char* id;
        std::string label;
        const char* key_name;
        Key key;
        std::string disabled;
        Act act;
    };
    std::vector<Button> buttons;
    if (!card.undo.empty()) {
        buttons.push_back({"undo", card.undo, "U", Key::u, "", Act{Do::undo}});
    }
    if (card.print.job != 0) {
        buttons.push_back({"reprint", text("guide.reprint"), "R", Key::r,
                           card.print.reprint_disabled, Act{Do::reprint, "", card.print.job}});
    }
    if (!card.print.move_to.empty()) {
        buttons.push_back({"move", text("guide.move"), "T", Key::t, "",
                           Act{Do::move_print, card.print.move_to, card.print.job}});
    }
    if (buttons.empty()) return std::nullopt;
    // Each as wide as its words, and an equal share of what is left.
    std::vector<float> widths;
    float spare = box.w - kUnitPx * static_cast<float>(buttons.size() - 1);
    for (const Button& button : buttons) {
        widths.push_back(console::width_of(ui, button.key_name, Size::small) +
                         console::width_of(ui, button.label, Size::small, Weight::bold) +
                         3 * kUnitPx);
        spare -= widths.back();
    }
    const float share = spare / static_cast<float>(buttons.size());
    Wish wish;
    float x = box.x;
    for (std::size_t i = 0; i < buttons.size(); ++i) {
        const Button& button = buttons[i];
        const float width = std::max(kit::kTouchTargetPx, std::floor(widths[i] + share));
        if (key_button(ui, {.id = button.id,
                            .box = {x, box.y, width, box.h},
                            .label = button.label,
                            .key_name = button.key_name,
                            .key = button.key,
                            .kind = ButtonKind::quiet,
                            .disabled = off.empty() ? button.disabled : off,
                            .size = Size::body})) {
            wish = button.act;
        }
        x += width + kUnitPx;
    }
    return wish;
}

void view_words(kit::Ui& ui, const Card& card, const Box& box) {
    const bool told = !card.message.word.empty();
    const std::string both = card.place + text("guide.and") + card.service;
    const bool room = console::width_of(ui, both, Size::small) <= box.w;
    const std::string words = told ? card.message.word : room ? both : card.place;
    console::line(ui,
                  {.box = box,
                   .string = words,
                   .colour = told ? console::on_light(card.message.gravity) : kConsoleColours.muted,
                   .role = "card"});
}

Wish view_tall(kit::Ui& ui, const Card& card, const std::string& off, const Box& box) {
    const float pad = 2 * kUnitPx;
    Box rest{box.x + pad, box.y + kUnitPx, box.w - 2 * pad, box.h - 2.5F * kUnitPx};
    const float head = ui.scaled(32);
    console::line(ui, {.box = {rest.x, rest.y, rest.w, head},
                       .string = card.title,
                       .weight = Weight::bold,
                       .role = "card"});
    if (card.green) {
        const std::string word = text("guide.green");
        const float width = console::width_of(ui, word, Size::small, Weight::bold) + 4 * kUnitPx;
        ui.pill({.x = rest.right() - width,
                 .centre_y = rest.y + head / 2 + 4,
                 .word = word,
                 .mark = kit::Mark::none,
                 .size = Size::small});
    }
    rest.y += head + kUnitPx * 2;
    const float digits = ui.scaled(84);
    view_large_number(ui, {rest.x, rest.y, rest.w, digits}, card.number, kConsoleColours.panel);
    rest.y += digits + kUnitPx * 1.5F;
    const float strip = ui.scaled(42);
    view_print(ui, {rest.x, rest.y, rest.w, strip}, card.print.state);
    rest.y += strip + kUnitPx / 2;
    const float buttons = std::max(kit::kTouchTargetPx, ui.scaled(60));
    const float foot = box.bottom() - kUnitPx * 1.5F - buttons;
    view_words(ui, card, {rest.x, rest.y, rest.w, foot - kUnitPx / 2 - rest.y});
    return view_buttons(ui, card, off, {rest.x, foot, rest.w, buttons});
}

Wish view_flat(kit::Ui& ui, const Card& card, const std::string& off, const Box& box) {
    const Box inner = box.inset(kUnitPx);
    const float number = ui.scaled(150);
    view_large_number(ui, {inner.x + kUnitPx, inner.y + inner.h * 0.1F, number, inner.h * 0.8F},
                      card.number, kConsoleColours.panel);
    const float buttons = inner.w * (card.print.move_to.empty() ? 0.36F : 0.55F);
    const Box right{inner.right() - buttons, inner.y, buttons, inner.h};
    const float x = inner.x + number + 3 * kUnitPx;
    const Box words{x, inner.y, right.x - x - kUnitPx, inner.h};
    const bool told = !card.message.word.empty() && card.message.gravity != Gravity::plain;
    const float half = words.h / 2;
    if (told) {
        view_words(ui, card, words);
    } else if (card.print.state.gravity == Gravity::bad || half < ui.style(Size::body).height) {
        view_print(ui, words, card.print.state);
    } else {
        view_print(ui, {words.x, words.y, words.w, half}, card.print.state);
        console::line(ui, {.box = {words.x, words.y + half, words.w, half},
                           .string = card.place,
                           .sizes = {Size::small},
                           .colour = kConsoleColours.muted,
                           .role = "card"});
    }
    return view_buttons(ui, card, off, right);
}

}  // namespace

Wish view_card(kit::Ui& ui, const GuidePicture& picture, const GuideLayout& layout) {
    const Card& card = picture.card;
    ui.panel(layout.card);
    if (!card.shown) {
        console::line(ui, {.box = layout.card.inset(3 * kUnitPx),
                           .string = text("guide.card.none"),
                           .align = Align::centre,
                           .colour = kConsoleColours.muted,
                           .role = "card"});
        return std::nullopt;
    }
    if (card.print.state.gravity == Gravity::bad) {
        ui.canvas().outline(layout.card, kConsoleColours.danger, 12, 4);
    }
    return layout.shape == Shape::wide ? view_tall(ui, card, picture.off, layout.card)
                                       : view_flat(ui, card, picture.off, layout.card);
}

}  // namespace hall::guide
