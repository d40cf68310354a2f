// What a guide does while walking with a person: check-in by hand, escort cases, loans,
// help at the machines, signing on. From the newest views, what was pressed and written, the
// answers and the clock. Beside GuideModel, which issues the tickets; it owns one of these.
//
// Knows no pixel. The screen (guide_screen.h) sends `outgoing` and brings the answers back.
//
// A refusal never clears a form, and its sentence stands beside the field that it is about. What
// was written stays until the command was done, also while signing on or an alarm lies over it. It
// is about one person: whoever leaves its page is asked once, and then all of it is gone, so that
// the next visitor reads nothing of it. Emergencies and who is on duty are the Desk's. One
// thread. `now_ms` is the monotonic clock.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/command_client.h"
#include "client/view_feed.h"
#include "displays/console/command_slot.h"
#include "displays/console/desk.h"
#include "displays/console/hall_time.h"
#include "displays/guide/walk_picture.h"
#include "protocol/views.pb.h"

namespace hall::guide {

// The visitor whom the next ticket is for.
struct TicketFor {
    std::uint64_t check_in = 0;
    std::string name;  // masked
};

class WalkModel {
  public:
    using NewestCare = console::Desk::NewestCare;
    using NewestCases = client::Newest<protocol::CasesView>;
    using NewestGuide = client::Newest<protocol::GuideView>;

    enum class Page {
        none,
        menu,
        check_in,
        checked_in,
        measuring,
        board,
        inbox,
        mine,
        one_case,
        notice,   // what the visitor of this case is told to be missing
        opening,  // of a case
        loans,
        help,
        sign_on,
    };
    // What can be written; the number goes through WalkAct::id.
    enum class Field {
        name,
        phone,
        township,
        identity,
        family_phone,
        note,
        temperature,
        again,     // second measurement
        number,    // of the ticket that a case is opened with
        relation,  // of a proxy
        reason,    // of a result: why not
        remedy,
        office,
        staff,
        pin,
        case_note,
        attached,  // ticket of an open case
        borrower,  // ticket
    };
    static constexpr std::size_t kFields = 18;
    // What is chosen of a few, and what is either so or not.
    enum class Choice {
        reason,
        filled_by,
        read_back,
        consent,
        service,
        proxy,
        own_wish,
        understood,
        stage,      // of the board where one column has room
        next_date,  // when a visitor comes back
        machine,
        task,
        minutes,
        digit,  // of a PIN
    };

    void take(const NewestGuide& guide, const NewestCare& care, const NewestCases& cases,
              std::int64_t now_ms);
    void act(const WalkAct& act, std::int64_t now_ms);
    void answered(const client::Answer& answer);
    void told(const protocol::Query& query, const client::Answer& answer);
    // Its answers to signing on come through `sign_on_answered`.
    console::Desk& desk() { return desk_; }
    const console::Desk& desk() const { return desk_; }
    void sign_on_answered(const client::Answer& answer);
    // A ticket that was issued just now: a case is opened with it.
    void issued(const std::string& number, const std::string& service, std::uint64_t check_in);

    std::optional<console::Sending> outgoing() { return slot_.outgoing(); }
    std::optional<protocol::Query> asking();
    // Given out once: the home screen is to issue a ticket for this visitor.
    std::optional<TicketFor> ticket_for();

    bool open() const { return page_ != Page::none; }
    WalkPicture picture(std::int64_t now_ms) const;
    std::int64_t idle_ms(std::int64_t now_ms) const;

  private:
    struct CheckInForm {
        protocol::CheckInReason::Value reason = protocol::CheckInReason::unspecified;
        protocol::FilledBy::Value filled_by = protocol::FilledBy::guide;
        bool read_back = false;
        bool consent = false;
    };
    struct Opening {
        std::string service;
        std::uint64_t check_in = 0;
        std::string name;    // of the check-in, masked
        std::string number;  // of the ticket issued just now
        protocol::Proxy::Value proxy = protocol::Proxy::none;
        bool own_wish = false;
    };
    struct CaseDesk {
        std::uint64_t id = 0;
        std::optional<protocol::Case> file;
        std::string seen;  // the case as the view has it: another one means that the file is old
        int stage = 0;     // chosen and waits for a reason
        int result = 0;    // chosen and waits for its words
        bool understood = false;
        std::set<std::string> missing;
        std::string next_date;  // of the notice; empty: any day
    };

    const protocol::GuideView& guide() const;
    const protocol::CareView& care() const { return desk_.alarm.view(); }
    const protocol::CasesView& cases() const;
    bool live() const { return guide_.state == client::FeedState::live; }
    std::string off() const;
    const std::string& text_of(Field field) const;
    std::string& text_of(Field field);

    void show(Page page);
    // Of a page that is left: what was written on it.
    void forget(Page page);
    bool has_writing() const;
    // Whether the page may be left by this: what is written on it is thrown away at the second
    // time.
    bool may_leave(const WalkAct& act);
    void close(const WalkAct& act);
    void prepare_opening();
    void show_named(const std::string& page);
    void choose(const WalkAct& act);
    void wrote(const WalkAct& act);
    void send(const protocol::Command& command, const std::string& situation, std::int64_t now_ms);
    void refused(const protocol::Command& command, const client::Answer& answer);
    void succeeded(const protocol::Command& command, const protocol::Reply& reply);
    void good(const std::string& words) { message_ = {words, Gravity::good}; }

    // model_check_in.cc
    void act_check_in(const WalkAct& act, std::int64_t now_ms);
    protocol::Command check_in_command() const;
    bool place_error(const protocol::Command& command, const protocol::Refusal& refusal,
                     const std::string& sentence);
    void checked_in(const protocol::CheckIn& check_in);
    void add_check_in(WalkPage& out) const;
    void add_checked_in(WalkPage& out) const;
    void add_measuring(WalkPage& out) const;
    void add_resting(WalkPage& out) const;
    WalkField field_of(Field which, const std::string& caption, std::size_t bytes_max) const;
    void add_whom(WalkPage& out) const;

    // model_cases.cc: the board, the inbox, opening.
    void act_cases(const WalkAct& act, std::int64_t now_ms);
    void ask_case();
    protocol::Command open_command() const;
    std::string service_name(const std::string& code) const;
    bool offered_to_me(const protocol::Case& one) const;
    std::string case_head(const protocol::Case& one) const;
    std::string minutes_in_stage(const protocol::Case& one, std::int64_t now_ms) const;
    Word case_mark(const protocol::Case& one) const;
    CaseCard card_of(const protocol::Case& one, std::int64_t now_ms) const;
    void add_board(BoardPicture& out, std::int64_t now_ms) const;
    void add_inbox(WalkPage& out, std::int64_t now_ms) const;
    void add_mine(WalkPage& out, std::int64_t now_ms) const;
    void add_way_to_sign_on(WalkPage& out) const;
    void add_opening(WalkPage& out) const;

    // model_case.cc: one case.
    void act_case(const WalkAct& act, std::int64_t now_ms);
    protocol::Command stage_command(int stage, int reason) const;
    std::vector<std::string> missing_of(const protocol::Case& one) const;
    void add_notice(WalkPage& out) const;
    void add_about(WalkPage& out, const protocol::Case& one) const;
    void took_case(const protocol::Case& file);
    void add_case(WalkPage& out, std::int64_t now_ms) const;
    void add_stages(WalkPage& out, const protocol::Case& one) const;
    void add_result(WalkPage& out, const protocol::Case& one) const;
    void add_materials(WalkPage& out, const protocol::Case& one) const;
    void add_handing_over(WalkPage& out, const protocol::Case& one) const;

    // model_care.cc: loans, help.
    void act_care(const WalkAct& act, std::int64_t now_ms);
    std::string person(const std::string& number) const;
    void add_loans(WalkPage& out, std::int64_t now_ms) const;
    void add_help(WalkPage& out) const;

    // model_staff.cc
    const std::string& me() const { return desk_.sign_on.number(); }
    const protocol::Staff* on_duty(const std::string& number) const;
    void add_sign_on(WalkPage& out) const;
    void add_menu(WalkPage& out) const;
    std::size_t offered_count() const;

    NewestGuide guide_;
    NewestCases cases_;
    console::HallTime time_;
    console::CommandSlot slot_;
    std::optional<protocol::Query> asking_;
    std::optional<TicketFor> ticket_for_;
    std::int64_t now_ms_ = 0;  // of the newest views

    Page page_ = Page::none;
    Page back_to_ = Page::none;       // after signing on
    std::optional<WalkAct> leaving_;  // asked whether what is written may go
    bool sign_on_needed_ = false;     // the last command was refused for it
    std::array<std::string, kFields> texts_;
    std::map<Field, std::string> errors_;
    std::map<Choice, std::string> choice_errors_;
    Word message_;

    CheckInForm form_;
    bool read_again_ = false;                    // it was changed after it had been read back
    std::optional<protocol::CheckIn> check_in_;  // the latest
    std::uint64_t measuring_ = 0;
    Opening opening_;
    std::int64_t opening_ms_ = 0;  // since when it is prepared
    CaseDesk case_;
    int board_stage_ = protocol::CaseStage::reception;
    std::string machine_;
    std::string task_;
    std::uint32_t minutes_ = 5;
    console::Desk desk_;
};

}  // namespace hall::guide
