// All that the supervisor's screen says at one moment, in words. Made by SupervisorModel, drawn by
// supervisor_view. Values only.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "displays/console/alarm_model.h"
#include "displays/console/sign_on_model.h"
#include "displays/console/words.h"

namespace hall::supervisor {

using console::Gravity;
using console::Word;

// What asks for a decision comes first.
enum class Section {
    emergencies,
    overdue,
    follow_ups,
    consultations,
    overrides,
    unrated,
    loans,
    staff,
    windows,
    printers,
};
inline constexpr std::size_t kSections = 10;

enum class SupervisorDo {
    section,  // value: its index
    list,     // back to the sections, where both do not fit beside each other
    press,    // value: id of the row
    write,    // value: the answer as written so far
    send,     // the answer
    dismiss,
};

struct SupervisorAct {
    SupervisorDo what = SupervisorDo::dismiss;
    std::string value = {};
};

struct SectionPicture {
    std::string name;
    Word count;  // 3 with the shape of how grave it is

    friend bool operator==(const SectionPicture&, const SectionPicture&) = default;
};

struct RowPicture {
    std::string id;  // of its press
    std::string title;
    std::string detail;
    Word state;
    std::string press;  // label; empty: nothing to do

    friend bool operator==(const RowPicture&, const RowPicture&) = default;
};

enum class SupervisorDialog { none, follow_up, consultation };

struct SupervisorPicture {
    std::vector<Word> states;
    std::string hall;
    std::string clock;
    std::vector<SectionPicture> sections;
    std::size_t selected = 0;
    bool list_open = false;  // of a screen that shows either the sections or one of their lists
    std::string title;
    std::vector<RowPicture> rows;
    std::string more;  // 另有 12 件未列出
    std::string empty;
    Word message;
    std::string busy;  // why nothing can be sent

    SupervisorDialog dialog = SupervisorDialog::none;
    std::string dialog_title;
    std::string about;  // what is answered
    std::string written;
    std::string send_off;  // why it cannot be sent yet

    console::AlarmPicture alarm;
    console::SignOnPicture sign_on;

    friend bool operator==(const SupervisorPicture&, const SupervisorPicture&) = default;
};

}  // namespace hall::supervisor
