// The keys to lists, appointments and closing, and what the guide should notice.
#include <algorithm>
#include <cmath>

#include "displays/console/key_button.h"
#include "displays/guide/guide_view.h"
#include "wording/wording.h"

namespace hall::guide {
namespace {

using kit::Align;
using kit::Box;
using kit::ButtonKind;
using kit::kConsoleColours;
using kit::Key;
using kit::kUnitPx;
using kit::Size;
using kit::Weight;
using wording::text;

struct Tool {
    const char* id;
    std::string label;
    const char* key_name;
    Key key;
    Do act;
    bool on;
    ButtonKind kind;
    WalkAct walk = {};
};

std::string counted(const char* key, std::size_t count) {
    return wording::format(key, {{"count", std::to_string(count)}});
}

Tool appointments_tool(const GuidePicture& picture) {
    return {"tool.appointments",
            counted("guide.tool.appointments", picture.appointment_count),
            "F6",
            Key::f6,
            Do::show_appointments,
            false,
            ButtonKind::secondary};
}

Tool closing_tool(const GuidePicture& picture) {
    return {"tool.closing",
            counted("guide.tool.closing", picture.closing.undecided),
            "F7",
            Key::f7,
            Do::show_closing,
            false,
            picture.closing.undecided > 0 ? ButtonKind::danger : ButtonKind::secondary};
}

float width_beside(kit::Ui& ui, const Tool& tool) {
    return console::width_of(ui, tool.key_name, Size::small) + 3.5F * kUnitPx +
           console::width_of(ui, tool.label, Size::small, Weight::bold);
}

// The same row, shared anew: in a low row a key has no room under its word, so each button gets at
// least what word and key need beside each other.
std::vector<Box> shared_by_need(kit::Ui& ui, const std::vector<Tool>& tools,
                                std::vector<Box> boxes) {
    if (tools.size() != boxes.size()) return boxes;
    const float gap = boxes.size() > 1 ? boxes[1].x - boxes[0].right() : 0;
    float spare = boxes.back().right() - boxes.front().x + gap;
    std::vector<float> widths;
    for (const Tool& tool : tools) {
        widths.push_back(std::max(kit::kTouchTargetPx, width_beside(ui, tool)));
        spare -= widths.back() + gap;
    }
    if (spare < 0) return boxes;
    float x = boxes.front().x;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        boxes[i].x = std::round(x);
        boxes[i].w = std::floor(widths[i] + spare / static_cast<float>(boxes.size()));
        x += widths[i] + spare / static_cast<float>(boxes.size()) + gap;
    }
    return boxes;
}

// The key over the word where the button is narrow, before it where it is wide.
Wish view_tool(kit::Ui& ui, const Tool& tool, const Box& box) {
    const bool pressed =
        ui.button({.id = tool.id, .box = box, .kind = tool.kind, .on = tool.on, .key = tool.key});
    const bool filled = tool.on || tool.kind == ButtonKind::danger;
    const kit::Rgb fill = tool.kind == ButtonKind::danger ? kConsoleColours.danger
                          : tool.on                       ? kConsoleColours.action
                                                          : kConsoleColours.panel;
    const kit::Rgb colour = filled ? kConsoleColours.on_dark : kConsoleColours.text;
    const kit::Rgb hint = filled ? kConsoleColours.on_dark : kConsoleColours.muted;
    const Box inner = box.inset(kUnitPx / 2);
    const float key_w = console::width_of(ui, tool.key_name, Size::small);
    const bool beside = inner.w > key_w + 2 * kUnitPx +
                                      console::width_of(ui, tool.label, Size::small, Weight::bold);
    const float half = inner.h / 2;
    const bool alone = !beside && half < ui.style(Size::small).height;  // no room for the key
    const Box key_box = beside ? Box{inner.x + kUnitPx, inner.y, key_w + 1, inner.h}
                               : Box{inner.x, inner.y + half, inner.w, half};
    const Box word_box = beside  ? Box{key_box.right() + kUnitPx / 2, inner.y,
                                      inner.right() - key_box.right() - kUnitPx / 2, inner.h}
                         : alone ? inner
                                 : Box{inner.x, inner.y, inner.w, half};
    if (!alone) {
        console::line(ui, {.box = key_box,
                           .string = tool.key_name,
                           .sizes = {Size::small},
                           .align = Align::centre,
                           .colour = hint,
                           .ground = fill,
                           .role = tool.id});
    }
    console::line(ui, {.box = word_box,
                       .string = tool.label,
                       .weight = Weight::bold,
                       .align = Align::centre,
                       .colour = colour,
                       .ground = fill,
                       .role = tool.id});
    return pressed ? Wish(Act{.what = tool.act, .walk = tool.walk}) : std::nullopt;
}

std::vector<Tool> tools_of(const GuidePicture& picture, const GuideLayout& layout) {
    const bool wide = layout.shape == Shape::wide;
    const auto on = [&](List list) { return wide && picture.list.list == list; };
    const bool bad = picture.bad_prints > 0;
    std::vector<Tool> tools = {
        {"tool.away", counted("guide.tool.away", picture.away_count), "F2", Key::f2, Do::show_away,
         on(List::away), ButtonKind::choice},
        {"tool.registered", counted("guide.tool.registered", picture.registered_count), "F3",
         Key::f3, Do::show_registered, on(List::registered), ButtonKind::choice},
        {"tool.prints", counted("guide.tool.prints", picture.bad_prints), "F4", Key::f4,
         Do::show_prints, on(List::prints), bad ? ButtonKind::danger : ButtonKind::choice},
        {"tool.number", text("guide.tool.number"), "F5", Key::f5, Do::enter_number, false,
         ButtonKind::secondary},
    };
    if (wide) return tools;
    // Those registered early are long served by then.
    if (picture.closing.shown) tools[1] = closing_tool(picture);
    if (picture.has_appointments) tools.push_back(appointments_tool(picture));
    const WalkButton& menu = picture.walk.keys.back();
    tools.push_back(
        {"nav.menu", menu.label, "F1", Key::f1, Do::walk, false,
         menu.look == WalkButton::Look::primary ? ButtonKind::danger : ButtonKind::secondary,
         menu.act});
    return tools;
}

std::vector<Tool> extras_of(const GuidePicture& picture) {
    std::vector<Tool> extras;
    if (picture.has_appointments) extras.push_back(appointments_tool(picture));
    if (picture.closing.shown) extras.push_back(closing_tool(picture));
    return extras;
}

// The most pressing one on a dark strip, and a button that shows the others.
Wish view_strip(kit::Ui& ui, const GuidePicture& picture, Box box) {
    Wish wish;
    if (picture.notices.empty()) return wish;
    if (picture.notices.size() > 1) {
        const float width = ui.scaled(150);
        box.w -= width + kUnitPx;
        if (console::key_button(ui,
                                {.id = "notices",
                                 .box = {box.right() + kUnitPx, box.y, width, box.h},
                                 .label = counted("guide.notices.more", picture.notices.size() - 1),
                                 .key_name = "F8",
                                 .key = Key::f8,
                                 .size = Size::body})) {
            wish = Act{Do::show_notices};
        }
    }
    const Word& first = picture.notices.front();
    const kit::Rgb fill = console::on_light(first.gravity);
    const float side = ui.style(Size::body).height;
    ui.canvas().fill(box, fill, kUnitPx);
    console::mark(ui, {box.x + 2 * kUnitPx, box.centre_y() - side / 2, side, side}, first.gravity,
                  kConsoleColours.on_dark);
    const float x = box.x + 3 * kUnitPx + side;
    console::line(ui, {.box = {x, box.y + 4, box.right() - kUnitPx - x, box.h - 8},
                       .string = first.word,
                       .weight = Weight::bold,
                       .colour = kConsoleColours.on_dark,
                       .ground = fill,
                       .role = "notice"});
    return wish;
}

}  // namespace

Wish view_tools(kit::Ui& ui, const GuidePicture& picture, const GuideLayout& layout) {
    Wish wish;
    const auto view_all = [&](const std::vector<Tool>& tools, const std::vector<Box>& boxes) {
        for (std::size_t i = 0; i < std::min(tools.size(), boxes.size()); ++i) {
            if (const Wish one = view_tool(ui, tools[i], boxes[i])) wish = one;
        }
    };
    const std::vector<Tool> tools = tools_of(picture, layout);
    const bool low = layout.shape == Shape::compact;
    view_all(tools, low ? shared_by_need(ui, tools, layout.tools) : layout.tools);
    view_all(extras_of(picture), layout.extras);
    if (layout.notices.h > 0) {
        if (const Wish one = view_strip(ui, picture, layout.notices)) wish = one;
    }
    return wish;
}

Wish view_notices(kit::Ui& ui, const GuidePicture& picture) {
    Sheet sheet = begin_sheet(ui, text("guide.notices"), picture);
    const float height = std::max(kit::kTouchTargetPx, 2 * ui.scaled(32));
    const int count = static_cast<int>(picture.notices.size());
    const kit::Page page = ui.pages("notices", sheet.body, count, height);
    for (int i = page.first; i < page.end; ++i) {
        const float y = page.rows.y + static_cast<float>(i - page.first) * height;
        view_message(ui, {page.rows.x, y + 4, page.rows.w, height - 8},
                     picture.notices[static_cast<std::size_t>(i)], kConsoleColours.panel, "notice");
    }
    ui.end_dialog();
    return sheet.wish;
}

}  // namespace hall::guide
