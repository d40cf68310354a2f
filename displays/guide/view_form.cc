// What for, what care, and the one button that issues: three taps.
#include <algorithm>

#include "displays/console/key_button.h"
#include "displays/guide/guide_view.h"
#include "wording/wording.h"

namespace hall::guide {
namespace {

using console::key_button;
using console::LineSpec;
using kit::Box;
using kit::ButtonKind;
using kit::kConsoleColours;
using kit::Key;
using kit::Size;
using kit::Weight;
using wording::text;

void title(kit::Ui& ui, const Box& box, const char* key) {
    if (box.h <= 0) return;
    console::line(ui, {.box = box,
                       .string = text(key),
                       .sizes = {Size::title},
                       .weight = Weight::bold,
                       .ground = kConsoleColours.ground,
                       .role = key});
}

Wish view_services(kit::Ui& ui, const GuidePicture& picture, const GuideLayout& layout) {
    Wish wish;
    title(ui, layout.service_title, "guide.what");
    const Slice page = slice(picture.services.size(), layout.services.size(), picture.service_page);
    for (std::size_t i = page.first; i < page.end; ++i) {
        const Choice& service = picture.services[i];
        const std::size_t slot = i - page.first;
        const std::string digit = std::to_string(slot + 1);
        const std::string id = "service." + service.code;
        // Where there is no room for two lines, one says the most needed of both.
        const Box& box = layout.services[slot];
        const bool flat = !console::has_room_for_detail(ui, box, Size::title);
        const std::string label = flat ? service.label + " " + service.brief : service.label;
        const float room = box.w - console::width_of(ui, digit, Size::small) - 3 * kit::kUnitPx;
        const bool whole = console::width_of(ui, service.detail, Size::small) <= room;
        if (key_button(ui, {.id = id,
                            .box = box,
                            .label = label,
                            .detail = whole ? service.detail : service.brief,
                            .key_name = digit,
                            .key = key_after(Key::d1, slot),
                            .kind = service.stopped && !service.on ? ButtonKind::quiet
                                                                   : ButtonKind::choice,
                            .on = service.on})) {
            wish = Act{Do::service, service.code};
        }
    }
    if (page.more && key_button(ui, {.id = "service.more",
                                     .box = layout.services.back(),
                                     .label = text("guide.more"),
                                     .key_name = "0",
                                     .key = Key::d0,
                                     .kind = ButtonKind::quiet})) {
        wish = Act{Do::more_services};
    }
    return wish;
}

// By sight, needs, several services, a seat: the last cells of the grid, so that they never move.
Wish view_options(kit::Ui& ui, const GuidePicture& picture, const GuideLayout& layout,
                  std::size_t first_cell) {
    struct Option {
        const Offer& offer;
        const char* id;
        const char* key_name;
        Key key;
        Do act;
    };
    const Option options[] = {{picture.seat, "seat", "Z", Key::z, Do::seat},
                              {picture.several, "several", "M", Key::m, Do::several},
                              {picture.more_needs, "needs", "N", Key::n, Do::show_needs},
                              {picture.by_sight, "by_sight", "S", Key::s, Do::by_sight}};
    Wish wish;
    std::size_t cell = first_cell;
    for (const Option& option : options) {
        if (!option.offer.shown || cell >= layout.care.size()) continue;
        if (key_button(ui, {.id = option.id,
                            .box = layout.care[cell++],
                            .label = option.offer.label,
                            .key_name = option.key_name,
                            .key = option.key,
                            .kind = ButtonKind::choice,
                            .on = option.offer.on,
                            .disabled = option.offer.disabled,
                            .size = Size::body})) {
            wish = Act{option.act};
        }
    }
    return wish;
}

Wish view_care(kit::Ui& ui, const GuidePicture& picture, const GuideLayout& layout) {
    Wish wish;
    title(ui, layout.care_title, "guide.care");
    const std::size_t fixed = static_cast<std::size_t>(picture.seat.shown) +
                              static_cast<std::size_t>(picture.several.shown) +
                              static_cast<std::size_t>(picture.more_needs.shown) +
                              static_cast<std::size_t>(picture.by_sight.shown);
    const std::size_t cells = layout.care.size() - std::min(fixed, layout.care.size());
    const Slice page = slice(picture.categories.size(), cells, picture.category_page);
    for (std::size_t i = page.first; i < page.end; ++i) {
        const Choice& category = picture.categories[i];
        const std::size_t slot = i - page.first;
        const std::string letter(1, static_cast<char>('A' + slot));
        const std::string id = "category." + category.code;
        if (key_button(ui, {.id = id,
                            .box = layout.care[slot],
                            .label = category.label,
                            .key_name = letter,
                            .key = key_after(Key::a, slot),
                            .kind = ButtonKind::green,
                            .on = category.on,
                            .size = Size::body})) {
            wish = Act{Do::category, category.code};
        }
    }
    if (page.more && key_button(ui, {.id = "category.more",
                                     .box = layout.care[cells - 1],
                                     .label = text("guide.other"),
                                     .key_name = "Q",
                                     .key = Key::q,
                                     .kind = ButtonKind::quiet,
                                     .size = Size::body})) {
        wish = Act{Do::more_categories};
    }
    if (const Wish option = view_options(ui, picture, layout, cells)) wish = option;
    return wish;
}

Wish view_issue(kit::Ui& ui, const GuidePicture& picture, const GuideLayout& layout) {
    Wish wish;
    if (key_button(ui, {.id = "issue",
                        .box = layout.issue,
                        .label = picture.issue_label,
                        .key_name = "Enter",
                        .key = Key::enter,
                        .kind = ButtonKind::primary,
                        .disabled = picture.issue_disabled,
                        .size = Size::large})) {
        wish = Act{Do::issue};
    }
    if (key_button(ui, {.id = "clear",
                        .box = layout.clear,
                        .label = picture.clear_label,
                        .key_name = "X",
                        .key = Key::x,
                        .kind = ButtonKind::quiet,
                        .disabled = picture.clear_disabled,
                        .size = Size::body})) {
        wish = Act{Do::clear};
    }
    return wish;
}

// Notices come before hints, never before a problem or what was chosen.
Wish view_form_message(kit::Ui& ui, const GuidePicture& picture, const GuideLayout& layout) {
    Wish wish;
    Box box = layout.message;
    const bool hint = picture.message.gravity == Gravity::waiting;
    const bool here = layout.notices.h <= 0 && !picture.notices.empty();
    if (here && (picture.notices.size() > 1 || !hint)) {
        const float width = std::max(kit::kTouchTargetPx, ui.scaled(92));
        box.w -= width + kit::kUnitPx;
        const std::size_t others = picture.notices.size() - (hint ? 1 : 0);
        if (key_button(ui, {.id = "notices",
                            .box = {box.right() + kit::kUnitPx, box.y, width, box.h},
                            .label = wording::format("guide.notices.count",
                                                     {{"count", std::to_string(others)}}),
                            .key_name = "F8",
                            .key = Key::f8,
                            .size = Size::small})) {
            wish = Act{Do::show_notices};
        }
    }
    view_message(ui, box, here && hint ? picture.notices.front() : picture.message,
                 kConsoleColours.ground, "message");
    return wish;
}

}  // namespace

Wish view_form(kit::Ui& ui, const GuidePicture& picture, const GuideLayout& layout) {
    Wish wish = view_services(ui, picture, layout);
    if (const Wish care = view_care(ui, picture, layout)) wish = care;
    if (const Wish issue = view_issue(ui, picture, layout)) wish = issue;
    if (const Wish notices = view_form_message(ui, picture, layout)) wish = notices;
    return wish;
}

}  // namespace hall::guide
