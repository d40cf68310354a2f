// A line that a person writes in. Not ImGui's: its characters have 16 bits and it knows nothing of
// what an input method composes.
#include "displays/kit/text_field.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "displays/kit/widgets.h"
#include "wording/wording.h"

namespace hall::kit {
namespace {

constexpr float kFieldRadiusPx = 8;
constexpr float kInsetPx = 1.5F * kUnitPx;
constexpr float kCaretPx = 3;
constexpr const ConsoleColours& kColours = kConsoleColours;

TextFieldState written_in(const TextFieldSpec& spec) {
    TextFieldState out;
    out.id = spec.id;
    out.last = spec.last;
    out.edit = TextEdit(spec.text, spec.bytes_max);
    return out;
}

// What is seen of a text: itself, or a dot a character.
std::string seen(const std::string& text, bool secret) {
    if (!secret) return text;
    std::string dots;
    for (std::size_t i = 1; i < caret_stops(text).size(); ++i) dots += "●";
    return dots;
}

std::string_view hint_key(TextEdit::Hint hint) {
    switch (hint) {
        case TextEdit::Hint::none:
            return {};
        case TextEdit::Hint::dropped:
            return "kit.field.dropped";
        case TextEdit::Hint::full:
            return "kit.field.full";
    }
    return {};
}

}  // namespace

TextFieldHeights text_field_heights(float text_scale) {
    const float small = console_text(Size::small, Weight::regular, text_scale).height;
    const float body = console_text(Size::body, Weight::regular, text_scale).height;
    return {std::ceil(small * 1.5F), std::max(kTouchTargetPx, body + 3 * kUnitPx),
            std::ceil(small * 1.6F)};
}

// As the first one of a page that was turned, or of one where nothing else has it.
void Ui::take_focus(const TextFieldSpec& spec, const Box& box) {
    const bool turned_to = turned_ && turned_->overlaps(box);
    if (turned_to) turned_.reset();
    if (turned_to || (spec.first && state_.focus.empty())) {
        state_.focus = spec.id;
        state_.focus_visible = true;
    }
    if (spec.first && first_.id.empty()) first_ = written_in(spec);
}

std::optional<std::string> Ui::text_field(const TextFieldSpec& spec) {
    const TextFieldHeights heights = text_field_heights(text_scale_);
    const Box box{spec.box.x, spec.box.y + heights.caption, spec.box.w, heights.box};
    const Box inner{box.x + kInsetPx, box.y, box.w - 2 * kInsetPx, box.h};
    if (!inert_ && box.w > 0) take_focus(spec, box);
    const Press press = target(spec.id, box, Key::none, true, kColours.panel, true);
    const bool begins = press.pressed || (press.focused && !writes_in(spec.id));
    if (!inert_ && begins) state_.field = written_in(spec);
    std::optional<std::string> changed;
    if (!inert_ && writes_in(spec.id)) {
        write_in_field(spec, inner, press.pressed);
        if (state_.field.edit.text() != spec.text) changed = state_.field.edit.text();
    }
    draw_field(spec, box, inner);
    return changed;
}

void Ui::write_in_field(const TextFieldSpec& spec, const Box& inner, bool clicked) {
    TextFieldState& field = state_.field;
    field.last = spec.last;
    // The model has another one: cleared, or brought back.
    if (field.edit.text() != spec.text) field.edit = TextEdit(spec.text, spec.bytes_max);
    const TextStyle text_style = style(Size::body);
    const auto width = [&](const std::string& part) {
        return canvas_.text().measure(seen(part, spec.secret), text_style).advance;
    };
    if (clicked && ImGui::GetIO().MousePos.x >= 0) {
        const float x = ImGui::GetIO().MousePos.x - inner.x + field.scroll;
        const std::string& text = field.edit.text();
        const auto stops = caret_stops(text);
        const auto nearest = std::min_element(stops.begin(), stops.end(), [&](auto a, auto b) {
            return std::abs(width(text.substr(0, a)) - x) < std::abs(width(text.substr(0, b)) - x);
        });
        field.edit.place_caret(*nearest, ImGui::GetIO().KeyShift);
    }
    for (const TextEvent& event : std::exchange(written_, {})) {
        const bool tells =
            event.kind == TextEvent::Kind::copy || event.kind == TextEvent::Kind::cut;
        if (!(spec.secret && tells)) field.edit.take(event);
    }
    const std::string before = field.edit.text().substr(0, field.edit.caret());
    const float caret = width(before) + width(field.edit.composing());
    const float room = inner.w - kCaretPx;
    field.scroll = std::clamp(field.scroll, std::max(0.0F, caret - room), std::max(0.0F, caret));
    const float high = text_style.height * 1.5F;
    field.caret = {inner.x + caret - field.scroll, inner.centre_y() - high / 2, kCaretPx, high};
}

void Ui::draw_field(const TextFieldSpec& spec, const Box& box, const Box& inner) {
    const bool writing = !inert_ && writes_in(spec.id);
    const bool wrong = !spec.error.empty();
    const TextFieldHeights heights = text_field_heights(text_scale_);
    if (!spec.caption.empty()) {
        canvas_.write_in({box.x, spec.box.y, box.w, heights.caption}, spec.caption,
                         style(Size::small, Weight::bold), Align::left, kColours.text,
                         kColours.panel, spec.id);
    }
    canvas_.fill(box, kColours.panel, kFieldRadiusPx);
    canvas_.outline(box,
                    writing ? kColours.focus
                    : wrong ? kColours.danger
                            : kColours.edge,
                    kFieldRadiusPx, writing || wrong ? 4 : 2);

    const TextStyle text_style = style(Size::body);
    const TextFieldState& field = state_.field;
    const TextEdit& edit = field.edit;
    std::string text(writing ? edit.text() : std::string(spec.text));
    const float left = inner.x - (writing ? field.scroll : 0);
    const auto at = [&](const std::string& part) {
        return left + canvas_.text().measure(seen(part, spec.secret), text_style).advance;
    };
    const auto bar = [&](float from, float to, float y, float h, Rgb colour) {
        from = std::max(from, inner.x);
        to = std::min(to, inner.right());
        if (to > from) canvas_.fill({from, y, to - from, h}, colour);
    };
    if (writing && edit.mark_begin() != edit.mark_end()) {
        bar(at(text.substr(0, edit.mark_begin())), at(text.substr(0, edit.mark_end())),
            field.caret.y, field.caret.h, kColours.notice);
    }
    if (writing && !edit.composing().empty()) {
        const float from = at(text.substr(0, edit.caret()));
        text.insert(edit.caret(), edit.composing());
        bar(from, at(text.substr(0, edit.caret() + edit.composing().size())),
            field.caret.bottom() - 4, 3, kColours.action);
    }
    canvas_.write_through(inner, seen(text, spec.secret), text_style, left, kColours.text,
                          kColours.panel, spec.id);
    if (writing) canvas_.fill(field.caret, kColours.action);

    const std::string_view hint = writing ? hint_key(edit.hint()) : std::string_view();
    const Box under{box.x, box.bottom() + kUnitPx / 2, box.w, spec.box.bottom() - box.bottom()};
    const auto tell = [&](std::string_view words, Rgb colour, Weight weight) {
        if (words.empty()) return;
        canvas_.wrap_in(under, words, style(Size::small, weight), Align::left, colour,
                        kColours.panel, spec.id);
    };
    if (!hint.empty()) {
        tell(wording::text(hint), kColours.warning, Weight::bold);
    } else if (wrong) {
        tell("✕ " + std::string(spec.error), kColours.danger, Weight::bold);
    } else {
        tell(spec.note, kColours.muted, Weight::regular);
    }
}

}  // namespace hall::kit
