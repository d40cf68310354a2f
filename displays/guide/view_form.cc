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

Key key_after(Key first, std::size_t steps) {
    return static_cast<Key>(static_cast<int>(first) + static_cast<int>(steps));
}

void title(kit::Ui& ui, const Box& box, const char* key) {
    if (box.h <= 0) return;
    console::line(ui, {.box = box,
                       .string = text(key),
                       .sizes = {Size::title},
                       .weight = Weight::bold,
                       .ground = kConsoleColours.ground,
                       .role = key});
}

// Which of `count` things are on a page of `slots`, one of which leads to the next page when they
// do not all fit.
struct Slice {
    std::size_t first = 0;
    std::size_t end = 0;
    bool more = false;
};
Slice slice(std::size_t count, std::size_t slots, int page) {
    if (count <= slots) return {0, count, false};
    const std::size_t each = std::max<std::size_t>(1, slots - 1);
    const std::size_t pages = (count + each - 1) / each;
    const std::size_t first = static_cast<std::size_t>(page) % pages * each;
    return {first, std::min(count, first + each), true};
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
        if (key_button(ui, {.id = id,
                            .box = layout.services[slot],
                            .label = service.label,
                            .detail = service.detail,
                            .key_name = digit,
                            .key = key_after(Key::d1, slot),
                            .kind = ButtonKind::choice,
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

// By sight, several services, a seat: the last cells of the grid, so that they never move.
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
                        .label = text("guide.clear"),
                        .key_name = "X",
                        .key = Key::x,
                        .kind = ButtonKind::quiet,
                        .disabled = picture.something_chosen ? std::string()
                                                             : text("guide.nothing_to_clear"),
                        .size = Size::body})) {
        wish = Act{Do::clear};
    }
    // Whom to look for comes before hints, never before a problem.
    const bool problem = picture.message.gravity == Gravity::bad;
    const bool look = layout.looks.h <= 0 && !picture.looks.empty() && !problem;
    const Word message = look ? Word{picture.looks, Gravity::warning} : picture.message;
    const Gravity gravity = message.gravity;
    Box words = layout.message;
    const float side = ui.style(Size::body).height;
    if (console::mark_of(gravity) != kit::Mark::none && gravity != Gravity::waiting) {
        console::mark(ui, {words.x, words.centre_y() - side / 2, side, side}, gravity,
                      console::on_light(gravity));
        words.x += side + kit::kUnitPx;
        words.w -= side + kit::kUnitPx;
    }
    console::line(ui, {.box = words,
                       .string = message.word,
                       .weight = gravity == Gravity::bad ? Weight::bold : Weight::regular,
                       .colour = console::on_light(gravity),
                       .ground = kConsoleColours.ground,
                       .role = "message"});
    return wish;
}

}  // namespace

Wish view_form(kit::Ui& ui, const GuidePicture& picture, const GuideLayout& layout) {
    Wish wish = view_services(ui, picture, layout);
    if (const Wish care = view_care(ui, picture, layout)) wish = care;
    if (const Wish issue = view_issue(ui, picture, layout)) wish = issue;
    if (layout.looks.h > 0 && !picture.looks.empty()) {
        ui.status(layout.looks, picture.looks, kit::Tone::warning);
    }
    return wish;
}

}  // namespace hall::guide
