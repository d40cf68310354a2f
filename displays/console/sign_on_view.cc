#include "displays/console/sign_on_view.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "displays/console/alarm_view.h"
#include "displays/console/dialog.h"
#include "displays/console/key_button.h"
#include "wording/wording.h"

namespace hall::console {
namespace {

using kit::Box;
using kit::ButtonKind;
using kit::kConsoleColours;
using kit::Key;
using kit::kUnitPx;
using kit::Size;
using kit::Weight;
using wording::text;

// A name longer than this in the bar takes a second line in its key.
constexpr float kNamePx = 120;
constexpr const char* kKeyName = "Home";
// For a screen without a keyboard: two rows of six, the last one takes all away.
constexpr const char* kDigits[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "0", ""};
constexpr int kDigitsAcross = 6;

// Two fields side by side.
std::optional<SignOnAct> view_fields(kit::Ui& ui, const SignOnPicture& picture, const Box& box) {
    const float half = (box.w - 2 * kUnitPx) / 2;
    std::optional<SignOnAct> act;
    if (auto written = ui.text_field({.id = "sign_on.staff",
                                      .box = {box.x, box.y, half, box.h},
                                      .caption = text("console.sign_on.number"),
                                      .text = picture.staff,
                                      .error = picture.staff_error,
                                      .bytes_max = kStaffNumberMax,
                                      .first = true})) {
        act = SignOnAct{SignOnDo::write_staff, std::move(*written)};
    }
    if (auto written = ui.text_field({.id = "sign_on.pin",
                                      .box = {box.x + half + 2 * kUnitPx, box.y, half, box.h},
                                      .caption = text("console.sign_on.pin"),
                                      .text = picture.pin,
                                      .error = picture.pin_error,
                                      .bytes_max = kPinMax,
                                      .secret = true,
                                      .last = true})) {
        act = SignOnAct{SignOnDo::write_pin, std::move(*written)};
    }
    return act;
}

std::optional<SignOnAct> view_digits(kit::Ui& ui, const Box& box, float height) {
    std::optional<SignOnAct> act;
    const float width = (box.w - kUnitPx * (kDigitsAcross - 1)) / kDigitsAcross;
    int index = 0;
    for (const char* digit : kDigits) {
        const auto column = static_cast<float>(index % kDigitsAcross);
        const auto row = static_cast<float>(index / kDigitsAcross);
        const std::string label = *digit == '\0' ? text("console.sign_on.clear") : digit;
        if (key_button(ui, {.id = "sign_on.digit." + std::to_string(index),
                            .box = {box.x + column * (width + kUnitPx),
                                    box.y + row * (height + kUnitPx), width, height},
                            .label = label,
                            .size = Size::body})) {
            act = SignOnAct{SignOnDo::digit, digit};
        }
        ++index;
    }
    return act;
}

// Signing on, and off duty beside it where somebody is signed on.
std::optional<SignOnAct> view_keys(kit::Ui& ui, const SignOnPicture& picture, const Box& box) {
    std::optional<SignOnAct> act;
    const float off_w = picture.anybody ? std::round(box.w / 3) : 0;
    if (picture.anybody && key_button(ui, {.id = "sign_on.off_duty",
                                           .box = {box.x, box.y, off_w - kUnitPx, box.h},
                                           .label = text("console.sign_on.off_duty"),
                                           .key_name = "F5",
                                           .key = Key::f5,
                                           .disabled = picture.busy,
                                           .size = Size::body})) {
        act = SignOnAct{SignOnDo::off_duty};
    }
    if (key_button(ui, {.id = "sign_on.send",
                        .box = {box.x + off_w, box.y, box.w - off_w, box.h},
                        .label = text("console.sign_on"),
                        .key_name = "Enter",
                        .key = Key::enter,
                        .kind = ButtonKind::primary,
                        .disabled = picture.busy.empty() ? picture.off : picture.busy,
                        .size = Size::body})) {
        act = SignOnAct{SignOnDo::sign_on};
    }
    return act;
}

std::optional<SignOnAct> view_sign_on(kit::Ui& ui, const SignOnPicture& picture, const Box& area) {
    const float fields = kit::text_field_heights(ui.scaled(1)).all();
    const float facts = picture.facts.empty() ? 0 : line_height(ui, Size::small);
    const float height = button_height(ui);
    const float digits = 2 * (height + kUnitPx);
    const Frame frame =
        begin_frame(ui, {.title = picture.title,
                         .message = picture.message,
                         .width = ui.scaled(720),
                         .content_height = facts + fields + digits + height + 2 * kUnitPx,
                         .area = area});
    std::optional<SignOnAct> act;
    const auto keep = [&act](std::optional<SignOnAct> one) {
        if (one) act = std::move(one);
    };
    if (frame.closed) act = SignOnAct{SignOnDo::dismiss};
    Box rest = frame.inner;
    if (facts > 0) {
        line(ui, {.box = {rest.x, rest.y, rest.w, facts},
                  .string = picture.facts,
                  .sizes = {Size::small},
                  .colour = kConsoleColours.muted,
                  .role = "sign_on"});
        rest.y += facts;
        rest.h -= facts;
    }
    keep(view_fields(ui, picture, {rest.x, rest.y, rest.w, fields}));
    const Box keys{rest.x, rest.bottom() - height, rest.w, height};
    const Box pad{rest.x, rest.y + fields + kUnitPx, rest.w, digits};
    // On a small screen with large text there is no room; there the keyboard has the digits.
    if (pad.bottom() <= keys.y) keep(view_digits(ui, pad, height));
    keep(view_keys(ui, picture, keys));
    return act;
}

}  // namespace

float sign_on_width(kit::Ui& ui, const SignOnPicture& picture) {
    if (!picture.shown) return 0;
    const float name =
        std::min(ui.scaled(kNamePx), width_of(ui, picture.label, Size::body, Weight::bold));
    return name + width_of(ui, kKeyName, Size::small) + 8 * kUnitPx;
}

std::optional<SignOnAct> draw_sign_on(kit::Ui& ui, const SignOnPicture& picture, float bar,
                                      const Box& area) {
    if (!picture.shown) return std::nullopt;
    std::optional<SignOnAct> act;
    if (picture.open) act = view_sign_on(ui, picture, area);
    const float w = sign_on_width(ui, picture) - 2 * kUnitPx;
    const float h = std::max(ui.target_px(), bar - 2 * kUnitPx);
    const float right = area.right() - 3 * kUnitPx - raise_width(ui) - 2 * kUnitPx;
    if (key_button(ui, {.id = "sign_on",
                        .box = {right - w, bar / 2 - h / 2, w, h},
                        .label = picture.label,
                        .key_name = kKeyName,
                        .key = Key::home,
                        .kind = picture.anybody ? ButtonKind::secondary : ButtonKind::primary,
                        .size = Size::body})) {
        act = SignOnAct{picture.open ? SignOnDo::dismiss : SignOnDo::open};
    }
    return act;
}

}  // namespace hall::console
