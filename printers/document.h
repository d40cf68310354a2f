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

// A material as a paper names it.
struct MaterialLine {
    std::string name;
    std::string note;  // when it is needed, how many copies; may be empty
    bool received = false;
};

// What one person still has to bring (一次性告知): everything at once, and nothing about anybody.
// It carries no name: it lies about on tables at home.
struct NoticeSlip {
    std::string hall_name;
    std::string case_number;  // 办件号 17
    std::string service;
    std::vector<MaterialLine> missing;
    // When to come again, as people say it: `11月26日` and `星期四`; both empty when any day will
    // do.
    std::string day;
    std::string weekday;
    bool reprint = false;
    // What a scanner reads. Empty prints no code.
    std::string code;
    // How to go on and where to get help, a sentence a line.
    std::vector<std::string> footer;
};

// An application filled in from its case, large, for signature (业务申请表). Carries a name, so it
// is never kept as a picture.
struct FormSheet {
    std::string hall_name;
    std::string service;
    std::string case_number;
    // Of the applicant; what is empty gets a line to write it on.
    std::string name;  // surname first
    std::string identity;
    std::string phone;
    std::string proxy;      // who came for them, `亲友代办`; empty = they came themselves
    std::string relation;   // of the proxy, as stated; empty gets a line
    bool own_wish = false;  // asked, and it is the applicant's own wish
    std::vector<MaterialLine> materials;
    bool reprint = false;
};

// A wristband of an escort case. Carries a name, so it is never kept as a picture.
struct Band {
    std::string name;         // surname first
    std::string case_number;  // 办件号 17
    std::string ticket;       // today's number; empty = none
    // Somebody who speaks their language is needed: a speech bubble, never which language.
    bool language_sign = false;
    std::string hall_name;
    // What the codes along the band say (wristband/code). Empty prints no code.
    std::string token;
};

}  // namespace hall::printers
