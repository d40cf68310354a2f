// Today's appointments that are not checked in: one press checks in.
#include <algorithm>
#include <cmath>

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
using kit::kTouchTargetPx;
using kit::kUnitPx;
using kit::Size;
using kit::Weight;
using wording::text;

constexpr float kAppointmentRowPx = 72;

// Check in and cancel at the right end; returns where they begin. Only the chosen row has keys.
float view_row_buttons(kit::Ui& ui, const AppointmentRow& row, const std::string& off,
                       const Box& box, Wish& wish) {
    const std::string id = std::to_string(row.appointment);
    const float width = std::max(2 * kTouchTargetPx, ui.scaled(120));
    const float height = std::max(kTouchTargetPx, box.h - kUnitPx);
    float x = box.right() - width;
    const float y = box.centre_y() - height / 2;
    const std::string cancel_id = "cancel." + id;
    if (key_button(ui, {.id = cancel_id,
                        .box = {x, y, width, height},
                        .label = row.cancel,
                        .key_name = row.chosen ? "X" : "",
                        .key = row.chosen ? Key::x : Key::none,
                        .kind = row.sure ? ButtonKind::danger : ButtonKind::quiet,
                        .disabled = off,
                        .size = Size::body})) {
        wish = Act{.what = Do::cancel_appointment, .appointment = row.appointment};
    }
    x -= width + kUnitPx;
    const std::string check_in_id = "check_in." + id;
    if (key_button(ui, {.id = check_in_id,
                        .box = {x, y, width, height},
                        .label = text("guide.appointment.check_in"),
                        .key_name = row.chosen ? "Enter" : "",
                        .key = row.chosen ? Key::enter : Key::none,
                        .kind = row.chosen ? ButtonKind::primary : ButtonKind::secondary,
                        .disabled = off,
                        .size = Size::body})) {
        wish = Act{.what = Do::check_in, .appointment = row.appointment};
    }
    return x - kUnitPx;
}

void view_row_words(kit::Ui& ui, const AppointmentRow& row, const Box& box) {
    const float half = box.h / 2 - 2;
    const float slot_w = console::width_of(ui, "00:00–00:00", Size::body, Weight::bold) + kUnitPx;
    console::line(ui, {.box = {box.x, box.y + 2, slot_w, half},
                       .string = row.slot,
                       .weight = Weight::bold,
                       .role = "row"});
    console::line(ui, {.box = {box.x, box.y + 2 + half, slot_w, half},
                       .string = row.number,
                       .sizes = {Size::small},
                       .role = "row"});
    const float disc = std::ceil(ui.style(Size::small).height * 1.5F);
    float x = box.x + slot_w;
    if (row.green) console::green_mark(ui, x, box.y + 2 + half / 2, std::min(disc, half));
    const float service_x = row.green ? x + disc + kUnitPx : x;
    console::line(ui, {.box = {service_x, box.y + 2, box.right() - service_x, half},
                       .string = row.service,
                       .sizes = {Size::small},
                       .role = "row"});
    console::line(
        ui, {.box = {x, box.y + 2 + half, box.right() - x, half},
             .string = row.state.word,
             .sizes = {Size::small},
             .colour = row.state.gravity == Gravity::plain ? kConsoleColours.muted
                                                           : console::on_light(row.state.gravity),
             .role = "row"});
}

Wish view_rows(kit::Ui& ui, const AppointmentsPicture& page, const std::string& off,
               const Box& box) {
    Wish wish;
    if (page.rows.empty()) {
        console::line(ui, {.box = {box.x, box.y, box.w, std::min(box.h, ui.scaled(64))},
                           .string = page.empty,
                           .colour = kConsoleColours.muted,
                           .role = "appointments"});
        return wish;
    }
    const float height = std::max(kAppointmentRowPx, ui.scaled(58));
    const kit::Page rows = rows_around(ui,
                                       {.id = "appointments",
                                        .box = box,
                                        .count = static_cast<int>(page.rows.size()),
                                        .height = height,
                                        .at = page.at,
                                        .move = Do::move_appointment},
                                       wish);
    for (int i = rows.first; i < rows.end; ++i) {
        const AppointmentRow& row = page.rows[static_cast<std::size_t>(i)];
        const float y = rows.rows.y + static_cast<float>(i - rows.first) * height;
        const Box whole{box.x, y, box.w, height};
        if (i > rows.first) {
            ui.canvas().line(whole.x, y, whole.right(), y, kConsoleColours.hairline, 1);
        }
        if (row.chosen) {
            ui.canvas().fill({box.x - 2 * kUnitPx, y + 4, 6, height - 8}, kConsoleColours.action,
                             3);
        }
        const float words_end = view_row_buttons(ui, row, off, whole, wish);
        view_row_words(ui, row, {whole.x, y, words_end - whole.x, height});
    }
    return wish;
}

}  // namespace

Wish view_appointments(kit::Ui& ui, const GuidePicture& picture) {
    const AppointmentsPicture& page = picture.appointments;
    Sheet sheet = begin_sheet(ui, page.title, picture);
    Box body = sheet.body;
    const float foot_h = std::max(kTouchTargetPx, ui.scaled(56));
    const Box foot{body.x, body.bottom() - foot_h, body.w, foot_h};
    body.h -= foot_h + kUnitPx;
    if (const Wish row = view_rows(ui, page, picture.off, body)) sheet.wish = row;
    const float book_w = std::max(foot.w * 0.26F, ui.scaled(220));
    if (key_button(ui, {.id = "book",
                        .box = {foot.x, foot.y, book_w, foot.h},
                        .label = text("guide.book.new"),
                        .key_name = "N",
                        .key = Key::n,
                        .kind = page.chosen ? ButtonKind::secondary : ButtonKind::primary,
                        .disabled = picture.off.empty() ? page.book_disabled : picture.off})) {
        sheet.wish = Act{Do::book};
    }
    const float x = foot.x + book_w + 2 * kUnitPx;
    view_message(ui, {x, foot.y, foot.right() - x, foot.h}, page.message, kConsoleColours.panel,
                 "appointments");
    for (const int by : {-1, 1}) {
        if (ui.shortcut(by < 0 ? Key::up : Key::down)) {
            sheet.wish = Act{.what = Do::move_appointment, .by = by};
        }
    }
    ui.end_dialog();
    return sheet.wish;
}

}  // namespace hall::guide
