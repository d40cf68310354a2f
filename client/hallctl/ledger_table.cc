#include "client/hallctl/ledger_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <vector>

#include "client/csv_text.h"
#include "client/place_text.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

using protocol::Ledger;
using protocol::LedgerKind;
using protocol::LedgerRow;
using protocol::RatingState;
using wording::format;
using wording::text;

// A column: its heading's key, and what a row has in it.
struct Column {
    const char* heading;
    std::function<std::string(const LedgerRow&)> cell;
};
using Columns = std::vector<Column>;

// The name of a listed word that comes as text ("out_of_order"); the word itself where it is not
// one of ours: machines, tasks and courses are the hall's own.
std::string listed(const char* family, const std::string& word) {
    const std::string key = family + word;
    return wording::has(key) ? text(key) : word;
}

std::string rating_cell(const LedgerRow& row) {
    if (row.rating() == RatingState::not_invited) return "";
    const bool given = row.rating() == RatingState::given && row.grade() >= 1 && row.grade() <= 5;
    return given ? wording::name_of_grade(row.grade()) : wording::name_of(row.rating());
}

// "08:41 after 25 s": what an answer to an alarm took is what one wants to know of it.
std::string acknowledged_cell(const LedgerRow& row, int32_t utc_offset_s) {
    if (row.acknowledged_at_ms() == 0) return text("hallctl.ledger.not_acknowledged");
    const int64_t took_s = std::max<int64_t>(0, row.acknowledged_at_ms() - row.at_ms()) / 1'000;
    const std::string took =
        took_s < 60
            ? format("hallctl.ledger.seconds", {{"seconds", std::to_string(took_s)}})
            : format("hallctl.ledger.minutes_seconds", {{"minutes", std::to_string(took_s / 60)},
                                                        {"seconds", std::to_string(took_s % 60)}});
    return format("hallctl.ledger.acknowledged",
                  {{"time", clock_text(row.acknowledged_at_ms(), utc_offset_s)}, {"took", took}});
}

// The columns that several ledgers share. They hold nothing but the hall's clock.
class Cells {
  public:
    explicit Cells(int32_t utc_offset_s) : utc_offset_s_(utc_offset_s) {}

    Column id(const char* heading) const {
        return {heading,
                [](const LedgerRow& row) { return row.id() == 0 ? "" : std::to_string(row.id()); }};
    }
    Column date() const {
        return {"hallctl.column.date", [](const LedgerRow& row) { return row.date(); }};
    }
    Column time(const char* heading = "hallctl.column.time") const {
        return {heading, [offset = utc_offset_s_](const LedgerRow& row) {
                    return row.at_ms() == 0 ? "" : clock_text(row.at_ms(), offset);
                }};
    }
    Column ended(const char* heading) const {
        return {heading, [offset = utc_offset_s_](const LedgerRow& row) {
                    return full_moment_text(row.ended_at_ms(), offset);
                }};
    }
    Column acknowledged() const {
        return {"hallctl.column.acknowledged", [offset = utc_offset_s_](const LedgerRow& row) {
                    return acknowledged_cell(row, offset);
                }};
    }
    // When it was entered, where that is another day than the row's.
    Column recorded() const {
        return {"hallctl.column.recorded", [offset = utc_offset_s_](const LedgerRow& row) {
                    return full_moment_text(row.at_ms(), offset);
                }};
    }
    Column person() const {
        return {"hallctl.column.person", [](const LedgerRow& row) { return row.masked_name(); }};
    }
    Column number() const {
        return {"hallctl.column.number", [](const LedgerRow& row) { return row.number(); }};
    }
    Column service() const {
        return {"hallctl.column.service", [](const LedgerRow& row) { return row.service_name(); }};
    }
    Column by() const {
        return {"hallctl.column.actor", [](const LedgerRow& row) { return row.by(); }};
    }
    Column what(const char* heading, const char* family = "") const {
        return {heading, [family](const LedgerRow& row) { return listed(family, row.what()); }};
    }
    Column task(const char* heading) const {
        return {heading, [](const LedgerRow& row) { return row.task(); }};
    }
    Column count(const char* heading) const {
        return {heading, [](const LedgerRow& row) {
                    return row.count() == 0 ? "" : std::to_string(row.count());
                }};
    }
    Column escort(const char* heading) const {
        return {heading, [](const LedgerRow& row) { return row.escort(); }};
    }
    Column done_by(const char* heading) const {
        return {heading, [](const LedgerRow& row) {
                    return fmt::format("{}", fmt::join(row.done_by(), ", "));
                }};
    }
    Column window() const {
        return {"hallctl.column.window",
                [](const LedgerRow& row) { return window_name(row.window()); }};
    }
    Column reason() const {
        return {"hallctl.column.reason", [](const LedgerRow& row) {
                    const bool said = row.reason() != protocol::Reason::unspecified;
                    return said ? wording::name_of(row.reason()) : "";
                }};
    }
    Column overdue(const char* word) const {
        return {"hallctl.column.overdue",
                [word](const LedgerRow& row) { return mark(row.overdue(), word); }};
    }

  private:
    int32_t utc_offset_s_;
};

std::string place_of(const LedgerRow& row) {
    return wording::name_of_place(row.what());
}

Columns check_in_columns(const Cells& cells) {
    return {cells.id("hallctl.column.check_in"),
            cells.date(),
            cells.time(),
            cells.person(),
            {"hallctl.column.reason",
             [](const LedgerRow& row) {
                 const bool said = row.check_in_reason() != protocol::CheckInReason::unspecified;
                 return said ? wording::name_of(row.check_in_reason()) : "";
             }},
            {"hallctl.column.filled_by",
             [](const LedgerRow& row) { return wording::name_of(row.filled_by()); }},
            cells.number(),
            cells.by()};
}

Columns case_columns(const Cells& cells) {
    return {cells.id("hallctl.column.case"),
            cells.date(),
            cells.time(),
            cells.person(),
            cells.service(),
            cells.number(),
            cells.escort("hallctl.column.escort"),
            {"hallctl.column.stage",
             [](const LedgerRow& row) { return wording::name_of(row.stage()); }},
            cells.count("hallctl.column.sent_back"),
            {"hallctl.column.result",
             [](const LedgerRow& row) {
                 const bool decided = row.result() != protocol::CaseResult::none;
                 return decided ? wording::name_of(row.result()) : "";
             }},
            {"hallctl.column.rating", rating_cell},
            cells.ended("hallctl.column.closed"),
            cells.overdue("hallctl.case.overdue")};
}

Columns emergency_columns(const Cells& cells) {
    return {
        cells.id("hallctl.column.emergency"),
        cells.date(),
        cells.time("hallctl.column.raised"),
        {"hallctl.column.place_of", place_of},
        {"hallctl.column.kind", [](const LedgerRow& row) { return row.note(); }},
        cells.number(),
        cells.by(),
        cells.acknowledged(),
        {"hallctl.column.escalated",
         [](const LedgerRow& row) { return mark(row.escalated(), "hallctl.emergency.escalated"); }},
        cells.done_by("hallctl.column.responders"),
        cells.count("hallctl.column.steps"),
        {"hallctl.column.outcome",
         [](const LedgerRow& row) {
             const bool known = row.outcome() != protocol::EmergencyOutcome::unknown;
             return known ? wording::name_of(row.outcome()) : "";
         }},
        cells.ended("hallctl.column.ended")};
}

Columns unmasking_columns(const Cells& cells) {
    return {cells.date(),
            cells.time(),
            cells.by(),
            cells.what("hallctl.column.kind", "hallctl.unmasked."),
            cells.id("hallctl.column.id"),
            {"hallctl.column.purpose",
             [](const LedgerRow& row) { return wording::name_of(row.purpose()); }},
            {"hallctl.column.note", [](const LedgerRow& row) { return row.note(); }}};
}

// The day of a course and the day on which it was entered are two.
Columns training_columns(const Cells& cells) {
    return {cells.escort("hallctl.column.staff"),
            {"hallctl.column.course",
             [](const LedgerRow& row) {
                 return row.date().empty() ? text("hallctl.ledger.never_trained") : row.what();
             }},
            {"hallctl.column.trained_on", [](const LedgerRow& row) { return row.date(); }},
            cells.recorded(),
            {"hallctl.column.training",
             [](const LedgerRow& row) {
                 return text(row.current() ? "hallctl.staff.training_current"
                                           : "hallctl.staff.training_due");
             }},
            cells.by()};
}

Columns columns_of(LedgerKind::Value kind, const Cells& cells) {
    switch (kind) {
        case LedgerKind::check_ins:
            return check_in_columns(cells);
        case LedgerKind::cases:
            return case_columns(cells);
        case LedgerKind::loans:
            return {cells.id("hallctl.column.loan"),
                    cells.date(),
                    cells.time("hallctl.column.lent_at"),
                    cells.what("hallctl.column.name"),
                    cells.count("hallctl.column.pieces"),
                    cells.number(),
                    cells.ended("hallctl.column.returned_at"),
                    cells.overdue("hallctl.loan.overdue"),
                    cells.by()};
        case LedgerKind::emergencies:
        case LedgerKind::drills:
            return emergency_columns(cells);
        case LedgerKind::assistance:
            return {cells.id("hallctl.column.id"),
                    cells.date(),
                    cells.time(),
                    cells.what("hallctl.column.machine"),
                    cells.task("hallctl.column.task"),
                    cells.count("hallctl.column.minutes"),
                    cells.by()};
        case LedgerKind::overrides:
            return {cells.date(),
                    cells.time(),
                    cells.what("hallctl.column.item", "hallctl.question."),
                    cells.number(),
                    cells.id("hallctl.column.case"),
                    cells.window(),
                    cells.reason(),
                    cells.by()};
        case LedgerKind::training:
            return training_columns(cells);
        case LedgerKind::second_trips:
            return {cells.service(),
                    {"hallctl.column.material",
                     [](const LedgerRow& row) {
                         return row.what().empty() ? text("hallctl.ledger.no_material")
                                                   : row.what();
                     }},
                    cells.count("hallctl.column.second_trips")};
        case LedgerKind::consultations:
            return {cells.id("hallctl.column.consultation"),
                    cells.date(),
                    cells.time(),
                    cells.service(),
                    cells.person(),
                    cells.escort("hallctl.column.owner"),
                    cells.task("hallctl.column.answer_by"),
                    cells.ended("hallctl.column.answered"),
                    cells.overdue("hallctl.case.overdue"),
                    cells.by()};
        case LedgerKind::unmaskings:
            return unmasking_columns(cells);
        case LedgerKind::unknown:
        case protocol::LedgerKind_Value_LedgerKind_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
        case protocol::LedgerKind_Value_LedgerKind_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
            break;
    }
    return {cells.id("hallctl.column.id"), cells.date(), cells.time(), cells.by()};
}

}  // namespace

Table ledger_table(const Ledger& ledger) {
    const Columns columns = columns_of(ledger.kind(), Cells(ledger.utc_offset_s()));
    std::vector<const char*> headings;
    for (const auto& column : columns) headings.push_back(column.heading);
    Table table(headings);
    for (const auto& row : ledger.rows()) {
        std::vector<std::string> cells;
        for (const auto& column : columns) cells.push_back(column.cell(row));
        table.add(std::move(cells));
    }
    return table;
}

std::string ledger_title(const Ledger& ledger) {
    return format("hallctl.ledger.title",
                  {{"hall", ledger.hall_name()}, {"ledger", wording::name_of(ledger.kind())}});
}

std::string ledger_period(const Ledger& ledger) {
    return format("hallctl.ledger.period", {{"from", ledger.from()},
                                            {"to", ledger.to()},
                                            {"count", std::to_string(ledger.rows_size())}});
}

std::string ledger_foot(const Ledger& ledger) {
    std::string foot = format("hallctl.log.head", {{"hex", ledger.head()}});
    if (ledger.cut()) {
        foot +=
            "  " + format("hallctl.ledger.cut", {{"count", std::to_string(ledger.rows_size())}});
    }
    return foot;
}

std::string ledger_text(const Ledger& ledger) {
    std::string lines = ledger_title(ledger) + "\n" + ledger_period(ledger) + "\n";
    if (!ledger.rows().empty()) lines += ledger_table(ledger).to_text();
    return lines + ledger_foot(ledger) + "\n";
}

std::string ledger_csv(const Ledger& ledger) {
    CsvText csv;
    const Table table = ledger_table(ledger);
    for (const auto& row : table.rows()) csv.add(row);
    return csv.text();
}

}  // namespace hall::client::hallctl
