// Slips written on paper while the system was down: all of a batch or none of it.
//
// `field` of paper_slip_invalid is "LINE WORD [VALUE]": the slip's place in the batch, from 1; a
// word of those below, or the refusal code that a ticket with this wish would get; and what is
// wrong. Whoever read the slips from a file knows their lines and has the sentences.
#include <algorithm>
#include <set>

#include "hall-server/core/decide.h"
#include "ticketing/credited_arrival.h"
#include "ticketing/ticket_number.h"

namespace hall::core {

using protocol::Phase;
using protocol::RefusalCode;
using Slip = protocol::ImportPaper::Slip;

namespace {

constexpr int64_t kDayMs = 86'400'000;

protocol::Refusal invalid(int line, const std::string& number, const std::string& word,
                          const std::string& value = "") {
    std::string field = std::to_string(line) + " " + word;
    if (!value.empty()) field += " " + value;
    return Refuse(RefusalCode::paper_slip_invalid).number(number).field(field).refusal();
}

// The hall prints numbers with the slips' letter itself.
bool letter_in_use(const HallState& hall) {
    const std::string letter(1, kPaperLetter);
    for (const auto& service : hall.data.rules().services()) {
        if (service.letter() == letter) return true;
    }
    return hall.last_number(kPaperLetter) > 0;
}

// Nobody came before: early waiting, or whatever a supervisor began sooner, or the day itself.
int64_t earliest_arrival_ms(const HallState& hall) {
    const auto& plan = hall.data.plan();
    int64_t midnight_ms = int64_t{plan.day()} * kDayMs - int64_t{plan.utc_offset_s()} * 1'000;
    if (!plan.opens()) return midnight_ms;
    int64_t earliest_ms = plan.early_waiting_at_ms();
    int64_t opened_ms = hall.data.first_opened_at_ms();
    if (opened_ms > 0) earliest_ms = std::min(earliest_ms, opened_ms);
    if (hall.data.tickets_size() > 0) {
        earliest_ms = std::min(earliest_ms, hall.data.tickets(0).entered_at_ms());
    }
    return earliest_ms;
}

protocol::IssueTicket wish_of(const Slip& slip) {
    protocol::IssueTicket wish;
    *wish.mutable_services() = slip.services();
    *wish.mutable_categories() = slip.categories();
    return wish;
}

std::optional<protocol::Refusal> check_slip(const Ask& ask, const Slip& slip, int line,
                                            std::set<uint32_t>& serials) {
    auto number = ticketing::parse_ticket_number(slip.number());
    if (!number || number->letter != kPaperLetter || number->serial > kPaperSerialMax) {
        return invalid(line, "", "number", slip.number());
    }
    std::string text = ticketing::to_text(*number);
    if (!serials.insert(number->serial).second) return invalid(line, text, "twice");
    if (ask.hall.find_ticket(text)) {
        return Refuse(RefusalCode::paper_slip_known).number(text).refusal();
    }
    if (slip.arrived_ms() > ask.now_ms) return invalid(line, text, "arrived_in_future");
    if (slip.arrived_ms() < earliest_arrival_ms(ask.hall)) {
        return invalid(line, text, "arrived_too_early");
    }
    if (auto refusal = check_ticket(ask.hall, wish_of(slip))) {
        if (refusal->code() == RefusalCode::too_many_tickets) return refusal;
        return invalid(line, text, RefusalCode::Value_Name(refusal->code()), refusal->field());
    }
    return std::nullopt;
}

std::optional<protocol::Refusal> check_slips(const Ask& ask, const protocol::ImportPaper& command) {
    if (command.slips().empty()) return invalid(1, "", "no_slips");
    auto count = static_cast<size_t>(command.slips_size());
    if (count > kPaperSlipsMax) {
        return invalid(static_cast<int>(kPaperSlipsMax) + 1, "", "too_many_slips");
    }
    if (letter_in_use(ask.hall)) return invalid(1, "", "letter_in_use");
    if (static_cast<size_t>(ask.hall.data.tickets_size()) + count > kTicketsPerDayMax) {
        return Refuse(RefusalCode::too_many_tickets).refusal();
    }
    std::set<uint32_t> serials;
    for (int i = 0; i < command.slips_size(); ++i) {
        if (auto refusal = check_slip(ask, command.slips(i), i + 1, serials)) return refusal;
    }
    return std::nullopt;
}

// What was written is the arrival: the slip takes the place that its holder would have had.
// Nothing is printed again, so nobody is told how many are ahead.
protocol::Event issued(const HallState& hall, const Slip& slip, uint64_t key_serial) {
    protocol::Event event;
    auto* body = event.mutable_ticket_issued();
    int64_t credit_ms = credit_of(hall, wish_of(slip));
    body->set_number(ticketing::to_text(*ticketing::parse_ticket_number(slip.number())));
    *body->mutable_services() = slip.services();
    body->set_credit_ms(credit_ms);
    body->set_claim(credit_ms > 0 ? protocol::Claim::credit : protocol::Claim::none);
    body->set_key_v_ms(
        ticketing::credited_arrival(credit_rules(hall), slip.arrived_ms(), credit_ms));
    body->set_key_t_ms(slip.arrived_ms());
    body->set_key_serial(key_serial);
    body->set_entered_at_ms(slip.arrived_ms());
    body->set_paper(true);
    return event;
}

}  // namespace

Decision decide(const Ask& ask, const protocol::ImportPaper& command) {
    const auto& data = ask.hall.data;
    if (data.plan().date().empty()) return Refuse(RefusalCode::day_not_planned);
    if (auto refusal = check_slips(ask, command)) return tl::make_unexpected(*refusal);
    bool issuing =
        data.phase() == Phase::open || (data.phase() == Phase::extended && data.by_hand());
    Events events;
    uint64_t key_serial = data.next_key_serial();
    for (const Slip& slip : command.slips()) {
        // Who waits needs a hall that serves; who was served is only counted.
        if (!slip.served() && !issuing) return Refuse(RefusalCode::not_open);
        protocol::Event issue = issued(ask.hall, slip, key_serial++);
        events.push_back(issue);
        if (!slip.served()) continue;
        protocol::Event served;
        served.mutable_ticket_served_on_paper()->set_number(issue.ticket_issued().number());
        events.push_back(served);
    }
    return events;
}

}  // namespace hall::core
