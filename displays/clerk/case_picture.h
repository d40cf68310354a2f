// The escort cases of who is at the window, in words: the card beside the ticket and the page of
// one case. Made by CaseDesk, drawn by view_case*. Values only.
#pragma once

#include <string>
#include <vector>

#include "displays/console/choice.h"
#include "displays/console/words.h"

namespace hall::clerk {

// What a press on a case means; the keys are the view's business.
enum class CaseDo {
    open,         // value: id of the case, or empty: the one looked at last
    close,        // back to the window
    other,        // the next one of several cases
    enter,        // the next stage
    receive,      // value: material
    give_back,    // value: material; its original
    ask_notice,   // opens the one-time notice
    mark,         // value: material that is asked for as well, or not
    on_date,      // value: when to come again; empty = any day
    tell_notice,  // prints it
    ask_result,
    result,     // value: name of the result
    send_form,  // what was written: a result, or the reason of a second notice
    ask_tell,
    tell,        // value: name of the way
    understood,  // the visitor has understood
    explain,     // the visitor has not yet
    ask_hand_over,
    hand_over,  // value: staff number
    accept,
    decline,
    rate,    // turns the screen to the visitor
    finish,  // closes the case
    dismiss,
};

// What a clerk writes into a choice. All of it goes into the vault.
enum class CaseField { note, remedy, office };

struct CaseWriting {
    CaseField field = CaseField::note;
    std::string text = {};
};

// The value of an option that goes back.
inline constexpr const char* kBack = "back";

struct CaseAct {
    CaseDo what = CaseDo::dismiss;
    std::string value = {};
};

// A step that can be taken on the case; the first of them is the filled one.
struct CaseStep {
    CaseDo what = CaseDo::enter;
    std::string label;
    std::string detail;
    std::string disabled;  // why not

    friend bool operator==(const CaseStep&, const CaseStep&) = default;
};

struct CaseCard {
    std::string id;
    std::string number;  // 办件 118
    std::string title;   // 办件 118 · 王*明
    std::string service;
    std::string who;      // 亲友代办(女儿) · 已问,是本人意愿; empty: in person
    console::Word stage;  // 受理 · 第 5 步,共 7 步
    std::string facts;    // 引导员 李华 · 本步骤已 12 分
    std::vector<console::Word> marks;  // 超期, 等材料, 待接手

    friend bool operator==(const CaseCard&, const CaseCard&) = default;
};

// One line of the checklist. `key` says what a press on it does; none: nothing.
struct MaterialLine {
    std::string code;
    std::string name;
    console::Word state;
    CaseDo press = CaseDo::dismiss;  // receive or give_back; dismiss: cannot be pressed
    std::string label;               // of the press

    friend bool operator==(const MaterialLine&, const MaterialLine&) = default;
};

// What the one-time notice will say: all of it at once.
struct NoticeLine {
    std::string code;
    std::string name;
    bool always = false;  // required and not here: cannot be left out
    bool marked = false;

    friend bool operator==(const NoticeLine&, const NoticeLine&) = default;
};

enum class CaseDialog {
    none,
    second_notice,  // its reason comes first
    notice,
    result,
    approve,  // materials are missing: all the same?
    not_approved,
    referred,
    tell,
    understood,
    hand_over,
};

struct CasePicture {
    std::vector<CaseCard> cards;  // of all who are here
    bool open = false;            // the page of `card` covers the window's
    CaseCard card;
    std::vector<MaterialLine> materials;
    std::string materials_title;
    std::string materials_empty;
    std::vector<CaseStep> steps;
    std::string others;  // 另有 1 个办件; empty: no other

    CaseDialog dialog = CaseDialog::none;
    std::string dialog_title;
    std::string about;  // what is told: why, what can be done about it, where it went
    std::vector<console::Choice> options;
    std::vector<NoticeLine> notice;
    std::vector<console::Choice> dates;
    std::string date;         // chosen
    std::string notice_send;  // 打印并告知 3 项
    std::string notice_off;   // why it cannot be told
    std::string note;         // as written so far
    std::string remedy;
    std::string office;
    std::string form_send;
    std::string form_off;  // why what is written cannot be sent yet

    friend bool operator==(const CasePicture&, const CasePicture&) = default;
};

}  // namespace hall::clerk
