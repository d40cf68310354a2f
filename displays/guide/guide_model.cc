#include "displays/guide/guide_model.h"

#include <algorithm>
#include <utility>

#include "displays/guide/guide_words.h"
#include "wording/wording.h"

namespace hall::guide {

using protocol::Command;
using protocol::RefusalCode;
using wording::format;
using wording::text;

namespace {

// Prints that a guide has waved away; the oldest are forgotten first.
constexpr std::size_t kDismissedMax = 200;

}  // namespace

void GuideModel::take(const Newest& newest, std::int64_t now_ms) {
    const bool new_view = newest.view != newest_.view;
    newest_ = newest;
    if (!newest.view) return;
    if (new_view) time_.take(newest.view->head(), newest.age_ms, now_ms);
}

const protocol::GuideView& GuideModel::view() const {
    static const protocol::GuideView kNone;
    return newest_.view ? *newest_.view : kNone;
}

const protocol::GuideView::Service* GuideModel::service(const std::string& code) const {
    for (const auto& service : view().services()) {
        if (service.code() == code) return &service;
    }
    return nullptr;
}

const protocol::GuideView::Category* GuideModel::category(const std::string& code) const {
    for (const auto& category : view().categories()) {
        if (category.code() == code) return &category;
    }
    return nullptr;
}

const protocol::PrintJob* GuideModel::print_job(std::uint64_t job) const {
    for (const auto& print : view().prints()) {
        if (job != 0 && print.job() == job) return &print;
    }
    return nullptr;
}

const protocol::PrintJob* GuideModel::print_of(const Issued& issued) const {
    if (issued.appointment == 0) return print_job(issued.job);
    for (const auto& print : view().prints()) {
        if (print.appointment().appointment() == issued.appointment) return &print;
    }
    return nullptr;
}

std::string GuideModel::short_name(const std::string& code, const std::string& name) const {
    const auto* known = service(code);
    return known && !known->short_name().empty() ? known->short_name() : name;
}

void GuideModel::order_services_by(const protocol::TicketList& tickets) {
    used_.clear();
    for (const auto& ticket : tickets.tickets()) {
        for (const auto& service : ticket.services()) ++used_[service];
    }
}

std::string GuideModel::link_reason() const {
    const std::string heard =
        newest_.view ? time_.clock_of(newest_.view->head().server_time_ms()) : std::string();
    return console::link_reason(newest_.state, heard);
}

std::string GuideModel::closed_reason(std::int64_t now_ms) const {
    const auto& view = this->view();
    const std::int64_t utc_ms = time_.utc_ms(now_ms);
    if (view.early_waiting_at_ms() > utc_ms && view.early_waiting_at_ms() < view.opening_at_ms()) {
        return format("guide.closed.early", {{"early", time_.clock_of(view.early_waiting_at_ms())},
                                             {"open", time_.clock_of(view.opening_at_ms())}});
    }
    if (view.opening_at_ms() > utc_ms) {
        return format("guide.closed.today", {{"time", time_.clock_of(view.opening_at_ms())}});
    }
    const std::int64_t next_ms = view.next_opening_at_ms();
    if (next_ms == 0) return text("guide.closed.unknown");
    return format("guide.closed.next",
                  {{"day", time_.day_of(next_ms, now_ms)}, {"time", time_.clock_of(next_ms)}});
}

// The hall says "not open" for several reasons; here the guide learns which one it is.
std::string GuideModel::refusal_words(const client::Answer& answer, std::int64_t now_ms) const {
    if (answer && answer->has_refusal() && answer->refusal().code() == RefusalCode::not_open) {
        return closed_reason(now_ms);
    }
    return console::answer_problem(answer, asked_ == Asked::form
                                               ? text(early() ? "guide.register" : "guide.issue")
                                               : text("guide.same_button"));
}

void GuideModel::tell(Asked where, Word word) {
    switch (where) {
        case Asked::form:
            form_message_ = std::move(word);
            break;
        case Asked::card:
            card_message_ = std::move(word);
            break;
        case Asked::list:
            list_message_ = std::move(word);
            break;
        case Asked::entry:
            entry_message_ = std::move(word);
            break;
        case Asked::sheet:
            // Closed meanwhile: it is told where it can be seen.
            (sheet_ == Sheet::none ? form_message_ : sheet_message_) = std::move(word);
            break;
    }
}

void GuideModel::open(Sheet sheet) {
    sheet_ = sheet;
    sheet_message_ = {};
}

bool GuideModel::confirmed(const std::string& what) {
    if (asked_before_ == what) return true;
    confirming_ = what;
    return false;
}

void GuideModel::show(List list) {
    list_ = list;
    open(Sheet::list);
    list_message_ = {};
}

void GuideModel::type(const std::string& character) {
    if (typed_.size() + character.size() > kTypedMax) return;
    typed_ += character;
    entry_message_ = {};
}

void GuideModel::act(const Act& act, std::int64_t now_ms) {
    asked_before_ = std::exchange(confirming_, {});
    switch (act.what) {
        case Do::service:
            return choose_service(act.value);
        case Do::more_services:
            ++service_page_;
            return;
        case Do::several:
            form_.several = !form_.several;
            if (!form_.several && form_.services.size() > 1) form_.services.resize(1);
            return;
        case Do::category:
            return choose_category(act.value);
        case Do::more_categories:
            ++category_page_;
            return;
        case Do::by_sight:
            form_.by_sight = !form_.by_sight && by_sight_disabled().empty();
            return;
        case Do::seat:
            form_.seat = !form_.seat;
            form_message_ = {};
            return;
        case Do::issue:
            return send_issue(now_ms);
        case Do::clear:
            return clear_or_bring_back();
        case Do::undo:
            return send_undo(now_ms);
        case Do::reprint:
        case Do::move_print:
            return send_print(act.job, act.value, now_ms);
        case Do::dismiss_print:
            return dismiss(act.job);
        case Do::show_away:
            return show(List::away);
        case Do::show_registered:
            return show(List::registered);
        case Do::show_prints:
            return show(List::prints);
        case Do::show_notices:
            return open(Sheet::notices);
        case Do::show_needs:
            return open(Sheet::needs);
        case Do::show_closing:
            closing_at_.clear();
            return open(Sheet::closing);
        case Do::show_appointments:
            appointment_at_ = 0;
            return open(Sheet::appointments);
        case Do::close:
            if (walk_.open()) return walk_.act({Walk::close}, now_ms);
            return open(Sheet::none);
        case Do::enter_number:
            entry_message_ = {};
            return open(Sheet::entry);
        case Do::type:
            return type(act.value);
        case Do::erase:
            if (!typed_.empty()) typed_.pop_back();
            entry_message_ = {};
            return;
        case Do::come_back:
        case Do::step_out:
            return send_number(act, now_ms);
        case Do::must_speak:
        case Do::prefers:
        case Do::step_free:
        case Do::mean:
        case Do::proxy:
        case Do::principal:
            return choose_need(act);
        case Do::move_appointment:
            return move_appointment(act.by, now_ms);
        case Do::move_closing:
            return move_closing(act.by);
        case Do::check_in:
            return send_check_in(act, now_ms);
        case Do::cancel_appointment:
            return send_cancel(act, now_ms);
        case Do::book:
        case Do::book_service:
        case Do::slot_day:
        case Do::slot:
        case Do::more_slots:
        case Do::by_phone:
        case Do::ask_slots:
            return choose_slot(act);
        case Do::confirm_booking:
        case Do::book_tomorrow:
        case Do::leave_papers:
            return send_booking(act, now_ms);
        case Do::at_closing:
            return send_at_closing(act, now_ms);
        case Do::walk:
            return act_walk(act, now_ms);
        case Do::alarm:
            return desk().alarm.act(act.alarm, now_ms);
    }
}

void GuideModel::act_walk(const Act& act, std::int64_t now_ms) {
    walk_.act(act.walk, now_ms);
    const auto visitor = walk_.ticket_for();
    if (!visitor) return;
    open(Sheet::none);
    form_.check_in = visitor->check_in;
    form_.visitor = visitor->name;
    form_message_ = {};
}

void GuideModel::dismiss(std::uint64_t job) {
    if (dismissed_.size() >= kDismissedMax) dismissed_.erase(dismissed_.begin());
    if (const auto* print = print_job(job)) dismissed_.emplace(job, print->attempt());
}

void GuideModel::send(const Command& command, Asked asked, const std::string& situation,
                      std::int64_t now_ms) {
    if (!live() || !slot_.begin(command, situation, now_ms)) return;
    asked_ = asked;
    tell(asked, {});
}

void GuideModel::send_issue(std::int64_t now_ms) {
    if (!issue_disabled(now_ms).empty()) return;
    send_ticket(ticket_of_form(), Asked::form, "form " + std::to_string(form_serial_), now_ms);
}

// Before opening the hall registers instead of issuing.
void GuideModel::send_ticket(const protocol::IssueTicket& ticket, Asked asked,
                             const std::string& situation, std::int64_t now_ms) {
    Command command;
    if (early()) {
        *command.mutable_register_early_waiting()->mutable_ticket() = ticket;
        command.mutable_register_early_waiting()->set_seat(ticket.appointment() == 0 && form_.seat);
    } else {
        *command.mutable_issue_ticket() = ticket;
    }
    send(command, asked, situation, now_ms);
}

void GuideModel::send_undo(std::int64_t now_ms) {
    if (!issued_ || issued_->undone || now_ms - issued_->at_ms >= kUndoMs) return;
    Command command;
    if (issued_->appointment != 0) {
        command.mutable_cancel_appointment()->set_appointment(issued_->appointment);
    } else {
        command.mutable_cancel_ticket()->set_number(issued_->number);
        command.mutable_cancel_ticket()->set_reason(protocol::Reason::issued_by_mistake);
    }
    send(command, Asked::card, "undo " + issued_->number, now_ms);
}

void GuideModel::send_print(std::uint64_t job, const std::string& printer, std::int64_t now_ms) {
    const auto* print = print_job(job);
    Command command;
    command.mutable_retry_print()->set_job(job);
    command.mutable_retry_print()->set_printer(printer);
    const bool of_card = issued_ && print == print_of(*issued_) && sheet_ == Sheet::none;
    send(command, of_card ? Asked::card : Asked::list,
         "attempt " + std::to_string(print ? print->attempt() : 0), now_ms);
}

void GuideModel::send_number(const Act& act, std::int64_t now_ms) {
    const std::string number = act.value.empty() ? typed_ : act.value;
    if (number.empty()) return;
    Command command;
    if (act.what == Do::come_back) {
        command.mutable_return_ticket()->set_number(number);
    } else {
        command.mutable_step_out()->set_number(number);
    }
    send(command, sheet_ == Sheet::entry ? Asked::entry : Asked::list,
         "at " + std::to_string(view().head().seq()), now_ms);
}

std::optional<protocol::Query> GuideModel::asking() {
    return slots_.asking();
}

void GuideModel::told(const protocol::Query& query, const client::Answer& answer) {
    slots_.told(query.slot_list().service(), answer);
}

void GuideModel::answered(const client::Answer& answer, std::int64_t now_ms) {
    const Command command = slot_.command();
    slot_.answered(answer);
    const std::string problem = refusal_words(answer, now_ms);
    if (problem.empty()) return succeeded(command, *answer, now_ms);
    const auto code = answer ? answer->refusal().code() : RefusalCode::unknown;
    if (code == RefusalCode::issuing_stopped && asked_ == Asked::form && !form_.services.empty()) {
        stopped_words_ = problem;
        slots_.ask(std::string(form_.services.front()));
        return open(Sheet::stopped);
    }
    // Somebody else took the slot: the list is old.
    if (command.has_book_appointment() && answer) slots_.ask(std::string(slots_.service()));
    tell(asked_, {problem, Gravity::bad});
}

void GuideModel::succeeded(const Command& command, const protocol::Reply& reply,
                           std::int64_t now_ms) {
    const protocol::Ticket& ticket = reply.ticket();
    if (command.has_issue_ticket()) {
        issued(ticket, command.issue_ticket().appointment() != 0, now_ms);
    } else if (command.has_register_early_waiting()) {
        issued(ticket, command.register_early_waiting().ticket().appointment() != 0, now_ms);
    } else if (command.has_cancel_ticket()) {
        if (!issued_ || issued_->number != command.cancel_ticket().number()) return;
        undone({text("guide.undone"), Gravity::warning});
    } else if (command.has_return_ticket() || command.has_step_out()) {
        const Word word{format(command.has_return_ticket() ? "guide.returned" : "guide.stepped_out",
                               {{"number", ticket.number()},
                                {"time", time_.clock_of(ticket.stepped_out_until_ms())}}),
                        Gravity::good};
        if (asked_ == Asked::list) return tell(Asked::list, word);
        typed_.clear();
        open(Sheet::none);
        tell(Asked::form, word);
    } else if (command.has_book_appointment()) {
        booked(reply.appointment(), now_ms);
    } else if (command.has_cancel_appointment()) {
        cancelled(command.cancel_appointment().appointment());
    } else if (command.has_choose_at_closing()) {
        chose_at_closing(command.choose_at_closing());
    } else if (command.has_retry_print()) {
        tell(asked_,
             {format("guide.sent_to", {{"name", reply.print_job().printer()}}), Gravity::plain});
    }
}

void GuideModel::issued(const protocol::Ticket& ticket, bool checked_in, std::int64_t now_ms) {
    Issued issued;
    issued.number = ticket.number();
    issued.job = ticket.print_job();
    issued.green = ticket.green();
    issued.service = short_name(ticket.services_size() > 0 ? ticket.services(0) : std::string(),
                                ticket.service_name());
    issued.place = place_text(ticket.ahead(), ticket.wait_low_ms(), ticket.wait_high_ms());
    issued.at_ms = now_ms;
    card_message_ = {};
    if (checked_in) {
        // The form is somebody else's: it stays as it is.
        typed_.clear();
        open(Sheet::none);
    } else {
        issued.form = form_;
        clear_form();
    }
    issued_ = issued;
    walk_.issued(ticket.number(), ticket.services_size() > 0 ? ticket.services(0) : std::string(),
                 issued.form ? issued.form->check_in : 0);
    if (ticket.appointment_late()) {
        tell(Asked::form, {format("guide.appointment.was_late", {{"number", ticket.number()}}),
                           Gravity::warning});
    }
}

void GuideModel::undone(Word word) {
    issued_->undone = true;
    // Unless the next visitor's is begun already.
    if (issued_->form && form_ == Form{}) {
        form_ = *issued_->form;
        ++form_serial_;
    }
    card_message_ = std::move(word);
}

std::int64_t GuideModel::idle_ms(std::int64_t now_ms) const {
    std::int64_t idle = std::min(time_.to_next_minute_ms(now_ms), slot_.idle_ms(now_ms));
    if (issued_ && now_ms - issued_->at_ms < kUndoMs) {
        idle = std::min(idle, 1'000 - (now_ms - issued_->at_ms) % 1'000);
    }
    const std::int64_t utc_ms = time_.utc_ms(now_ms);
    for (const auto& print : view().prints()) {
        const bool pending = print.state() == protocol::PrintState::requested ||
                             print.state() == protocol::PrintState::claimed;
        const std::int64_t told_ms = print.requested_at_ms() + kPrintSilentMs - utc_ms;
        if (pending && told_ms > 0) idle = std::min(idle, told_ms);
    }
    return std::max<std::int64_t>(1, std::min(idle, walk_.idle_ms(now_ms)));
}

}  // namespace hall::guide
