// Dialogs of consoles: the frame with its close button, and a choice of lines with digits.
//
// Both begin what kit::Ui::end_dialog ends; whatever must stay within reach while a dialog is open
// (an alarm) is drawn in between.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "displays/console/choice.h"
#include "displays/console/words.h"
#include "displays/kit/widgets.h"

namespace hall::console {

struct Frame {
    kit::Box inner;       // for the content
    bool closed = false;  // the person wants out
};

struct FrameSpec {
    std::string_view title = {};
    Word message = {};  // stands in the title's place while there is something to say
    // In px; less is given when the area is smaller.
    float width = 760;
    float content_height = 400;
    kit::Box area = {};  // that the dialog may cover
};
// Begins a dialog.
Frame begin_frame(kit::Ui& ui, const FrameSpec& spec);

// Height of one line of a choice, with its gap.
float choice_height(const kit::Ui& ui);

struct ChoiceList {
    std::string_view id = {};
    kit::Box box = {};
    std::string_view empty = {};     // said when there is nothing to choose
    std::string_view disabled = {};  // why nothing can be chosen
};
// The value chosen, with a press or its digit (1 to 9 of the page).
std::optional<std::string> choose(kit::Ui& ui, const ChoiceList& spec,
                                  const std::vector<Choice>& choices);

// Height of a line that says what became of a command; 0 while there is nothing to say.
float message_height(const kit::Ui& ui, const Word& message);
// The word with its shape.
void view_message(kit::Ui& ui, const Word& message, const kit::Box& box,
                  kit::Rgb ground = kit::kConsoleColours.panel);

// Lines of a page that a digit chooses, and the key of a digit 1 to 9.
inline constexpr int kDigitKeys = 9;
kit::Key digit_key(int digit);

}  // namespace hall::console
