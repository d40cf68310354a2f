#include "client/hallctl/timeline.h"

#include <fmt/format.h>

#include <vector>

#include "client/hallctl/table.h"
#include "client/place_text.h"
#include "protocol/body.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

using protocol::Event;
using wording::format;
using wording::text;

// What a line says after the name of the event.
class Details {
  public:
    Details(int32_t utc_offset_s, const Names& names)
        : utc_offset_s_(utc_offset_s), names_(names) {}

    std::string material(const std::string& code) const { return called(names_.materials, code); }
    void say_service(const std::string& code) { say(called(names_.services, code)); }
    void say_facility(const std::string& code) { say(called(names_.facilities, code)); }
    void say(const std::string& words) {
        if (!words.empty()) words_.push_back(words);
    }
    void say_if(bool holds, const char* key) { say(mark(holds, key)); }
    void say(const char* key, std::string_view name, const std::string& value) {
        if (!value.empty()) say(format(key, {{name, value}}));
    }
    void say_count(const char* key, uint64_t count) {
        if (count > 0) say(key, "count", std::to_string(count));
    }
    void say_reason(protocol::Reason::Value reason) {
        if (reason != protocol::Reason::unspecified) say(wording::name_of(reason));
    }
    void say_until(int64_t at_ms) {
        if (at_ms > 0) say("hallctl.said.until", "time", clock_text(at_ms, utc_offset_s_));
    }
    void say_case(uint64_t case_id) {
        if (case_id != 0) say("hallctl.said.case", "case", std::to_string(case_id));
    }
    std::string joined() const { return fmt::format("{}", fmt::join(words_, ", ")); }

  private:
    static std::string called(const std::map<std::string, std::string>& names,
                              const std::string& code) {
        const auto found = names.find(code);
        return found == names.end() ? code : found->second;
    }

    int32_t utc_offset_s_;
    const Names& names_;
    std::vector<std::string> words_;
};

std::string date_of(uint32_t day) {
    constexpr int64_t kDayMs = 86'400'000;
    return full_moment_text(int64_t{day} * kDayMs, 0).substr(0, 10);
}

void tell(const protocol::TicketIssued& event, Details& details) {
    details.say_if(event.early_waiting(), "hallctl.said.early_waiting");
    details.say_if(event.paper(), "hallctl.said.paper");
    if (event.appointment() != 0) {
        details.say("hallctl.said.appointment", "appointment", std::to_string(event.appointment()));
    }
    if (event.check_in() != 0) {
        details.say("hallctl.said.check_in", "check_in", std::to_string(event.check_in()));
    }
    if (event.credit_ms() > 0) {
        details.say("hallctl.said.credit", "minutes", minutes(event.credit_ms()));
    }
    details.say_if(event.by_sight(), "hallctl.question.by_sight");
    details.say("hallctl.said.ahead", "count", std::to_string(event.ahead()));
}

void tell(const protocol::TicketCalled& event, Details& details) {
    details.say_count("hallctl.said.call", event.count());
    details.say_if(event.out_of_order(), "hallctl.question.out_of_order");
    details.say_if(event.reserved(), "hallctl.question.reserved_first");
    details.say_reason(event.reason());
}

void tell(const protocol::TicketCarriedOver& event, Details& details) {
    if (event.kind() != protocol::AppointmentKind::unknown) {
        details.say(wording::name_of(event.kind()));
    }
    details.say("hallctl.said.appointment", "appointment", std::to_string(event.appointment()));
    details.say(event.date());
}

void tell(const protocol::PrintRequested& event, Details& details) {
    if (event.paper() != protocol::Paper::slip) details.say(wording::name_of(event.paper()));
    details.say(event.printer());
    details.say_if(event.attempt() > 1, "hallctl.said.again");
}

void tell(const protocol::PrintReported& event, Details& details) {
    details.say(wording::name_of(event.verdict()));
    if (event.cause() != protocol::PrinterState::unknown) {
        details.say(wording::name_of(event.cause()));
    }
}

void tell(const protocol::CaseOpened& event, Details& details) {
    details.say_service(event.service());
    details.say("hallctl.said.escort", "staff", event.escort());
    details.say_if(event.proxy() == protocol::Proxy::free, "hallctl.case.proxy_free");
    details.say_if(event.proxy() == protocol::Proxy::letter, "hallctl.case.proxy_letter");
}

void tell(const protocol::CaseStageEntered& event, Details& details) {
    details.say(wording::name_of(event.stage()));
    std::vector<std::string> skipped;
    for (const int stage : event.skipped()) {
        skipped.push_back(wording::name_of(static_cast<protocol::CaseStage::Value>(stage)));
    }
    details.say("hallctl.said.skipped", "stages",
                fmt::format("{}", fmt::join(skipped, text("hallctl.said.and"))));
    details.say_reason(event.reason());
    details.say("hallctl.said.station", "station", event.station());
    details.say("hallctl.said.by", "staff", event.by());
}

void tell(const protocol::CaseStageLeft& event, Details& details) {
    details.say(wording::name_of(event.outcome()));
    if (event.to() != protocol::CaseStage::unknown) {
        details.say("hallctl.said.sent_to", "stage", wording::name_of(event.to()));
    }
    details.say_reason(event.reason());
}

void tell(const protocol::MaterialAsked& event, Details& details) {
    std::vector<std::string> materials;
    for (const auto& code : event.materials()) materials.push_back(details.material(code));
    details.say(fmt::format("{}", fmt::join(materials, text("hallctl.said.and"))));
    details.say_if(event.second(), "hallctl.question.second_notice");
    details.say("hallctl.said.next_date", "date", event.next_date());
}

void tell(const protocol::ResultTold& event, Details& details) {
    details.say(wording::name_of(event.how()));
    details.say(
        text(event.understood() ? "hallctl.case.understood" : "hallctl.case.not_understood"));
}

void tell_ticket(const Event& event, Details& details) {
    if (event.has_ticket_issued()) tell(event.ticket_issued(), details);
    if (event.has_ticket_called()) tell(event.ticket_called(), details);
    if (event.has_ticket_carried_over()) tell(event.ticket_carried_over(), details);
    if (event.has_ticket_cancelled()) details.say_reason(event.ticket_cancelled().reason());
    if (event.has_ticket_stepped_out()) details.say_until(event.ticket_stepped_out().until_ms());
    if (event.has_ticket_transferred()) details.say_service(event.ticket_transferred().service());
    if (event.has_next_service_begun()) details.say_service(event.next_service_begun().service());
    if (event.has_service_order_changed())
        details.say_service(event.service_order_changed().service());
    if (event.has_service_finished()) {
        details.say_if(event.service_finished().by_day_end(), "hallctl.said.by_day_end");
    }
    if (event.has_closing_chosen()) {
        details.say(wording::name_of(event.closing_chosen().choice()));
    }
    if (event.has_print_requested()) tell(event.print_requested(), details);
    if (event.has_print_reported()) tell(event.print_reported(), details);
    if (event.has_checked_in()) {
        details.say(wording::name_of(event.checked_in().filled_by()));
        details.say_if(event.checked_in().rests(), "hallctl.said.rests");
    }
}

void tell_case(const Event& event, Details& details) {
    if (event.has_case_opened()) tell(event.case_opened(), details);
    if (event.has_case_stage_entered()) tell(event.case_stage_entered(), details);
    if (event.has_case_stage_left()) tell(event.case_stage_left(), details);
    if (event.has_case_promised()) details.say(date_of(event.case_promised().by_day()));
    if (event.has_material_received()) {
        details.say(details.material(event.material_received().material()));
        details.say_if(event.material_received().returned(), "hallctl.material.returned");
    }
    if (event.has_material_asked()) tell(event.material_asked(), details);
    if (event.has_case_offered()) details.say(event.case_offered().to());
    if (event.has_case_handed_over()) details.say(event.case_handed_over().to());
    if (event.has_case_decided()) details.say(wording::name_of(event.case_decided().result()));
    if (event.has_result_told()) tell(event.result_told(), details);
    const uint32_t grade = event.case_rated().grade();
    if (grade >= 1 && grade <= 5) details.say(wording::name_of_grade(grade));
    if (event.has_person_unmasked()) {
        details.say(wording::name_of(event.person_unmasked().purpose()));
    }
    if (event.has_code_scanned()) {
        details.say("hallctl.said.station", "station", event.code_scanned().station());
    }
}

void tell_care(const Event& event, Details& details) {
    if (event.has_emergency_raised()) {
        details.say(wording::name_of_place(event.emergency_raised().place()));
        details.say_if(event.emergency_raised().drill(), "hallctl.emergency.drill");
    }
    if (event.has_emergency_acknowledged()) details.say(event.emergency_acknowledged().by());
    if (event.has_emergency_step_done()) {
        details.say_count("hallctl.said.step", event.emergency_step_done().step());
        details.say(event.emergency_step_done().by());
    }
    if (event.has_emergency_closed()) {
        details.say(wording::name_of(event.emergency_closed().outcome()));
    }
    if (event.has_facility_lent()) details.say_facility(event.facility_lent().facility());
    if (event.has_stock_taken()) {
        details.say_facility(event.stock_taken().facility());
        details.say_count("hallctl.said.pieces", event.stock_taken().count());
    }
}

}  // namespace

std::string history_text(const protocol::Ticket& ticket, int32_t utc_offset_s, const Names& names) {
    std::string lines;
    for (const auto& record : ticket.history()) {
        const Event& event = record.event();
        const auto* body = protocol::body_of(event);
        if (body == nullptr) continue;
        Details details(utc_offset_s, names);
        details.say(window_name(static_cast<uint32_t>(protocol::number_in(*body, "window"))));
        details.say_case(protocol::number_in(*body, "case_id"));
        tell_ticket(event, details);
        tell_case(event, details);
        tell_care(event, details);
        std::string line =
            fmt::format("{}  {}", clock_text(record.at_ms(), utc_offset_s),
                        text("hallctl.event." + protocol::body_field(event)->name()));
        const std::string said = details.joined();
        if (!said.empty()) line += "  " + said;
        lines += line + fmt::format("  ({} #{})\n", record.actor(), record.seq());
    }
    return lines;
}

}  // namespace hall::client::hallctl
