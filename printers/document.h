// What a printed slip says, before anyone decides how it looks.
//
// The agent fills a TicketSlip from the hall's print job; printers/layout draws it. Plain data, no
// text of our own: captions such as 前面还有 come from wording/ when the slip is drawn.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hall::printers {

// One ticket on paper. All strings are UTF-8 as they arrived: layout makes them printable.
struct TicketSlip {
    // As typed and called: one letter, at least three digits (`A001`).
    std::string number;
    std::string hall_name;
    // Every service of the ticket in the order of the visit; one for most visitors.
    std::vector<std::string> services;
    // Waits with a credit: carries the 优 disc and the word 敬老优先.
    bool green_channel = false;
    // People waiting in front when the ticket was issued; absent when the hall does not say.
    std::optional<std::int32_t> people_ahead;
    // How long it may take, as predicted when the ticket was issued: `15–20 分钟`; empty when
    // nothing can be said.
    std::string wait;
    // Local date and time as people read it: `11月24日 09:42`.
    std::string issued_at;
    // Registered before the doors opened; `early_waiting_hint` says where to sit and what happens.
    bool early_waiting = false;
    std::string early_waiting_hint;
    // An earlier attempt may already be on paper: marked 补打, so that two slips are told apart.
    bool reprint = false;
    // What a scanner reads: hall day and number, `2026-11-24/A001`. Empty prints no code.
    std::string code;
    // Short plain sentences at the foot.
    std::vector<std::string> footer;
};

// An appointment on paper (预约单), or what a visitor is given whose day ended first; with papers
// left behind it is their receipt (留件回执). All strings are UTF-8 as they arrived.
struct AppointmentSlip {
    std::string hall_name;
    std::string title;
    // Local, as people say it: `11月24日` and `星期二`. For one without a slot: `任意一天`, and
    // empty.
    std::string day;
    std::string weekday;
    // When the slot begins, `9:30`: the largest thing on the slip. Empty when any time will do.
    std::string time;
    // Which one it is, `预约号 12`.
    std::string number;
    std::vector<std::string> services;
    bool green_channel = false;
    bool reprint = false;
    // What a scanner reads, `HALL/appointment/12`. Empty prints no code.
    std::string code;
    // What counts for this visitor, larger than the foot: the earlier arrival that is kept.
    std::vector<std::string> promises;
    std::vector<std::string> footer;
};

}  // namespace hall::printers
