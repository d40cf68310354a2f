#include "displays/guide/guide_model.h"

#include <algorithm>
#include <utility>

#include "wording/wording.h"

namespace hall::guide {

using protocol::Command;
using protocol::Phase;
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

std::string GuideModel::short_name(const protocol::Ticket& ticket) const {
    for (const auto& service : view().services()) {
        const bool first = ticket.services_size() > 0 && service.code() == ticket.services(0);
        if (first && !service.short_name().empty()) return service.short_name();
    }
    return ticket.service_name();
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

std::string GuideModel::issue_disabled(std::int64_t now_ms) const {
    if (!live()) return link_reason();
    const auto phase = view().head().phase();
    if (phase == Phase::closed || phase == Phase::unknown) return closed_reason(now_ms);
    if (form_.services.empty()) return text("guide.choose_service");
    return {};
}

std::string GuideModel::by_sight_disabled() const {
    if (form_.categories.empty()) return text("guide.by_sight.choose");
    for (const std::string& code : form_.categories) {
        const auto* chosen = category(code);
        if (!chosen || !chosen->by_sight()) {
            return format("guide.by_sight.document", {{"name", chosen ? chosen->name() : code}});
        }
    }
    return {};
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
    }
}

void GuideModel::choose_service(const std::string& code) {
    auto& chosen = form_.services;
    const auto at = std::find(chosen.begin(), chosen.end(), code);
    if (at != chosen.end()) {
        chosen.erase(at);
    } else if (!form_.several) {
        chosen.assign(1, code);
    } else if (chosen.size() < kServicesMax) {
        chosen.push_back(code);
    } else {
        form_message_ = {format("guide.several.full", {{"count", std::to_string(kServicesMax)}}),
                         Gravity::warning};
        return;
    }
    form_message_ = {};
}

void GuideModel::choose_category(const std::string& code) {
    if (form_.categories.erase(code) == 0) form_.categories.insert(code);
    if (!by_sight_disabled().empty()) form_.by_sight = false;
    form_message_ = {};
}

void GuideModel::clear_form() {
    form_ = {};
    ++form_serial_;
    service_page_ = 0;
    category_page_ = 0;
}

void GuideModel::show(List list) {
    list_ = list;
    list_open_ = true;
    list_message_ = {};
}

void GuideModel::type(const std::string& character) {
    if (typed_.size() + character.size() > kTypedMax) return;
    typed_ += character;
    entry_message_ = {};
}

void GuideModel::act(const Act& act, std::int64_t now_ms) {
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
            form_message_ = {};
            return clear_form();
        case Do::undo:
            return send_undo(now_ms);
        case Do::reprint:
        case Do::move_print:
            return send_print(act.job, act.value, now_ms);
        case Do::dismiss_print:
            if (dismissed_.size() >= kDismissedMax) dismissed_.erase(dismissed_.begin());
            if (const auto* print = print_job(act.job)) {
                dismissed_.emplace(act.job, print->attempt());
            }
            return;
        case Do::show_away:
            return show(List::away);
        case Do::show_registered:
            return show(List::registered);
        case Do::show_prints:
            return show(List::prints);
        case Do::close:
            list_open_ = false;
            entry_open_ = false;
            return;
        case Do::enter_number:
            entry_open_ = true;
            list_open_ = false;
            entry_message_ = {};
            return;
        case Do::type:
            return type(act.value);
        case Do::erase:
            if (!typed_.empty()) typed_.pop_back();
            entry_message_ = {};
            return;
        case Do::come_back:
        case Do::step_out:
            return send_number(act, now_ms);
    }
}

void GuideModel::send(const Command& command, Asked asked, const std::string& situation,
                      std::int64_t now_ms) {
    if (!live()) return;
    auto sending = slot_.begin(command, situation);
    if (!sending) return;
    sent_ms_ = now_ms;
    outgoing_ = std::move(sending);
    asked_ = asked;
    tell(asked, {});
}

void GuideModel::send_issue(std::int64_t now_ms) {
    if (!issue_disabled(now_ms).empty()) return;
    protocol::IssueTicket ticket;
    for (const std::string& code : form_.services) ticket.add_services(code);
    for (const std::string& code : form_.categories) ticket.add_categories(code);
    ticket.set_by_sight(form_.by_sight);
    ticket.set_printer(options_.printer);
    Command command;
    if (early()) {
        *command.mutable_register_early_waiting()->mutable_ticket() = ticket;
        command.mutable_register_early_waiting()->set_seat(form_.seat);
    } else {
        *command.mutable_issue_ticket() = ticket;
    }
    send(command, Asked::form, "form " + std::to_string(form_serial_), now_ms);
}

void GuideModel::send_undo(std::int64_t now_ms) {
    if (!issued_ || issued_->undone || now_ms - issued_->at_ms >= kUndoMs) return;
    Command command;
    command.mutable_cancel_ticket()->set_number(issued_->number);
    command.mutable_cancel_ticket()->set_reason(protocol::Reason::issued_by_mistake);
    send(command, Asked::card, "undo " + issued_->number, now_ms);
}

void GuideModel::send_print(std::uint64_t job, const std::string& printer, std::int64_t now_ms) {
    const auto* print = print_job(job);
    Command command;
    command.mutable_retry_print()->set_job(job);
    command.mutable_retry_print()->set_printer(printer);
    const bool of_card = issued_ && issued_->job == job && !list_open_;
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
    send(command, entry_open_ ? Asked::entry : Asked::list,
         "at " + std::to_string(view().head().seq()), now_ms);
}

std::optional<console::Sending> GuideModel::outgoing() {
    return std::exchange(outgoing_, std::nullopt);
}

void GuideModel::answered(const client::Answer& answer, std::int64_t now_ms) {
    const Command command = slot_.command();
    slot_.answered(answer);
    const std::string problem = refusal_words(answer, now_ms);
    if (!problem.empty()) return tell(asked_, {problem, Gravity::bad});
    succeeded(command, *answer, now_ms);
}

void GuideModel::succeeded(const Command& command, const protocol::Reply& reply,
                           std::int64_t now_ms) {
    const protocol::Ticket& ticket = reply.ticket();
    if (command.has_issue_ticket() || command.has_register_early_waiting()) {
        issued_ = Issued{ticket.number(),
                         ticket.print_job(),
                         ticket.print_state(),
                         ticket.green(),
                         ticket.early_waiting(),
                         false,
                         short_name(ticket),
                         ticket.ahead(),
                         now_ms,
                         form_};
        card_message_ = {};
        clear_form();
    } else if (command.has_cancel_ticket()) {
        if (!issued_ || issued_->number != command.cancel_ticket().number()) return;
        issued_->undone = true;
        form_ = issued_->form;
        ++form_serial_;
        card_message_ = {text("guide.undone"), Gravity::warning};
    } else if (command.has_return_ticket() || command.has_step_out()) {
        const Word word{format(command.has_return_ticket() ? "guide.returned" : "guide.stepped_out",
                               {{"number", ticket.number()},
                                {"time", time_.clock_of(ticket.stepped_out_until_ms())}}),
                        Gravity::good};
        if (asked_ == Asked::list) return tell(Asked::list, word);
        entry_open_ = false;
        typed_.clear();
        tell(Asked::form, word);
    }
    if (command.has_retry_print()) {
        tell(asked_,
             {format("guide.sent_to", {{"name", reply.print_job().printer()}}), Gravity::plain});
    }
}

std::int64_t GuideModel::idle_ms(std::int64_t now_ms) const {
    std::int64_t idle = time_.to_next_minute_ms(now_ms);
    const std::int64_t slow_in = sent_ms_ + console::kSlowMs - now_ms;
    if (slot_.busy() && slow_in > 0) idle = std::min(idle, slow_in);
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
    return std::max<std::int64_t>(1, idle);
}

}  // namespace hall::guide
