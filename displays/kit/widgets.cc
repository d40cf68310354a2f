#include "displays/kit/widgets.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "protocol/check.h"
#include "wording/wording.h"

namespace hall::kit {
namespace {

constexpr float kRadiusPx = 12;
constexpr const ConsoleColours& kColours = kConsoleColours;

struct ButtonColours {
    Rgb fill;
    Rgb edge;
    Rgb text;
    Rgb hint;
};

ButtonColours colours_of(const ButtonSpec& spec) {
    if (!spec.disabled.empty()) {
        return {kColours.soft, kColours.hairline, kColours.muted, kColours.muted};
    }
    const ButtonColours outlined{kColours.panel, kColours.edge, kColours.text, kColours.muted};
    const auto filled = [](Rgb fill) {
        return ButtonColours{fill, fill, kColours.on_dark, kColours.on_dark};
    };
    switch (spec.kind) {
        case ButtonKind::primary:
            return filled(kColours.action);
        case ButtonKind::danger:
            return filled(kColours.danger);
        case ButtonKind::secondary:
            return outlined;
        case ButtonKind::quiet:
            return {kColours.soft, kColours.soft, kColours.text, kColours.muted};
        case ButtonKind::choice:
            return spec.on ? filled(kColours.action) : outlined;
        case ButtonKind::green:
            return spec.on ? filled(kColours.green) : outlined;
    }
    return outlined;
}

Rgb fill_of(Tone tone) {
    switch (tone) {
        case Tone::ok:
            return kColours.green;
        case Tone::info:
            return kColours.bar;
        case Tone::warning:
            return kColours.warning;
        case Tone::danger:
            return kColours.danger;
    }
    return kColours.bar;
}

Mark mark_of(Tone tone) {
    switch (tone) {
        case Tone::ok:
            return Mark::tick;
        case Tone::info:
            return Mark::dot;
        case Tone::warning:
            return Mark::triangle;
        case Tone::danger:
            return Mark::cross;
    }
    return Mark::dot;
}

// How far `to` lies in the direction of the arrow key; sideways counts double. Infinite when it
// lies behind.
float distance(Key key, const Box& from, const Box& to) {
    const float dx = to.centre_x() - from.centre_x();
    const float dy = to.centre_y() - from.centre_y();
    float along = 0;
    float across = 0;
    if (key == Key::left || key == Key::right) {
        along = key == Key::right ? dx : -dx;
        across = std::abs(dy);
    } else {
        along = key == Key::down ? dy : -dy;
        across = std::abs(dx);
    }
    return along <= 1 ? std::numeric_limits<float>::infinity() : along + 2 * across;
}

}  // namespace

Ui::Ui(Canvas& canvas, UiState& state, Done done, float text_scale, std::int64_t now_ms)
    : canvas_(canvas),
      state_(state),
      key_(done.key),
      written_(std::move(done.written)),
      text_scale_(text_scale),
      now_ms_(now_ms),
      inert_(state.dialog) {
    if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
        state_.focus_visible = false;
        state_.field = {};
    }
    move_focus(done.key);
}

Ui::~Ui() {
    tell_what_was_not_written();
    draw_toast();
    const bool there = std::any_of(targets_.begin(), targets_.end(),
                                   [&](const auto& target) { return target.id == state_.focus; });
    // A dialog that opens or closes begins without a focus, unless its first field took it.
    const bool written = !state_.field.id.empty() && state_.field.id == state_.focus;
    if (!there || (state_.dialog != dialog_ && !written)) {
        state_.focus = first_.id;
        state_.focus_visible = !first_.id.empty();
        if (!first_.id.empty()) {
            state_.field = std::move(first_);
            state_.again = true;
        }
    }
    if (state_.field.id != state_.focus) state_.field = {};
    state_.targets = std::move(targets_);
    state_.dialog = dialog_;
    for (auto list = state_.pages.begin(); list != state_.pages.end();) {
        list =
            std::exchange(list->second.drawn, false) ? std::next(list) : state_.pages.erase(list);
    }
}

TextStyle Ui::style(Size size, Weight weight) const {
    return console_text(size, weight, text_scale_);
}

void Ui::move_focus(Key key) {
    const bool writing = !state_.field.id.empty();
    if (writing && key == Key::enter) {
        if (!state_.field.last) go_on_from_field();
        return;
    }
    if (writing && key == Key::escape && !state_.dialog) {
        key_ = Key::none;
        state_.field = {};
        state_.focus_visible = false;
        return;
    }
    const auto& targets = state_.targets;
    const auto at = std::find_if(targets.begin(), targets.end(),
                                 [&](const auto& target) { return target.id == state_.focus; });
    const bool known = at != targets.end();
    if (key == Key::tab || key == Key::back_tab) {
        key_ = Key::none;
        if (targets.empty()) return;
        const std::size_t count = targets.size();
        std::size_t index = key == Key::tab ? 0 : count - 1;
        if (known) {
            const auto now = static_cast<std::size_t>(at - targets.begin());
            index = (now + (key == Key::tab ? 1 : count - 1)) % count;
        }
        state_.focus = targets[index].id;
        state_.focus_visible = true;
        return;
    }
    if (!state_.focus_visible || !known) return;
    if (key == Key::escape && !state_.dialog) {
        key_ = Key::none;
        state_.focus_visible = false;
    } else if (key == Key::enter || key == Key::space) {
        key_ = Key::none;
        activated_ = state_.focus;
    } else if (key == Key::left || key == Key::right || key == Key::up || key == Key::down) {
        key_ = Key::none;
        const auto nearest =
            std::min_element(targets.begin(), targets.end(), [&](const auto& a, const auto& b) {
                return distance(key, at->box, a.box) < distance(key, at->box, b.box);
            });
        if (std::isfinite(distance(key, at->box, nearest->box))) state_.focus = nearest->id;
    }
}

// Enter was pressed in a field: to the next one of the page, or to the next page. Where there is
// neither, it stays.
void Ui::go_on_from_field() {
    key_ = Key::none;
    const auto& targets = state_.targets;
    const auto at = std::find_if(targets.begin(), targets.end(),
                                 [&](const auto& target) { return target.id == state_.field.id; });
    if (at == targets.end()) return;
    const auto next =
        std::find_if(at + 1, targets.end(), [](const auto& target) { return target.field; });
    if (next == targets.end()) {
        enter_from_ = at->box;
        return;
    }
    state_.focus = next->id;
    state_.focus_visible = true;
}

// Keys that a person meant as text, while no field was chosen.
void Ui::tell_what_was_not_written() {
    const bool text = key_ == Key::space || (key_ >= Key::a && key_ <= Key::slash);
    if (!expects_writing_ || !text || !state_.field.id.empty()) return;
    toast(wording::text("kit.field.none"), Tone::warning);
}

Ui::Press Ui::target(std::string_view id, const Box& box, Key key, bool enabled, Rgb fill,
                     bool field) {
    Press out;
    auto& record = canvas_.drawn().targets;
    if (inert_ || box.w <= 0 || box.h <= 0) return out;
    if (in_ring_) targets_.push_back({std::string(id), box, field});
    out.focused = state_.focus_visible && state_.focus == id;
    if (record.size() < Drawn::kTargetsMax) {
        record.push_back({std::string(id), box, enabled, out.focused, fill, kColours.ground});
    }
    ImGui::SetCursorScreenPos({box.x, box.y});
    const std::string name = fmt::format("##{}", id);
    out.pressed = ImGui::InvisibleButton(name.c_str(), {box.w, box.h});
    out.held = ImGui::IsItemActive();
    if (out.pressed) state_.focus = id;
    if (activated_ == id || (key != Key::none && shortcut(key))) out.pressed = true;
    return out;
}

bool Ui::shortcut(Key key) {
    if (inert_ || key == Key::none || key_ != key) return false;
    key_ = Key::none;
    return true;
}

bool Ui::button(const ButtonSpec& spec) {
    const bool enabled = spec.disabled.empty();
    const ButtonColours colours = colours_of(spec);
    const Press press = target(spec.id, spec.box, spec.key, enabled, colours.fill);
    const Rgb fill = press.held ? mix(colours.fill, kColours.text, 0.12F) : colours.fill;
    canvas_.fill(spec.box, fill, kRadiusPx);
    canvas_.outline(spec.box, colours.edge, kRadiusPx, 2);
    if (press.focused) {
        // Dark on white on whatever is there: visible on every ground.
        canvas_.outline(spec.box.inset(-6), kColours.panel, kRadiusPx + 6, 6);
        canvas_.outline(spec.box.inset(-6), kColours.focus, kRadiusPx + 6, 4);
    }

    const Box inner = spec.box.inset(kUnitPx);
    const TextStyle style = this->style(spec.size, Weight::bold);
    std::string label(spec.label);
    if (spec.on && !label.empty()) label.insert(0, "✓ ");
    if (spec.hint.empty()) {
        canvas_.write_in(inner, label, style, Align::centre, colours.text, fill, spec.id);
    } else {
        const TextStyle small = this->style(Size::small);
        const float gap = kUnitPx;
        const float whole = style.height + gap + small.height;
        const float top = inner.centre_y() - whole / 2;
        canvas_.write_in({inner.x, top, inner.w, style.height}, label, style, Align::centre,
                         colours.text, fill, spec.id);
        canvas_.write_in({inner.x, top + style.height + gap, inner.w, small.height}, spec.hint,
                         small, Align::centre, colours.hint, fill, spec.id);
    }
    if (press.pressed && !enabled) toast(spec.disabled, Tone::warning);
    return press.pressed && enabled;
}

void Ui::panel(const Box& box, Rgb fill) {
    canvas_.fill(box, fill, kRadiusPx);
    canvas_.outline(box, kColours.hairline, kRadiusPx, 1);
}

Measured Ui::label(const LabelSpec& spec) {
    const TextStyle style = this->style(spec.size, spec.weight);
    if (spec.fit == Fit::wrap) {
        return canvas_.wrap_in(spec.box, spec.string, style, spec.align, spec.colour, spec.ground,
                               spec.role);
    }
    return canvas_.write_in(spec.box, spec.string, style, spec.align, spec.colour, spec.ground,
                            spec.role);
}

void Ui::draw_mark(Mark mark, const Box& box, Rgb colour) {
    const float x = box.centre_x();
    const float y = box.centre_y();
    const float r = box.h / 2;
    const float stroke = std::max(2.0F, box.h / 6);
    switch (mark) {
        case Mark::none:
            break;
        case Mark::dot:
            canvas_.disc(x, y, r * 0.7F, colour);
            break;
        case Mark::ring:
            canvas_.outline({x - r * 0.8F, y - r * 0.8F, r * 1.6F, r * 1.6F}, colour, r, stroke);
            break;
        case Mark::square:
            canvas_.fill({x - r * 0.7F, y - r * 0.7F, r * 1.4F, r * 1.4F}, colour);
            break;
        case Mark::triangle:
            canvas_.triangle_up(box, colour);
            break;
        case Mark::tick:
            canvas_.line(x - r * 0.8F, y, x - r * 0.2F, y + r * 0.6F, colour, stroke);
            canvas_.line(x - r * 0.25F, y + r * 0.6F, x + r * 0.8F, y - r * 0.6F, colour, stroke);
            break;
        case Mark::cross:
            canvas_.line(x - r * 0.6F, y - r * 0.6F, x + r * 0.6F, y + r * 0.6F, colour, stroke);
            canvas_.line(x - r * 0.6F, y + r * 0.6F, x + r * 0.6F, y - r * 0.6F, colour, stroke);
            break;
    }
}

Box Ui::pill(const PillSpec& spec) {
    const TextStyle style = this->style(spec.size, Weight::bold);
    const Measured word = canvas_.text().measure(spec.word, style);
    const float side = style.height * 0.9F;
    const float mark = spec.mark == Mark::none ? 0 : side + kUnitPx;
    const float height = style.height + 2 * kUnitPx;
    const Box box{spec.x, spec.centre_y - height / 2, mark + word.advance + 4 * kUnitPx, height};
    canvas_.fill(box, spec.fill, height / 2);
    const float x = box.x + 2 * kUnitPx;
    if (mark > 0) draw_mark(spec.mark, {x, spec.centre_y - side / 2, side, side}, spec.colour);
    canvas_.write_in({x + mark, box.y, word.advance + kUnitPx, height}, spec.word, style,
                     Align::left, spec.colour, spec.fill, "pill");
    return box;
}

bool Ui::row(const RowSpec& spec) {
    const Rgb fill = spec.selected ? kColours.notice : spec.ground;
    Press press;
    if (!spec.id.empty()) press = target(spec.id, spec.box, Key::none, true, fill);
    const Rgb shown = press.held ? kColours.soft : fill;
    if (shown != spec.ground) canvas_.fill(spec.box, shown, kUnitPx);
    if (press.focused) canvas_.outline(spec.box, kColours.focus, kUnitPx, 4);
    if (spec.selected) {
        canvas_.fill({spec.box.x, spec.box.y, 6, spec.box.h}, kColours.action, 3);
    }

    float fixed = 0;
    int open_columns = 0;
    for (const Column& column : spec.columns) {
        fixed += column.width;
        if (column.width <= 0) ++open_columns;
    }
    const float gap = kUnitPx;
    const float count = static_cast<float>(spec.columns.size());
    const Box inner{spec.box.x + 2 * kUnitPx, spec.box.y, spec.box.w - 4 * kUnitPx, spec.box.h};
    const float left = std::max(0.0F, inner.w - fixed - gap * std::max(0.0F, count - 1));
    const float each = open_columns > 0 ? left / static_cast<float>(open_columns) : 0;
    float x = inner.x;
    for (const Column& column : spec.columns) {
        const float width = column.width > 0 ? column.width : each;
        canvas_.write_in({x, inner.y, width, inner.h}, column.string,
                         style(spec.size, column.weight), column.align, column.colour, shown,
                         spec.id.empty() ? "row" : spec.id);
        x += width + gap;
    }
    return press.pressed;
}

Page Ui::pages(std::string_view id, const Box& box, int count, float row_height) {
    HALL_CHECK(row_height > 0);
    return pages(id, box, std::vector<float>(static_cast<std::size_t>(count), row_height), -1);
}

Page Ui::pages(std::string_view id, const Box& box, const std::vector<float>& heights, int show) {
    const int count = static_cast<int>(heights.size());
    if (std::accumulate(heights.begin(), heights.end(), 0.0F) <= box.h) return {0, count, box};
    const float foot = std::max(kTouchTargetPx, style(Size::body).height + 2 * kUnitPx);
    const Box rows{box.x, box.y, box.w, std::max(heights[0], box.h - foot - kUnitPx)};
    // Where each page begins; a row higher than the box has one for itself.
    std::vector<int> begins = {0};
    float used = 0;
    for (int row = 0; row < count; ++row) {
        const float height = heights[static_cast<std::size_t>(row)];
        if (row > begins.back() && used + height > rows.h + 0.5F) {
            begins.push_back(row);
            used = 0;
        }
        used += height;
    }
    const int pages = static_cast<int>(begins.size());
    UiState::ListPage& list = state_.pages[std::string(id)];
    list.drawn = true;
    int& page = list.page;
    const int before = std::clamp(page, 0, pages - 1);
    bool jumped = false;
    if (std::exchange(list.show, show) != show && show >= 0) {
        page = static_cast<int>(std::upper_bound(begins.begin(), begins.end(), show) -
                                begins.begin()) -
               1;
        jumped = true;
    }
    if (enter_from_ && !inert_ && rows.overlaps(*enter_from_)) ++page;
    page = std::clamp(page, 0, pages - 1);

    const float y = box.bottom() - foot;
    const float side = std::max(foot, 2 * kTouchTargetPx);
    const std::string back = fmt::format("{}.back", id);
    const std::string on = fmt::format("{}.on", id);
    ButtonSpec button;
    button.kind = ButtonKind::quiet;
    button.size = Size::body;
    button.id = back;
    button.label = "◀";
    button.key = Key::page_up;
    button.box = {box.x, y, side, foot};
    if (this->button(button)) page = std::max(0, page - 1);
    button.id = on;
    button.label = "▶";
    button.key = Key::page_down;
    button.box = {box.right() - side, y, side, foot};
    if (this->button(button)) page = std::min(pages - 1, page + 1);
    if (page != before && !inert_) {
        turned_ = rows;
        const int begin = begins[static_cast<std::size_t>(page)];
        if (jumped && begin <= show) {
            turned_->y += std::accumulate(heights.begin() + begin, heights.begin() + show, 0.0F);
            turned_->h = heights[static_cast<std::size_t>(show)];
        }
    }
    const std::string place = fmt::format("{} / {}", page + 1, pages);
    label({.box = {box.x + side, y, box.w - 2 * side, foot},
           .string = place,
           .align = Align::centre,
           .role = id});
    const auto at = static_cast<std::size_t>(page);
    return {begins[at], page + 1 < pages ? begins[at + 1] : count, rows};
}

void Ui::status(const Box& box, std::string_view sentence, Tone tone) {
    const Rgb fill = fill_of(tone);
    const TextStyle style = this->style(Size::body, Weight::bold);
    canvas_.fill(box, fill, kUnitPx);
    const float side = style.height;
    const float x = box.x + 2 * kUnitPx;
    draw_mark(mark_of(tone), {x, box.centre_y() - side / 2, side, side}, kColours.on_dark);
    const float text_x = x + side + kUnitPx;
    canvas_.write_in({text_x, box.y, box.right() - text_x - 2 * kUnitPx, box.h}, sentence, style,
                     Align::left, kColours.on_dark, fill, "status");
}

void Ui::toast(std::string_view sentence, Tone tone, std::int64_t ms) {
    state_.toast = sentence;
    state_.toast_tone = tone;
    state_.toast_until_ms = now_ms_ + ms;
}

void Ui::draw_toast() {
    if (state_.toast.empty()) return;
    if (now_ms_ >= state_.toast_until_ms) {
        state_.toast.clear();
        return;
    }
    const Box area = canvas_.area();
    const TextStyle style = this->style(Size::body, Weight::bold);
    const Measured size = canvas_.text().measure(state_.toast, style);
    const float height = style.height + 4 * kUnitPx;
    const float width = std::min(area.w - 6 * kUnitPx, size.advance + style.height + 6 * kUnitPx);
    const Box box{area.centre_x() - width / 2, area.bottom() - height - 3 * kUnitPx, width, height};
    canvas_.fill(box.inset(-2), kColours.panel, kUnitPx);
    status(box, state_.toast, state_.toast_tone);
}

bool Ui::begin_dialog(const Box& box, std::string_view title) {
    HALL_CHECK(!dialog_);
    dialog_ = true;
    inert_ = false;
    // From here on the record is about the dialog: what lies behind cannot be read or pressed.
    canvas_.drawn().texts.clear();
    canvas_.drawn().targets.clear();
    targets_.clear();
    canvas_.shade(canvas_.area());
    panel(box);
    const TextStyle style = this->style(Size::title, Weight::bold);
    canvas_.write_in(
        {box.x + 3 * kUnitPx, box.y + 2 * kUnitPx, box.w - 6 * kUnitPx, style.height + kUnitPx},
        title, style, Align::left, kColours.text, kColours.panel, "dialog");
    return shortcut(Key::escape);
}

void Ui::end_dialog() {
    HALL_CHECK(dialog_);
    inert_ = true;  // nothing after it is on top
}

}  // namespace hall::kit
