// The few things consoles are made of: buttons, panels, labels, pills, rows, pages, dialogs.
//
// Immediate mode: called while drawing, they draw and return what the person did. Boxes are given
// in px by the screen's own layout; text scales with the shell. All can be reached by keyboard:
// Tab and Shift+Tab go through them in drawing order, arrows to the nearest; while the focus ring
// is visible Enter and Space press the focused one; Escape or a click hides the ring, and then the
// keys are shortcuts again. (So Space calls the next visitor until somebody starts to tab.)
// In a text field letters are text and Enter goes on to the next field, never to a button: from the
// last one of a page it turns the page. Only what is no text (Escape, the F keys) still is a
// shortcut. A page that was turned is written on from its first field.
//
// Each text and each target is recorded (`Drawn`), so tests measure what was really drawn.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "displays/kit/canvas.h"
#include "displays/kit/keys.h"
#include "displays/kit/text_field.h"
#include "displays/kit/theme.h"

namespace hall::kit {

enum class ButtonKind {
    primary,    // filled blue: the one next action of a screen
    secondary,  // outlined
    quiet,      // soft grey
    danger,     // filled red: emergency
    choice,     // outlined; filled blue with a tick while `on`
    green,      // outlined; filled green with a tick while `on`: green channel
};

struct ButtonSpec {
    std::string_view id = {};  // unique on the screen and stable from picture to picture
    Box box = {};
    std::string_view label = {};
    ButtonKind kind = ButtonKind::secondary;
    bool on = false;                 // choice and green
    std::string_view hint = {};      // the key's name, drawn under the label
    Key key = Key::none;             // its shortcut
    std::string_view disabled = {};  // why it cannot be pressed; empty = it can
    Size size = Size::title;
};

struct LabelSpec {
    Box box = {};
    std::string_view string = {};
    Size size = Size::body;
    Weight weight = Weight::regular;
    Align align = Align::left;
    Rgb colour = kConsoleColours.text;
    Rgb ground = kConsoleColours.panel;
    Fit fit = Fit::ellipsis;  // wrap: from the top of the box, as many lines as fit
    std::string_view role = "label";
};

// The shape that says a state together with its word.
enum class Mark { none, dot, ring, triangle, square, tick, cross };

enum class Tone { ok, info, warning, danger };

struct PillSpec {
    float x = 0;  // left end
    float centre_y = 0;
    std::string_view word = {};
    Mark mark = Mark::dot;
    Rgb fill = kConsoleColours.green;
    Rgb colour = kConsoleColours.on_dark;
    Size size = Size::body;
};

struct Column {
    std::string_view string = {};
    float width = 0;  // px; 0 = an equal part of what the others leave
    Align align = Align::left;
    Weight weight = Weight::regular;
    Rgb colour = kConsoleColours.text;
};

struct RowSpec {
    std::string_view id = {};  // empty: cannot be pressed
    Box box = {};
    std::vector<Column> columns = {};
    bool selected = false;
    Size size = Size::body;
    Rgb ground = kConsoleColours.panel;
};

// Which rows of a list are on its page: [first, end), one after another from rows.y.
struct Page {
    int first = 0;
    int end = 0;
    Box rows;
};

// What lives from picture to picture; owned by the shell.
struct UiState {
    struct ListPage {
        int page = 0;
        int show = -1;       // the row that had to be seen
        bool drawn = false;  // in this picture; a list that was away begins at its first page
    };
    struct Target {
        std::string id;
        Box box = {};
        bool field = false;  // is written in
    };
    std::vector<Target> targets;  // of the last picture, in drawing order
    std::string focus;
    bool focus_visible = false;
    bool dialog = false;                    // the last picture had one
    bool again = false;                     // its focus changed after it was drawn
    TextFieldState field;                   // the one that is written in
    std::map<std::string, ListPage> pages;  // by the list's id
    std::string toast;
    Tone toast_tone = Tone::info;
    std::int64_t toast_until_ms = 0;
};

// What a person did since the last picture: a key, or text.
struct Done {
    Key key = Key::none;
    std::vector<TextEvent> written = {};
};

class Ui {
  public:
    // Within an ImGui window that covers the screen. Not owned; all outlive it.
    Ui(Canvas& canvas, UiState& state, Done done, float text_scale, std::int64_t now_ms);
    ~Ui();
    Ui(const Ui&) = delete;
    Ui& operator=(const Ui&) = delete;

    Canvas& canvas() { return canvas_; }
    TextStyle style(Size size, Weight weight = Weight::regular) const;
    // Length in px of a distance that must grow with the text.
    float scaled(float px) const { return px * text_scale_; }
    // Least side in px of what is pressed: a mouse's, until the screen says that fingers press it.
    float target_px() const { return target_px_; }
    void touched() { target_px_ = kTouchTargetPx; }

    // True when it was pressed. A disabled one that is pressed says why in a toast.
    bool button(const ButtonSpec& spec);
    // True when the key was pressed and nobody has used it yet; then it is used.
    bool shortcut(Key key);
    // What is drawn while this is off has its own key and the touch only: Tab, arrows and Enter
    // pass it by. For what must never be pressed by somebody who only goes on.
    void in_ring(bool on) { in_ring_ = on; }
    // The screen is one that is written on: a letter that no field and no shortcut took is told.
    void expects_writing() { expects_writing_ = true; }
    void panel(const Box& box, Rgb fill = kConsoleColours.panel);
    Measured label(const LabelSpec& spec);
    // Returns its box.
    Box pill(const PillSpec& spec);
    // True when it was pressed.
    bool row(const RowSpec& spec);
    // The new text when the person changed it.
    std::optional<std::string> text_field(const TextFieldSpec& spec);
    // Splits a list of `count` rows of `row_height` into pages of `box`; draws ◀ 1 / 3 ▶ at its
    // foot when there are several.
    Page pages(std::string_view id, const Box& box, int count, float row_height);
    // The same with rows of their own heights. `show`: this row has to be seen (a refusal is about
    // it); counts when it changes, so the person can turn the page afterwards. -1: none.
    Page pages(std::string_view id, const Box& box, const std::vector<float>& heights, int show);
    // A coloured line with a mark and a sentence.
    void status(const Box& box, std::string_view sentence, Tone tone);

    // Says something for a while at the foot of the screen; the latest wins.
    void toast(std::string_view sentence, Tone tone, std::int64_t ms = 6'000);

    // What is drawn until end_dialog is on top, and nothing else can be pressed.
    // True when the person wants out (Escape).
    bool begin_dialog(const Box& box, std::string_view title);
    void end_dialog();

  private:
    struct Press {
        bool pressed = false;
        bool held = false;
        bool focused = false;
    };
    Press target(std::string_view id, const Box& box, Key key, bool enabled, Rgb fill,
                 bool field = false);
    void move_focus(Key key);
    void go_on_from_field();
    void take_focus(const TextFieldSpec& spec, const Box& box);
    void tell_what_was_not_written();
    bool writes_in(std::string_view id) const { return state_.field.id == id; }
    void write_in_field(const TextFieldSpec& spec, const Box& inner, bool clicked);
    void draw_field(const TextFieldSpec& spec, const Box& box, const Box& inner);
    void draw_mark(Mark mark, const Box& box, Rgb colour);
    void draw_toast();

    Canvas& canvas_;
    UiState& state_;
    Key key_;
    std::vector<TextEvent> written_;
    float text_scale_;
    float target_px_ = kClickTargetPx;
    std::int64_t now_ms_;
    std::vector<UiState::Target> targets_;
    std::string activated_;  // by Enter or Space on the focus
    bool inert_ = false;     // behind a dialog
    bool dialog_ = false;    // this picture has one
    bool in_ring_ = true;
    bool expects_writing_ = false;
    // Enter in a page's last field: the list around this box has to turn its page.
    std::optional<Box> enter_from_;
    // A page was turned: the first field within this box is written in.
    std::optional<Box> turned_;
    // A field that has the focus when nothing else has, as it would be written in.
    TextFieldState first_;
};

}  // namespace hall::kit
