#include "displays/kit/canvas.h"

#include <GL/gl.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace hall::kit {
namespace {

ImU32 packed(Rgb colour) {
    return IM_COL32(colour.r, colour.g, colour.b, 255);
}

// A smaller inside is not worth a command of its own.
constexpr float kInsideMinPx = 128;

// Fills the command's clip rectangle. A clear neither blends nor asks a shader.
void clear_clip(const ImDrawList*, const ImDrawCmd* command) {
    const ImVec4& clip = command->ClipRect;
    const ImDrawData& data = *ImGui::GetDrawData();
    const auto packed_colour = reinterpret_cast<std::uintptr_t>(command->UserCallbackData);
    const ImVec4 colour = ImGui::ColorConvertU32ToFloat4(static_cast<ImU32>(packed_colour));
    const auto whole = [](float px) { return static_cast<GLint>(px); };
    // OpenGL counts from the bottom.
    glScissor(whole(clip.x), whole(data.DisplaySize.y - clip.w), whole(clip.z - clip.x),
              whole(clip.w - clip.y));
    glClearColor(colour.x, colour.y, colour.z, 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
}

}  // namespace

Box Canvas::area() const {
    return Box{0, 0, static_cast<float>(drawn_.width), static_cast<float>(drawn_.height)};
}

void Canvas::fill(const Box& box, Rgb colour, float radius) {
    list_.AddRectFilled({box.x, box.y}, {box.right(), box.bottom()}, packed(colour), radius);
    // The soft edge needs blending, the inside of a panel does not, and half a board is panel:
    // most of the time of a picture in the software renderer.
    const float edge = radius + 1;
    const ImVec2 from(std::ceil(box.x + edge), std::ceil(box.y + edge));
    const ImVec2 to(std::floor(box.right() - edge), std::floor(box.bottom() - edge));
    if (to.x - from.x < kInsideMinPx || to.y - from.y < kInsideMinPx) return;
    list_.PushClipRect(from, to, true);
    list_.AddCallback(clear_clip,
                      reinterpret_cast<void*>(static_cast<std::uintptr_t>(packed(colour))));
    list_.PopClipRect();
}

void Canvas::outline(const Box& box, Rgb colour, float radius, float thickness) {
    const Box middle = box.inset(thickness / 2);
    list_.AddRect({middle.x, middle.y}, {middle.right(), middle.bottom()}, packed(colour),
                  std::max(0.0F, radius - thickness / 2), 0, thickness);
}

void Canvas::disc(float x, float y, float radius, Rgb colour) {
    list_.AddCircleFilled({x, y}, radius, packed(colour));
}

void Canvas::line(float x0, float y0, float x1, float y1, Rgb colour, float thickness) {
    list_.AddLine({x0, y0}, {x1, y1}, packed(colour), thickness);
}

void Canvas::arrow(const Box& box, Rgb colour) {
    const float head = std::min(box.w * 0.6F, box.h * 0.62F);
    const float shaft = box.h * 0.36F;
    const float neck = box.right() - head;
    const float middle = box.centre_y();
    list_.AddRectFilled({box.x, middle - shaft / 2}, {neck + 1, middle + shaft / 2}, packed(colour),
                        0);
    list_.AddTriangleFilled({neck, box.y}, {box.right(), middle}, {neck, box.bottom()},
                            packed(colour));
}

void Canvas::triangle_up(const Box& box, Rgb colour) {
    list_.AddTriangleFilled({box.centre_x(), box.y}, {box.right(), box.bottom()},
                            {box.x, box.bottom()}, packed(colour));
}

void Canvas::shade(const Box& box) {
    list_.AddRectFilled({box.x, box.y}, {box.right(), box.bottom()}, IM_COL32(10, 26, 47, 150));
}

Measured Canvas::write(std::string_view string, const TextStyle& style, float x, float baseline,
                       Rgb colour, Rgb ground, std::string_view role, const TextBlock& block) {
    const Measured out = text_.draw(list_, string, style, x, baseline, colour, block);
    if (drawn_.texts.size() < Drawn::kTextsMax && !string.empty()) {
        const TextMetrics metrics = text_.metrics(style);
        const Scripts scripts = scripts_in(string);
        DrawnText record;
        record.string = string;
        record.role = role;
        record.ink = out.ink;
        record.hanzi_px = metrics.hanzi_height();
        record.digit_px = metrics.digit_height();
        record.has_hanzi = scripts.hanzi;
        record.has_latin = scripts.latin;
        record.elided = out.elided;
        record.colour = colour;
        record.ground = ground;
        record.contrast = contrast(colour, ground);
        drawn_.texts.push_back(std::move(record));
    }
    return out;
}

Measured Canvas::write_in(const Box& box, std::string_view string, const TextStyle& style,
                          Align align, Rgb colour, Rgb ground, std::string_view role) {
    const TextBlock block{Fit::ellipsis, box.w, 1, Align::left};
    const TextMetrics metrics = text_.metrics(style);
    const Measured size = text_.measure(string, style, block);
    // A text without hanzi is centred by its digits: they hang less below the line.
    const bool hanzi = scripts_in(string).hanzi;
    const float top = hanzi ? metrics.hanzi_top : metrics.digit_top;
    const float bottom = hanzi ? metrics.hanzi_bottom : metrics.digit_bottom;
    float x = box.x;
    switch (align) {
        case Align::left:
            break;
        case Align::centre:
            x = box.centre_x() - size.ink.x - size.ink.w / 2;
            break;
        case Align::right:
            x = box.right() - size.ink.right();
            break;
    }
    return write(string, style, x, box.centre_y() - (top + bottom) / 2, colour, ground, role,
                 block);
}

Measured Canvas::write_through(const Box& box, std::string_view string, const TextStyle& style,
                               float x, Rgb colour, Rgb ground, std::string_view role) {
    const TextMetrics metrics = text_.metrics(style);
    const std::size_t before = drawn_.texts.size();
    list_.PushClipRect({box.x, box.y}, {box.right(), box.bottom()}, true);
    const Measured out =
        write(string, style, x, box.centre_y() - (metrics.hanzi_top + metrics.hanzi_bottom) / 2,
              colour, ground, role);
    list_.PopClipRect();
    if (drawn_.texts.size() > before) {
        Box& ink = drawn_.texts.back().ink;
        const float left = std::max(ink.x, box.x);
        ink = {left, ink.y, std::max(0.0F, std::min(ink.right(), box.right()) - left), ink.h};
    }
    return out;
}

Measured Canvas::wrap_in(const Box& box, std::string_view string, const TextStyle& style,
                         Align align, Rgb colour, Rgb ground, std::string_view role) {
    const TextMetrics metrics = text_.metrics(style);
    const float below_first = box.h - metrics.hanzi_height();
    const int lines = 1 + std::max(0, static_cast<int>(below_first / metrics.line_pitch));
    return write(string, style, box.x, box.y - metrics.hanzi_top, colour, ground, role,
                 TextBlock{Fit::wrap, box.w, lines, align});
}

}  // namespace hall::kit
