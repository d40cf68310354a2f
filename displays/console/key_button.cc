#include "displays/console/key_button.h"

#include <algorithm>
#include <cmath>

#include "wording/wording.h"

namespace hall::console {
namespace {

using kit::Align;
using kit::Box;
using kit::ButtonKind;
using kit::kConsoleColours;
using kit::kUnitPx;
using kit::Mark;
using kit::Rgb;
using kit::Size;
using kit::TextStyle;
using kit::Weight;

struct Face {
    Rgb fill;
    Rgb text;
    Rgb hint;
};

// As kit::Ui::button fills it.
Face face_of(const KeyButton& spec) {
    const Face light{kConsoleColours.panel, kConsoleColours.text, kConsoleColours.muted};
    const auto filled = [](Rgb fill) {
        return Face{fill, kConsoleColours.on_dark, kConsoleColours.on_dark};
    };
    if (!spec.disabled.empty()) {
        return {kConsoleColours.soft, kConsoleColours.muted, kConsoleColours.muted};
    }
    switch (spec.kind) {
        case ButtonKind::primary:
            return filled(kConsoleColours.action);
        case ButtonKind::danger:
            return filled(kConsoleColours.danger);
        case ButtonKind::secondary:
            return light;
        case ButtonKind::quiet:
            return {kConsoleColours.soft, kConsoleColours.text, kConsoleColours.muted};
        case ButtonKind::choice:
            return spec.on ? filled(kConsoleColours.action) : light;
        case ButtonKind::green:
            return spec.on ? filled(kConsoleColours.green) : light;
    }
    return light;
}

std::vector<Size> sizes_down_from(Size size) {
    switch (size) {
        case Size::number:
        case Size::large:
            return {Size::large, Size::title, Size::body, Size::small};
        case Size::title:
            return {Size::title, Size::body, Size::small};
        case Size::body:
            return {Size::body, Size::small};
        case Size::small:
            return {Size::small};
    }
    return {Size::small};
}

}  // namespace

float line_height(const kit::Ui& ui, Size size) {
    return std::ceil(ui.style(size).height * 1.45F);
}

float button_height(const kit::Ui& ui) {
    return std::max(ui.target_px(), ui.scaled(44));
}

bool has_room_for_detail(const kit::Ui& ui, const Box& box, Size size) {
    const float inner = box.inset(kUnitPx / 2).h;
    return ui.style(size).height + line_height(ui, Size::small) + 2 * kUnitPx <= inner;
}

float width_of(kit::Ui& ui, std::string_view string, Size size, Weight weight) {
    return std::ceil(ui.canvas().text().measure(string, ui.style(size, weight)).advance);
}

void line(kit::Ui& ui, const LineSpec& spec) {
    kit::Canvas& canvas = ui.canvas();
    for (const Size size : spec.sizes) {
        if (ui.style(size).height > spec.box.h) continue;
        if (width_of(ui, spec.string, size, spec.weight) > spec.box.w) continue;
        canvas.write_in(spec.box, spec.string, ui.style(size, spec.weight), spec.align, spec.colour,
                        spec.ground, spec.role);
        return;
    }
    const TextStyle style = ui.style(spec.sizes.back(), spec.weight);
    const kit::TextMetrics metrics = canvas.text().metrics(style);
    const int room =
        1 +
        std::max(0, static_cast<int>((spec.box.h - metrics.hanzi_height()) / metrics.line_pitch));
    const auto size =
        canvas.text().measure(spec.string, style, {kit::Fit::wrap, spec.box.w, room, Align::left});
    const float height =
        metrics.hanzi_height() + static_cast<float>(size.lines - 1) * metrics.line_pitch;
    const float top = spec.box.y + std::max(0.0F, (spec.box.h - height) / 2);
    canvas.wrap_in({spec.box.x, top, spec.box.w, spec.box.bottom() - top}, spec.string, style,
                   spec.align, spec.colour, spec.ground, spec.role);
}

bool key_button(kit::Ui& ui, const KeyButton& spec) {
    const bool pressed = ui.button({.id = spec.id,
                                    .box = spec.box,
                                    .kind = spec.kind,
                                    .on = spec.on,
                                    .key = spec.key,
                                    .disabled = spec.disabled});
    const Face face = face_of(spec);
    Box inner = spec.box.inset(kUnitPx / 2);
    Box beside_key = inner;
    if (!spec.key_name.empty()) {
        const float width = width_of(ui, spec.key_name, Size::small);
        ui.canvas().write_in({inner.x + 4, inner.y, width + 2, inner.h}, spec.key_name,
                             ui.style(Size::small), Align::left, face.hint, face.fill, spec.id);
        const float used = width + kUnitPx + 2;
        inner.x += used;
        beside_key = {inner.x, inner.y, inner.w - used, inner.h};
        // The word stands in the middle of the button when there is room for it there.
        const float middle = inner.w - 2 * used;
        const float word =
            width_of(ui, spec.label, sizes_down_from(spec.size).front(), Weight::bold);
        inner.w -= middle > word + ui.style(spec.size).height ? 2 * used : used;
    }
    std::string label(spec.label);
    if (spec.on) label.insert(0, "✓ ");
    Box word = inner;
    const float small = line_height(ui, Size::small);
    const float title = ui.style(spec.size).height;
    if (!spec.detail.empty() && has_room_for_detail(ui, spec.box, spec.size)) {
        const float whole = title + kUnitPx + small;
        word = {inner.x, inner.centre_y() - whole / 2, inner.w, title};
        // In the middle too, unless it needs the room up to the other edge.
        const Box& room = width_of(ui, spec.detail, Size::small) <= inner.w ? inner : beside_key;
        line(ui, {.box = {room.x, word.bottom() + kUnitPx, room.w, small},
                  .string = spec.detail,
                  .sizes = {Size::small},
                  .align = Align::centre,
                  .colour = face.hint,
                  .ground = face.fill,
                  .role = spec.id});
    }
    line(ui, {.box = word,
              .string = label,
              .sizes = sizes_down_from(spec.size),
              .weight = Weight::bold,
              .align = Align::centre,
              .colour = face.text,
              .ground = face.fill,
              .role = spec.id});
    return pressed;
}

Rgb on_light(Gravity gravity) {
    switch (gravity) {
        case Gravity::good:
            return kConsoleColours.green;
        case Gravity::plain:
            return kConsoleColours.text;
        case Gravity::waiting:
            return kConsoleColours.muted;
        case Gravity::warning:
            return kConsoleColours.warning;
        case Gravity::bad:
            return kConsoleColours.danger;
    }
    return kConsoleColours.text;
}

Rgb in_bar(Gravity gravity) {
    switch (gravity) {
        case Gravity::good:
            return kConsoleColours.bar_ok;
        case Gravity::plain:
        case Gravity::waiting:
            return kConsoleColours.bar_text;
        case Gravity::warning:
        case Gravity::bad:
            return kConsoleColours.bar_warning;
    }
    return kConsoleColours.bar_text;
}

Mark mark_of(Gravity gravity) {
    switch (gravity) {
        case Gravity::good:
            return Mark::dot;
        case Gravity::plain:
            return Mark::none;
        case Gravity::waiting:
            return Mark::ring;
        case Gravity::warning:
            return Mark::triangle;
        case Gravity::bad:
            return Mark::cross;
    }
    return Mark::none;
}

kit::Tone tone_of(Gravity gravity) {
    switch (gravity) {
        case Gravity::good:
            return kit::Tone::ok;
        case Gravity::plain:
        case Gravity::waiting:
            return kit::Tone::info;
        case Gravity::warning:
            return kit::Tone::warning;
        case Gravity::bad:
            return kit::Tone::danger;
    }
    return kit::Tone::info;
}

void mark(kit::Ui& ui, const Box& box, Gravity gravity, Rgb colour) {
    kit::Canvas& canvas = ui.canvas();
    const float r = std::min(box.w, box.h) / 2;
    const float x = box.centre_x();
    const float y = box.centre_y();
    const float stroke = std::max(3.0F, r / 3);
    switch (mark_of(gravity)) {
        case Mark::none:
        case Mark::square:
        case Mark::tick:
            break;
        case Mark::dot:
            canvas.disc(x, y, r * 0.75F, colour);
            break;
        case Mark::ring:
            canvas.outline({x - r * 0.8F, y - r * 0.8F, r * 1.6F, r * 1.6F}, colour, r, stroke);
            break;
        case Mark::triangle:
            canvas.triangle_up({x - r, y - r * 0.9F, 2 * r, r * 1.8F}, colour);
            break;
        case Mark::cross:
            canvas.line(x - r * 0.7F, y - r * 0.7F, x + r * 0.7F, y + r * 0.7F, colour, stroke);
            canvas.line(x - r * 0.7F, y + r * 0.7F, x + r * 0.7F, y - r * 0.7F, colour, stroke);
            break;
    }
}

void green_mark(kit::Ui& ui, float x, float centre_y, float diameter) {
    ui.canvas().disc(x + diameter / 2, centre_y, diameter / 2, kConsoleColours.green);
    const TextStyle style = ui.style(Size::small, Weight::bold);
    ui.canvas().write_in({x, centre_y - diameter / 2, diameter, diameter},
                         wording::text("console.green_mark"), style, Align::centre,
                         kConsoleColours.on_dark, kConsoleColours.green, "green");
}

Box bar(kit::Ui& ui, const BarSpec& spec) {
    const Box area = ui.canvas().area();
    const float height = std::max(spec.least_height, 28 + ui.scaled(28));
    const Box box{0, 0, area.w, height};
    ui.canvas().fill(box, kConsoleColours.bar);
    const float margin = 3 * kUnitPx;
    const float gap = 2 * kUnitPx;
    const auto write = [&](std::string_view string, Size size, Weight weight, Rgb colour, float x,
                           float width) {
        ui.canvas().write_in({x, 0, width + 1, height}, string, ui.style(size, weight), Align::left,
                             colour, kConsoleColours.bar, "bar");
    };
    const float right_w = width_of(ui, spec.right, Size::body, Weight::bold);
    float right = area.w - margin - right_w;
    if (spec.right_room > 0) right -= spec.right_room + gap;
    write(spec.right, Size::body, Weight::bold, kConsoleColours.bar_text, right, right_w);

    const float title_w = width_of(ui, spec.title, Size::title, Weight::bold);
    float left = margin;
    write(spec.title, Size::title, Weight::bold, kConsoleColours.bar_text, left, title_w);
    left += title_w + 2 * gap;

    // States from the right, the link (first) always; facts take what is left.
    const float side = ui.style(Size::body).height * 0.8F;
    const auto state_width = [&](const Word& state) {
        return side + kUnitPx + width_of(ui, state.word, Size::body);
    };
    std::size_t shown = 0;
    float states_w = 0;
    for (const Word& state : spec.states) {
        const float width = state_width(state) + 2 * gap;
        if (shown > 0 && left + states_w + width > right) break;
        states_w += width;
        ++shown;
    }
    float x = right - states_w;
    for (std::size_t i = 0; i < shown; ++i) {
        const Word& state = spec.states[i];
        const Rgb colour = in_bar(state.gravity);
        mark(ui, {x, height / 2 - side / 2, side, side}, state.gravity, colour);
        const float room = std::max(0.0F, right - x - side - kUnitPx);
        write(state.word, Size::body, Weight::regular, colour, x + side + kUnitPx,
              std::min(width_of(ui, state.word, Size::body), room));
        x += state_width(state) + 2 * gap;
    }
    right -= states_w + gap;
    for (const std::string& fact : spec.facts) {
        const float width = width_of(ui, fact, Size::body);
        if (fact.empty() || left + width > right) continue;
        write(fact, Size::body, Weight::regular, kConsoleColours.bar_muted, left, width);
        left += width + gap;
    }
    return {0, height, area.w, area.h - height};
}

}  // namespace hall::console
