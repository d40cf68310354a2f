// All that the guide's screen says while walking with a person: check-in, cases,
// loans, who is on duty. Made by WalkModel, drawn by view_page and view_board.
//
// Most pages are lines of one kind: a title, a sentence, fields to write in, things to tap. So
// there is one way to lay them out and to page them, and a page is tested by what it offers. Values
// only; comparing two tells whether there is anything to draw.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "displays/console/words.h"

namespace hall::guide {

using console::Gravity;
using console::Word;

// What a tap asks for. `value`, `id` and `number` of WalkAct say of which.
enum class Walk {
    close,
    page,    // value: name of a page (walk_model.h)
    wrote,   // value: the new text, id: the field (WalkModel::Field)
    choose,  // value: the choice, id: of what (WalkModel::Choice)
    // Check-in.
    check_in,
    next_check_in,
    ticket_for,  // id: check-in
    measure,     // id: check-in
    measure_again,
    // Cases.
    show_case,  // id
    open_case,
    other_visitor,  // opening: not for the one who checked in last
    enter_stage,    // number: stage
    leave_stage,
    skip_with,   // number: reason
    set_result,  // number: result
    confirm_result,
    tell_result,   // number: how
    receive,       // value: material
    give_back,     // value: material
    mark_missing,  // value: material
    ask_material,  // shows what would be told
    tell_missing,
    hand_over,  // value: staff number
    accept,     // id
    decline,    // id
    attach_ticket,
    print,  // number: paper
    close_case,
    emergency,  // the console's alarm; id: the case it is about
    // Loans and help.
    lend,            // value: facility
    take_stock,      // value: facility
    give_back_loan,  // id: loan
    record_help,
    // Staff.
    sign_on,
    off_duty,
};

struct WalkAct {
    Walk what = Walk::close;
    std::string value = {};
    std::uint64_t id = 0;
    int number = 0;

    friend bool operator==(const WalkAct&, const WalkAct&) = default;
};

struct WalkButton {
    enum class Look { plain, primary, choice, quiet, danger };
    std::string id = {};
    std::string label = {};
    WalkAct act = {};
    Look look = Look::plain;
    bool on = false;
    std::string disabled = {};
    std::string key = {};  // "F9", "Enter", "1"; empty: none

    friend bool operator==(const WalkButton&, const WalkButton&) = default;
};

struct WalkField {
    std::string id = {};
    std::string caption = {};
    std::string text = {};
    std::string error = {};
    std::string note = {};
    std::uint64_t field = 0;  // goes back in WalkAct::id
    std::size_t bytes_max = 120;
    bool secret = false;
    bool first = false;
    bool last = false;

    friend bool operator==(const WalkField&, const WalkField&) = default;
};

struct WalkLine {
    enum class Kind {
        words,    // title and sentence, buttons at the right end
        choices,  // title, then buttons in equal cells
        fields,   // side by side
    };
    Kind kind = Kind::words;
    std::string title = {};
    Word word = {};
    std::vector<WalkButton> buttons = {};
    std::vector<WalkField> fields = {};

    friend bool operator==(const WalkLine&, const WalkLine&) = default;
};

struct WalkPage {
    bool open = false;
    std::string id = {};
    std::string title = {};
    std::vector<WalkLine> lines = {};
    std::string empty = {};  // what to say when there are none
    int show = -1;           // this line has to be seen
    std::vector<WalkButton> foot = {};
    Word message = {};

    friend bool operator==(const WalkPage&, const WalkPage&) = default;
};

// A case as a card of the board.
struct CaseCard {
    std::uint64_t id = 0;
    std::string head;  // A023 王*明
    std::string name;  // at the end of the head; masked
    std::string service;
    std::string foot;  // 李娜 · 12 分钟
    Word mark;         // 超期, 待补材料, 待我接收; the gravest
    bool mine = false;

    friend bool operator==(const CaseCard&, const CaseCard&) = default;
};

struct BoardColumn {
    int stage = 0;
    std::string title;
    std::string count;
    std::vector<CaseCard> cards;

    friend bool operator==(const BoardColumn&, const BoardColumn&) = default;
};

struct BoardPicture {
    bool open = false;
    std::string title;
    std::vector<BoardColumn> columns;  // one a stage
    int stage = 0;                     // where only one column has room: this one
    std::vector<WalkButton> foot;
    Word message;

    friend bool operator==(const BoardPicture&, const BoardPicture&) = default;
};

struct WalkPicture {
    std::vector<WalkButton> keys;  // on the home screen: 登记, 办件, 更多
    std::string who;               // signed on here; empty: nobody
    WalkPage page;
    BoardPicture board;

    friend bool operator==(const WalkPicture&, const WalkPicture&) = default;
};

}  // namespace hall::guide
