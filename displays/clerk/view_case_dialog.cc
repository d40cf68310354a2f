// The choices of a case: the one-time notice, the result, how it was told, to whom it goes.
#include <algorithm>

#include "displays/clerk/clerk_view.h"
#include "displays/console/dialog.h"
#include "displays/console/key_button.h"
#include "wording/wording.h"

namespace hall::clerk {
namespace {

using console::button_height;
using console::key_button;
using kit::Box;
using kit::ButtonKind;
using kit::kConsoleColours;
using kit::Key;
using kit::kUnitPx;
using kit::Size;
using kit::Weight;
using wording::text;

// The act of an option of the dialogs that are nothing but a choice.
CaseAct act_of(CaseDialog dialog, const std::string& value) {
    switch (dialog) {
        case CaseDialog::result:
            return {CaseDo::result, value};
        case CaseDialog::approve:
            return {value == kBack ? CaseDo::dismiss : CaseDo::result, value};
        case CaseDialog::tell:
            return {CaseDo::tell, value};
        case CaseDialog::understood:
            return {value == "understood" ? CaseDo::understood : CaseDo::explain};
        case CaseDialog::hand_over:
            return {CaseDo::hand_over, value};
        case CaseDialog::none:
        case CaseDialog::notice:
        case CaseDialog::second_notice:
        case CaseDialog::not_approved:
        case CaseDialog::referred:
            return {CaseDo::dismiss};
    }
    return {CaseDo::dismiss};
}

// Of why a result is as it is, in the dialog of telling it.
constexpr float kAboutLines = 5;

// What is told: what must be first, then what is asked for only when it is needed.
Wish view_notice_lines(kit::Ui& ui, const ClerkPicture& picture, const Box& box) {
    const auto& lines = picture.cases.notice;
    if (lines.empty()) {
        console::line(ui, {.box = box,
                           .string = text("clerk.notice.nothing"),
                           .colour = kConsoleColours.muted,
                           .role = "notice"});
        return std::nullopt;
    }
    const float height = console::choice_height(ui);
    const kit::Page page =
        ui.pages("notice." + picture.cases.card.id, box, static_cast<int>(lines.size()), height);
    Wish wish;
    int digit = 0;
    for (int i = page.first; i < page.end; ++i) {
        const NoticeLine& line = lines[static_cast<std::size_t>(i)];
        const Box row{box.x, page.rows.y + static_cast<float>(i - page.first) * height, box.w,
                      height - kUnitPx};
        if (line.always) {
            const float side = ui.style(Size::small).height;
            console::mark(ui, {row.x + kUnitPx, row.centre_y() - side / 2, side, side},
                          Gravity::warning, kConsoleColours.warning);
            const float x = row.x + side + 3 * kUnitPx;
            console::line(
                ui,
                {.box = {x, row.y, row.right() - x, row.h}, .string = line.name, .role = "notice"});
            continue;
        }
        ++digit;
        const std::string id = "mark." + line.code;
        const std::string name = digit <= 9 ? std::to_string(digit) : "";
        if (key_button(ui, {.id = id,
                            .box = row,
                            .label = line.name,
                            .key_name = name,
                            .key = digit <= 9 ? console::digit_key(digit) : Key::none,
                            .kind = ButtonKind::choice,
                            .on = line.marked,
                            .size = Size::body})) {
            wish = CaseAct{CaseDo::mark, line.code};
        }
    }
    return wish;
}

// When to come again, from the left; as many rows as they need and `box` has. Draws only when
// `draw`.
float view_dates(kit::Ui& ui, const CasePicture& cases, const Box& box, bool draw, Wish& wish) {
    const float height = button_height(ui);
    float x = box.x;
    float y = box.y;
    for (const auto& date : cases.dates) {
        const bool on = date.value == cases.date;
        const float w =
            console::width_of(ui, "✓ " + date.label, Size::small, Weight::bold) + 3 * kUnitPx;
        if (x > box.x && x + w > box.right()) {
            x = box.x;
            if (y + 2 * height + kUnitPx > box.bottom() + 1) break;
            y += height + kUnitPx;
        }
        const std::string id = "date." + date.value;
        if (draw && key_button(ui, {.id = id,
                                    .box = {x, y, w, height},
                                    .label = date.label,
                                    .kind = ButtonKind::choice,
                                    .on = on,
                                    .size = Size::small})) {
            wish = CaseAct{CaseDo::on_date, date.value};
        }
        x += w + kUnitPx;
    }
    return y + height - box.y;
}

Wish view_notice(kit::Ui& ui, const ClerkPicture& picture, const Box& area) {
    const CasePicture& cases = picture.cases;
    Wish wish;
    const console::Frame frame = console::begin_frame(ui, {.title = cases.dialog_title,
                                                           .message = picture.message,
                                                           .width = ui.scaled(860),
                                                           .content_height = area.h,
                                                           .area = area});
    if (frame.closed) wish = CaseAct{CaseDo::dismiss};
    Box rest = frame.inner;
    const float send = button_height(ui);
    const Box send_box{rest.x, rest.bottom() - send, rest.w, send};
    rest.h -= send + kUnitPx;
    const float label = console::line_height(ui, Size::small);
    float dates = view_dates(ui, cases, rest, false, wish);
    // What is told comes before the later days: at least three lines of it.
    const float lines = rest.h - dates - label - kUnitPx;
    if (lines < 3 * console::choice_height(ui)) dates = button_height(ui);
    const Box date_box{rest.x, rest.bottom() - dates, rest.w, dates};
    rest.h -= dates;
    console::line(ui, {.box = {rest.x, rest.bottom() - label, rest.w, label},
                       .string = text("console.date.when"),
                       .sizes = {Size::small},
                       .weight = Weight::bold,
                       .role = "notice"});
    rest.h -= label + kUnitPx;
    if (const Wish marked = view_notice_lines(ui, picture, rest)) wish = marked;
    view_dates(ui, cases, date_box, true, wish);
    if (key_button(ui, {.id = "notice.send",
                        .box = send_box,
                        .label = cases.notice_send,
                        .key_name = "Enter",
                        .key = Key::enter,
                        .kind = ButtonKind::primary,
                        .disabled = picture.busy.empty() ? cases.notice_off : picture.busy,
                        .size = Size::body})) {
        wish = CaseAct{CaseDo::tell_notice};
    }
    return wish;
}

Wish view_options(kit::Ui& ui, const ClerkPicture& picture, const Box& area) {
    const CasePicture& cases = picture.cases;
    const auto rows = static_cast<float>(std::max<std::size_t>(1, cases.options.size()));
    const float about =
        cases.about.empty() ? 0 : kAboutLines * console::line_height(ui, Size::body);
    const console::Frame frame =
        console::begin_frame(ui, {.title = cases.dialog_title,
                                  .message = picture.message,
                                  .width = ui.scaled(760),
                                  .content_height = about + rows * console::choice_height(ui),
                                  .area = area});
    Wish wish;
    if (frame.closed) wish = CaseAct{CaseDo::dismiss};
    Box list = frame.inner;
    if (about > 0) {
        // The choice has its room first: what is told can be read on the guide's page as well.
        const float room = std::max(0.0F, list.h - 3 * console::choice_height(ui));
        const float height = std::min(about, room);
        if (height >= console::line_height(ui, Size::body) + kUnitPx) {
            ui.label({.box = {list.x, list.y, list.w, height - kUnitPx},
                      .string = cases.about,
                      .fit = kit::Fit::wrap,
                      .role = "about"});
        }
        list.y += height;
        list.h -= height;
    }
    const std::string id = "case.options." + std::to_string(static_cast<int>(cases.dialog));
    if (const auto value = console::choose(ui,
                                           {.id = id,
                                            .box = list,
                                            .empty = text("clerk.case.nobody_on_duty"),
                                            .disabled = picture.busy},
                                           cases.options)) {
        wish = act_of(cases.dialog, *value);
    }
    return wish;
}

}  // namespace

Wish view_case_dialog(kit::Ui& ui, const ClerkPicture& picture, const Box& area) {
    switch (picture.cases.dialog) {
        case CaseDialog::notice:
            return view_notice(ui, picture, area);
        case CaseDialog::second_notice:
        case CaseDialog::not_approved:
        case CaseDialog::referred:
            return view_case_form(ui, picture, area);
        case CaseDialog::none:
        case CaseDialog::result:
        case CaseDialog::approve:
        case CaseDialog::tell:
        case CaseDialog::understood:
        case CaseDialog::hand_over:
            return view_options(ui, picture, area);
    }
    return std::nullopt;
}

}  // namespace hall::clerk
