#include "sim/warsaw_trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "sim/chance.h"

namespace hall::sim {
namespace {

constexpr int64_t kMinuteMs = 60'000;
constexpr int kCountersMax = 1'000;

enum class TicketColumn : std::size_t {
    office,
    queue,
    date,
    issue_after,
    issue_by,
    call_after,
    call_by,
    counters,
    outcome
};
constexpr std::array<std::string_view, 9> kTicketColumns = {
    "office",     "queue_id", "date",          "issue_after", "issue_by",
    "call_after", "call_by",  "counters_open", "outcome"};

// "08:04" to "08:10", the second not earlier.
std::optional<Wrong> read_bounds(std::string_view what, const std::string& after,
                                 const std::string& by, int& after_min, int& by_min) {
    const auto from = config::time_of_day_from(after);
    const auto to = config::time_of_day_from(by);
    if (!from || !to) {
        return Wrong{"time_invalid",
                     fmt::format("{}: '{}' and '{}' are not two times HH:MM", what, after, by)};
    }
    if (*to < *from) {
        return Wrong{"time_backward", fmt::format("{}: by {}, but after {}", what, by, after)};
    }
    after_min = *from;
    by_min = *to;
    return std::nullopt;
}

tl::expected<RecordedTicket, Wrong> ticket_of(const CsvRow& row,
                                              const std::vector<std::size_t>& columns) {
    const auto field = [&](TicketColumn column) -> const std::string& {
        return row.fields[columns[static_cast<std::size_t>(column)]];
    };
    RecordedTicket ticket;
    ticket.line = row.line;
    ticket.office = field(TicketColumn::office);
    ticket.queue = field(TicketColumn::queue);
    const auto date = config::date_from(field(TicketColumn::date));
    if (!date) {
        return tl::unexpected(Wrong{"date_invalid", fmt::format("date: '{}' is not YYYY-MM-DD",
                                                                field(TicketColumn::date))});
    }
    ticket.date = *date;
    if (const auto wrong = read_bounds("issue_after, issue_by", field(TicketColumn::issue_after),
                                       field(TicketColumn::issue_by), ticket.issue_after_min,
                                       ticket.issue_by_min)) {
        return tl::unexpected(*wrong);
    }
    ticket.called = field(TicketColumn::outcome) == "called";
    if (!ticket.called) {
        if (field(TicketColumn::outcome) == "never_called") return ticket;
        return tl::unexpected(
            Wrong{"outcome_invalid", fmt::format("outcome: '{}' is neither called nor never_called",
                                                 field(TicketColumn::outcome))});
    }
    if (const auto wrong =
            read_bounds("call_after, call_by", field(TicketColumn::call_after),
                        field(TicketColumn::call_by), ticket.call_after_min, ticket.call_by_min)) {
        return tl::unexpected(*wrong);
    }
    if (ticket.call_by_min < ticket.issue_after_min) {
        return tl::unexpected(
            Wrong{"time_backward",
                  fmt::format("called by {}, but issued after {}", field(TicketColumn::call_by),
                              field(TicketColumn::issue_after))});
    }
    const std::string& counters = field(TicketColumn::counters);
    const auto [end, error] =
        std::from_chars(counters.data(), counters.data() + counters.size(), ticket.counters);
    if (error != std::errc() || end != counters.data() + counters.size() || ticket.counters < 0 ||
        ticket.counters > kCountersMax) {
        return tl::unexpected(Wrong{
            "counters_invalid",
            fmt::format("counters_open: '{}' is not a number up to {}", counters, kCountersMax)});
    }
    ticket.counters = std::max(ticket.counters, 1);
    return ticket;
}

// One queue of one office on one day, as drawn.
struct Visit {
    const RecordedTicket* ticket = nullptr;
    int64_t issued_ms = 0;
    int64_t called_ms = 0;
};
using QueueDay = std::vector<Visit>;  // in the order of the numbers

int64_t draw_ms(Chance& chance, int64_t midnight_ms, int after_min, int by_min) {
    const double span_ms = static_cast<double>(by_min - after_min) * kMinuteMs;
    return midnight_ms + after_min * kMinuteMs + static_cast<int64_t>(chance.uniform() * span_ms);
}

// Draws the times; sorting the draws keeps the order of the numbers.
void draw(QueueDay& visits, Chance& chance) {
    std::vector<int64_t> issued;
    std::vector<int64_t> called;
    for (const Visit& visit : visits) {
        const RecordedTicket& ticket = *visit.ticket;
        const int64_t midnight_ms = days_since_1970(ticket.date) * 24 * 60 * kMinuteMs;
        issued.push_back(draw_ms(chance, midnight_ms, ticket.issue_after_min, ticket.issue_by_min));
        if (!ticket.called) continue;
        called.push_back(draw_ms(chance, midnight_ms, ticket.call_after_min, ticket.call_by_min));
    }
    std::sort(issued.begin(), issued.end());
    std::sort(called.begin(), called.end());
    std::size_t issues = 0;
    std::size_t calls = 0;
    for (Visit& visit : visits) {
        visit.issued_ms = issued[issues++];
        if (visit.ticket->called) visit.called_ms = std::max(called[calls++], visit.issued_ms);
    }
}

// What the study is told, in order.
struct Happening {
    int64_t at_ms = 0;
    bool call = false;  // after an arrival of the same moment
    uint32_t queue = 0;
    std::size_t visit = 0;

    auto order() const { return std::tie(at_ms, call, queue, visit); }
};

// A queue while its office's record is told.
struct Queue {
    int counters = 1;                      // at the last call: nothing else is known
    std::map<std::size_t, Told> waiting;   // by visit of the day
    std::optional<int64_t> busy_since_ms;  // the last call, if people went on waiting
};

void arrive(uint32_t number, const Happening& happening, Queue& queue, PredictionStudy& study) {
    Asked asked;
    asked.group = asked.visitor_class = number;
    asked.now_ms = happening.at_ms;
    asked.standing.ahead = static_cast<uint32_t>(queue.waiting.size());
    asked.standing.idle_windows = queue.waiting.empty() ? 1 : 0;
    asked.standing.v_ms = happening.at_ms;
    asked.capacity = {{happening.at_ms, static_cast<uint32_t>(queue.counters)}};
    queue.waiting.emplace(happening.visit, study.arrives(asked));
    study.came(number, 0, happening.at_ms);
}

void call(uint32_t number, const Happening& happening, int counters, Queue& queue,
          PredictionStudy& study) {
    const auto found = queue.waiting.find(happening.visit);
    if (found == queue.waiting.end()) return;
    if (queue.busy_since_ms) {
        study.served(number, (happening.at_ms - *queue.busy_since_ms) * counters);
    }
    study.called(found->second, happening.at_ms);
    // Who was passed over was never called: he had gone.
    queue.waiting.erase(queue.waiting.begin(), std::next(found));
    queue.counters = counters;
    queue.busy_since_ms.reset();
    if (!queue.waiting.empty()) queue.busy_since_ms = happening.at_ms;
}

void tell_day(std::map<uint32_t, QueueDay>& day, std::map<uint32_t, Queue>& queues, Chance& chance,
              PredictionStudy& study) {
    std::vector<Happening> happenings;
    for (auto& [number, visits] : day) {
        draw(visits, chance);
        queues[number].waiting.clear();
        queues[number].busy_since_ms.reset();
        for (std::size_t visit = 0; visit < visits.size(); ++visit) {
            happenings.push_back({visits[visit].issued_ms, false, number, visit});
            if (!visits[visit].ticket->called) continue;
            happenings.push_back({visits[visit].called_ms, true, number, visit});
        }
    }
    std::sort(happenings.begin(), happenings.end(),
              [](const Happening& a, const Happening& b) { return a.order() < b.order(); });
    for (const Happening& happening : happenings) {
        Queue& queue = queues[happening.queue];
        const RecordedTicket& ticket = *day[happening.queue][happening.visit].ticket;
        if (happening.call) {
            call(happening.queue, happening, ticket.counters, queue, study);
        } else {
            arrive(happening.queue, happening, queue, study);
        }
    }
}

}  // namespace

tl::expected<WarsawTrace, Error> read_warsaw_trace(CsvReader& csv) {
    const auto columns = csv.columns(kTicketColumns);
    if (!columns) return tl::unexpected(columns.error());
    WarsawTrace trace;
    CsvRow row;
    const auto set_aside = [&](const Wrong& wrong) {
        trace.set_aside.push_back({row.line, wrong.code, csv.at(row.line, wrong.what)});
    };
    while (csv.next(row)) {
        ++trace.rows;
        if (row.fields.size() != csv.header().size()) {
            set_aside({"fields_missing", fmt::format("{} fields instead of {}", row.fields.size(),
                                                     csv.header().size())});
            continue;
        }
        auto ticket = ticket_of(row, *columns);
        if (ticket) {
            trace.tickets.push_back(std::move(*ticket));
        } else {
            set_aside(ticket.error());
        }
    }
    set_aside_other_years(csv, trace.tickets, trace.set_aside);
    std::sort(trace.set_aside.begin(), trace.set_aside.end(),
              [](const SetAside& a, const SetAside& b) { return a.line < b.line; });
    return trace;
}

StudyReport study_of(const WarsawTrace& trace, uint64_t seed) {
    // Office, then day, then queue; the numbers of a queue keep the order of the file.
    std::map<std::string, std::map<config::Date, std::map<std::string, QueueDay>>> offices;
    for (const RecordedTicket& ticket : trace.tickets) {
        offices[ticket.office][ticket.date][ticket.queue].push_back({&ticket});
    }
    StudyReport report;
    uint64_t stream = 0;
    for (auto& [office, days] : offices) {
        Chance chance(seed, stream++);
        PredictionStudy study;
        std::map<std::string, uint32_t> numbers;
        std::map<uint32_t, Queue> queues;
        for (auto& [date, by_name] : days) {
            std::map<uint32_t, QueueDay> day;
            for (auto& [name, visits] : by_name) {
                const auto number = static_cast<uint32_t>(numbers.size());
                day.emplace(numbers.emplace(name, number).first->second, std::move(visits));
            }
            tell_day(day, queues, chance, study);
        }
        report.add(study.report());
    }
    return report;
}

}  // namespace hall::sim
