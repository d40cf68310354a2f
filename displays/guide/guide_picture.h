// All that the guide's screen says at one moment, in words. Made by GuideModel, drawn by view_*.
// Values only; comparing two tells whether there is anything to draw.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "displays/console/alarm_model.h"
#include "displays/console/words.h"
#include "displays/guide/walk_picture.h"

namespace hall::guide {

using console::Gravity;
using console::Word;

// Something the guide taps to choose.
struct Choice {
    std::string code;
    std::string label;
    std::string detail;  // 前 5 位·约 15–20 分钟; 无窗口在办
    bool on = false;
    std::string disabled = {};  // why it cannot be chosen
    std::string brief = {};     // the detail where one line must do: 前 5 位
    bool stopped = false;

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

// The number just issued, or the slot just booked.
struct Card {
    bool shown = false;
    std::string title;
    std::string number;  // of a booking: when the slot begins
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
    bool appointment = false;          // digits alone: it is an appointment's
    std::string cancel;                // 取消预约, then 确定取消
    Word message;

    friend bool operator==(const Entry&, const Entry&) = default;
};

// What a visitor needs beyond a service: language, who came, an even floor, means.
struct NeedsPicture {
    bool open = false;
    std::vector<Choice> must_speak;  // one at most
    std::vector<Choice> prefers;
    std::vector<Choice> who;        // himself or a proxy, as far as the services allow one
    std::string who_only;           // why fewer than all are offered
    std::vector<Choice> principal;  // care of the one who stayed at home; where it counts
    std::vector<Choice> means;      // step-free first

    friend bool operator==(const NeedsPicture&, const NeedsPicture&) = default;
};

struct AppointmentRow {
    std::uint64_t appointment = 0;
    std::string slot;    // 09:00–09:30
    std::string number;  // 预约号 12
    bool green = false;
    std::string service;
    Word state;  // until when it counts, or what being late costs
    bool chosen = false;
    std::string cancel;  // 取消, then 确定取消
    bool sure = false;   // the second press cancels

    friend bool operator==(const AppointmentRow&, const AppointmentRow&) = default;
};

struct AppointmentsPicture {
    bool open = false;
    std::string title;
    std::vector<AppointmentRow> rows;
    int at = 0;  // the row whose page is shown
    bool chosen = false;
    std::string empty;
    std::string book_disabled;
    Word message;

    friend bool operator==(const AppointmentsPicture&, const AppointmentsPicture&) = default;
};

// Service, then day and slot, then one button.
struct BookingPicture {
    bool open = false;
    std::string title;
    bool of_service = false;  // a service is chosen: days and slots are shown
    std::vector<Choice> days;
    std::vector<Choice> slots;  // of the day that is on; off-peak first
    int slot_page = 0;
    Offer by_phone;
    std::string confirm;
    std::string confirm_disabled;
    Word message;

    friend bool operator==(const BookingPicture&, const BookingPicture&) = default;
};

// No more numbers today for this service: why, and what to offer.
struct StoppedPicture {
    bool open = false;
    std::string sentence;
    std::string tomorrow;
    std::string papers;
    std::string disabled;  // of both
    Word message;

    friend bool operator==(const StoppedPicture&, const StoppedPicture&) = default;
};

struct ClosingRow {
    std::string number;
    bool green = false;
    std::string service;
    Word state;
    bool current = false;
    std::vector<Choice> choices;  // stay, tomorrow, leave papers; code: the choice's name
    std::string sure;             // the one whose second press counts

    friend bool operator==(const ClosingRow&, const ClosingRow&) = default;
};

struct ClosingPicture {
    bool open = false;
    bool shown = false;  // somebody waits and closing is near
    std::size_t undecided = 0;
    std::string title;
    std::vector<ClosingRow> rows;
    int at = 0;
    std::string empty;
    Word message;

    friend bool operator==(const ClosingPicture&, const ClosingPicture&) = default;
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
    Offer more_needs;  // on: something is chosen there
    std::string issue_label;
    std::string issue_disabled;
    std::string clear_label;
    std::string clear_disabled;
    Word message;  // next to the button: why not, or what choosing means

    Card card;
    // Whom to look for, who waits without a window, what would help: the most pressing first.
    std::vector<Word> notices;
    bool notices_open = false;
    std::size_t away_count = 0;
    std::size_t registered_count = 0;
    std::size_t bad_prints = 0;
    bool early = false;  // early waiting: registrations come first
    bool has_appointments = false;
    std::size_t appointment_count = 0;
    ListPicture list;
    Entry entry;
    NeedsPicture needs;
    AppointmentsPicture appointments;
    BookingPicture booking;
    StoppedPicture stopped;
    ClosingPicture closing;
    WalkPicture walk;
    console::AlarmPicture alarm;

    friend bool operator==(const GuidePicture&, const GuidePicture&) = default;
};

}  // namespace hall::guide
