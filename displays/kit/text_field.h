// What a text field of a screen is told and gives back; drawn by Ui::text_field (widgets.h).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "displays/kit/text.h"
#include "displays/kit/text_edit.h"

namespace hall::kit {

struct TextFieldSpec {
    std::string_view id = {};  // unique on the screen and stable from picture to picture
    Box box = {};              // of the field with its caption and the line under it
    std::string_view caption = {};
    std::string_view text = {};   // what the model has
    std::string_view error = {};  // why it was not taken; under the field
    std::string_view note = {};   // under the field while there is no error
    std::size_t bytes_max = 120;
    bool secret = false;  // a dot for each character
    bool first = false;   // has the focus when nothing else has
    bool last = false;    // Enter is the screen's own key, not the way to the next field
};

// What lives from picture to picture; the one field that is being written in.
struct TextFieldState {
    std::string id;  // empty: none
    bool last = false;
    TextEdit edit;
    float scroll = 0;  // px of the text left of the field
    Box caret;         // on the screen: where an input method shows what can be chosen
};

// Heights of its parts at a text scale: caption, the box itself (at least a touch target), the
// line under it.
struct TextFieldHeights {
    float caption = 0;
    float box = 0;
    float below = 0;

    float all() const { return caption + box + below; }
};
TextFieldHeights text_field_heights(float text_scale);

}  // namespace hall::kit
