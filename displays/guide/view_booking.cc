// A slot for another time: service, day and slot, one button. And the same in two words when no
// more numbers are issued today.
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
using kit::kTouchTargetPx;
using kit::kUnitPx;
using kit::Size;
using wording::text;

constexpr int kDaysMax = 7;
constexpr int kSlotColumnsMax = 5;
constexpr int kSlotsMax = 10;  // nine have the digits 1 to 9, and 0 leads on

Wish view_services(kit::Ui& ui, const GuidePicture& picture, const Box& box) {
    Wish wish;
    const auto cells =
        grid(box, as_many(box.w, ui.scaled(280), kUnitPx, 3),
             as_many(box.h, std::max(kTouchTargetPx, ui.scaled(72)), kUnitPx, 3), kUnitPx);
    const Slice page = slice(picture.services.size(), cells.size(), picture.service_page);
    for (std::size_t i = page.first; i < page.end; ++i) {
        const Choice& service = picture.services[i];
        const std::size_t slot = i - page.first;
        const std::string digit = std::to_string(slot + 1);
        const std::string id = "book.service." + service.code;
        if (key_button(ui, {.id = id,
                            .box = cells[slot],
                            .label = service.label,
                            .key_name = digit,
                            .key = key_after(Key::d1, slot)})) {
            wish = Act{Do::book_service, service.code};
        }
    }
    if (page.more && key_button(ui, {.id = "book.service.more",
                                     .box = cells.back(),
                                     .label = text("guide.more"),
                                     .key_name = "0",
                                     .key = Key::d0,
                                     .kind = ButtonKind::quiet})) {
        wish = Act{Do::more_services};
    }
    return wish;
}

// The page of days with the one chosen; the last cell leads to the next page.
Wish view_days(kit::Ui& ui, const BookingPicture& page, const Box& box) {
    Wish wish;
    const int columns = as_many(box.w, ui.scaled(150), kUnitPx, kDaysMax);
    const auto cells = grid(box, columns, 1, kUnitPx);
    const auto on =
        std::find_if(page.days.begin(), page.days.end(), [](const Choice& day) { return day.on; });
    const int each = std::max(1, columns - 1);
    const int shown = on == page.days.end() ? 0 : static_cast<int>(on - page.days.begin()) / each;
    const Slice days = slice(page.days.size(), cells.size(), shown);
    for (std::size_t i = days.first; i < days.end; ++i) {
        const Choice& day = page.days[i];
        const std::size_t cell = i - days.first;
        const std::string letter(1, static_cast<char>('A' + cell));
        const std::string id = "day." + day.code;
        if (key_button(ui, {.id = id,
                            .box = cells[cell],
                            .label = day.label,
                            .detail = day.detail,
                            .key_name = letter,
                            .key = key_after(Key::a, cell),
                            .kind = ButtonKind::choice,
                            .on = day.on,
                            .size = Size::small})) {
            wish = Act{Do::slot_day, day.code};
        }
    }
    if (days.more && key_button(ui, {.id = "day.more",
                                     .box = cells.back(),
                                     .label = text("guide.slots.more_days"),
                                     .key_name = "Q",
                                     .key = Key::q,
                                     .kind = ButtonKind::quiet,
                                     .size = Size::small})) {
        wish = Act{Do::slot_day, page.days[days.end % page.days.size()].code};
    }
    return wish;
}

Wish view_slots(kit::Ui& ui, const BookingPicture& page, const Box& box, float least) {
    Wish wish;
    const int columns = as_many(box.w, ui.scaled(200), kUnitPx, kSlotColumnsMax);
    const int rows = as_many(box.h, least, kUnitPx, kSlotsMax / columns);
    const float height = std::min(
        box.h, static_cast<float>(rows) * (std::max(kTouchTargetPx, ui.scaled(84)) + kUnitPx));
    const auto cells = grid({box.x, box.y, box.w, height}, columns, rows, kUnitPx);
    const Slice slots = slice(page.slots.size(), cells.size(), page.slot_page);
    for (std::size_t i = slots.first; i < slots.end; ++i) {
        const Choice& slot = page.slots[i];
        const std::size_t cell = i - slots.first;
        const std::string digit = std::to_string((cell + 1) % 10);
        const std::string id = "slot." + slot.code;
        if (key_button(ui, {.id = id,
                            .box = cells[cell],
                            .label = slot.label,
                            .detail = slot.detail,
                            .key_name = digit,
                            .key = cell < 9 ? key_after(Key::d1, cell) : Key::d0,
                            .kind = ButtonKind::choice,
                            .on = slot.on,
                            .disabled = slot.disabled,
                            .size = Size::small})) {
            wish = Act{Do::slot, slot.code};
        }
    }
    if (slots.more && key_button(ui, {.id = "slot.more",
                                      .box = cells.back(),
                                      .label = text("guide.more"),
                                      .key_name = "0",
                                      .key = Key::d0,
                                      .kind = ButtonKind::quiet,
                                      .size = Size::small})) {
        wish = Act{Do::more_slots};
    }
    return wish;
}

// Confirm, by phone, another service, ask again.
Wish view_booking_foot(kit::Ui& ui, const BookingPicture& page, const Box& box) {
    Wish wish;
    const float confirm_w = box.w * 0.4F;
    if (key_button(ui, {.id = "book.confirm",
                        .box = {box.x, box.y, confirm_w, box.h},
                        .label = page.confirm,
                        .key_name = "Enter",
                        .key = Key::enter,
                        .kind = ButtonKind::primary,
                        .disabled = page.confirm_disabled})) {
        wish = Act{Do::confirm_booking};
    }
    const float x = box.x + confirm_w + 2 * kUnitPx;
    const auto cells = grid({x, box.y, box.right() - x, box.h}, 3, 1, kUnitPx);
    if (key_button(ui, {.id = "book.phone",
                        .box = cells[0],
                        .label = page.by_phone.label,
                        .key_name = "P",
                        .key = Key::p,
                        .kind = ButtonKind::choice,
                        .on = page.by_phone.on,
                        .size = Size::body})) {
        wish = Act{Do::by_phone};
    }
    if (key_button(ui, {.id = "book.other",
                        .box = cells[1],
                        .label = text("guide.book.other"),
                        .key_name = "S",
                        .key = Key::s,
                        .kind = ButtonKind::quiet,
                        .size = Size::body})) {
        wish = Act{Do::book_service};
    }
    if (key_button(ui, {.id = "book.again",
                        .box = cells[2],
                        .label = text("guide.slots.again"),
                        .key_name = "R",
                        .key = Key::r,
                        .kind = ButtonKind::quiet,
                        .size = Size::body})) {
        wish = Act{Do::ask_slots};
    }
    return wish;
}

}  // namespace

Wish view_booking(kit::Ui& ui, const GuidePicture& picture) {
    const BookingPicture& page = picture.booking;
    Sheet sheet = begin_sheet(ui, page.title, picture);
    Wish& wish = sheet.wish;
    Box body = sheet.body;
    if (!page.of_service) {
        if (const Wish service = view_services(ui, picture, body)) wish = service;
        ui.end_dialog();
        return wish;
    }
    const float foot = std::max(kTouchTargetPx, ui.scaled(44));
    if (const Wish one =
            view_booking_foot(ui, page, {body.x, body.bottom() - foot, body.w, foot})) {
        wish = one;
    }
    body.h -= foot + kUnitPx;
    if (!page.message.word.empty()) {
        const float words = std::max(kTouchTargetPx, 2 * console::line_height(ui, Size::small));
        body.h -= words;
        view_message(ui, {body.x, body.bottom(), body.w, words}, page.message,
                     kConsoleColours.panel, "booking");
    }
    // A small word, a small detail and the space around them.
    const float cell =
        std::max(kTouchTargetPx, ui.style(Size::small).height +
                                     console::line_height(ui, Size::small) + 3.5F * kUnitPx);
    if (const Wish day = view_days(ui, page, {body.x, body.y, body.w, cell})) wish = day;
    const float y = body.y + cell + 1.5F * kUnitPx;
    if (const Wish slot = view_slots(ui, page, {body.x, y, body.w, body.bottom() - y}, cell)) {
        wish = slot;
    }
    ui.end_dialog();
    return wish;
}

Wish view_stopped(kit::Ui& ui, const GuidePicture& picture) {
    const StoppedPicture& stopped = picture.stopped;
    const Box area = dialog_area(ui, picture);
    const float w = std::min(area.w - 4 * kUnitPx, ui.scaled(860));
    const float h = std::min(area.h - 4 * kUnitPx, ui.scaled(380));
    const Box box{area.centre_x() - w / 2, area.centre_y() - h / 2, w, h};
    Wish wish;
    if (ui.begin_dialog(box, text("guide.stopped"))) wish = Act{Do::close};
    const float pad = 3 * kUnitPx;
    if (const Wish always = view_always(ui, picture, box.right() - pad, box.y + kUnitPx)) {
        wish = always;
    }
    const float head = std::max(kTouchTargetPx + 2 * kUnitPx, ui.scaled(56));
    Box rest{box.x + pad, box.y + head, box.w - 2 * pad, 0};
    rest.h = box.bottom() - pad - rest.y;
    const float foot = std::max(kTouchTargetPx, ui.scaled(64));
    const Box buttons{rest.x, rest.bottom() - foot, rest.w, foot};
    const float told = stopped.message.word.empty() ? 0 : ui.scaled(60);
    if (told > 0) {
        view_message(ui, {rest.x, buttons.y - told, rest.w, told}, stopped.message,
                     kConsoleColours.panel, "stopped.message");
    }
    console::line(ui, {.box = {rest.x, rest.y, rest.w, buttons.y - told - kUnitPx - rest.y},
                       .string = stopped.sentence,
                       .role = "stopped"});
    const auto cells = grid(buttons, 3, 1, kUnitPx);
    if (key_button(ui, {.id = "stopped.tomorrow",
                        .box = cells[0],
                        .label = stopped.tomorrow,
                        .key_name = "Enter",
                        .key = Key::enter,
                        .kind = ButtonKind::primary,
                        .disabled = stopped.disabled})) {
        wish = Act{Do::book_tomorrow};
    }
    if (key_button(ui, {.id = "stopped.papers",
                        .box = cells[1],
                        .label = stopped.papers,
                        .key_name = "F9",
                        .key = Key::f9,
                        .disabled = stopped.disabled})) {
        wish = Act{Do::leave_papers};
    }
    if (key_button(ui, {.id = "close",
                        .box = cells[2],
                        .label = text("guide.close"),
                        .key_name = "Esc",
                        .kind = ButtonKind::quiet})) {
        wish = Act{Do::close};
    }
    ui.end_dialog();
    return wish;
}

}  // namespace hall::guide
