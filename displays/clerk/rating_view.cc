#include "displays/clerk/rating_view.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "displays/console/dialog.h"
#include "wording/wording.h"

namespace hall::clerk {
namespace {

using kit::Align;
using kit::Box;
using kit::ButtonKind;
using kit::kConsoleColours;
using kit::kUnitPx;
using kit::Rgb;
using kit::Weight;
using wording::text;

constexpr int kGrades = 5;
constexpr float kMarginPx = 32;
// The least of consoles at scale 1.
constexpr float kConsoleTextPx = 18;

// Large already: it grows with the text scale from where console text would be larger.
float px(const kit::Ui& ui, float at_scale_1) {
    return at_scale_1 * std::max(1.0F, ui.scaled(kConsoleTextPx) / kRatingTextPx);
}

struct Line {
    Box box = {};
    std::string string = {};
    float largest = kRatingTextPx;  // height of a hanzi at scale 1
    Weight weight = Weight::regular;
    Rgb colour = kConsoleColours.text;
    Rgb ground = kConsoleColours.ground;
};

// As large as its box allows, never below kRatingTextPx: then it takes several lines.
void words(kit::Ui& ui, const Line& line) {
    kit::Canvas& canvas = ui.canvas();
    for (float height = line.largest; height >= kRatingTextPx; height -= 2) {
        const kit::TextStyle style{px(ui, height), kit::Reference::hanzi, line.weight};
        if (style.height > line.box.h) continue;
        if (canvas.text().measure(line.string, style).advance > line.box.w) continue;
        canvas.write_in(line.box, line.string, style, Align::centre, line.colour, line.ground,
                        "rating");
        return;
    }
    canvas.wrap_in(line.box, line.string,
                   {px(ui, kRatingTextPx), kit::Reference::hanzi, line.weight}, Align::centre,
                   line.colour, line.ground, "rating");
}

// A mouth from (-1, ends) over (0, middle) to (1, ends), in units of half its width.
struct Mouth {
    float ends = 0;
    float middle = 0;
    bool open = false;  // closed by a line between its ends
};

Mouth mouth_of(std::uint32_t grade) {
    constexpr std::array<Mouth, kGrades> kMouths{{{0.5F, -0.5F, true},
                                                  {0.3F, -0.3F, false},
                                                  {0, 0, false},
                                                  {-0.25F, 0.3F, false},
                                                  {-0.4F, 0.7F, true}}};
    return kMouths[std::clamp<std::uint32_t>(grade, 1, kGrades) - 1];
}

// Five faces that differ by their mouths alone: the two ends have theirs open.
void face(kit::Ui& ui, const Box& box, std::uint32_t grade, Rgb colour) {
    kit::Canvas& canvas = ui.canvas();
    const float r = std::min(box.w, box.h) / 2;
    const float x = box.centre_x();
    const float y = box.centre_y();
    const float stroke = std::max(3.0F, r / 9);
    canvas.outline({x - r, y - r, 2 * r, 2 * r}, colour, r, stroke);
    for (const float side : {-1.0F, 1.0F}) {
        canvas.disc(x + side * r * 0.36F, y - r * 0.25F, r * 0.12F, colour);
    }
    const Mouth mouth = mouth_of(grade);
    const float half = r * 0.5F;
    const float base = y + r * 0.36F;
    const auto at = [&](float t) {  // a parabola
        return base + half * (mouth.ends + (mouth.middle - mouth.ends) * (1 - t * t));
    };
    constexpr int kPieces = 12;
    for (int i = 0; i < kPieces; ++i) {
        const float from = 2.0F * static_cast<float>(i) / kPieces - 1;
        const float to = 2.0F * static_cast<float>(i + 1) / kPieces - 1;
        canvas.line(x + from * half, at(from), x + to * half, at(to), colour, stroke);
    }
    if (mouth.open) canvas.line(x - half, at(-1), x + half, at(1), colour, stroke);
}

struct Big {
    std::string id = {};
    Box box = {};
    std::string word = {};
    ButtonKind kind = ButtonKind::secondary;
    kit::Key key = kit::Key::none;
    std::uint32_t grade = 0;  // with a face
    float widest = 0;         // px that the longest of such words needs on one line
};

constexpr float kFaceBeside = 0.8F;  // of the height of its button

bool big_button(kit::Ui& ui, const Big& spec) {
    const bool pressed =
        ui.button({.id = spec.id, .box = spec.box, .kind = spec.kind, .key = spec.key});
    const bool filled = spec.kind == ButtonKind::primary;
    const Rgb colour = filled ? kConsoleColours.on_dark : kConsoleColours.text;
    const Rgb fill = filled                           ? kConsoleColours.action
                     : spec.kind == ButtonKind::quiet ? kConsoleColours.soft
                                                      : kConsoleColours.panel;
    Box word = spec.box.inset(kUnitPx);
    if (spec.grade > 0) {
        // Above the word where the button is high or the word needs its width, else beside it.
        const float line = px(ui, kRatingTextPx) * 1.5F;
        const float beside = word.w - word.h * kFaceBeside - 2 * kUnitPx;
        const bool above = word.h > word.w || word.h > 3 * line || beside < spec.widest;
        if (above) {
            const float side = std::min(word.w * 0.7F, word.h - line - 2 * kUnitPx);
            const float top = word.centre_y() - (side + line + kUnitPx) / 2;
            face(ui, {word.centre_x() - side / 2, top, side, side}, spec.grade, colour);
            word = {word.x, top + side + kUnitPx, word.w, line};
        } else {
            const float side = word.h * kFaceBeside;
            face(ui, {word.x + kUnitPx, word.centre_y() - side / 2, side, side}, spec.grade,
                 colour);
            word.x += side + 2 * kUnitPx;
            word.w -= side + 2 * kUnitPx;
        }
    }
    words(ui, {.box = word,
               .string = spec.word,
               .largest = 40,
               .weight = Weight::bold,
               .colour = colour,
               .ground = fill});
    return pressed;
}

// Title, service and number at the top of `rest`, which becomes what is left.
void view_head(kit::Ui& ui, const RatingPicture& picture, Box& rest) {
    const float title = px(ui, 64);
    const float second = px(ui, 44);
    words(ui, {.box = {rest.x, rest.y, rest.w, title},
               .string = picture.title,
               .largest = 48,
               .weight = Weight::bold});
    rest.y += title;
    rest.h -= title;
    for (const std::string& string : {picture.service, picture.number}) {
        if (string.empty()) continue;
        const float width =
            ui.canvas()
                .text()
                .measure(string, {px(ui, kRatingTextPx), kit::Reference::hanzi, Weight::regular})
                .advance;
        const float height = width > rest.w ? 2 * second : second;
        words(ui, {.box = {rest.x, rest.y, rest.w, height},
                   .string = string,
                   .largest = 34,
                   .colour = kConsoleColours.muted});
        rest.y += height;
        rest.h -= height;
    }
    rest.y += kUnitPx;
    rest.h -= kUnitPx;
}

// From the foot of `rest`.
Box take_foot(kit::Ui& ui, Box& rest) {
    const float height = std::max(kRatingTargetPx, px(ui, 56));
    const Box foot{rest.x, rest.bottom() - height, rest.w, height};
    rest.h -= height + 2 * kUnitPx;
    return foot;
}

float widest_of(kit::Ui& ui, const std::vector<std::string>& grades) {
    float widest = 0;
    for (const std::string& grade : grades) {
        const kit::TextStyle style{px(ui, kRatingTextPx), kit::Reference::hanzi, Weight::bold};
        widest = std::max(widest, ui.canvas().text().measure(grade, style).advance + 2);
    }
    return widest;
}

// All beside each other where their words fit, else under each other where their targets do, else
// three and two.
int columns_for(float widest, const Box& rest, float gap) {
    const float gaps = static_cast<float>(kGrades - 1) * gap;
    const float column = std::max(kRatingTargetPx, widest + 2 * kUnitPx);
    if (rest.w >= kGrades * column + gaps) return kGrades;
    return rest.h >= kGrades * kRatingTargetPx + gaps ? 1 : 3;
}

std::optional<RatingAct> view_asking(kit::Ui& ui, const RatingPicture& picture, Box rest) {
    std::optional<RatingAct> act;
    view_head(ui, picture, rest);
    const Box foot = take_foot(ui, rest);
    const float gap = 2 * kUnitPx;
    const float widest = widest_of(ui, picture.grades);
    const int columns = columns_for(widest, rest, gap);
    const int rows = (kGrades + columns - 1) / columns;
    const auto part = [&](float whole, int parts) {
        return (whole - static_cast<float>(parts - 1) * gap) / static_cast<float>(parts);
    };
    const float width = part(rest.w, columns);
    const float height = part(rest.h, rows);
    for (int i = 0; i < kGrades; ++i) {
        const auto grade = static_cast<std::uint32_t>(kGrades - i);
        const Box box{rest.x + static_cast<float>(i % columns) * (width + gap),
                      rest.y + static_cast<float>(i / columns) * (height + gap), width, height};
        if (big_button(ui, {.id = "grade." + std::to_string(grade),
                            .box = box,
                            .word = picture.grades[static_cast<std::size_t>(i)],
                            .key = console::digit_key(static_cast<int>(grade)),
                            .grade = grade,
                            .widest = widest})) {
            act = RatingAct{RatingDo::grade, grade};
        }
    }
    const float w = std::min(foot.w, px(ui, 360));
    if (big_button(ui, {.id = "decline",
                        .box = {foot.centre_x() - w / 2, foot.y, w, foot.h},
                        .word = text("rating.decline"),
                        .kind = ButtonKind::quiet,
                        .key = kit::Key::escape})) {
        act = RatingAct{RatingDo::decline};
    }
    return act;
}

std::optional<RatingAct> view_chosen(kit::Ui& ui, const RatingPicture& picture, Box rest) {
    std::optional<RatingAct> act;
    view_head(ui, picture, rest);
    const Box foot = take_foot(ui, rest);
    const float line = px(ui, 56);
    words(ui, {.box = {rest.x, rest.bottom() - line, rest.w, line},
               .string = picture.note,
               .largest = 30,
               .colour = kConsoleColours.muted});
    rest.h -= line;
    words(ui, {.box = {rest.x, rest.bottom() - line, rest.w, line},
               .string = picture.grades.front(),
               .largest = 52,
               .weight = Weight::bold});
    rest.h -= line + kUnitPx;
    const float side = std::min(rest.h, px(ui, 220));
    face(ui, {rest.centre_x() - side / 2, rest.y + (rest.h - side) / 2, side, side}, picture.grade,
         kConsoleColours.text);
    const float w = std::min((foot.w - 3 * kUnitPx) / 2, px(ui, 420));
    if (big_button(ui, {.id = "change",
                        .box = {foot.centre_x() - w - 1.5F * kUnitPx, foot.y, w, foot.h},
                        .word = text("rating.change"),
                        .key = kit::Key::escape})) {
        act = RatingAct{RatingDo::change};
    }
    if (big_button(ui, {.id = "confirm",
                        .box = {foot.centre_x() + 1.5F * kUnitPx, foot.y, w, foot.h},
                        .word = text("rating.confirm"),
                        .kind = ButtonKind::primary,
                        .key = kit::Key::enter})) {
        act = RatingAct{RatingDo::confirm};
    }
    return act;
}

// Words alone, in the middle.
void view_words(kit::Ui& ui, const RatingPicture& picture, const Box& rest) {
    const float title = px(ui, 150);
    const float top = rest.centre_y() - title / 2;
    words(ui, {.box = {rest.x, top, rest.w, title},
               .string = picture.title,
               .largest = 64,
               .weight = Weight::bold});
    if (!picture.note.empty()) {
        words(ui, {.box = {rest.x, top + title, rest.w, px(ui, 60)},
                   .string = picture.note,
                   .largest = 32,
                   .colour = kConsoleColours.muted});
    }
}

}  // namespace

std::optional<RatingAct> draw_rating(kit::Ui& ui, const RatingPicture& picture, const Box& area) {
    ui.canvas().fill(area, kConsoleColours.ground);
    const Box rest{area.x + kMarginPx, area.y + kMarginPx / 2, area.w - 2 * kMarginPx,
                   area.h - 1.5F * kMarginPx};
    switch (picture.page) {
        case RatingPage::asking:
            return view_asking(ui, picture, rest);
        case RatingPage::chosen:
            return view_chosen(ui, picture, rest);
        case RatingPage::nothing:
        case RatingPage::thanks:
        case RatingPage::not_taken:
            view_words(ui, picture, rest);
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace hall::clerk
