#include "client/hallctl/care_tables.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "client/hallctl/table.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

using protocol::Reply;
using wording::format;
using wording::text;

template <typename List>
std::string joined(const List& list) {
    return fmt::format("{}", fmt::join(list, ", "));
}

template <typename CheckIns>
std::string check_ins_text(const CheckIns& check_ins, int32_t utc_offset_s) {
    Table table({"hallctl.column.check_in", "hallctl.column.time", "hallctl.column.person",
                 "hallctl.column.state", "hallctl.column.reason", "hallctl.column.filled_by",
                 "hallctl.column.actor", "hallctl.column.number", "hallctl.column.note"});
    for (const auto& row : check_ins) {
        const bool reason = row.reason() != protocol::CheckInReason::unspecified;
        table.add({std::to_string(row.id()), moment_text(row.at_ms(), utc_offset_s),
                   row.masked_name(), wording::name_of(row.state()),
                   reason ? wording::name_of(row.reason()) : "", wording::name_of(row.filled_by()),
                   row.by(), joined(row.numbers()), row.note()});
    }
    return table.to_text();
}

template <typename Emergencies>
std::string emergencies_text(const Emergencies& emergencies, int32_t utc_offset_s) {
    Table table({"hallctl.column.emergency", "hallctl.column.state", "hallctl.column.place_of",
                 "hallctl.column.kind", "hallctl.column.number", "hallctl.column.raised",
                 "hallctl.column.acknowledged", "hallctl.column.responders",
                 "hallctl.column.outcome"});
    for (const auto& row : emergencies) {
        std::string state = wording::name_of(row.state());
        if (row.drill()) state += " " + text("hallctl.emergency.drill");
        if (row.escalated()) state += " " + text("hallctl.emergency.escalated");
        std::string acknowledged = moment_text(row.acknowledged_at_ms(), utc_offset_s);
        if (!acknowledged.empty()) acknowledged += " " + row.acknowledged_by();
        const bool outcome = row.outcome() != protocol::EmergencyOutcome::unknown;
        table.add({std::to_string(row.id()), state,
                   wording::name_of_place(row.place(), row.place_name()), row.kind(), row.number(),
                   moment_text(row.raised_at_ms(), utc_offset_s), acknowledged,
                   joined(row.responder_names().empty() ? row.responders() : row.responder_names()),
                   outcome ? wording::name_of(row.outcome()) : ""});
    }
    return table.to_text();
}

// With its steps: what is done, and what is still to do.
std::string emergency_text(const protocol::Emergency& emergency, int32_t utc_offset_s) {
    std::string lines = emergencies_text(only(emergency), utc_offset_s);
    int number = 0;
    for (const auto& step : emergency.steps()) {
        const std::string done = step.done_at_ms() == 0
                                     ? text("hallctl.emergency.to_do")
                                     : moment_text(step.done_at_ms(), utc_offset_s);
        lines += fmt::format("{}. {}  {}  {}\n", ++number, step.text(), done, step.by());
    }
    if (!emergency.closing_note().empty()) lines += emergency.closing_note() + "\n";
    return lines;
}

template <typename Facilities>
std::string facility_table(const Facilities& facilities) {
    Table table({"hallctl.column.code", "hallctl.column.name", "hallctl.column.kind",
                 "hallctl.column.count", "hallctl.column.lent", "hallctl.column.expires",
                 "hallctl.column.state"});
    for (const auto& row : facilities) {
        std::string state = mark(row.low(), "hallctl.facility.low");
        if (row.expired()) state = text("hallctl.facility.expired");
        const bool lent = row.kind() != protocol::FacilityKind::consumable;
        table.add({row.code(), row.name(), wording::name_of(row.kind()),
                   std::to_string(row.count()), lent ? std::to_string(row.lent()) : "",
                   row.expires(), state});
    }
    return table.to_text();
}

template <typename Loans>
std::string loans_text(const Loans& loans, int32_t utc_offset_s) {
    Table table({"hallctl.column.loan", "hallctl.column.name", "hallctl.column.number",
                 "hallctl.column.case", "hallctl.column.lent_at", "hallctl.column.returned_at",
                 "hallctl.column.actor", "hallctl.column.state"});
    for (const auto& row : loans) {
        table.add({std::to_string(row.id()), row.name(), row.number(),
                   row.case_id() == 0 ? "" : std::to_string(row.case_id()),
                   moment_text(row.lent_at_ms(), utc_offset_s),
                   moment_text(row.returned_at_ms(), utc_offset_s), row.by(),
                   mark(row.overdue(), "hallctl.loan.overdue")});
    }
    return table.to_text();
}

std::string facilities_text(const protocol::FacilityList& list, int32_t utc_offset_s) {
    std::string lines = facility_table(list.facilities());
    if (!list.loans().empty()) lines += "\n" + loans_text(list.loans(), utc_offset_s);
    return lines;
}

template <typename Consultations>
std::string consultations_text(const Consultations& consultations, int32_t utc_offset_s) {
    Table table({"hallctl.column.consultation", "hallctl.column.time", "hallctl.column.service",
                 "hallctl.column.person", "hallctl.column.owner", "hallctl.column.answer_by",
                 "hallctl.column.answered", "hallctl.column.office", "hallctl.column.note",
                 "hallctl.column.answer"});
    for (const auto& row : consultations) {
        const std::string late = mark(row.overdue(), "hallctl.case.overdue");
        table.add({std::to_string(row.id()), moment_text(row.at_ms(), utc_offset_s),
                   row.service_name(), row.masked_name(),
                   row.owner_name().empty() ? row.owner() : row.owner_name(),
                   late.empty() ? row.answer_by() : row.answer_by() + " " + late,
                   moment_text(row.answered_at_ms(), utc_offset_s), row.office(), row.note(),
                   row.answer()});
    }
    return table.to_text();
}

std::string assistance_text(const protocol::Assistance& row, int32_t utc_offset_s) {
    Table table({"hallctl.column.time", "hallctl.column.machine", "hallctl.column.task",
                 "hallctl.column.minutes", "hallctl.column.actor", "hallctl.column.note"});
    table.add({moment_text(row.at_ms(), utc_offset_s), row.machine(), row.task(),
               std::to_string(row.minutes()), row.by(), row.note()});
    return table.to_text();
}

template <typename StaffRows>
std::string staff_text(const StaffRows& staff, int32_t utc_offset_s) {
    Table table({"hallctl.column.staff", "hallctl.column.full_name", "hallctl.column.rank",
                 "hallctl.column.duty", "hallctl.column.since", "hallctl.column.device",
                 "hallctl.column.cases", "hallctl.column.languages", "hallctl.column.trained_on",
                 "hallctl.column.pin"});
    for (const auto& row : staff) {
        std::vector<std::string> languages;
        for (const auto& tag : row.languages()) {
            languages.push_back(wording::name_of_language(tag));
        }
        std::string trained = row.trained_on();
        if (!row.training_current()) {
            trained += (trained.empty() ? "" : " ") + text("hallctl.staff.training_due");
        }
        table.add({row.number(), row.name(), wording::name_of(row.rank()),
                   text(row.on_duty() ? "hallctl.staff.on_duty" : "hallctl.staff.off_duty"),
                   row.on_duty() ? moment_text(row.since_ms(), utc_offset_s) : "", row.device(),
                   row.offered_cases() == 0
                       ? std::to_string(row.open_cases())
                       : fmt::format("{}+{}", row.open_cases(), row.offered_cases()),
                   joined(languages), trained, text(row.has_pin() ? "hallctl.yes" : "hallctl.no")});
    }
    return table.to_text();
}

template <typename Wristbands>
std::string wristbands_text(const Wristbands& wristbands, int32_t utc_offset_s) {
    Table table({"hallctl.column.case", "hallctl.column.token", "hallctl.column.since",
                 "hallctl.column.state", "hallctl.column.stage", "hallctl.column.window"});
    for (const auto& row : wristbands) {
        const bool known = row.has_case_file();
        table.add({std::to_string(row.case_id()), row.token(),
                   moment_text(row.issued_at_ms(), utc_offset_s),
                   text(row.revoked() ? "hallctl.wristband.revoked" : "hallctl.wristband.valid"),
                   known ? wording::name_of(row.case_file().stage()) : "",
                   window_name(row.window())});
    }
    return table.to_text();
}

// "12, at most 20 by law", in working days.
std::string days_of(const protocol::CatalogueItem& item) {
    if (item.promised_days() == 0) return text("hallctl.service.at_once");
    return format("hallctl.service.days", {{"days", std::to_string(item.promised_days())}});
}

std::string proxy_of(protocol::Proxy::Value proxy) {
    if (proxy == protocol::Proxy::in_person) return text("hallctl.service.in_person");
    if (proxy == protocol::Proxy::letter) return text("hallctl.service.letter");
    return text("hallctl.service.free");
}

std::string catalogue_text(const protocol::CatalogueItemList& list) {
    Table table({"hallctl.column.code", "hallctl.column.name", "hallctl.column.materials",
                 "hallctl.column.promised", "hallctl.column.handling", "hallctl.column.proxy",
                 "hallctl.column.window"});
    for (const auto& item : list.items()) {
        table.add({item.code(), item.name(), std::to_string(item.materials_size()), days_of(item),
                   wording::name_of(item.handling()), proxy_of(item.proxy()),
                   joined(item.windows())});
    }
    return table.to_text();
}

std::string person_text(const protocol::Person& person) {
    std::string lines;
    const std::pair<const char*, const std::string&> rows[] = {
        {"hallctl.person.name", person.name()},
        {"hallctl.person.phone", person.phone()},
        {"hallctl.person.township", person.township()},
        {"hallctl.person.identity", person.identity()},
        {"hallctl.person.family_phone", person.family_phone()}};
    for (const auto& [key, value] : rows) {
        if (!value.empty()) lines += text(key) + "  " + value + "\n";
    }
    if (!person.family_phone().empty()) {
        lines += text(person.family_consent() ? "hallctl.person.family_consent"
                                              : "hallctl.person.no_family_consent") +
                 "\n";
    }
    return lines;
}

std::string vault_text(const protocol::VaultReport& vault) {
    return format("hallctl.vault.purged", {{"destroyed", std::to_string(vault.destroyed())},
                                           {"kept", std::to_string(vault.kept())}}) +
           "\n";
}

}  // namespace

std::string guide_text(const protocol::CatalogueItem& item) {
    std::string lines = item.name() + "\n" + days_of(item) + "  " + proxy_of(item.proxy()) + "\n";
    if (!item.windows().empty()) {
        lines += format("hallctl.service.windows", {{"windows", joined(item.windows())}}) + "\n";
    }
    bool heading = false;
    for (const auto& material : item.materials()) {
        if (material.proved_by_data()) continue;  // nobody is asked to bring it
        if (!std::exchange(heading, true)) lines += "\n" + text("hallctl.service.bring") + "\n";
        lines += "- " + material.name();
        if (material.conditional()) lines += text("hallctl.service.conditional");
        if (!material.note().empty()) lines += "  " + material.note();
        lines += "\n";
    }
    if (!item.guide().empty()) lines += "\n" + item.guide() + "\n";
    return lines;
}

std::optional<std::string> care_text(const Reply& reply, int32_t utc_offset_s) {
    if (reply.has_check_in()) return check_ins_text(only(reply.check_in()), utc_offset_s);
    if (reply.has_check_ins()) {
        return check_ins_text(reply.check_ins().check_ins(), utc_offset_s);
    }
    if (reply.has_emergency()) return emergency_text(reply.emergency(), utc_offset_s);
    if (reply.has_emergencies()) {
        return emergencies_text(reply.emergencies().emergencies(), utc_offset_s);
    }
    if (reply.has_facility()) return facility_table(only(reply.facility()));
    if (reply.has_facilities()) return facilities_text(reply.facilities(), utc_offset_s);
    if (reply.has_loan()) return loans_text(only(reply.loan()), utc_offset_s);
    if (reply.has_consultation()) {
        return consultations_text(only(reply.consultation()), utc_offset_s);
    }
    if (reply.has_consultations()) {
        return consultations_text(reply.consultations().consultations(), utc_offset_s);
    }
    if (reply.has_assistance()) return assistance_text(reply.assistance(), utc_offset_s);
    if (reply.has_staff()) return staff_text(only(reply.staff()), utc_offset_s);
    if (reply.has_staff_list()) return staff_text(reply.staff_list().staff(), utc_offset_s);
    if (reply.has_wristband()) return wristbands_text(only(reply.wristband()), utc_offset_s);
    if (reply.has_wristbands()) {
        return wristbands_text(reply.wristbands().wristbands(), utc_offset_s);
    }
    if (reply.has_catalogue()) return catalogue_text(reply.catalogue());
    if (reply.has_person()) return person_text(reply.person());
    if (reply.has_vault()) return vault_text(reply.vault());
    return std::nullopt;
}

}  // namespace hall::client::hallctl
