#include "displays/guide/view_page.h"

#include <algorithm>
#include <cmath>

#include "displays/console/key_button.h"
#include "wording/wording.h"

namespace hall::guide {
namespace {

using console::line_height;
using kit::Box;
using kit::ButtonKind;
using kit::kConsoleColours;
using kit::Key;
using kit::kTouchTargetPx;
using kit::kUnitPx;
using kit::Size;
using kit::Weight;

// At scale 1.
constexpr float kLineTitlePx = 120;
constexpr float kChoiceCellPx = 168;
constexpr float kFieldPx = 250;
constexpr float kLineRowPx = 72;
constexpr int kChoiceColumnsMax = 7;
constexpr float kMessageShare = 0.36F;

ButtonKind kind_of(WalkButton::Look look) {
    switch (look) {
        case WalkButton::Look::plain:
            return ButtonKind::secondary;
        case WalkButton::Look::primary:
            return ButtonKind::primary;
        case WalkButton::Look::choice:
            return ButtonKind::choice;
        case WalkButton::Look::quiet:
            return ButtonKind::quiet;
        case WalkButton::Look::danger:
            return ButtonKind::danger;
    }
    return ButtonKind::secondary;
}

float cell_height(const kit::Ui& ui) {
    return std::max(kTouchTargetPx, ui.scaled(44));
}

// Wide enough for its word and its key.
float width_for(kit::Ui& ui, const WalkButton& button) {
    const float key =
        button.key.empty() ? 0 : console::width_of(ui, button.key, Size::small) + 2 * kUnitPx;
    const float word = console::width_of(ui, button.label, Size::body, Weight::bold);
    return std::max(kTouchTargetPx * 1.5F, word + key + 4 * kUnitPx + (button.on ? 40 : 0));
}

float buttons_width(kit::Ui& ui, const std::vector<WalkButton>& buttons) {
    float out = 0;
    for (const WalkButton& button : buttons) out += width_for(ui, button) + kUnitPx;
    return out;
}

// How one line takes its room.
struct LineShape {
    float title_w = 0;
    float room_w = 0;  // beside the title, without buttons
    int columns = 1;
    int rows = 1;
    float row_h = 0;
    float words_h = 0;  // a sentence under choices
    float all = 0;
};

int rows_of(std::size_t count, int columns) {
    return std::max(1, (static_cast<int>(count) + columns - 1) / columns);
}

float sentence_height(kit::Ui& ui, const std::string& string, float width) {
    if (string.empty()) return 0;
    const auto size = ui.canvas().text().measure(string, ui.style(Size::small, Weight::bold),
                                                 {kit::Fit::wrap, width, 3, kit::Align::left});
    return static_cast<float>(size.lines) * line_height(ui, Size::small);
}

// Beside choices: as high as they are, or as its words need.
float title_height(kit::Ui& ui, const WalkLine& line, float width) {
    return std::max(cell_height(ui), 1.1F * sentence_height(ui, line.title, width - kUnitPx));
}

LineShape shape_of(kit::Ui& ui, const WalkLine& line, float width) {
    LineShape out;
    switch (line.kind) {
        case WalkLine::Kind::words: {
            const float beside = buttons_width(ui, line.buttons);
            out.room_w = std::max(width * 0.3F, width - beside);
            out.words_h = sentence_height(ui, line.word.word, out.room_w - 4 * kUnitPx);
            const float title = line.title.empty() ? 0 : line_height(ui, Size::body) * 1.1F;
            out.row_h =
                std::max({kLineRowPx, ui.scaled(44) + kUnitPx, title + out.words_h + kUnitPx});
            out.all = out.row_h;
            return out;
        }
        case WalkLine::Kind::choices: {
            out.title_w = line.title.empty() ? 0 : ui.scaled(kLineTitlePx);
            out.room_w = width - out.title_w;
            float cell = ui.scaled(kChoiceCellPx);
            for (const WalkButton& button : line.buttons) {
                cell = std::max(cell,
                                std::min(width_for(ui, button), ui.scaled(1.5F * kChoiceCellPx)));
            }
            out.columns = as_many(out.room_w, std::min(cell, out.room_w), kUnitPx,
                                  line.buttons.size() == 7 && ui.scaled(7 * 130) < out.room_w
                                      ? 7
                                      : kChoiceColumnsMax);
            if (line.buttons.size() == 7 && ui.scaled(7 * 130) < out.room_w) out.columns = 7;
            out.rows = line.buttons.empty() ? 0 : rows_of(line.buttons.size(), out.columns);
            out.row_h = cell_height(ui) + kUnitPx;
            out.words_h = sentence_height(ui, line.word.word, out.room_w - 4 * kUnitPx);
            out.all = static_cast<float>(out.rows) * out.row_h + out.words_h + kUnitPx / 2;
            if (out.rows == 0) out.all = std::max(out.all, cell_height(ui));
            if (out.title_w > 0) out.all = std::max(out.all, title_height(ui, line, out.title_w));
            return out;
        }
        case WalkLine::Kind::fields: {
            const float beside = buttons_width(ui, line.buttons);
            out.room_w = width - beside;
            const kit::TextFieldHeights heights = kit::text_field_heights(ui.scaled(1));
            out.columns = as_many(out.room_w, ui.scaled(kFieldPx), 2 * kUnitPx,
                                  static_cast<int>(line.fields.size()));
            out.rows = rows_of(line.fields.size(), out.columns);
            const float field_w = (out.room_w - 2 * kUnitPx * static_cast<float>(out.columns - 1)) /
                                  static_cast<float>(out.columns);
            float below = heights.below;
            for (const WalkField& field : line.fields) {
                const std::string error = field.error.empty() ? field.note : "✕ " + field.error;
                below = std::max(below, sentence_height(ui, error, field_w) + kUnitPx / 2);
            }
            out.row_h = heights.caption + heights.box + below;
            out.all = static_cast<float>(out.rows) * out.row_h;
            return out;
        }
    }
    return out;
}

Wish view_buttons(kit::Ui& ui, const std::vector<WalkButton>& buttons, float right,
                  float centre_y) {
    Wish wish;
    const float height = cell_height(ui);
    float x = right;
    for (const WalkButton& button : buttons) x -= width_for(ui, button) + kUnitPx;
    for (const WalkButton& button : buttons) {
        x += kUnitPx;
        const float width = width_for(ui, button);
        if (walk_button(ui, button, {x, centre_y - height / 2, width, height})) {
            wish = Act{.what = Do::walk, .walk = button.act};
        }
        x += width;
    }
    return wish;
}

void view_sentence(kit::Ui& ui, const Box& box, const Word& word, const char* role) {
    if (word.word.empty()) return;
    view_message(ui, box, word, kConsoleColours.panel, role);
}

Wish view_words(kit::Ui& ui, const WalkLine& line, const LineShape& shape, const Box& box) {
    const float title = line.title.empty() ? 0 : line_height(ui, Size::body) * 1.1F;
    const float whole = title + shape.words_h;
    float y = box.centre_y() - whole / 2;
    if (title > 0) {
        console::line(ui, {.box = {box.x, y, shape.room_w, title},
                           .string = line.title,
                           .sizes = {Size::body, Size::small},
                           .weight = Weight::bold,
                           .role = "line"});
        y += title;
    }
    view_sentence(ui, {box.x, y, shape.room_w - kUnitPx, shape.words_h}, line.word, "line");
    return view_buttons(ui, line.buttons, box.right(), box.centre_y());
}

Wish view_choices(kit::Ui& ui, const WalkLine& line, const LineShape& shape, const Box& box) {
    Wish wish;
    if (shape.title_w > 0) {
        const float title_h = title_height(ui, line, shape.title_w);
        console::line(ui, {.box = {box.x, box.y, shape.title_w - kUnitPx, title_h},
                           .string = line.title,
                           .weight = Weight::bold,
                           .role = "line"});
    }
    const float x = box.x + shape.title_w;
    const float rows_h = static_cast<float>(shape.rows) * shape.row_h;
    if (shape.rows > 0) {
        const auto cells =
            grid({x, box.y, shape.room_w, rows_h - kUnitPx}, shape.columns, shape.rows, kUnitPx);
        for (std::size_t i = 0; i < line.buttons.size(); ++i) {
            if (walk_button(ui, line.buttons[i], cells[i])) {
                wish = Act{.what = Do::walk, .walk = line.buttons[i].act};
            }
        }
    }
    const float words_h = shape.rows > 0 ? shape.words_h : cell_height(ui);
    view_sentence(ui, {x, box.y + rows_h, shape.room_w, words_h}, line.word, "line");
    return wish;
}

Wish view_fields(kit::Ui& ui, const WalkLine& line, const LineShape& shape, const Box& box) {
    Wish wish;
    const auto cells = grid({box.x, box.y, shape.room_w, box.h}, shape.columns, shape.rows, 0);
    for (std::size_t i = 0; i < line.fields.size(); ++i) {
        const WalkField& field = line.fields[i];
        Box cell = cells[i];
        if (static_cast<int>(i) % shape.columns != shape.columns - 1) cell.w -= 2 * kUnitPx;
        const auto changed = ui.text_field({.id = field.id,
                                            .box = cell,
                                            .caption = field.caption,
                                            .text = field.text,
                                            .error = field.error,
                                            .note = field.note,
                                            .bytes_max = field.bytes_max,
                                            .secret = field.secret,
                                            .first = field.first,
                                            .last = field.last});
        if (changed) {
            wish = Act{.what = Do::walk, .walk = {Walk::wrote, *changed, field.field}};
        }
    }
    const kit::TextFieldHeights heights = kit::text_field_heights(ui.scaled(1));
    const Wish button =
        view_buttons(ui, line.buttons, box.right(), box.y + heights.caption + heights.box / 2);
    return button ? button : wish;
}

}  // namespace

Key key_named(const std::string& name) {
    if (name == "Enter") return Key::enter;
    if (name.size() == 1 && name[0] >= '0' && name[0] <= '9') {
        return key_after(Key::d0, static_cast<std::size_t>(name[0] - '0'));
    }
    if (name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z') {
        return key_after(Key::a, static_cast<std::size_t>(name[0] - 'A'));
    }
    for (std::size_t i = 1; i <= 12; ++i) {
        if (name == "F" + std::to_string(i)) return key_after(Key::f1, i - 1);
    }
    return Key::none;
}

bool walk_button(kit::Ui& ui, const WalkButton& button, const Box& box, Size size) {
    return console::key_button(ui, {.id = button.id,
                                    .box = box,
                                    .label = button.label,
                                    .key_name = button.key,
                                    .key = key_named(button.key),
                                    .kind = kind_of(button.look),
                                    .on = button.on,
                                    .disabled = button.disabled,
                                    .size = size});
}

Wish view_lines(kit::Ui& ui, const WalkPage& page, const Box& box) {
    Wish wish;
    if (page.lines.empty()) {
        console::line(ui, {.box = {box.x, box.y, box.w, std::min(box.h, ui.scaled(64))},
                           .string = page.empty,
                           .colour = kConsoleColours.muted,
                           .role = "page"});
        return wish;
    }
    std::vector<LineShape> shapes;
    std::vector<float> heights;
    for (const WalkLine& line : page.lines) {
        if (line.kind == WalkLine::Kind::fields) ui.expects_writing();
        shapes.push_back(shape_of(ui, line, box.w));
        heights.push_back(shapes.back().all + kUnitPx / 2);
    }
    const kit::Page shown = ui.pages("walk." + page.id, box, heights, page.show);
    float y = shown.rows.y;
    for (int i = shown.first; i < shown.end; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const WalkLine& line = page.lines[at];
        const Box row{box.x, y, box.w, shapes[at].all};
        Wish one;
        switch (line.kind) {
            case WalkLine::Kind::words:
                one = view_words(ui, line, shapes[at], row);
                break;
            case WalkLine::Kind::choices:
                one = view_choices(ui, line, shapes[at], row);
                break;
            case WalkLine::Kind::fields:
                one = view_fields(ui, line, shapes[at], row);
                break;
        }
        if (one) wish = one;
        y += heights[at];
        if (i + 1 < shown.end) {
            ui.canvas().line(box.x, y - kUnitPx / 4, box.right(), y - kUnitPx / 4,
                             kConsoleColours.hairline, 1);
        }
    }
    return wish;
}

Wish view_foot(kit::Ui& ui, const std::vector<WalkButton>& foot, const Word& message, Box& body) {
    Wish wish;
    if (foot.empty() && message.word.empty()) return wish;
    const float height = std::max(kTouchTargetPx, ui.scaled(56));
    const Box row{body.x, body.bottom() - height, body.w, height};
    body.h -= height + kUnitPx;
    float words_x = row.x;
    if (!foot.empty()) {
        const float count = static_cast<float>(foot.size());
        const float room = row.w * (message.word.empty() ? 1 : 1 - kMessageShare);
        const float each = std::min((room - kUnitPx * (count - 1)) / count, ui.scaled(300));
        for (const WalkButton& button : foot) {
            if (walk_button(ui, button, {words_x, row.y, std::floor(each), row.h},
                            button.look == WalkButton::Look::primary ? Size::title : Size::body)) {
                wish = Act{.what = Do::walk, .walk = button.act};
            }
            words_x += each + kUnitPx;
        }
        words_x += kUnitPx;
    }
    if (!message.word.empty()) {
        view_message(ui, {words_x, row.y, row.right() - words_x, row.h}, message,
                     kConsoleColours.panel, "page.message");
    }
    return wish;
}

Wish view_walk(kit::Ui& ui, const GuidePicture& picture) {
    const WalkPage& page = picture.walk.page;
    Sheet sheet = begin_sheet(ui, page.title, picture);
    Box body = sheet.body;
    if (const Wish foot = view_foot(ui, page.foot, page.message, body)) sheet.wish = foot;
    if (const Wish line = view_lines(ui, page, body)) sheet.wish = line;
    ui.end_dialog();
    return sheet.wish;
}

}  // namespace hall::guide
