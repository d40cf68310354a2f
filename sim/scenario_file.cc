#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <set>
#include <utility>

#include "config/calendar.h"
#include "config/section.h"
#include "sim/csv.h"
#include "sim/scenario.h"
#include "sim/scenario_parts.h"
#include "sim/trace.h"

namespace hall::sim {
namespace {

namespace fs = std::filesystem;

using config::Located;
using config::Place;
using config::Presence;
using config::Problem;
using config::Range;
using config::Report;
using config::Section;

constexpr auto kRequired = Presence::required;
constexpr auto kOptional = Presence::optional;
constexpr Range<double> kAnySeconds{0, kSecondsMax};
constexpr double kShareSlack = 1e-6;

const std::vector<std::string> kPolicies = {"credited", "fifo", "strict"};
const std::vector<std::string> kServiceTimes = {"by_visitor", "by_start"};
const std::vector<std::string> kAtClosing = {"serve", "stop"};
const std::vector<std::string> kWeekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                            "friday", "saturday", "sunday"};

Ticks ticks(double seconds) {
    return static_cast<Ticks>(std::llround(seconds * static_cast<double>(kSecond)));
}

// Reads one scenario: services before the classes and windows that name them.
class ScenarioReader {
  public:
    ScenarioReader(const toml::table& table, Report& report, fs::path folder)
        : root_(table, "the scenario", report), report_(report), folder_(std::move(folder)) {}

    Scenario read();
    // Mistakes of the hall file that the scenario names.
    const std::vector<Problem>& hall_problems() const { return hall_problems_; }

  private:
    struct ClassPlace {
        Place at;
        std::optional<double> share;  // of [arrivals]
        std::vector<Place> needs;
    };

    void hall(Section& section);
    void run(Section& section);
    void hours(Section& section);
    void default_time(Section& section);
    void service(Section& section);
    void window(Section& section);
    void visitor_class(Section& section);
    void need(Section& section, VisitorClass& made, ClassPlace& place);
    void arrivals(Section& section);
    void trace(Section& section);
    void missed(Section& section);

    void windows_of_hall();
    void finish_services();
    void finish_needs();
    void finish_shares();
    void finish_hours();
    void check_served();
    bool served(const ticketing::NeedSignature& need) const;
    std::optional<std::size_t> service_index(const std::string& code) const;
    std::size_t service_named(const Located<std::string>& name);

    Section root_;
    Report& report_;
    fs::path folder_;
    std::optional<config::HallFile> hall_;
    std::vector<Problem> hall_problems_;
    Scenario made_;
    std::optional<Hours> hours_;
    std::vector<Place> service_at_;
    std::vector<bool> timed_;  // services whose time is known
    std::vector<double> weights_;
    std::vector<std::pair<std::size_t, Located<std::string>>> thens_;
    std::vector<ClassPlace> class_at_;
    std::optional<Rates> shared_rates_;
    double dispersion_ = 1;
    Place arrivals_at_{};
    Place run_at_{};
    std::optional<Ticks> limit_;
    bool has_shifts_ = false;
    bool trace_named_ = false;
    std::optional<double> default_factor_;
};

std::optional<std::size_t> ScenarioReader::service_index(const std::string& code) const {
    for (std::size_t i = 0; i < made_.services.size(); ++i) {
        if (made_.services[i].code == code) return i;
    }
    return std::nullopt;
}

// The service of that code; a mistake is reported and the first one stands for it.
std::size_t ScenarioReader::service_named(const Located<std::string>& name) {
    if (const auto found = service_index(name.value)) return *found;
    config::Names names("service", report_);
    for (const Service& one : made_.services) names.declare({one.code, {}});
    if (!name.value.empty()) names.resolve(name);
    return 0;
}

void ScenarioReader::hall(Section& section) {
    const std::string file = section.text("hall", kOptional);
    if (file.empty()) return;
    auto loaded = config::load(folder_ / file);
    if (!loaded) {
        report_.add(section.at("hall"), "the hall file has mistakes: " + file);
        hall_problems_ = loaded.error();
        return;
    }
    hall_ = std::move(*loaded);
    limit_ = hall_->priority.credit_limit_min * kMinute;
    made_.rules.appointment_lead_ms = hall_->appointments.head_start_min * kMinute;
    made_.rules.appointment_grace_ms = hall_->appointments.grace_min * kMinute;
    made_.missed.return_limit = hall_->priority.missed_return_min * kMinute;
    made_.missed.calls = hall_->priority.missed_total_s * kSecond;
    for (std::size_t day = 0; day < kWeekdays.size(); ++day) {
        const auto& theirs = hall_->hall.hours[day];
        if (!theirs) continue;
        made_.hours[day] =
            Hours{theirs->early_waiting_min * kMinute, theirs->opening_min * kMinute,
                  theirs->closing_min * kMinute, theirs->extension_end_min * kMinute};
    }
    for (const config::Service& theirs : hall_->services) {
        Service one;
        one.code = theirs.code;
        one.name = theirs.short_name.empty() ? theirs.name : theirs.short_name;
        one.time = Duration::exponential(std::max(theirs.expected_min, 1) * 60.0);
        made_.services.push_back(std::move(one));
        service_at_.push_back(section.at("hall"));
        timed_.push_back(theirs.expected_min > 0);
        weights_.push_back(1);
    }
}

void ScenarioReader::run(Section& section) {
    run_at_ = section.at();
    made_.seed = static_cast<uint64_t>(
        section.integer("seed", Range<int>{0, std::numeric_limits<int>::max()}, 1));
    made_.runs = section.integer("runs", Range<int>{1, kRunsMax}, 1);
    made_.visitors = section.integer("visitors", Range<int>{1, kVisitorsMax}, 0);
    made_.warm_up = section.integer("warm_up", Range<int>{0, kVisitorsMax}, 0);
    made_.days = section.integer("days", Range<int>{1, kDaysMax}, 0);
    if (const auto day = section.choice("first_weekday", kWeekdays, kOptional)) {
        made_.first_weekday = static_cast<int>(*day);
    }
    if ((made_.visitors > 0) == (made_.days > 0) && !root_.has("arrivals")) {
        report_.add(section.at(), "[run] says either `visitors` (an endless run) or `days`");
    }
}

void ScenarioReader::hours(Section& section) {
    const auto opening = section.time_of_day("opening", kRequired);
    const auto closing = section.time_of_day("closing", kRequired);
    const auto early = section.time_of_day("early_waiting", kOptional);
    const auto extension = section.time_of_day("extension_until", kOptional);
    const auto at_closing = section.choice("at_closing", kAtClosing, kOptional);
    made_.stop_at_closing = at_closing == 1U;
    if (!opening || !closing) return;
    const int last = extension.value_or(24 * 60);
    if (*opening >= *closing || early.value_or(*opening) > *opening || last < *closing) {
        report_.add(section.at(),
                    "[hours] must rise: early_waiting, opening, closing, extension_until");
        return;
    }
    hours_ = Hours{early.value_or(*opening) * kMinute, *opening * kMinute, *closing * kMinute,
                   last * kMinute};
}

// Of the services of a hall file: their advertised minutes, with this spread.
void ScenarioReader::default_time(Section& section) {
    const double factor = section.decimal("factor", {0.01, 100}, kOptional).value_or(1);
    for (std::size_t i = 0; hall_ && i < hall_->services.size(); ++i) {
        const double mean_s = std::max(hall_->services[i].expected_min, 1) * 60 * factor;
        const auto made = duration(section, "time", folder_, kRequired, mean_s);
        if (!made) return;
        made_.services[i].time = *made;
    }
    if (!hall_) {
        report_.add(section.at(), "[default_time] needs `hall`, whose services it is for");
    }
}

void ScenarioReader::service(Section& section) {
    const auto code = section.code("code", kRequired);
    std::optional<std::size_t> known = service_index(code.value);
    if (hall_ && !known) {
        service_named(code);  // reports it with the nearest one
        known = 0;
    }
    if (known && !hall_) {
        report_.add(code.at, fmt::format("service \"{}\" is there twice", code.value));
    }
    if (!known) {
        known = made_.services.size();
        made_.services.emplace_back().code = code.value;
        service_at_.push_back(section.at());
        timed_.push_back(false);
        weights_.push_back(1);
    }
    Service& one = made_.services[*known];
    if (const std::string name = section.text("name", kOptional); !name.empty()) one.name = name;
    if (one.name.empty()) one.name = one.code;
    const auto time = duration(section, "time", folder_, kOptional);
    if (time) {
        one.time = *time;
        timed_[*known] = true;
    } else if (section.has("time")) {
        timed_[*known] = true;  // reported already
    }
    if (const auto weight = section.decimal("weight", {0, 1e6}, kOptional)) {
        weights_[*known] = *weight;
    }
    for (const auto& begin : section.texts("in_trace", kClassesMax, kOptional)) {
        one.in_trace.push_back(begin.value);
    }
    const auto then = section.code("then", kOptional);
    if (!then.value.empty()) thens_.emplace_back(*known, then);
}

void ScenarioReader::finish_services() {
    for (std::size_t i = 0; i < made_.services.size(); ++i) {
        if (timed_[i]) continue;
        const bool all_classes =
            !made_.classes.empty() &&
            std::all_of(made_.classes.begin(), made_.classes.end(),
                        [](const auto& one) { return one.service_time.has_value(); });
        if (all_classes) continue;
        report_.add(service_at_[i], fmt::format("service \"{}\" lacks `time`: how long it takes",
                                                made_.services[i].code));
    }
    for (const auto& [index, name] : thens_) made_.services[index].then = service_named(name);
    for (const auto& [index, name] : thens_) {
        std::string path = made_.services[index].code;
        std::size_t at = index;
        for (int length = 0; made_.services[at].then; ++length) {
            at = *made_.services[at].then;
            path += " → " + made_.services[at].code;
            if (at != index && length < kChainMax) continue;
            report_.add(name.at, at == index
                                     ? fmt::format("the services go round in a circle: {}", path)
                                     : fmt::format("more than {} services follow one another: {}",
                                                   kChainMax, path));
            made_.services[index].then.reset();
            break;
        }
    }
}

void ScenarioReader::window(Section& section) {
    Window one;
    const auto number =
        section.integer("number", Range<int>{1, config::kWindowNumberMax}, kRequired);
    const int count = section.integer("count", Range<int>{1, config::kWindowNumberMax}, 1);
    for (const auto& code : section.texts("services", config::kServicesMax, kOptional)) {
        one.ability.services.push_back(
            made_.services.empty() ? code.value : made_.services[service_named(code)].code);
    }
    if (!section.has("services")) {
        for (const Service& service : made_.services) one.ability.services.push_back(service.code);
    } else if (one.ability.services.empty()) {
        report_.add(section.at("services"), "a window without services can serve nobody");
    }
    for (const auto& tag : section.texts("languages", config::kLanguagesMax, kOptional)) {
        one.ability.languages.push_back(tag.value);
    }
    one.ability.step_free = section.flag("step_free", true);
    if (const auto credit = seconds(section, "reserved_credit", {1e-6, kSecondsMax}, kOptional)) {
        one.ability.reserved_credit_ms = ticks(*credit);
    }
    if (section.has("hours")) {
        has_shifts_ = true;
        one.always = false;
        for (const auto& span : section.spans("hours")) {
            one.shifts.push_back({span.value.from_min * kMinute, span.value.to_min * kMinute});
        }
    }
    if (!number) return;
    for (int i = 0; i < count; ++i) {
        one.number = static_cast<uint32_t>(*number + i);
        const bool twice = std::any_of(made_.windows.begin(), made_.windows.end(),
                                       [&](const auto& w) { return w.number == one.number; });
        if (twice || one.number > config::kWindowNumberMax) {
            report_.add(section.at("number"),
                        fmt::format("window {} {}", one.number,
                                    twice ? "is there twice" : "is beyond the last number"));
            return;
        }
        made_.windows.push_back(one);
    }
}

void ScenarioReader::windows_of_hall() {
    for (const config::Window& theirs : hall_->windows) {
        Window one;
        one.number = static_cast<uint32_t>(theirs.number);
        one.ability.services = theirs.services;
        one.ability.languages = theirs.languages;
        one.ability.step_free = theirs.step_free;
        one.always = theirs.hours.empty();
        for (const config::Span& span : theirs.hours) {
            one.shifts.push_back({span.from_min * kMinute, span.to_min * kMinute});
        }
        made_.windows.push_back(std::move(one));
    }
}

void ScenarioReader::need(Section& section, VisitorClass& made, ClassPlace& place) {
    Need one;
    one.service = service_named(section.code("service", kRequired));
    one.share = section.decimal("weight", {0, 1e6}, kOptional).value_or(1);
    if (!made_.services.empty()) one.signature.service = made_.services[one.service].code;
    one.signature.language = section.text("must_speak", kOptional);
    one.signature.step_free = section.flag("step_free", false);
    made.needs.push_back(one);
    place.needs.push_back(section.at());
}

void ScenarioReader::visitor_class(Section& section) {
    VisitorClass one;
    ClassPlace place;
    place.at = section.at();
    one.name = section.text("name", kRequired);
    const bool twice = std::any_of(made_.classes.begin(), made_.classes.end(),
                                   [&](const auto& other) { return other.name == one.name; });
    if (twice) report_.add(section.at("name"), "class \"" + one.name + "\" is there twice");
    if (const auto credit = seconds(section, "credit", kAnySeconds, kOptional)) {
        one.credit = ticks(*credit);
    } else if (hall_) {
        for (const auto& category : hall_->categories) {
            if (category.code == one.name) one.credit = category.credit_min * kMinute;
        }
    }
    place.share = section.decimal("share", {0, 1}, kOptional);
    const auto own = rates(section, folder_);
    if (own && place.share) {
        report_.add(section.at("share"),
                    "a class has its own rate or a `share` of [arrivals], not both");
        place.share.reset();
    }
    const std::size_t index = made_.classes.size();
    if (own) made_.streams.push_back({*own, 1, {{index, 1.0}}});
    // NaN: comes by its own rate.
    if (own) place.share = std::nan("");
    section.tables("need", "[[class.need]]", config::kServicesMax,
                   [&](Section& s) { need(s, one, place); });
    for (const auto& tag : section.texts("prefers", config::kLanguagesMax, kOptional)) {
        one.prefers.push_back(tag.value);
    }
    one.service_time = duration(section, "time", folder_, kOptional);
    one.patience = duration(section, "patience", folder_, kOptional);
    one.missed_share = section.decimal("missed_share", {0, 1}, kOptional).value_or(0);
    section.table("slots", "`slots`", kOptional, [&](Section& s) {
        one.slots.share = s.decimal("share", {0, 1}, kRequired).value_or(0);
        one.slots.early = ticks(seconds(s, "early", kAnySeconds, kOptional).value_or(900));
        one.slots.late = ticks(seconds(s, "late", kAnySeconds, kOptional).value_or(300));
    });
    made_.classes.push_back(std::move(one));
    class_at_.push_back(std::move(place));
}

// Classes that name no need come for any service, by its weight.
void ScenarioReader::finish_needs() {
    for (std::size_t c = 0; c < made_.classes.size(); ++c) {
        VisitorClass& one = made_.classes[c];
        if (one.needs.empty()) {
            for (std::size_t i = 0; i < made_.services.size(); ++i) {
                if (weights_[i] <= 0) continue;
                one.needs.push_back({{made_.services[i].code, "", false, false}, i, weights_[i]});
                class_at_[c].needs.push_back(class_at_[c].at);
            }
        }
        double sum = 0;
        for (const Need& need : one.needs) sum += need.share;
        if (sum <= 0) {
            report_.add(class_at_[c].at,
                        fmt::format("class \"{}\" comes for nothing: give a [[service]] or "
                                    "[[class.need]] a weight above 0",
                                    one.name));
            continue;
        }
        for (Need& need : one.needs) need.share /= sum;
    }
}

void ScenarioReader::arrivals(Section& section) {
    arrivals_at_ = section.at();
    shared_rates_ = rates(section, folder_);
    dispersion_ = section.decimal("dispersion", {1, 1000}, kOptional).value_or(1);
    if (dispersion_ > 1 && shared_rates_ && shared_rates_->step == 0) {
        report_.add(section.at("dispersion"), "`dispersion` is of the steps of a `profile`");
    }
    section.table("weekdays", "`weekdays`", kOptional, [&](Section& s) {
        for (std::size_t day = 0; day < kWeekdays.size(); ++day) {
            made_.weekday_factor[day] = s.decimal(kWeekdays[day], {0, 1000}, kOptional).value_or(1);
        }
    });
    section.table("trace", "`trace`", kOptional, [&](Section& s) { trace(s); });
    if (!shared_rates_ && !section.has("trace") && !section.has("profile") &&
        !section.has("per_hour")) {
        report_.add(section.at(), "[arrivals] says `per_hour`, `profile` or `trace`");
    }
}

void ScenarioReader::trace(Section& section) {
    TraceChoice choice;
    const std::string file = section.text("file", kRequired);
    choice.office = section.text("office", kOptional);
    choice.queue = section.text("queue", kOptional);
    if (const auto date = section.date("date", kOptional)) choice.date = config::to_string(*date);
    choice.first = section.date("first_date", kOptional);
    choice.last = section.date("last_date", kOptional);
    trace_named_ = true;
    if (file.empty()) return;
    auto read = read_trace((folder_ / file).string(), choice, made_.classes, made_.services);
    if (!read) {
        report_.add(section.at("file"), read.error().message);
        return;
    }
    made_.trace = std::move(*read);
}

void ScenarioReader::missed(Section& section) {
    Missed& missed = made_.missed;
    if (const auto calls = seconds(section, "calls", kAnySeconds, kOptional)) {
        missed.calls = ticks(*calls);
    }
    missed.back_share = section.decimal("back_share", {0, 1}, kOptional).value_or(0.5);
    if (const auto after = duration(section, "back_after", folder_, kOptional)) {
        missed.back_after = *after;
    }
    if (const auto limit = seconds(section, "return_limit", kAnySeconds, kOptional)) {
        missed.return_limit = ticks(*limit);
    }
}

// The classes' shares of [arrivals]: one may be left out and is the rest.
void ScenarioReader::finish_shares() {
    double sum = 0;
    std::vector<std::size_t> open;
    std::vector<std::pair<std::size_t, double>> shares;
    for (std::size_t i = 0; i < made_.classes.size(); ++i) {
        const auto& share = class_at_[i].share;
        if (!share) {
            open.push_back(i);
        } else if (!std::isnan(*share)) {
            sum += *share;
            shares.emplace_back(i, *share);
        }
    }
    if (!root_.has("arrivals")) {
        for (const std::size_t i : open) {
            report_.add(class_at_[i].at, fmt::format("nobody of class \"{}\" comes: give it "
                                                     "`per_hour` or `profile`, or write [arrivals]",
                                                     made_.classes[i].name));
        }
        return;
    }
    if (open.size() == 1 && sum <= 1 + kShareSlack) {
        shares.emplace_back(open.front(), std::max(0.0, 1 - sum));
        sum = 1;
    }
    if (std::fabs(sum - 1) > kShareSlack || open.size() > 1) {
        report_.add(arrivals_at_, fmt::format("the `share` of all classes must be 1 in sum, not "
                                              "{:g}; only one class may leave it out",
                                              sum));
        return;
    }
    made_.trace_classes = shares;
    if (shared_rates_) made_.streams.push_back({*shared_rates_, dispersion_, shares});
}

void ScenarioReader::finish_hours() {
    const bool of_hall = hall_.has_value();
    if (hours_) {
        for (auto& day : made_.hours) day = hours_;
    }
    if (made_.trace) {
        if (made_.visitors > 0) {
            report_.add(run_at_, "a trace is run by days: [run] may not say `visitors`");
        }
        if (made_.days > 0 && made_.days != static_cast<int>(made_.trace->days.size())) {
            report_.add(run_at_, fmt::format("the trace has {} days; leave `days` out",
                                             made_.trace->days.size()));
        }
        made_.days = static_cast<int>(made_.trace->days.size());
        made_.visitors = 0;
        if (!hours_ && !of_hall) {
            for (auto& day : made_.hours) day = Hours{0, 0, 24 * kHour, 48 * kHour};
        }
        return;
    }
    if (trace_named_) return;  // what is wrong with it has been said
    if ((made_.visitors > 0) == (made_.days > 0)) {
        report_.add(run_at_, "[run] says either `visitors` (an endless run) or `days`");
        return;
    }
    double per_hour = 0;
    for (const ArrivalStream& stream : made_.streams) {
        for (const double rate : stream.rates.per_hour) per_hour += rate;
        if (stream.rates.step > 0 && made_.endless()) {
            report_.add(run_at_,
                        "a profile needs `days` and [hours]; an endless run has constant "
                        "rates");
        }
    }
    if (per_hour <= 0 && report_.empty()) {
        report_.add(arrivals_at_, "nobody ever comes: all rates are 0");
    }
    if (!made_.endless() && !hours_ && !of_hall) {
        report_.add(run_at_, "`days` need [hours], or a `hall` that has them");
    }
    if (made_.endless() && (hours_ || (has_shifts_ && !of_hall))) {
        report_.add(run_at_, "an endless run has neither [hours] nor `hours` of windows");
    }
    const auto open = [&](int day) {
        return made_.hours[static_cast<std::size_t>(made_.weekday_of(day))].has_value();
    };
    bool any = made_.endless();
    for (int day = 0; day < std::min(made_.days, 7); ++day) any = any || open(day);
    if (!any && report_.empty()) report_.add(run_at_, "the hall is closed on all of these days");
}

bool ScenarioReader::served(const ticketing::NeedSignature& need) const {
    ticketing::WaitingQueues queues;
    for (const Window& window : made_.windows) {
        queues.set_ability(window.number, window.ability);
    }
    return !queues.windows_for(need).empty();
}

void ScenarioReader::check_served() {
    if (made_.windows.empty()) {
        report_.add(root_.at(), "there is no [[window]] and no `hall` that has some");
        return;
    }
    std::set<ticketing::NeedSignature> told;
    for (std::size_t c = 0; c < made_.classes.size(); ++c) {
        for (std::size_t n = 0; n < made_.classes[c].needs.size(); ++n) {
            ticketing::NeedSignature need = made_.classes[c].needs[n].signature;
            std::optional<std::size_t> at = made_.classes[c].needs[n].service;
            for (int length = 0; at && length <= kChainMax; ++length) {
                need.service = made_.services[*at].code;
                if (!served(need) && told.insert(need).second) {
                    report_.add(class_at_[c].needs[n],
                                fmt::format("no window serves \"{}\"{}{}, which class \"{}\" comes "
                                            "for",
                                            need.service,
                                            need.language.empty() ? "" : " in " + need.language,
                                            need.step_free ? " without a step" : "",
                                            made_.classes[c].name));
                }
                at = made_.services[*at].then;
            }
        }
    }
    if (!made_.trace) return;
    std::set<std::size_t> recorded;
    for (const TraceRow& row : made_.trace->rows) recorded.insert(row.service);
    for (const std::size_t one : recorded) {
        const std::string& code = made_.services[one].code;
        if (served({code, "", false, false})) continue;
        report_.add(service_at_[one],
                    fmt::format("no window serves \"{}\", which the trace asks for", code));
    }
}

Scenario ScenarioReader::read() {
    made_.title = root_.text("title", kOptional);
    if (const auto policy = root_.choice("policy", kPolicies, kOptional)) {
        made_.policy = static_cast<Policy>(*policy);
    }
    if (const auto times = root_.choice("service_times", kServiceTimes, kOptional)) {
        made_.service_times = static_cast<ServiceTimes>(*times);
    }
    hall(root_);
    if (const auto limit = seconds(root_, "credit_limit", kAnySeconds, kOptional)) {
        limit_ = ticks(*limit);
    }
    if (const auto lead = seconds(root_, "slot_lead", kAnySeconds, kOptional)) {
        made_.rules.appointment_lead_ms = ticks(*lead);
    }
    if (const auto grace = seconds(root_, "slot_grace", kAnySeconds, kOptional)) {
        made_.rules.appointment_grace_ms = ticks(*grace);
    }
    root_.table("run", "[run]", kRequired, [&](Section& s) { run(s); });
    root_.table("hours", "[hours]", kOptional, [&](Section& s) { hours(s); });
    root_.table("default_time", "[default_time]", kOptional, [&](Section& s) { default_time(s); });
    root_.tables("service", "[[service]]", config::kServicesMax, [&](Section& s) { service(s); });
    if (made_.services.empty()) {
        report_.add(root_.at(), "there is no [[service]] and no `hall` that has some");
        return made_;
    }
    root_.tables("class", "[[class]]", kClassesMax, [&](Section& s) { visitor_class(s); });
    if (made_.classes.empty()) report_.add(root_.at(), "there is no [[class]] of visitors");
    if (hall_ && root_.has("window")) {
        report_.add(root_.at("window"), "the windows are the hall's: leave [[window]] out");
    }
    if (hall_) windows_of_hall();
    root_.tables("window", "[[window]]", config::kWindowsMax, [&](Section& s) { window(s); });
    root_.table("arrivals", "[arrivals]", kOptional, [&](Section& s) { arrivals(s); });
    root_.table("missed", "[missed]", kOptional, [&](Section& s) { missed(s); });
    root_.finish();

    finish_services();
    finish_needs();
    finish_shares();
    finish_hours();
    if (report_.empty()) check_served();
    Ticks largest = 0;
    for (const VisitorClass& one : made_.classes) largest = std::max(largest, one.credit);
    made_.rules.limit_ms = std::max(limit_.value_or(largest), Ticks{0});
    return made_;
}

}  // namespace

int Scenario::weekday_of(int day) const {
    if (trace) return config::weekday(trace->days[static_cast<std::size_t>(day)]);
    return (first_weekday + day) % 7;
}

tl::expected<Scenario, std::vector<Problem>> parse_scenario(const std::string& text,
                                                            const std::string& name) {
    Report report(name);
    toml::table table;
    try {
        table = toml::parse(text);
    } catch (const toml::parse_error& error) {
        report.add(error.source().begin,
                   fmt::format("this is not TOML: {}", std::string(error.description())));
        return tl::make_unexpected(report.take());
    }
    ScenarioReader reader(table, report, fs::path(name).parent_path());
    Scenario scenario = reader.read();
    scenario.file = name;
    if (report.empty()) return scenario;
    std::vector<Problem> problems = report.take();
    problems.insert(problems.end(), reader.hall_problems().begin(), reader.hall_problems().end());
    return tl::make_unexpected(std::move(problems));
}

tl::expected<Scenario, std::vector<Problem>> load_scenario(const fs::path& path) {
    const auto text = read_text(path.string(), config::kFileBytesMax);
    if (text) return parse_scenario(*text, path.string());
    Problem problem;
    problem.file = path.string();
    problem.what = text.error().message.substr(path.string().size() + 2);
    return tl::make_unexpected(std::vector<Problem>{std::move(problem)});
}

}  // namespace hall::sim
