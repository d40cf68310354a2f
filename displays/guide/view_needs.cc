// What a visitor needs beyond a service. Nothing here has to be touched for a ticket.
#include <algorithm>

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
using kit::Weight;
using wording::text;

constexpr float kNeedCellPx = 150;
constexpr int kNeedColumnsMax = 7;

// Choices of one kind, in one line or several.
struct Group {
    const char* title;
    const std::vector<Choice>& choices;
    Do act;
    Key first;                // the key of its first choice
    char first_name;          // as the button shows it
    std::size_t keys;         // so many have one: then another group's begin
    const std::string& only;  // a sentence instead of, or after, the choices
};

struct Line {
    const Group* group;
    std::size_t first;
    std::size_t end;
    bool sentence;
};

std::vector<Line> lines_of(const std::vector<Group>& groups, std::size_t columns) {
    std::vector<Line> out;
    for (const Group& group : groups) {
        const std::size_t count = group.choices.size();
        for (std::size_t i = 0; i < count; i += columns) {
            out.push_back({&group, i, std::min(count, i + columns), false});
        }
        if (!group.only.empty()) out.push_back({&group, count, count, true});
    }
    return out;
}

std::string id_of(const Group& group, const Choice& choice) {
    return std::string(group.title) + "." + choice.code;
}

Wish view_line(kit::Ui& ui, const Line& line, const Box& box, int columns) {
    const Group& group = *line.group;
    const float title_w = ui.scaled(100);
    if (line.first == 0 && (!line.sentence || group.choices.empty())) {
        console::line(ui, {.box = {box.x, box.y, title_w, box.h},
                           .string = text(group.title),
                           .sizes = {Size::body, Size::small},
                           .weight = Weight::bold,
                           .role = "needs"});
    }
    const Box rest{box.x + title_w, box.y, box.w - title_w, box.h};
    if (line.sentence) {
        console::line(ui, {.box = rest,
                           .string = group.only,
                           .colour = kConsoleColours.warning,
                           .role = "needs"});
        return std::nullopt;
    }
    Wish wish;
    const auto cells = grid(rest, columns, 1, kUnitPx);
    for (std::size_t i = line.first; i < line.end; ++i) {
        const Choice& choice = group.choices[i];
        const std::string id = id_of(group, choice);
        const bool keyed = i < group.keys;
        const std::string key_name(keyed ? 1 : 0, static_cast<char>(group.first_name + i));
        const bool step_free = choice.code == "step_free";
        if (console::key_button(ui, {.id = id,
                                     .box = cells[i - line.first],
                                     .label = choice.label,
                                     .key_name = key_name,
                                     .key = keyed ? key_after(group.first, i) : Key::none,
                                     .kind = ButtonKind::choice,
                                     .on = choice.on,
                                     .size = Size::body})) {
            wish = Act{step_free ? Do::step_free : group.act, choice.code};
        }
    }
    return wish;
}

}  // namespace

Wish view_needs(kit::Ui& ui, const GuidePicture& picture) {
    const NeedsPicture& needs = picture.needs;
    Sheet sheet = begin_sheet(ui, text("guide.needs.title"), picture);
    const std::string none;
    const std::vector<Group> groups = {
        {"guide.needs.who", needs.who, Do::proxy, Key::h, 'H', 3, needs.who_only},
        {"guide.needs.principal", needs.principal, Do::principal, Key::q, 'Q', 10, none},
        {"guide.needs.must_speak", needs.must_speak, Do::must_speak, Key::d1, '1', 9, none},
        {"guide.needs.prefers", needs.prefers, Do::prefers, Key::a, 'A', 7, none},
        {"guide.needs.means", needs.means, Do::mean, Key::k, 'K', 6, none},
    };
    Box body = sheet.body;
    const float done_h = std::max(kTouchTargetPx, ui.scaled(56));
    const Box done{body.x, body.bottom() - done_h, body.w * 0.4F, done_h};
    body.h -= done_h + 2 * kUnitPx;
    const int columns =
        as_many(body.w - ui.scaled(100), ui.scaled(kNeedCellPx), kUnitPx, kNeedColumnsMax);
    const auto lines = lines_of(groups, static_cast<std::size_t>(columns));
    const float height = std::max(kTouchTargetPx, ui.scaled(44)) + kUnitPx;
    const kit::Page page = ui.pages("needs", body, static_cast<int>(lines.size()), height);
    for (int i = page.first; i < page.end; ++i) {
        const float y = page.rows.y + static_cast<float>(i - page.first) * height;
        const Box row{page.rows.x, y, page.rows.w, height - kUnitPx};
        if (const Wish one = view_line(ui, lines[static_cast<std::size_t>(i)], row, columns)) {
            sheet.wish = one;
        }
    }
    if (console::key_button(ui, {.id = "needs.done",
                                 .box = done,
                                 .label = text("guide.needs.done"),
                                 .key_name = "Enter",
                                 .key = Key::enter,
                                 .kind = ButtonKind::primary})) {
        sheet.wish = Act{Do::close};
    }
    ui.end_dialog();
    return sheet.wish;
}

}  // namespace hall::guide
