// The colours of the hall by what they mean, the sizes of text, and the one spacing unit.
#pragma once

#include "displays/kit/color.h"
#include "displays/kit/text.h"

namespace hall::kit {

// Every distance is a multiple of it, in px at scale 1.
constexpr float kUnitPx = 8;

// Large text scale for consoles: 1 to 2 (WCAG 1.4.4, 200 %).
constexpr float kTextScaleMin = 1.0F;
constexpr float kTextScaleMax = 2.0F;

// Guide's and kiosk's screens; elsewhere 44 (national ageing-friendly guideline, WCAG 2.5.5).
constexpr float kTouchTargetPx = 60;
constexpr float kClickTargetPx = 44;

// Boards: light on dark. Every text colour has contrast >= 7 on `ground`; on `panel` only
// `text` and `green` do, so nothing else is written there.
struct BoardColours {
    Rgb ground = rgb(0x0A1A2F);
    Rgb panel = rgb(0x12294A);
    Rgb line = rgb(0x2A4A75);  // rules between areas: no text, no state
    Rgb text = rgb(0xFFFFFF);
    Rgb green = rgb(0x70FF00);  // green channel
    Rgb info = rgb(0x87A5FF);   // arrows, headings
    Rgb warm = rgb(0xD5A18A);   // times, notices, what is old
};

// Consoles: dark on light, contrast >= 4.5.
struct ConsoleColours {
    Rgb ground = rgb(0xF4F6F9);
    Rgb panel = rgb(0xFFFFFF);
    Rgb soft = rgb(0xE8EDF4);      // quiet buttons
    Rgb notice = rgb(0xEAF2FF);    // the sentence that explains a place
    Rgb edge = rgb(0x8593A6);      // outline of what can be pressed, 3:1 on panel
    Rgb hairline = rgb(0xD5DCE6);  // outline of a panel
    Rgb text = rgb(0x14202E);
    Rgb muted = rgb(0x45566B);  // second line, hints
    Rgb on_dark = rgb(0xFFFFFF);
    Rgb action = rgb(0x0B5FD3);
    Rgb green = rgb(0x1E7A1E);  // green channel
    Rgb danger = rgb(0xB3261E);
    Rgb warning = rgb(0x7A4B00);
    Rgb focus = rgb(0x14202E);
    Rgb bar = rgb(0x0A1A2F);  // title bar
    Rgb bar_text = rgb(0xFFFFFF);
    Rgb bar_muted = rgb(0xB9C6D8);
    Rgb bar_ok = rgb(0x70FF00);
    Rgb bar_warning = rgb(0xFFC46B);
};

inline constexpr BoardColours kBoardColours{};
inline constexpr ConsoleColours kConsoleColours{};

// Three of them on one screen, besides the number.
enum class Size { small, body, title, large, number };

// Console text. Heights are the box of a hanzi at scale 1: small 18, body 20, title 24, large 36;
// `number` is the box of a digit, 84 (the ticket being served).
TextStyle console_text(Size size, Weight weight, float scale);

}  // namespace hall::kit
