// The day report: what a day was like, and every decision in it that a person could question.
#include <algorithm>
#include <functional>
#include <map>

#include "hall-server/core/counting.h"
#include "hall-server/core/decide.h"
#include "hall-server/core/local_date.h"
#include "hall-server/core/view_rows.h"

namespace hall::core {

using protocol::DayReport;
using protocol::RefusalCode;
using protocol::TicketState;

namespace {

constexpr int64_t kHourMs = 3'600'000;

struct Spans {
    std::vector<int64_t> all_ms;

    void add(int64_t span_ms) { all_ms.push_back(span_ms); }
    int64_t sum_ms() const {
        int64_t sum = 0;
        for (int64_t span_ms : all_ms) sum += span_ms;
        return sum;
    }
    // Nearest rank: the smallest span that `percent` of all do not exceed. 0 of none.
    int64_t percentile_ms(size_t percent) {
        if (all_ms.empty()) return 0;
        size_t rank = (all_ms.size() * percent + 99) / 100;
        auto nth = all_ms.begin() + static_cast<std::ptrdiff_t>(rank - 1);
        std::nth_element(all_ms.begin(), nth, all_ms.end());
        return *nth;
    }
};

struct OfClass {
    uint32_t issued = 0;
    Spans waits;
};

struct OfService {
    uint32_t served = 0;
    Spans spans;
};

struct Tally {
    std::map<int64_t, OfClass, std::greater<>> classes;
    std::map<std::string, OfService> services;
    std::map<uint32_t, DayReport::Hour> hours;
};

uint32_t local_hour(const HallState& hall, int64_t at_ms) {
    int64_t local_ms = at_ms + int64_t{hall.data.plan().utc_offset_s()} * 1'000;
    return static_cast<uint32_t>(local_ms / kHourMs % 24);
}

// Until its first call. Before the doors open nobody can be called: who came earlier, registered
// or with a paper slip, waits for us from then on.
int64_t waited_ms(const HallState& hall, const state::Ticket& ticket) {
    int64_t from_ms = std::max(ticket.entered_at_ms(), hall.data.first_opened_at_ms());
    return std::max<int64_t>(0, ticket.first_wait_ended_at_ms() - from_ms);
}

void tally_wait(const HallState& hall, const state::Ticket& ticket, Tally& tally) {
    OfClass& of_class = tally.classes[ticket.credit_ms()];
    ++of_class.issued;
    DayReport::Hour& entered = tally.hours[local_hour(hall, ticket.entered_at_ms())];
    entered.set_issued(entered.issued() + 1);
    if (ticket.first_wait_ended_at_ms() == 0) return;
    int64_t wait_ms = waited_ms(hall, ticket);
    of_class.waits.add(wait_ms);
    DayReport::Hour& hour = tally.hours[local_hour(hall, ticket.first_wait_ended_at_ms())];
    hour.set_called(hour.called() + 1);
    hour.set_wait_sum_ms(hour.wait_sum_ms() + wait_ms);
}

void tally_services(const state::Ticket& ticket, Tally& tally) {
    auto done = static_cast<int>(ticket.service_index());
    if (ticket.state() == TicketState::done) ++done;
    // Served on paper: all that the slip says.
    bool on_paper = ticket.state() == TicketState::done && ticket.started_at_ms() == 0;
    if (on_paper) done = ticket.services_size();
    for (int i = 0; i < done; ++i) {
        OfService& service = tally.services[ticket.services(i)];
        ++service.served;
        int64_t span_ms = i < ticket.spans_ms_size() ? ticket.spans_ms(i) : 0;
        if (span_ms > 0) service.spans.add(span_ms);
    }
}

void tally_state(const state::Ticket& ticket, DayReport& report) {
    report.set_issued(report.issued() + 1);
    if (ticket.early_waiting()) report.set_early_waiting(report.early_waiting() + 1);
    if (ticket.appointment_late() && report.appointments_kept() > 0) {
        // It was counted as a check-in.
        report.set_appointments_kept(report.appointments_kept() - 1);
        report.set_appointments_late(report.appointments_late() + 1);
    }
    switch (ticket.state()) {
        case TicketState::done:
            return report.set_done(report.done() + 1);
        case TicketState::cancelled:
            return report.set_cancelled(report.cancelled() + 1);
        case TicketState::appointment:
            return report.set_carried_over(report.carried_over() + 1);
        case TicketState::closed_out:
            return report.set_closed_out(report.closed_out() + 1);
        case TicketState::unknown:
        case TicketState::registered:
        case TicketState::waiting:
        case TicketState::called:
        case TicketState::serving:
        case TicketState::on_errand:
        case TicketState::stepped_out:
        case TicketState::missed:
        case TicketState::held:
        case protocol::TicketState_Value_TicketState_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
        case protocol::TicketState_Value_TicketState_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
            return;
    }
}

void fill_rows(const HallState& hall, Tally& tally, DayReport& report) {
    for (auto& [credit_ms, of_class] : tally.classes) {
        DayReport::Class& row = *report.add_classes();
        row.set_credit_ms(credit_ms);
        row.set_issued(of_class.issued);
        row.set_called(static_cast<uint32_t>(of_class.waits.all_ms.size()));
        row.set_wait_sum_ms(of_class.waits.sum_ms());
        row.set_wait_p50_ms(of_class.waits.percentile_ms(50));
        row.set_wait_p95_ms(of_class.waits.percentile_ms(95));
        row.set_wait_max_ms(of_class.waits.percentile_ms(100));
    }
    for (auto& [code, of_service] : tally.services) {
        if (report.services_size() == static_cast<int>(kReportServicesMax)) break;
        DayReport::Service& row = *report.add_services();
        const auto* rule = hall.find_service(code);
        row.set_code(code);
        row.set_name(rule ? rule->name() : code);
        row.set_served(of_service.served);
        row.set_service_sum_ms(of_service.spans.sum_ms());
        row.set_service_p50_ms(of_service.spans.percentile_ms(50));
    }
    for (auto& [number, hour] : tally.hours) {
        hour.set_hour(number);
        *report.add_hours() = hour;
    }
}

const DayReport* kept_report(const HallState& hall, const std::string& date) {
    const auto& kept = hall.data.reports();
    for (auto report = kept.rbegin(); report != kept.rend(); ++report) {
        if (report->date() == date) return &*report;
    }
    return nullptr;
}

}  // namespace

DayReport day_report(const HallState& hall) {
    DayReport report = hall.data.report();
    report.set_date(hall.data.plan().date());
    report.set_utc_offset_s(hall.data.plan().utc_offset_s());
    Tally tally;
    for (const state::Ticket& ticket : hall.data.tickets()) {
        tally_state(ticket, report);
        tally_wait(hall, ticket, tally);
        tally_services(ticket, tally);
    }
    fill_rows(hall, tally, report);
    return report;
}

void keep_report(HallState& hall) {
    auto& kept = *hall.data.mutable_reports();
    if (kept.size() == static_cast<int>(kReportDaysMax)) kept.DeleteSubrange(0, 1);
    DayReport& report = *kept.Add();
    report = day_report(hall);
    report.set_over(true);
    int old = kept.size() - static_cast<int>(kReportQuestionDays);
    for (int i = old - 1; i >= 0 && kept.Get(i).questions_size() > 0; --i) {
        // Swapped, not cleared: a cleared list keeps its memory.
        google::protobuf::RepeatedPtrField<DayReport::Question>().Swap(
            kept.Mutable(i)->mutable_questions());
    }
    hall.data.clear_report();
    hall.data.clear_first_opened_at_ms();
}

void answer_report(const HallState& hall, const protocol::ReportQuery& query, int64_t,
                   protocol::Reply& reply) {
    const std::string& today = hall.data.plan().date();
    const std::string& date = query.date().empty() ? today : query.date();
    if (date.empty()) return refuse(reply, Refuse(RefusalCode::day_not_planned).field(date));
    if (date == today) {
        *reply.mutable_report() = day_report(hall);
    } else if (!day_of_date(date)) {
        return refuse(reply, Refuse(RefusalCode::date_invalid).field(date));
    } else if (const DayReport* kept = kept_report(hall, date)) {
        *reply.mutable_report() = *kept;
    } else {
        return refuse(reply, Refuse(RefusalCode::day_not_kept).field(date));
    }
    reply.mutable_report()->set_hall_name(hall.data.rules().hall_name());
}

}  // namespace hall::core
