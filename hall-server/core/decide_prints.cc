// Printing: the hall asks, an agent claims, prints and reports. A request outlives everyone.
#include "hall-server/core/cases.h"

namespace hall::core {

using protocol::Event;
using protocol::PrinterState;
using protocol::PrintState;
using protocol::RefusalCode;

namespace {

tl::expected<const state::Print*, protocol::Refusal> named_print(const HallState& hall,
                                                                 uint64_t job) {
    const state::Print* print = hall.find_print(job);
    if (!print) return Refuse(RefusalCode::unknown_print_job).field(std::to_string(job));
    return print;
}

Event request(uint64_t job, const std::string& number, const std::string& printer,
              uint32_t attempt) {
    Event event;
    auto* body = event.mutable_print_requested();
    body->set_job(job);
    body->set_number(number);
    body->set_printer(printer);
    body->set_attempt(attempt);
    return event;
}

}  // namespace

Event print_request(const HallState& hall, const std::string& number, const std::string& printer) {
    return request(hall.data.next_print_job(), number, printer, 1);
}

Event case_print_request(const HallState& hall, uint64_t case_id, protocol::Paper::Value paper,
                         const std::string& printer) {
    Event event = request(hall.data.next_print_job(), "", printer, 1);
    event.mutable_print_requested()->set_case_id(case_id);
    event.mutable_print_requested()->set_paper(paper);
    return event;
}

Event notice_request(const HallState& hall, const state::Case& entry,
                     const std::vector<std::string>& materials, const std::string& next_date,
                     const std::string& printer) {
    Event event = case_print_request(hall, entry.id(), protocol::Paper::notice, printer);
    auto* body = event.mutable_print_requested();
    for (const std::string& code : materials) body->add_materials(code);
    body->set_next_date(next_date);
    return event;
}

bool prints_full(const HallState& hall) {
    return hall.data.prints_size() >= static_cast<int>(kPrintJobsPerDayMax);
}

void add_slip(const HallState& hall, uint64_t appointment, const std::string& number,
              const std::string& printer, uint64_t& next_job, Events& events) {
    const std::string& where = printer.empty() ? hall.data.rules().ticket_printer() : printer;
    if (where.empty()) return;
    const uint64_t asked = next_job - hall.data.next_print_job();
    if (static_cast<uint64_t>(hall.data.prints_size()) + asked >= kPrintJobsPerDayMax) return;
    Event event = request(next_job++, number, where, 1);
    event.mutable_print_requested()->set_appointment(appointment);
    events.push_back(std::move(event));
}

Decision decide(const Ask& ask, const protocol::RetryPrint& command) {
    auto print = named_print(ask.hall, command.job());
    if (!print) return tl::make_unexpected(print.error());
    const std::string& printer =
        command.printer().empty() ? (*print)->printer() : command.printer();
    if (!ask.hall.find_printer(printer)) {
        return Refuse(RefusalCode::unknown_printer).field(printer);
    }
    uint32_t attempt = (*print)->attempt();
    switch ((*print)->state()) {
        case PrintState::claimed:
            return Refuse(RefusalCode::print_in_progress).field(std::to_string(command.job()));
        case PrintState::requested:
            // Nobody has taken it: it may move, and is still the first slip.
            if (printer == (*print)->printer()) {
                return Refuse(RefusalCode::print_in_progress).field(std::to_string(command.job()));
            }
            break;
        case PrintState::failed:
            // The printer says that there is no paper out there; still marked, as paper can lie.
        case PrintState::unconfirmed:
        case PrintState::printed:
            ++attempt;
            break;
        case PrintState::unknown:
        case protocol::PrintState_Value_PrintState_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
        case protocol::PrintState_Value_PrintState_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
            break;
    }
    Event again = request(command.job(), (*print)->number(), printer, attempt);
    again.mutable_print_requested()->set_appointment((*print)->appointment());
    again.mutable_print_requested()->set_case_id((*print)->case_id());
    again.mutable_print_requested()->set_paper((*print)->paper());
    again.mutable_print_requested()->set_token((*print)->token());
    again.mutable_print_requested()->set_service((*print)->service());
    *again.mutable_print_requested()->mutable_materials() = (*print)->materials();
    again.mutable_print_requested()->set_next_date((*print)->next_date());
    return Events{again};
}

Decision decide(const Ask& ask, const protocol::TestPrint& command) {
    if (!ask.hall.find_printer(command.printer())) {
        return Refuse(RefusalCode::unknown_printer).field(command.printer());
    }
    if (prints_full(ask.hall)) return Refuse(RefusalCode::too_many_print_jobs);
    return Events{print_request(ask.hall, "", command.printer())};
}

// About nobody: whoever works in the hall may give it to whoever asks.
Decision decide(const Ask& ask, const protocol::PrintGuide& command) {
    const HallState& hall = ask.hall;
    if (!hall.find_service(command.service())) {
        return Refuse(RefusalCode::unknown_service).field(command.service());
    }
    const std::string& printer =
        command.printer().empty() ? hall.data.rules().ticket_printer() : command.printer();
    if (!hall.find_printer(printer)) return Refuse(RefusalCode::unknown_printer).field(printer);
    if (prints_full(hall)) return Refuse(RefusalCode::too_many_print_jobs);
    Event event = print_request(hall, "", printer);
    event.mutable_print_requested()->set_service(command.service());
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::ClaimPrint& command) {
    auto print = named_print(ask.hall, command.job());
    if (!print) return tl::make_unexpected(print.error());
    uint32_t attempt = (*print)->attempt();
    if ((*print)->state() == PrintState::claimed) {
        // The agent that claimed it may have died before it could tell: it may print again, marked.
        if ((*print)->claimed_by() != ask.actor.device) {
            return Refuse(RefusalCode::print_already_claimed).field(std::to_string(command.job()));
        }
        ++attempt;
    } else if ((*print)->state() == PrintState::unconfirmed && (*print)->lapsed()) {
        ++attempt;
    } else if ((*print)->state() != PrintState::requested) {
        return Refuse(RefusalCode::print_already_claimed).field(std::to_string(command.job()));
    }
    Event event;
    event.mutable_print_claimed()->set_job(command.job());
    event.mutable_print_claimed()->set_attempt(attempt);
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::ReportPrint& command) {
    auto print = named_print(ask.hall, command.job());
    if (!print) return tl::make_unexpected(print.error());
    bool verdict = command.verdict() == PrintState::printed ||
                   command.verdict() == PrintState::failed ||
                   command.verdict() == PrintState::unconfirmed;
    if (!verdict || !protocol::PrinterState::Value_IsValid(command.cause())) {
        return Refuse(RefusalCode::value_out_of_range).field(std::to_string(command.verdict()));
    }
    // A late verdict is better than none: `unconfirmed` may still become known.
    bool open =
        (*print)->state() == PrintState::claimed || (*print)->state() == PrintState::unconfirmed;
    if (!open || (*print)->claimed_by() != ask.actor.device) {
        return Refuse(RefusalCode::print_not_claimed).field(std::to_string(command.job()));
    }
    Event event;
    auto* body = event.mutable_print_reported();
    body->set_job(command.job());
    body->set_verdict(command.verdict());
    body->set_cause(command.cause());
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::ReportPrinter& command) {
    const state::Printer* printer = ask.hall.find_printer(command.printer());
    if (!printer) {
        return Refuse(RefusalCode::unknown_printer).field(command.printer());
    }
    if (!protocol::PrinterState::Value_IsValid(command.state()) ||
        command.state() == PrinterState::unknown) {
        return Refuse(RefusalCode::value_out_of_range).field(std::to_string(command.state()));
    }
    if (printer->state() == command.state()) return Events{};
    Event event;
    event.mutable_printer_reported()->set_printer(command.printer());
    event.mutable_printer_reported()->set_state(command.state());
    return Events{event};
}

Events lapsed_claims(const HallState& hall, int64_t now_ms) {
    Events events;
    for (const auto& [deadline_ms, job] : hall.claim_deadlines) {
        if (deadline_ms > now_ms) break;
        auto* body = events.emplace_back().mutable_print_reported();
        body->set_job(job);
        body->set_verdict(PrintState::unconfirmed);
        body->set_lapsed(true);
    }
    return events;
}

}  // namespace hall::core
