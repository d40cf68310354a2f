#include "client/hallctl/report_text.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "client/csv_text.h"
#include "client/hallctl/table.h"
#include "client/refusal_text.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

using protocol::DayReport;
using wording::format;
using wording::text;

std::string count(uint64_t value) {
    return std::to_string(value);
}

// Minutes with one decimal, rounded to the nearest tenth.
std::string tenths(int64_t span_ms) {
    const int64_t tenths = (span_ms + 3'000) / 6'000;
    return fmt::format("{}.{}", tenths / 10, tenths % 10);
}

std::string mean(int64_t sum_ms, uint32_t of) {
    return of == 0 ? "" : tenths(sum_ms / of);
}

struct Section {
    std::string title;
    Table table;
};

Table counts_of(const DayReport& report) {
    Table table({"hallctl.column.item", "hallctl.column.count"});
    const std::pair<const char*, uint32_t> rows[] = {
        {"hallctl.report.issued", report.issued()},
        {"hallctl.report.early_waiting", report.early_waiting()},
        {"hallctl.report.paper", report.paper()},
        {"hallctl.report.done", report.done()},
        {"hallctl.report.cancelled", report.cancelled()},
        {"hallctl.report.missed", report.missed()},
        {"hallctl.report.carried_over", report.carried_over()},
        {"hallctl.report.closed_out", report.closed_out()},
        {"hallctl.report.step_outs", report.step_outs()},
        {"hallctl.report.errands", report.errands()},
        {"hallctl.report.languages_eased", report.languages_eased()},
        {"hallctl.report.appointments_booked", report.appointments_booked()},
        {"hallctl.report.appointments_kept", report.appointments_kept()},
        {"hallctl.report.appointments_late", report.appointments_late()},
        {"hallctl.report.appointments_lapsed", report.appointments_lapsed()},
        {"hallctl.report.prints_failed", report.prints_failed()},
        {"hallctl.report.forecasts", report.forecasts()},
        {"hallctl.report.forecasts_covered", report.forecasts_covered()}};
    for (const auto& [key, value] : rows) table.add({text(key), count(value)});
    return table;
}

Table classes_of(const DayReport& report) {
    Table table({"hallctl.column.credit", "hallctl.column.issued", "hallctl.column.called",
                 "hallctl.column.mean", "hallctl.column.median", "hallctl.column.p95",
                 "hallctl.column.longest"});
    for (const auto& row : report.classes()) {
        const bool any = row.called() > 0;
        table.add(
            {row.credit_ms() == 0 ? text("hallctl.report.ordinary") : minutes(row.credit_ms()),
             count(row.issued()), count(row.called()), mean(row.wait_sum_ms(), row.called()),
             any ? tenths(row.wait_p50_ms()) : "", any ? tenths(row.wait_p95_ms()) : "",
             any ? tenths(row.wait_max_ms()) : ""});
    }
    return table;
}

Table hours_of(const DayReport& report) {
    Table table({"hallctl.column.hour", "hallctl.column.issued", "hallctl.column.called",
                 "hallctl.column.mean"});
    for (const auto& row : report.hours()) {
        table.add({fmt::format("{:02}:00", row.hour()), count(row.issued()), count(row.called()),
                   mean(row.wait_sum_ms(), row.called())});
    }
    return table;
}

Table services_of(const DayReport& report) {
    Table table({"hallctl.column.service", "hallctl.column.code", "hallctl.column.served",
                 "hallctl.column.median", "hallctl.column.sum"});
    for (const auto& row : report.services()) {
        const bool measured = row.service_sum_ms() > 0;
        table.add({row.name(), row.code(), count(row.served()),
                   measured ? tenths(row.service_p50_ms()) : "",
                   measured ? tenths(row.service_sum_ms()) : ""});
    }
    return table;
}

Table fairness_of(const DayReport& report) {
    Table table({"hallctl.column.item", "hallctl.column.count"});
    table.add({text("hallctl.report.out_of_order"), count(report.out_of_order())});
    table.add({text("hallctl.report.reserved_calls"), count(report.reserved_calls())});
    table.add({text("hallctl.report.overtakings"), count(report.overtakings())});
    table.add({text("hallctl.report.overtaken"), count(report.overtaken())});
    for (const auto& row : report.by_sight()) {
        const std::string who =
            row.actor().empty() ? text("hallctl.report.other_actors") : row.actor();
        table.add({format("hallctl.report.by_sight", {{"actor", who}}), count(row.count())});
    }
    return table;
}

std::string kind_name(DayReport::Question::Kind kind) {
    const bool known = DayReport::Question::Kind_IsValid(kind);
    return text("hallctl.question." +
                DayReport::Question::Kind_Name(known ? kind : DayReport::Question::unknown));
}

Table questions_of(const DayReport& report) {
    Table table({"hallctl.column.time", "hallctl.column.number", "hallctl.column.window",
                 "hallctl.column.actor", "hallctl.column.item", "hallctl.column.reason"});
    for (const auto& row : report.questions()) {
        const bool reason = row.reason() != protocol::Reason::unspecified;
        table.add({clock_text(row.at_ms(), report.utc_offset_s()), row.number(),
                   window_name(row.window()), row.actor(), kind_name(row.kind()),
                   reason ? wording::name_of(row.reason()) : ""});
    }
    return table;
}

// How many there are, and how many of them are listed.
std::string questions_title(const DayReport& report) {
    const auto listed = static_cast<uint32_t>(report.questions_size());
    if (listed == report.question_count()) {
        return format("hallctl.report.questions", {{"count", count(listed)}});
    }
    return format("hallctl.report.questions_of",
                  {{"count", count(report.question_count())}, {"listed", count(listed)}});
}

std::string title(const DayReport& report) {
    return format(report.over() ? "hallctl.report.title" : "hallctl.report.title_live",
                  {{"hall", report.hall_name()}, {"date", report.date()}});
}

std::string head(const DayReport& report) {
    return report.head().empty() ? "" : format("hallctl.log.head", {{"hex", report.head()}});
}

std::vector<Section> sections_of(const DayReport& report) {
    return {{text("hallctl.report.counts"), counts_of(report)},
            {text("hallctl.report.classes"), classes_of(report)},
            {text("hallctl.report.hours"), hours_of(report)},
            {text("hallctl.report.services"), services_of(report)},
            {text("hallctl.report.fairness"), fairness_of(report)},
            {questions_title(report), questions_of(report)}};
}

// The heading of a table without rows would only be noise.
std::string section_text(const Section& section) {
    const bool empty = section.table.rows().size() == 1;
    return section.title + "\n" + (empty ? "" : section.table.to_text());
}

}  // namespace

std::string report_text(const DayReport& report) {
    std::string lines = title(report) + "\n";
    for (const Section& section : sections_of(report)) lines += "\n" + section_text(section);
    return lines + "\n" + head(report) + "\n";
}

std::string integrity_text(const DayReport& report) {
    return title(report) + "\n" + section_text({questions_title(report), questions_of(report)}) +
           head(report) + "\n";
}

std::string report_csv(const DayReport& report) {
    CsvText csv;
    csv.add({title(report)});
    for (const Section& section : sections_of(report)) {
        csv.blank();
        csv.add({section.title});
        for (const auto& row : section.table.rows()) csv.add(row);
    }
    csv.blank();
    csv.add({head(report)});
    return csv.text();
}

}  // namespace hall::client::hallctl
