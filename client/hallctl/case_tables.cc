#include "client/hallctl/case_tables.h"

#include <fmt/format.h>

#include "client/hallctl/table.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

using protocol::Case;
using protocol::CaseResult;
using protocol::RatingState;
using wording::format;
using wording::text;

// What somebody has to know or do about it, most pressing first.
std::string standing(const Case& one) {
    if (one.closed()) return text("hallctl.case.closed");
    std::vector<std::string> words;
    if (one.overdue()) words.push_back(text("hallctl.case.overdue"));
    if (one.waiting_for_visitor()) words.push_back(text("hallctl.case.waiting_for_visitor"));
    if (one.follow_up_open()) words.push_back(text("hallctl.case.follow_up"));
    if (!one.offered_to().empty()) {
        words.push_back(format("hallctl.case.offered_to", {{"staff", one.offered_to()}}));
    }
    return fmt::format("{}", fmt::join(words, ", "));
}

// "G7 (李*)", as far as the name is known.
std::string person(const std::string& number, const std::string& name) {
    return name.empty() ? number : fmt::format("{} ({})", number, name);
}

// A line of the file; nothing where there is nothing to say.
std::string line(const char* key, const std::string& value) {
    return value.empty() ? "" : fmt::format("{}  {}\n", text(key), value);
}

std::string result_of(const Case& one, int32_t utc_offset_s) {
    if (one.result() == CaseResult::none) return "";
    return fmt::format("{}  {}", wording::name_of(one.result()),
                       moment_text(one.result_at_ms(), utc_offset_s));
}

std::string told_of(const Case& one, int32_t utc_offset_s) {
    if (one.told_at_ms() == 0) return "";
    return fmt::format(
        "{}  {}  {}  {}", moment_text(one.told_at_ms(), utc_offset_s),
        wording::name_of(one.told_how()), one.told_by(),
        text(one.understood() ? "hallctl.case.understood" : "hallctl.case.not_understood"));
}

std::string rating_of(const Case& one) {
    const bool given = one.rating() == RatingState::given && one.grade() >= 1 && one.grade() <= 5;
    return given ? wording::name_of_grade(one.grade()) : wording::name_of(one.rating());
}

std::string proxy_of(const Case& one) {
    if (one.proxy() == protocol::Proxy::free) return text("hallctl.case.proxy_free");
    return mark(one.proxy() == protocol::Proxy::letter, "hallctl.case.proxy_letter");
}

std::string materials_of(const Case& one, int32_t utc_offset_s) {
    if (one.materials().empty()) return "";
    Table table({"hallctl.column.code", "hallctl.column.material", "hallctl.column.state",
                 "hallctl.column.since", "hallctl.column.note"});
    for (const auto& material : one.materials()) {
        std::string state = text("hallctl.material.missing");
        if (material.conditional()) state = text("hallctl.material.conditional");
        if (material.asked()) state = text("hallctl.material.asked");
        if (material.proved_by_data()) state = text("hallctl.material.proved_by_data");
        if (material.received()) state = text("hallctl.material.received");
        if (material.returned()) state = text("hallctl.material.returned");
        table.add({material.code(), material.name(), state,
                   moment_text(material.received_at_ms(), utc_offset_s), material.note()});
    }
    return table.to_text();
}

// Written on entering, then on leaving.
std::string notes_of(const Case::Visit& visit) {
    const bool both = !visit.note().empty() && !visit.left_note().empty();
    return visit.note() + (both ? " / " : "") + visit.left_note();
}

std::string visits_of(const Case& one, int32_t utc_offset_s) {
    if (one.visits().empty()) return "";
    Table table({"hallctl.column.stage", "hallctl.column.entered", "hallctl.column.left",
                 "hallctl.column.outcome", "hallctl.column.actor", "hallctl.column.reason",
                 "hallctl.column.note"});
    for (const auto& visit : one.visits()) {
        std::string outcome = wording::name_of(visit.outcome());
        if (visit.outcome() == protocol::StageOutcome::sent_back) {
            outcome += fmt::format(" → {}", wording::name_of(visit.sent_back_to()));
        }
        const bool reason = visit.reason() != protocol::Reason::unspecified;
        table.add({wording::name_of(visit.stage()),
                   moment_text(visit.entered_at_ms(), utc_offset_s),
                   moment_text(visit.left_at_ms(), utc_offset_s), outcome, visit.by(),
                   reason ? wording::name_of(visit.reason()) : "", notes_of(visit)});
    }
    return table.to_text();
}

}  // namespace

std::string cases_text(const std::vector<Case>& cases, int32_t utc_offset_s) {
    Table table({"hallctl.column.case", "hallctl.column.person", "hallctl.column.service",
                 "hallctl.column.number", "hallctl.column.stage", "hallctl.column.since",
                 "hallctl.column.escort", "hallctl.column.promised", "hallctl.column.state"});
    for (const auto& one : cases) {
        table.add({std::to_string(one.id()), one.masked_name(), one.service_name(), one.number(),
                   wording::name_of(one.stage()),
                   moment_text(one.stage_entered_at_ms(), utc_offset_s),
                   person(one.escort(), one.escort_name()), one.promised_by(), standing(one)});
    }
    return table.to_text();
}

std::string case_text(const Case& one, int32_t utc_offset_s) {
    std::string lines = cases_text({one}, utc_offset_s);
    lines += line("hallctl.case.opened", moment_text(one.opened_at_ms(), utc_offset_s));
    lines += line("hallctl.case.tickets", fmt::format("{}", fmt::join(one.numbers(), ", ")));
    lines += line("hallctl.case.proxy", proxy_of(one));
    lines += line("hallctl.case.relation", one.relation());
    lines += line("hallctl.case.own_wish", mark(one.own_wish(), "hallctl.yes"));
    if (one.notices() > 0) {
        lines += line("hallctl.case.notices", std::to_string(one.notices()));
        lines += line("hallctl.case.next_date", one.next_date());
        lines += line("hallctl.case.notice_note", one.notice_note());
    }
    lines += line("hallctl.case.note", one.note());
    lines += line("hallctl.case.result", result_of(one, utc_offset_s));
    lines += line("hallctl.case.result_note", one.result_note());
    lines += line("hallctl.case.remedy", one.remedy());
    lines += line("hallctl.case.office", one.office());
    lines += line("hallctl.case.told", told_of(one, utc_offset_s));
    if (one.rating() != RatingState::not_invited) {
        lines += line("hallctl.case.rating", rating_of(one));
        lines += line("hallctl.case.rating_note", one.rating_note());
    }
    lines += line("hallctl.case.follow_up_by", one.follow_up_by());
    lines += line("hallctl.case.follow_up_note", one.follow_up_note());
    for (const std::string& table :
         {materials_of(one, utc_offset_s), visits_of(one, utc_offset_s)}) {
        if (!table.empty()) lines += "\n" + table;
    }
    return lines;
}

}  // namespace hall::client::hallctl
