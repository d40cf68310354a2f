// All that the clerk's screen says at one moment, in words. Made by ClerkModel, drawn by view_*.
// Values only; comparing two tells whether there is anything to draw.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "displays/clerk/case_picture.h"
#include "displays/clerk/rating_model.h"
#include "displays/console/alarm_model.h"
#include "displays/console/choice.h"
#include "displays/console/sign_on_model.h"
#include "displays/console/words.h"

namespace hall::clerk {

using console::Gravity;
using console::Word;

// What a press means; the keys are the view's business.
enum class Do {
    open,
    close_window,
    call_next,
    start,
    recall,
    missed,
    finish,
    errand,
    next_service,
    ask_transfer,  // opens the choice
    ask_pause,
    ask_return,
    show_waiting,  // as a dialog, where there is no room for the list
    transfer,      // value: service
    pause,         // value: name of the reason
    come_back,     // value: number
    dismiss,       // closes the dialog
};

struct Act {
    Do what = Do::dismiss;
    std::string value = {};
};

// A step that can be taken now; the first of them is the filled one.
struct Step {
    Do what = Do::open;
    std::string label;
    std::string detail;    // 12 秒后
    std::string disabled;  // why not yet

    friend bool operator==(const Step&, const Step&) = default;
};

// The ticket at the window.
struct Current {
    bool shown = false;
    std::string stage;  // 正在呼叫 · 第 2 次
    std::string since;  // 已办 6 分钟
    std::string number;
    bool green = false;
    std::string service;
    Word language;  // 需要壮语 · 可用翻译/12333
    // What matters most first: the last ones are left out where there is no room.
    std::vector<std::string> facts;  // 第 1 项,共 2 项; 之后 社保卡; 低位柜台; 等了 24 分钟
    std::string empty;               // without a ticket: what the window is doing

    friend bool operator==(const Current&, const Current&) = default;
};

// Who a call would bring.
struct OfferPicture {
    bool shown = false;
    std::string number;
    bool green = false;
    Word language;                   // 需要壮语 · 可用翻译/12333
    std::vector<std::string> facts;  // 资格认证; 优先照顾; 按早到 20 分钟算; 已等 7 分钟
    std::string sentence;            // what the visitor is told about his place
    std::string empty;               // nobody, or who is to be called at another window first

    friend bool operator==(const OfferPicture&, const OfferPicture&) = default;
};

struct Row {
    std::string number;
    bool green = false;
    std::string service;
    std::string note;  // 7 分; 去复印

    friend bool operator==(const Row&, const Row&) = default;
};

// One line of a dialog, chosen by its digit.
using Option = console::Choice;

enum class Dialog { none, transfer, pause, come_back, waiting };

struct ClerkPicture {
    std::string window;  // 2 号窗口
    std::vector<std::string> facts;
    std::vector<Word> states;
    std::string clock;
    std::string today;  // 今日 31 人

    Current current;
    std::vector<Step> steps;
    Word message;  // a refusal, what was lost to whom, why nothing can be pressed
    OfferPicture offer;
    std::string waiting_title;
    std::string waiting_short;  // on a button beside two others
    std::vector<Row> waiting;
    std::string waiting_more;
    std::string waiting_empty;
    std::string away_title;
    std::vector<Row> away;
    std::string busy;  // why 回来了 cannot be pressed; empty: it can

    Dialog dialog = Dialog::none;
    std::string dialog_title;
    std::vector<Option> options;

    CasePicture cases;  // of who is at the window
    console::AlarmPicture alarm;
    console::SignOnPicture sign_on;
    RatingPicture rating;  // covers all but the alarm while it has a page

    friend bool operator==(const ClerkPicture&, const ClerkPicture&) = default;
};

}  // namespace hall::clerk
