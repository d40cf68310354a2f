// All that the guide's screen says at one moment, in words. Made by GuideModel, drawn by view_*.
// Values only; comparing two tells whether there is anything to draw.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "displays/console/words.h"

namespace hall::guide {

using console::Gravity;
using console::Word;

// Something the guide taps to choose.
struct Choice {
    std::string code;
    std::string label;
    std::string detail;  // 前面 5 位; 无窗口在办
    bool on = false;

    friend bool operator==(const Choice&, const Choice&) = default;
};

// A button that can be off for a reason.
struct Offer {
    bool shown = false;
    bool on = false;
    std::string label;
    std::string disabled;

    friend bool operator==(const Offer&, const Offer&) = default;
};

// A print that can be tried again or moved.
struct PrintRow {
    std::uint64_t job = 0;
    std::string number;
    Word state;
    std::string reprint_disabled;  // empty: it can
    std::string move_to;           // another printer that works; empty: none

    friend bool operator==(const PrintRow&, const PrintRow&) = default;
};

// The number just issued.
struct Card {
    bool shown = false;
    std::string number;
    bool green = false;
    std::string service;
    std::string place;  // 前面 5 位
    PrintRow print;
    std::string undo;  // 撤销 8 秒; empty: too late
    Word message;      // what became of undo or reprint

    friend bool operator==(const Card&, const Card&) = default;
};

struct ListRow {
    std::string number;
    bool green = false;
    std::string service;
    Word state;
    bool can_return = false;

    friend bool operator==(const ListRow&, const ListRow&) = default;
};

enum class List { away, registered, prints };

struct ListPicture {
    List list = List::away;
    bool open = false;  // as a dialog, where there is no room beside the form
    std::string title;
    std::vector<ListRow> rows;     // away, registered
    std::vector<PrintRow> prints;  // prints that need a hand
    std::string more;              // rows beyond those the view carries
    std::string empty;             // what to say when there are none
    Word message;

    friend bool operator==(const ListPicture&, const ListPicture&) = default;
};

// A number typed on the screen or the keyboard.
struct Entry {
    bool open = false;
    std::string typed;
    std::vector<std::string> letters;  // of this hall's groups
    std::string disabled;              // why neither button can be pressed yet
    bool away = false;                 // it is one of those away: 回来了 comes first
    Word message;

    friend bool operator==(const Entry&, const Entry&) = default;
};

struct GuidePicture {
    std::string place;
    std::string phase;
    std::string clock;
    std::vector<Word> states;  // the link, then each printer
    std::string waiting;       // 等候 14 人

    std::string off;  // why no button that sends can be pressed; empty: they can

    std::vector<Choice> services;  // most used first
    int service_page = 0;          // rises; the view takes it modulo its pages
    Offer several;
    std::vector<Choice> categories;  // those with priority first
    int category_page = 0;
    Offer by_sight;
    Offer seat;
    std::string issue_label;
    std::string issue_disabled;
    bool something_chosen = false;
    Word message;  // next to the button: why not, or what choosing means

    Card card;
    std::string looks;  // whom to look for; empty: nobody
    std::size_t away_count = 0;
    std::size_t registered_count = 0;
    std::size_t bad_prints = 0;
    bool early = false;  // early waiting: registrations come first
    ListPicture list;
    Entry entry;

    friend bool operator==(const GuidePicture&, const GuidePicture&) = default;
};

}  // namespace hall::guide
