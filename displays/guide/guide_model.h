// What the guide is doing: the form that is being filled, the number just issued, the lists; and
// the commands that come of it. From the newest view, what was pressed, the answers and the clock.
//
// Knows no pixel. The screen (guide_screen.h) sends `outgoing` and brings the answers back.
//
// A refusal never clears the form. A number issued or a slot booked by mistake can be taken back
// for kUndoMs, and then the form is as it was before; a form cleared by mistake comes back. What
// cannot be taken back is asked twice (confirming_). Walking with a person is WalkModel's,
// emergencies are AlarmModel's; their pages lie over this one's. One thread. `now_ms` is the
// monotonic clock.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/command_client.h"
#include "client/view_feed.h"
#include "displays/console/command_slot.h"
#include "displays/console/hall_time.h"
#include "displays/guide/guide_picture.h"
#include "displays/guide/slot_list.h"
#include "displays/guide/walk_model.h"
#include "protocol/views.pb.h"

namespace hall::guide {

inline constexpr std::int64_t kUndoMs = 10'000;
// A print without a verdict is told to the guide from then on.
inline constexpr std::int64_t kPrintSilentMs = 2'000;
// Services on one ticket, as the hall limits them.
inline constexpr std::size_t kServicesMax = 8;
inline constexpr std::size_t kTypedMax = 8;

enum class Do {
    service,  // value: code
    more_services,
    several,
    category,  // value: code
    more_categories,
    by_sight,
    seat,
    issue,
    clear,  // pressed again at once: brings back what it cleared
    undo,
    reprint,        // job
    move_print,     // job, value: printer
    dismiss_print,  // job
    show_away,
    show_registered,
    show_prints,
    show_notices,
    close,
    enter_number,
    type,  // value: one letter or digit
    erase,
    come_back,  // value: number
    step_out,   // value: number
    show_needs,
    must_speak,  // value: language
    prefers,     // value: language
    step_free,
    mean,       // value: name of a Need
    proxy,      // value: name of a Proxy
    principal,  // value: code of a category
    show_appointments,
    move_appointment,    // by
    check_in,            // appointment; 0: the typed one
    cancel_appointment,  // appointment; 0: the typed one
    book,
    book_service,  // value: code; empty: choose another
    slot_day,      // value: date
    slot,          // value: begin
    more_slots,
    by_phone,
    ask_slots,
    confirm_booking,
    book_tomorrow,
    leave_papers,
    show_closing,
    move_closing,  // by
    at_closing,    // value: number, empty: the current one; choice
    walk,          // walk: everything but tickets (walk_model.h)
    alarm,         // alarm: emergencies (alarm_model.h)
};

struct Act {
    Do what = Do::close;
    std::string value = {};
    std::uint64_t job = 0;
    std::uint64_t appointment = 0;
    protocol::ClosingChoice::Value choice = protocol::ClosingChoice::undecided;
    int by = 0;
    WalkAct walk = {};
    console::AlarmAct alarm = {};
};

struct GuideOptions {
    std::string place;    // 入口
    std::string printer;  // empty: the hall's ticket printer
};

class GuideModel {
  public:
    using Newest = client::Newest<protocol::GuideView>;

    explicit GuideModel(GuideOptions options = {}) : options_(std::move(options)) {}

    void take(const Newest& newest, std::int64_t now_ms);
    void act(const Act& act, std::int64_t now_ms);
    void answered(const client::Answer& answer, std::int64_t now_ms);
    // The answer to a query that `asking` gave out.
    void told(const protocol::Query& query, const client::Answer& answer);
    // Today's tickets so far: their services come first on the screen, the most used one first.
    // The order then stays as it is for the day, so that hands find their button.
    void order_services_by(const protocol::TicketList& tickets);

    // What must be sent now; given out once.
    std::optional<console::Sending> outgoing() { return slot_.outgoing(); }
    // What must be asked now; given out once.
    std::optional<protocol::Query> asking();

    GuidePicture picture(std::int64_t now_ms) const;
    // For how long the picture stays as it is if nothing comes.
    std::int64_t idle_ms(std::int64_t now_ms) const;
    bool known() const { return newest_.view != nullptr; }
    WalkModel& walk() { return walk_; }
    console::Desk& desk() { return walk_.desk(); }

  private:
    struct Form {
        std::vector<std::string> services;
        bool several = false;
        std::set<std::string> categories;
        bool by_sight = false;
        bool seat = false;
        std::string must_speak;
        std::set<std::string> prefers;
        bool step_free = false;
        std::set<protocol::Need::Value> means;
        protocol::Proxy::Value proxy = protocol::Proxy::none;
        std::set<std::string> principal;  // categories of the one who stayed at home
        std::uint64_t check_in = 0;       // of whom it is for
        std::string visitor;              // their name, masked

        friend bool operator==(const Form&, const Form&) = default;
    };
    struct Issued {
        std::string number;             // of a booking: when the slot begins
        std::uint64_t appointment = 0;  // of a booking: then there is no ticket
        bool by_phone = false;
        std::uint64_t job = 0;
        bool green = false;
        bool undone = false;
        std::string service;
        std::string place;
        std::int64_t at_ms = 0;
        std::optional<Form> form;  // none: the form had no part in it
    };
    // Where the answer of the command on its way is told.
    enum class Asked { form, card, list, entry, sheet };
    // What lies over the home screen.
    enum class Sheet { none, list, entry, notices, needs, appointments, booking, stopped, closing };

    const protocol::GuideView& view() const;
    const protocol::GuideView::Service* service(const std::string& code) const;
    const protocol::GuideView::Category* category(const std::string& code) const;
    const protocol::PrintJob* print_job(std::uint64_t job) const;
    const protocol::PrintJob* print_of(const Issued& issued) const;
    const protocol::Appointment* appointment(std::uint64_t id) const;
    std::string short_name(const std::string& code, const std::string& name) const;
    bool live() const { return newest_.state == client::FeedState::live; }
    bool early() const { return view().head().phase() == protocol::Phase::early_waiting; }
    std::string link_reason() const;
    std::string closed_reason(std::int64_t now_ms) const;
    std::string refusal_words(const client::Answer& answer, std::int64_t now_ms) const;
    void tell(Asked where, Word word);
    void open(Sheet sheet);
    void show(List list);
    void type(const std::string& character);
    void dismiss(std::uint64_t job);
    void act_walk(const Act& act, std::int64_t now_ms);
    // Whether the act before asked for the same; if not, the next one may.
    bool confirmed(const std::string& what);
    bool confirming(const std::string& what) const { return confirming_ == what; }

    // What is chosen for the next visitor (model_form.cc).
    void choose_service(const std::string& code);
    void choose_category(const std::string& code);
    void choose_need(const Act& act);
    void drop_proxy_that_is_not_taken();
    void clear_or_bring_back();
    void clear_form();
    std::string issue_disabled(std::int64_t now_ms) const;
    std::string by_sight_disabled() const;
    protocol::Proxy::Value proxy_rule() const;
    protocol::IssueTicket ticket_of_form() const;

    void send(const protocol::Command& command, Asked asked, const std::string& situation,
              std::int64_t now_ms);
    void send_issue(std::int64_t now_ms);
    void send_ticket(const protocol::IssueTicket& ticket, Asked asked, const std::string& situation,
                     std::int64_t now_ms);
    void send_undo(std::int64_t now_ms);
    void send_print(std::uint64_t job, const std::string& printer, std::int64_t now_ms);
    void send_number(const Act& act, std::int64_t now_ms);
    void succeeded(const protocol::Command& command, const protocol::Reply& reply,
                   std::int64_t now_ms);
    void issued(const protocol::Ticket& ticket, bool checked_in, std::int64_t now_ms);
    void undone(Word word);

    // Booked, checked in, cancelled; chosen before closing (model_appointments.cc).
    void move_appointment(int by, std::int64_t now_ms);
    void move_closing(int by);
    void choose_slot(const Act& act);
    void send_check_in(const Act& act, std::int64_t now_ms);
    void send_cancel(const Act& act, std::int64_t now_ms);
    void send_booking(const Act& act, std::int64_t now_ms);
    void send_at_closing(const Act& act, std::int64_t now_ms);
    void booked(const protocol::Appointment& appointment, std::int64_t now_ms);
    void cancelled(std::uint64_t appointment);
    void chose_at_closing(const protocol::ChooseAtClosing& choice);
    std::uint64_t appointment_of(const Act& act) const;
    int appointment_index() const;  // -1: none is chosen
    int due_index(std::int64_t now_ms) const;
    int closing_index() const;
    bool late(const protocol::Appointment& appointment, std::int64_t now_ms) const;

    void add_header(GuidePicture& out, std::int64_t now_ms) const;
    void add_printers(GuidePicture& out) const;
    void add_notices(GuidePicture& out) const;
    void add_form(GuidePicture& out, std::int64_t now_ms) const;
    void add_services(GuidePicture& out) const;
    void add_categories(GuidePicture& out) const;
    void add_needs(GuidePicture& out) const;
    void add_who(NeedsPicture& out) const;
    std::vector<std::string> needs_chosen() const;
    Word preview(const std::vector<Choice>& services) const;
    void add_card(GuidePicture& out, std::int64_t now_ms) const;
    void add_lists(GuidePicture& out, std::int64_t now_ms) const;
    void add_entry(GuidePicture& out, std::int64_t now_ms) const;
    void add_appointments(GuidePicture& out, std::int64_t now_ms) const;
    void add_booking(GuidePicture& out, std::int64_t now_ms) const;
    void add_stopped(GuidePicture& out, std::int64_t now_ms) const;
    void add_closing(GuidePicture& out) const;
    std::string span_of(std::int64_t begin_ms, std::int64_t end_ms) const;
    Word appointment_state(const protocol::Appointment& appointment, std::int64_t now_ms) const;
    Word slots_word() const;
    PrintRow print_row(const protocol::PrintJob& job, std::int64_t now_ms) const;
    std::string other_printer(const std::string& name) const;
    std::vector<PrintRow> prints_in_need(std::int64_t now_ms) const;
    ListRow row_of(const protocol::WaitingRow& row) const;

    GuideOptions options_;
    Newest newest_;
    WalkModel walk_;
    console::HallTime time_;
    console::CommandSlot slot_;
    Asked asked_ = Asked::form;

    Form form_;
    Form cleared_;                   // what 清空 took away, until something else is chosen
    std::uint64_t form_serial_ = 0;  // rises when the form is for another visitor
    std::optional<Issued> issued_;
    std::map<std::string, std::uint32_t> used_;  // tickets by service; a hall's catalogue bounds it
    std::set<std::pair<std::uint64_t, std::uint32_t>> dismissed_;  // job, attempt; kDismissedMax
    int service_page_ = 0;
    int category_page_ = 0;
    List list_ = List::away;
    Sheet sheet_ = Sheet::none;
    std::string typed_;
    std::string confirming_;
    std::string asked_before_;  // confirming_ as it was when this act came
    SlotList slots_;
    int slot_page_ = 0;
    bool by_phone_ = false;
    std::string stopped_words_;
    std::uint64_t appointment_at_ = 0;  // 0: none is chosen
    std::string closing_at_;            // empty: the first who has not chosen
    Word form_message_;
    Word card_message_;
    Word list_message_;
    Word entry_message_;
    Word sheet_message_;
};

}  // namespace hall::guide
