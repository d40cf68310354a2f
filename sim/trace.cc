#include "sim/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "config/calendar.h"
#include "sim/csv.h"

namespace hall::sim {
namespace {

constexpr double kDaySeconds = 86'400;
constexpr double kArriveSecondsMax = 2 * kDaySeconds;  // a record may run past midnight
constexpr int kHalfYearDays = 183;

int day_number(const config::Date& date) {
    // Days since 1 March 0000 (Hinnant, chrono-compatible date algorithms).
    const int y = date.year - (date.month <= 2 ? 1 : 0);
    const int m = (date.month + 9) % 12;
    return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + date.day - 1;
}

// "08:04" or "08:04:30", in ticks.
std::optional<Ticks> clock_from(const std::string& text) {
    const auto minute = config::time_of_day_from(text.substr(0, 5));
    if (!minute) return std::nullopt;
    if (text.size() == 5) return *minute * kMinute;
    const auto second =
        text.size() == 8 && text[5] == ':' ? number_from(text.substr(6)) : std::optional<double>();
    if (!second || *second < 0 || *second >= 60) return std::nullopt;
    return *minute * kMinute + static_cast<Ticks>(*second) * kSecond;
}

class TraceReader {
  public:
    TraceReader(CsvReader csv, const TraceChoice& choice, const std::vector<VisitorClass>& classes,
                const std::vector<Service>& services)
        : csv_(std::move(csv)), choice_(choice), classes_(classes), services_(services) {}

    tl::expected<Trace, Error> read();

  private:
    // A row before its date is judged.
    struct Dated {
        config::Date date;
        int line = 0;
        TraceRow row;
        std::string order;  // rows of one date and order rise in time
        Ticks ordered_by = 0;
    };

    void reject(int line, std::string reason, const std::string& what);
    std::string field(const CsvRow& row, const char* name) const;
    std::optional<std::size_t> service_of(const std::string& name) const;
    void take_general(const CsvRow& row);
    void take_warsaw(const CsvRow& row);
    bool take_date(const CsvRow& row, Dated& taken);
    void judge_dates();
    void keep();

    CsvReader csv_;
    const TraceChoice& choice_;
    const std::vector<VisitorClass>& classes_;
    const std::vector<Service>& services_;
    std::vector<Dated> dated_;
    Trace trace_;
};

void TraceReader::reject(int line, std::string reason, const std::string& what) {
    trace_.rejected.push_back({line, std::move(reason), csv_.at(line, what)});
}

std::string TraceReader::field(const CsvRow& row, const char* name) const {
    const auto at = csv_.column(name);
    return at && *at < row.fields.size() ? row.fields[*at] : "";
}

// By code, by one of the beginnings that the service names, or the only one there is.
std::optional<std::size_t> TraceReader::service_of(const std::string& name) const {
    for (std::size_t i = 0; i < services_.size(); ++i) {
        if (services_[i].code == name) return i;
        for (const std::string& begin : services_[i].in_trace) {
            if (name.compare(0, begin.size(), begin) == 0) return i;
        }
    }
    if (services_.size() == 1 && services_.front().in_trace.empty()) return 0;
    return std::nullopt;
}

bool TraceReader::take_date(const CsvRow& row, Dated& taken) {
    taken.line = row.line;
    if (!csv_.column("date")) {
        taken.date = config::Date{1970, 1, 5};  // a Monday
        return true;
    }
    const std::string text = field(row, "date");
    if (!choice_.date.empty() && text != choice_.date) return false;
    const auto date = config::date_from(text);
    if (!date) {
        reject(row.line, "malformed", fmt::format("`date` is \"{}\": YYYY-MM-DD", text));
        return false;
    }
    taken.date = *date;
    return true;
}

void TraceReader::take_general(const CsvRow& row) {
    Dated taken;
    if (!take_date(row, taken)) return;
    std::optional<Ticks> at;
    if (csv_.column("arrive_s")) {
        const std::string text = field(row, "arrive_s");
        const auto value = number_from(text);
        if (!value || *value > kArriveSecondsMax) {
            reject(row.line, "malformed",
                   fmt::format("`arrive_s` is \"{}\": seconds since midnight", text));
            return;
        }
        if (*value < 0) {
            reject(row.line, "negative_time", fmt::format("`arrive_s` is {}", text));
            return;
        }
        at = static_cast<Ticks>(*value * static_cast<double>(kSecond));
    } else {
        at = clock_from(field(row, "arrive"));
        if (!at) {
            reject(row.line, "malformed",
                   fmt::format("`arrive` is \"{}\": HH:MM or HH:MM:SS", field(row, "arrive")));
            return;
        }
    }
    taken.row.after = taken.row.by = taken.ordered_by = *at;
    if (const std::string text = field(row, "service_s"); !text.empty()) {
        const auto value = number_from(text);
        if (!value || *value > kDaySeconds) {
            reject(row.line, "malformed", fmt::format("`service_s` is \"{}\": seconds", text));
            return;
        }
        if (*value < 0) {
            reject(row.line, "negative_time", fmt::format("`service_s` is {}", text));
            return;
        }
        taken.row.service_time = static_cast<Ticks>(*value * static_cast<double>(kSecond));
    }
    if (const std::string name = field(row, "class"); !name.empty()) {
        const auto found = std::find_if(classes_.begin(), classes_.end(),
                                        [&](const auto& one) { return one.name == name; });
        if (found == classes_.end()) {
            reject(row.line, "unknown_class",
                   fmt::format("there is no class \"{}\"", name.substr(0, 40)));
            return;
        }
        taken.row.visitor_class = static_cast<std::size_t>(found - classes_.begin());
    }
    const std::string name = field(row, "service");
    const auto service = service_of(name);
    if (!service) {
        reject(row.line, "unknown_service",
               fmt::format("no [[service]] has the code or `in_trace` \"{}\"", name.substr(0, 40)));
        return;
    }
    taken.row.service = *service;
    dated_.push_back(taken);
}

void TraceReader::take_warsaw(const CsvRow& row) {
    if (!choice_.office.empty() && field(row, "office") != choice_.office) return;
    if (!choice_.queue.empty() && field(row, "queue_id") != choice_.queue) return;
    Dated taken;
    if (!take_date(row, taken)) return;
    const auto after = clock_from(field(row, "issue_after"));
    const auto by = clock_from(field(row, "issue_by"));
    if (!after || !by) {
        reject(row.line, "malformed", "`issue_after` and `issue_by` must be times HH:MM");
        return;
    }
    if (*by < *after) {
        reject(row.line, "backward_time", "`issue_by` is before `issue_after`");
        return;
    }
    if (const std::string called = field(row, "call_by"); !called.empty()) {
        const auto call_by = clock_from(called);
        if (!call_by) {
            reject(row.line, "malformed", "`call_by` must be a time HH:MM");
            return;
        }
        if (*call_by < *after) {
            reject(row.line, "backward_time", "called before it was issued");
            return;
        }
    }
    const auto service = service_of(field(row, "service"));
    if (!service) {
        reject(row.line, "unknown_service",
               fmt::format("no [[service]] has the code or `in_trace` \"{}\"",
                           field(row, "service").substr(0, 40)));
        return;
    }
    taken.row.after = *after;
    taken.row.by = *by;
    taken.row.service = *service;
    taken.order = field(row, "office") + "," + field(row, "queue_id");
    taken.ordered_by = *by;
    dated_.push_back(taken);
}

void TraceReader::judge_dates() {
    std::vector<int> days;
    for (const Dated& one : dated_) days.push_back(day_number(one.date));
    std::sort(days.begin(), days.end());
    const int middle = days.empty() ? 0 : days[days.size() / 2];
    const auto wrong = [&](const Dated& one) {
        const bool bounded = choice_.first || choice_.last;
        const bool outside = (choice_.first && one.date < *choice_.first) ||
                             (choice_.last && *choice_.last < one.date);
        if (outside) {
            // A neighbouring year that fits is what was meant.
            for (const int shift : {-1, 1}) {
                config::Date other = one.date;
                other.year += shift;
                const bool fits = (!choice_.first || !(other < *choice_.first)) &&
                                  (!choice_.last || !(*choice_.last < other));
                if (!fits) continue;
                reject(one.line, "wrong_year",
                       fmt::format("{} is outside the trace's dates; {} was meant",
                                   config::to_string(one.date), config::to_string(other)));
                return true;
            }
            reject(one.line, "outside_dates",
                   config::to_string(one.date) + " is outside the trace's dates");
            return true;
        }
        if (bounded || std::abs(day_number(one.date) - middle) < kHalfYearDays) return false;
        reject(one.line, "wrong_year",
               fmt::format("{} is half a year or more from the middle of the file; a longer trace "
                           "names first_date and last_date",
                           config::to_string(one.date)));
        return true;
    };
    dated_.erase(std::remove_if(dated_.begin(), dated_.end(), wrong), dated_.end());
}

void TraceReader::keep() {
    std::set<config::Date> dates;
    std::map<std::pair<config::Date, std::string>, Ticks> latest;
    for (const Dated& one : dated_) {
        Ticks& before = latest.try_emplace({one.date, one.order}, one.ordered_by).first->second;
        if (one.ordered_by < before) {
            reject(one.line, "backward_time", "earlier than a row before it");
            continue;
        }
        before = one.ordered_by;
        dates.insert(one.date);
    }
    trace_.days.assign(dates.begin(), dates.end());
    std::set<int> rejected;
    for (const Rejected& one : trace_.rejected) rejected.insert(one.line);
    for (Dated& one : dated_) {
        if (rejected.count(one.line) > 0) continue;
        one.row.day = static_cast<std::size_t>(
            std::lower_bound(trace_.days.begin(), trace_.days.end(), one.date) -
            trace_.days.begin());
        trace_.rows.push_back(one.row);
    }
    std::stable_sort(trace_.rejected.begin(), trace_.rejected.end(),
                     [](const Rejected& a, const Rejected& b) { return a.line < b.line; });
}

tl::expected<Trace, Error> TraceReader::read() {
    trace_.file = csv_.name();
    const bool warsaw = csv_.column("issue_after") && csv_.column("issue_by");
    if (!warsaw && !csv_.column("arrive_s") && !csv_.column("arrive")) {
        return tl::unexpected(
            Error{"csv_invalid", csv_.at(csv_.header_line(),
                                         "no column tells when people came: arrive_s, arrive, or "
                                         "issue_after and issue_by")});
    }
    CsvRow row;
    while (csv_.next(row)) {
        if (row.fields.size() != csv_.header().size()) {
            reject(
                row.line, "malformed",
                fmt::format("{} columns instead of {}", row.fields.size(), csv_.header().size()));
        } else if (warsaw) {
            take_warsaw(row);
        } else {
            take_general(row);
        }
    }
    judge_dates();
    keep();
    if (trace_.rows.empty()) {
        std::string why = "no row can be used";
        if (!trace_.rejected.empty()) why += "; the first: " + trace_.rejected.front().message;
        return tl::unexpected(Error{"trace_empty", csv_.name() + ": " + why});
    }
    return std::move(trace_);
}

}  // namespace

tl::expected<Trace, Error> parse_trace(std::string text, const std::string& name,
                                       const TraceChoice& choice,
                                       const std::vector<VisitorClass>& classes,
                                       const std::vector<Service>& services) {
    auto csv = CsvReader::parse(std::move(text), name);
    if (!csv) return tl::unexpected(csv.error());
    return TraceReader(std::move(*csv), choice, classes, services).read();
}

tl::expected<Trace, Error> read_trace(const std::string& path, const TraceChoice& choice,
                                      const std::vector<VisitorClass>& classes,
                                      const std::vector<Service>& services) {
    auto csv = CsvReader::open(path);
    if (!csv) return tl::unexpected(csv.error());
    return TraceReader(std::move(*csv), choice, classes, services).read();
}

}  // namespace hall::sim
