// The card of a case beside the ticket, and the page of one case: who, where it stands, the
// checklist, what can be done next.
#include <algorithm>
#include <cmath>

#include "displays/clerk/clerk_view.h"
#include "displays/console/action_list.h"
#include "displays/console/dialog.h"
#include "displays/console/key_button.h"
#include "wording/wording.h"

namespace hall::clerk {
namespace {

using console::key_button;
using kit::Box;
using kit::ButtonKind;
using kit::kClickTargetPx;
using kit::kConsoleColours;
using kit::Key;
using kit::kUnitPx;
using kit::Size;
using kit::Weight;
using wording::text;

constexpr float kCaseStepsPx = 348;

struct KeyOf {
    Key key = Key::none;
    const char* name = "";
    const char* id = "";
};

KeyOf key_of(CaseDo what) {
    switch (what) {
        case CaseDo::enter:
            return {Key::enter, "Enter", "case.enter"};
        case CaseDo::ask_result:
            return {Key::enter, "Enter", "case.result"};
        case CaseDo::ask_tell:
            return {Key::enter, "Enter", "case.tell"};
        case CaseDo::rate:
            return {Key::r, "R", "case.rate"};
        case CaseDo::finish:
            return {Key::enter, "Enter", "case.finish"};
        case CaseDo::ask_notice:
            return {Key::n, "N", "case.notice"};
        case CaseDo::ask_hand_over:
            return {Key::h, "H", "case.hand_over"};
        case CaseDo::accept:
            return {Key::a, "A", "case.accept"};
        case CaseDo::decline:
            return {Key::x, "X", "case.decline"};
        case CaseDo::open:
        case CaseDo::close:
        case CaseDo::other:
        case CaseDo::receive:
        case CaseDo::give_back:
        case CaseDo::mark:
        case CaseDo::on_date:
        case CaseDo::tell_notice:
        case CaseDo::result:
        case CaseDo::send_form:
        case CaseDo::tell:
        case CaseDo::understood:
        case CaseDo::explain:
        case CaseDo::hand_over:
        case CaseDo::dismiss:
            return {};
    }
    return {};
}

// Words with their shapes one after another, as many as fit on `lines` lines. Returns the height.
float view_marks(kit::Ui& ui, const std::vector<Word>& marks, const Box& box) {
    const float side = std::ceil(ui.style(Size::small).height * 0.9F);
    const float height = console::line_height(ui, Size::small);
    float x = box.x;
    float y = box.y;
    for (const Word& word : marks) {
        const float w = console::width_of(ui, word.word, Size::small, Weight::bold) + 1;
        const bool has_mark = console::mark_of(word.gravity) != kit::Mark::none;
        const float whole = w + (has_mark ? side + kUnitPx / 2 : 0);
        if (x > box.x && x + whole > box.right()) {
            x = box.x;
            y += height;
        }
        if (y + height > box.bottom() + 1) break;
        const kit::Rgb colour = console::on_light(word.gravity);
        if (has_mark) {
            console::mark(ui, {x, y + (height - side) / 2, side, side}, word.gravity, colour);
            x += side + kUnitPx / 2;
        }
        console::line(ui, {.box = {x, y, std::min(w, box.right() - x), height},
                           .string = word.word,
                           .sizes = {Size::small},
                           .weight = Weight::bold,
                           .colour = colour,
                           .role = "case.mark"});
        x += w + 2 * kUnitPx;
    }
    return y + height - box.y;
}

std::vector<Word> stage_and_marks(const CaseCard& card) {
    std::vector<Word> out{card.stage};
    out.insert(out.end(), card.marks.begin(), card.marks.end());
    return out;
}

Wish view_materials(kit::Ui& ui, const ClerkPicture& picture, const Box& box) {
    const CasePicture& cases = picture.cases;
    ui.panel(box);
    const float pad = 2 * kUnitPx;
    const float head = console::line_height(ui, Size::body) + kUnitPx;
    console::line(ui, {.box = {box.x + pad, box.y, box.w - 2 * pad, head},
                       .string = cases.materials_title,
                       .weight = Weight::bold,
                       .role = "materials"});
    std::vector<console::ActionRow> rows;
    for (const MaterialLine& line : cases.materials) {
        rows.push_back({line.name, "", line.state, line.label});
    }
    const std::string id = "materials." + cases.card.id;
    const auto pressed = console::action_list(
        ui,
        {.id = id,
         .box = {box.x + pad, box.y + head, box.w - 2 * pad, box.h - head - kUnitPx},
         .empty = cases.materials_empty,
         .disabled = picture.busy},
        rows);
    if (!pressed) return std::nullopt;
    const MaterialLine& line = cases.materials[*pressed];
    return CaseAct{line.press, line.code};
}

// One under the other they are large; in columns the checklist needs the room.
float step_height(const kit::Ui& ui, int columns) {
    return std::max(kClickTargetPx, ui.scaled(columns == 1 ? 52 : 30));
}

// The steps in `columns`; the first of them is the filled one.
Wish view_steps_of(kit::Ui& ui, const CasePicture& cases, const Box& box, int columns) {
    Wish wish;
    const auto count = static_cast<int>(cases.steps.size());
    const float height = step_height(ui, columns);
    const auto across = static_cast<float>(columns);
    const float width = (box.w - kUnitPx * (across - 1)) / across;
    for (int i = 0; i < count; ++i) {
        const CaseStep& step = cases.steps[static_cast<std::size_t>(i)];
        KeyOf key = key_of(step.what);
        // Enter is of the first step alone.
        if (step.what == CaseDo::finish && i > 0) key = {Key::f, "F", key.id};
        const auto column = static_cast<float>(i % columns);
        const auto row = static_cast<float>(i / columns);
        if (key_button(ui, {.id = key.id,
                            .box = {box.x + column * (width + kUnitPx),
                                    box.y + row * (height + kUnitPx), width, height},
                            .label = step.label,
                            .detail = step.detail,
                            .key_name = key.name,
                            .key = key.key,
                            .kind = i == 0 ? ButtonKind::primary : ButtonKind::secondary,
                            .disabled = step.disabled,
                            .size = Size::body})) {
            wish = CaseAct{step.what};
        }
    }
    return wish;
}

// Back to the window, the next case of this visitor, and calling while the window is free.
Wish view_foot(kit::Ui& ui, const ClerkPicture& picture, const Box& box) {
    Wish wish;
    struct Item {
        const char* id;
        std::string label;
        std::string key_name;
        Key key;
        std::string disabled;
        AnyAct act;
    };
    std::vector<Item> items{
        {"case.close", text("clerk.case.back"), "Esc", Key::escape, "", CaseAct{CaseDo::close}}};
    if (!picture.cases.others.empty()) {
        items.push_back(
            {"case.other", picture.cases.others, "O", Key::o, "", CaseAct{CaseDo::other}});
    }
    for (const Step& step : picture.steps) {
        if (step.what != Do::call_next) continue;
        items.push_back({"next", step.label, text("clerk.key.space"), Key::space, step.disabled,
                         Act{Do::call_next}});
    }
    const auto count = static_cast<float>(items.size());
    const float w = (box.w - kUnitPx * (count - 1)) / count;
    float x = box.x;
    for (const Item& item : items) {
        if (key_button(ui, {.id = item.id,
                            .box = {x, box.y, w, box.h},
                            .label = item.label,
                            .key_name = item.key_name,
                            .key = item.key,
                            .kind = ButtonKind::quiet,
                            .disabled = item.disabled,
                            .size = Size::body})) {
            wish = item.act;
        }
        x += w + kUnitPx;
    }
    return wish;
}

// Number, person and service on one line; under it a message, or the marks and the facts.
void view_head(kit::Ui& ui, const CaseCard& card, const Word& message, const Box& box, bool wide) {
    const float pad = wide ? 2 * kUnitPx : kUnitPx;
    ui.panel(box);
    const Box inner{box.x + pad, box.y + pad / 2, box.w - 2 * pad, box.h - pad};
    const float head = console::line_height(ui, Size::title);
    const float title_w =
        std::min(inner.w, console::width_of(ui, card.title, Size::title, Weight::bold) + 1);
    console::line(ui, {.box = {inner.x, inner.y, title_w, head},
                       .string = card.title,
                       .sizes = {Size::title, Size::body, Size::small},
                       .weight = Weight::bold,
                       .role = "case"});
    const float x = inner.x + title_w + 2 * kUnitPx;
    console::line(ui, {.box = {x, inner.y, inner.right() - x, head},
                       .string = card.service,
                       .sizes = {Size::body, Size::small},
                       .role = "case.service"});
    const float line = console::line_height(ui, Size::small);
    float y = inner.y + head;
    if (!card.who.empty()) {
        console::line(ui, {.box = {inner.x, y, inner.w, line},
                           .string = card.who,
                           .sizes = {Size::small},
                           .role = "case.who"});
        y += line;
    }
    const Box under{inner.x, y, inner.w, inner.bottom() - y};
    if (!message.word.empty()) return console::view_message(ui, message, under);
    const float used = view_marks(ui, stage_and_marks(card), under);
    const float rest = inner.bottom() - y - used;
    if (rest + 1 >= line) {
        console::line(ui, {.box = {inner.x, y + used, inner.w, line},
                           .string = card.facts,
                           .sizes = {Size::small},
                           .colour = kConsoleColours.muted,
                           .role = "case.facts"});
    }
}

void view_card_words(kit::Ui& ui, const CaseCard& card, const Box& box) {
    const bool long_name = console::width_of(ui, card.service, Size::small) > box.w;
    const float line = long_name ? 2 * console::line_height(ui, Size::small)
                                 : console::line_height(ui, Size::body);
    console::line(ui, {.box = {box.x, box.y, box.w, line},
                       .string = card.service,
                       .sizes = {Size::body, Size::small},
                       .role = "case.service"});
    const float y = box.y + line;
    const float used = view_marks(ui, stage_and_marks(card), {box.x, y, box.w, box.bottom() - y});
    const float rest = box.bottom() - y - used;
    if (rest + 1 < console::line_height(ui, Size::small)) return;
    console::line(ui, {.box = {box.x, y + used, box.w, rest},
                       .string = card.facts,
                       .sizes = {Size::small},
                       .colour = kConsoleColours.muted,
                       .role = "case.facts"});
}

}  // namespace

Wish view_card(kit::Ui& ui, const ClerkPicture& picture, const Box& box) {
    const CasePicture& cases = picture.cases;
    ui.panel(box);
    const float pad = 2.5F * kUnitPx;
    const float head = console::button_height(ui);
    const std::string label = text("clerk.case.open");
    const float key_w = console::width_of(ui, "K", Size::small) +
                        console::width_of(ui, label, Size::small, Weight::bold) + 5 * kUnitPx;
    Wish wish;
    console::line(ui, {.box = {box.x + pad, box.y + kUnitPx / 2, box.w - 2.4F * pad - key_w, head},
                       .string = cases.card.title,
                       .weight = Weight::bold,
                       .role = "case"});
    if (key_button(ui, {.id = "case.open",
                        .box = {box.right() - pad - key_w, box.y + kUnitPx / 2, key_w, head},
                        .label = label,
                        .key_name = "K",
                        .key = Key::k,
                        .kind = ButtonKind::quiet,
                        .size = Size::small})) {
        wish = CaseAct{CaseDo::open};
    }
    const float y = box.y + head + kUnitPx;
    view_card_words(ui, cases.card, {box.x + pad, y, box.w - 2 * pad, box.bottom() - kUnitPx - y});
    return wish;
}

Wish view_case_page(kit::Ui& ui, const ClerkPicture& picture, const Box& area, bool wide) {
    const CasePicture& cases = picture.cases;
    Wish wish;
    const auto keep = [&](const Wish& one) {
        if (one) wish = one;
    };
    const float margin = wide ? 24 : 16;
    const float gap = wide ? 12 : kUnitPx;
    Box rest{area.x + margin, area.y + gap, area.w - 2 * margin, area.h - 2 * gap};
    const float foot = std::max(kClickTargetPx, ui.scaled(wide ? 44 : 30));
    keep(view_foot(ui, picture, {rest.x, rest.bottom() - foot, rest.w, foot}));
    rest.h -= foot + gap;
    const float small = console::line_height(ui, Size::small);
    const float head_h = console::line_height(ui, Size::title) +
                         (cases.card.who.empty() ? 2.0F : 3.0F) * small + (wide ? 2 : 1) * kUnitPx;
    // Where there is no line for a message it takes the place of the marks.
    view_head(ui, cases.card, wide ? Word{} : picture.message, {rest.x, rest.y, rest.w, head_h},
              wide);
    rest.y += head_h + gap;
    rest.h -= head_h + gap;
    Box steps = rest;
    int columns = 1;
    if (wide) {
        steps.w = std::round(ui.scaled(kCaseStepsPx));
        steps.x = rest.right() - steps.w;
        rest.w -= steps.w + gap;
    } else {
        columns = 3;
        const int rows = (static_cast<int>(cases.steps.size()) + columns - 1) / columns;
        steps.h = (step_height(ui, columns) + kUnitPx) * static_cast<float>(rows);
        steps.y = rest.bottom() - steps.h;
        rest.h -= steps.h;
    }
    const float message = wide ? console::message_height(ui, picture.message) : 0;
    if (wide) {
        console::view_message(ui, picture.message,
                              {rest.x, rest.bottom() - message, rest.w, message},
                              kConsoleColours.ground);
    }
    rest.h -= message + (wide ? 0 : kUnitPx);
    keep(view_materials(ui, picture, rest));
    keep(view_steps_of(ui, cases, steps, columns));
    return wish;
}

}  // namespace hall::clerk
