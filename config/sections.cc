#include "config/sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "config/calendar.h"
#include "config/coverage.h"
#include "config/forms.h"
#include "config/nearest.h"

namespace hall::config {
namespace {

constexpr int kPortMax = 65'533;  // the views take the next two
constexpr auto kRequired = Presence::required;
constexpr auto kOptional = Presence::optional;

const std::vector<std::string> kWeekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                            "friday", "saturday", "sunday"};
const std::vector<std::string> kZoneKinds = {"entrance", "early_waiting", "waiting", "self_service",
                                             "priority_seats"};
const std::vector<std::string> kProxyRules = {"free", "letter", "in_person"};
const std::vector<std::string> kFacilityKinds = {"lent", "consumable"};
const std::vector<std::string> kEntryCheckModes = {"off", "basic", "temperature"};
const std::vector<std::string> kTextLanguages = {"zh", "za", "en"};
// Reads one file: declarations first, references when every section is read.
class Reader {
  public:
    Reader(const toml::table& table, Report& report)
        : root_(table, "the file", report), report_(report) {}

    HallFile read();

  private:
    void hall(Section& section);
    void hours(Section& section);
    void holiday(Section& section);
    void working_day(Section& section);
    void group(Section& section);
    void service(Section& section);
    void category(Section& section);
    void window(Section& section);
    void zone(Section& section);
    void board(Section& section);
    void printer(Section& section);
    void facility(Section& section);
    void emergency(Section& section);
    void entry_check(Section& section);
    void early_waiting(Section& section);
    void appointments(Section& section);
    void priority(Section& section);
    std::vector<std::string> spoken(Section& section, const char* key, Presence presence);
    void network(Section& section);

    void lists();
    void settings();
    void resolve_references();
    void check_hours();
    void check_credits();

    // A reference to be resolved when everything is declared; `target` then gets the good name.
    void refer(Names& names, const Located<std::string>& name,
               std::function<void(std::string)> set) {
        references_.push_back([&names, name, set = std::move(set)] { set(names.resolve(name)); });
    }

    Section root_;
    Report& report_;
    HallFile file_;
    Names groups_{"group with the letter", report_};
    Names services_{"service", report_};
    Names categories_{"category", report_};
    Names windows_{"window", report_};
    Names zones_{"zone", report_};
    Names printers_{"printer", report_};
    Names facilities_{"facility", report_};
    std::vector<std::function<void()>> references_;
    std::vector<Located<int>> credits_;  // of each category
    std::vector<Located<int>> working_day_likes_;
    std::array<Place, 7> weekday_at_{};
    std::array<bool, 7> weekday_named_{};
    Coverage coverage_;
};

void Reader::hall(Section& section) {
    Hall& hall = file_.hall;
    hall.code = section.code("code", kRequired).value;
    hall.name = section.text("name", kRequired);
    hall.name_en = section.text("name_en", kOptional);
    hall.time_zone = section.text("time_zone", kRequired);
    if (!hall.time_zone.empty() && !time_zone_known(hall.time_zone)) {
        report_.add(section.at("time_zone"),
                    fmt::format("there is no time zone \"{}\"", hall.time_zone),
                    nearest_time_zone(hall.time_zone));
    }
    refer(printers_, {section.text("ticket_printer", kOptional), section.at("ticket_printer")},
          [this](std::string name) { file_.hall.ticket_printer = std::move(name); });
    hall.language_line = spoken(section, "language_line", kOptional);
    hall.closing_offer_min = section.integer("closing_offer_min", {0, 240}, hall.closing_offer_min);
    section.table("hours", "[hall.hours]", kRequired, [this](Section& s) { hours(s); });
    section.tables("holiday", "[[hall.holiday]]", kHolidaysMax, [this](Section& s) { holiday(s); });
    section.tables("working_day", "[[hall.working_day]]", kWorkingDaysMax,
                   [this](Section& s) { working_day(s); });
}

void Reader::hours(Section& section) {
    for (std::size_t day = 0; day < kWeekdays.size(); ++day) {
        weekday_named_[day] = section.has(kWeekdays[day]);
        weekday_at_[day] = section.at(kWeekdays[day]);
        section.table(kWeekdays[day], kWeekdays[day], kOptional, [&](Section& s) {
            const auto opening = s.time_of_day("opening", kRequired);
            const auto closing = s.time_of_day("closing", kRequired);
            const auto early = s.time_of_day("early_waiting", kOptional);
            const auto extension = s.time_of_day("extension_until", kOptional);
            if (!opening || !closing) return;
            if (*closing <= *opening) {
                report_.add(s.at("closing"),
                            fmt::format("{} closes at {}, not after it opens at {}", kWeekdays[day],
                                        clock_text(*closing), clock_text(*opening)));
                return;
            }
            if (extension && *extension < *closing) {
                report_.add(
                    s.at("extension_until"),
                    fmt::format("the extension of {} ends at {}, before it closes at {}",
                                kWeekdays[day], clock_text(*extension), clock_text(*closing)));
            }
            if (early && *early > *opening) {
                report_.add(s.at("early_waiting"),
                            fmt::format("early waiting of {} starts at {}, after it opens at {}",
                                        kWeekdays[day], clock_text(*early), clock_text(*opening)));
            }
            // -1: [early_waiting] decides, see check_hours.
            file_.hall.hours[day] =
                DayHours{early.value_or(-1), *opening, *closing, extension.value_or(*closing)};
        });
    }
    if (!section.has_keys()) {
        report_.add(section.at(), "[hall.hours] names no weekday: the hall would never open");
    }
}

void Reader::holiday(Section& section) {
    Holiday holiday;
    holiday.name = section.text("name", kRequired);
    const auto from = section.date("from", kRequired);
    const auto to = section.date("to", kOptional);
    if (!from) return;
    holiday.from = *from;
    holiday.to = to.value_or(*from);
    if (holiday.to < holiday.from) {
        report_.add(section.at("to"), fmt::format("the holiday ends on {}, before it starts on {}",
                                                  to_string(holiday.to), to_string(holiday.from)));
    }
    file_.hall.holidays.push_back(std::move(holiday));
}

void Reader::working_day(Section& section) {
    const auto date = section.date("date", kRequired);
    const auto like = section.choice("like", kWeekdays, kRequired);
    if (!date || !like) return;
    for (const WorkingDay& known : file_.hall.working_days) {
        if (known.date == *date) {
            report_.add(section.at("date"),
                        fmt::format("working day {} is there twice", to_string(*date)));
        }
    }
    WorkingDay day;
    day.date = *date;
    day.like_weekday = static_cast<int>(*like);
    working_day_likes_.push_back(Located<int>{day.like_weekday, section.at("like")});
    file_.hall.working_days.push_back(day);
}

std::vector<std::string> Reader::spoken(Section& section, const char* key, Presence presence) {
    std::vector<std::string> tags;
    for (const auto& tag : section.texts(key, kLanguagesMax, presence)) {
        if (!is_spoken_language(tag.value)) {
            report_.add(tag.at, fmt::format("there is no language \"{}\"", tag.value),
                        nearest(tag.value, spoken_languages()));
        }
        tags.push_back(tag.value);
    }
    return tags;
}

void Reader::group(Section& section) {
    Group group;
    group.letter = section.text("letter", kRequired);
    group.name = section.text("name", kRequired);
    const bool good = group.letter.size() == 1 && group.letter[0] >= 'A' && group.letter[0] <= 'Z';
    if (!group.letter.empty() && !good) {
        report_.add(section.at("letter"), fmt::format("the letter of a group is one of A to Z, not "
                                                      "\"{}\"",
                                                      group.letter));
    }
    groups_.declare({group.letter, section.at("letter")});
    file_.groups.push_back(std::move(group));
}

void Reader::service(Section& section) {
    Service service;
    const auto code = section.code("code", kRequired);
    services_.declare(code);
    service.code = code.value;
    service.name = section.text("name", kRequired);
    service.name_za = section.text("name_za", kOptional);
    service.za_approved = section.flag("za_approved", false);
    service.name_en = section.text("name_en", kOptional);
    service.short_name = section.text("short_name", kRequired);
    if (characters(service.short_name) > kShortNameMax) {
        report_.add(section.at("short_name"),
                    fmt::format("the short name \"{}\" has {} characters: at most {} fit a button",
                                service.short_name, characters(service.short_name), kShortNameMax));
    }
    service.department = section.text("department", kOptional);
    service.catalogue_code = section.text("catalogue_code", kOptional);
    service.expected_min = section.integer("expected_min", {1, 480}, kRequired).value_or(0);
    service.proxy =
        static_cast<ProxyRule>(section.choice("proxy", kProxyRules, kOptional).value_or(0));
    const std::size_t index = file_.services.size();
    refer(groups_, {section.text("letter", kRequired), section.at("letter")},
          [this, index](std::string letter) { file_.services[index].letter = std::move(letter); });
    file_.services.push_back(std::move(service));
}

void Reader::category(Section& section) {
    Category category;
    const auto code = section.code("code", kRequired);
    categories_.declare(code);
    category.code = code.value;
    category.name = section.text("name", kRequired);
    const auto credit = section.integer("credit_min", {0, kCreditMinMax}, kRequired);
    category.credit_min = credit.value_or(0);
    credits_.push_back(Located<int>{category.credit_min, section.at("credit_min")});
    category.min_age = section.integer("min_age", {0, 120}, kOptional);
    category.by_sight = section.flag("by_sight", false);
    file_.categories.push_back(std::move(category));
}

void Reader::window(Section& section) {
    Window window;
    window.number = section.integer("number", {1, kWindowNumberMax}, kRequired).value_or(0);
    if (window.number > 0) {
        windows_.declare({std::to_string(window.number), section.at("number")});
    }
    const std::size_t index = file_.windows.size();
    const auto services = section.texts("services", kServicesMax, kRequired);
    if (section.has("services") && services.empty()) {
        report_.add(
            section.at("services"),
            fmt::format("window {} serves nothing: name at least one service", window.number));
    }
    for (const auto& service : services) {
        refer(services_, service, [this, index](std::string code) {
            if (!code.empty()) file_.windows[index].services.push_back(std::move(code));
        });
    }
    window.languages = spoken(section, "languages", kRequired);
    window.interprets = spoken(section, "interprets", kOptional);
    window.reserved_credit_min = section.integer("reserved_credit_min", {0, kCreditMinMax}, 0);
    window.low_desk = section.flag("low_desk", false);
    window.step_free = section.flag("step_free", true);
    refer(zones_, {section.text("zone", kRequired), section.at("zone")},
          [this, index](std::string zone) { file_.windows[index].zone = std::move(zone); });
    for (const auto& span : section.spans("hours")) {
        window.hours.push_back(span.value);
        coverage_.spans.push_back(span);
    }
    // A window with a mistake in its hours is taken as always there: one mistake, one message.
    file_.windows.push_back(std::move(window));
}

void Reader::zone(Section& section) {
    Zone zone;
    const auto code = section.code("code", kRequired);
    zones_.declare(code);
    zone.code = code.value;
    zone.name = section.text("name", kRequired);
    zone.kind = static_cast<ZoneKind>(section.choice("kind", kZoneKinds, kRequired).value_or(0));
    zone.capacity = section.integer("capacity", {0, 10'000}, 0);
    file_.zones.push_back(std::move(zone));
}

void Reader::board(Section& section) {
    Board board;
    const std::size_t index = file_.boards.size();
    refer(zones_, {section.text("zone", kRequired), section.at("zone")},
          [this, index](std::string zone) { file_.boards[index].zone = std::move(zone); });
    if (const auto number = section.integer("window", {1, kWindowNumberMax}, kOptional)) {
        board.window = *number;
        refer(windows_, {std::to_string(*number), section.at("window")}, [](const std::string&) {});
    }
    board.screen_in = section.decimal("screen_in", {5, 300}, kRequired).value_or(0);
    const std::string resolution = section.text("resolution", kRequired);
    const auto pixels = resolution_from(resolution);
    if (pixels) std::tie(board.width_px, board.height_px) = *pixels;
    if (!resolution.empty() && !pixels) {
        report_.add(section.at("resolution"),
                    fmt::format("\"{}\" is not a resolution: write WIDTHxHEIGHT in pixels, such as "
                                "1920x1080, from 240 to 16384",
                                resolution));
    }
    board.farthest_seat_m = section.decimal("farthest_seat_m", {0.3, 60}, kRequired).value_or(0);
    board.mounting_height_m = section.decimal("mounting_height_m", {0, 12}, kRequired).value_or(0);
    board.languages = {"zh"};
    if (section.has("languages")) board.languages.clear();
    for (const auto& language : section.texts("languages", kTextLanguages.size(), kOptional)) {
        if (std::find(kTextLanguages.begin(), kTextLanguages.end(), language.value) ==
            kTextLanguages.end()) {
            report_.add(language.at,
                        fmt::format("boards have no texts in \"{}\": use {}", language.value,
                                    fmt::join(kTextLanguages, ", ")),
                        nearest(language.value, kTextLanguages));
        }
        board.languages.push_back(language.value);
    }
    if (board.languages.empty() || board.languages.front() != "zh") {
        report_.add(section.at("languages"), "the first language of a board is \"zh\"");
    }
    file_.boards.push_back(std::move(board));
}

void Reader::printer(Section& section) {
    Printer printer;
    const auto name = section.code("name", kRequired);
    printers_.declare(name);
    printer.name = name.value;
    printer.uri = section.text("uri", kRequired);
    if (!printer.uri.empty() && !is_printer_uri(printer.uri)) {
        report_.add(section.at("uri"),
                    fmt::format("\"{}\" is not a printer: write ipp://HOST:PORT/PATH or cups:QUEUE",
                                printer.uri));
    }
    if (const auto paper = section.integer("paper_mm", {1, 1'000}, kRequired)) {
        printer.paper_mm = *paper;
        if (*paper != 58 && *paper != 80) {
            report_.add(section.at("paper_mm"),
                        fmt::format("ticket paper is 58 or 80 mm wide, not {}", *paper));
        }
    }
    const std::size_t index = file_.printers.size();
    refer(zones_, {section.text("zone", kRequired), section.at("zone")},
          [this, index](std::string zone) { file_.printers[index].zone = std::move(zone); });
    const Located<std::string> fallback{section.text("fallback", kOptional),
                                        section.at("fallback")};
    if (!fallback.value.empty() && fallback.value == printer.name) {
        report_.add(fallback.at, fmt::format("printer \"{}\" is its own fallback", printer.name));
    }
    refer(printers_, fallback,
          [this, index](std::string other) { file_.printers[index].fallback = std::move(other); });
    file_.printers.push_back(std::move(printer));
}

void Reader::facility(Section& section) {
    Facility facility;
    const auto code = section.code("code", kRequired);
    facilities_.declare(code);
    facility.code = code.value;
    facility.name = section.text("name", kRequired);
    facility.kind =
        static_cast<FacilityKind>(section.choice("kind", kFacilityKinds, kRequired).value_or(0));
    facility.count = section.integer("count", {0, 100'000}, kRequired).value_or(0);
    const std::size_t index = file_.facilities.size();
    refer(zones_, {section.text("zone", kOptional), section.at("zone")},
          [this, index](std::string zone) { file_.facilities[index].zone = std::move(zone); });
    file_.facilities.push_back(std::move(facility));
}

void Reader::emergency(Section& section) {
    Emergency& emergency = file_.emergency;
    emergency.acknowledge_s = section.integer("acknowledge_s", {5, 600}, emergency.acknowledge_s);
    for (auto& step : section.texts("steps", kEmergencyStepsMax, kRequired)) {
        emergency.steps.push_back(std::move(step.value));
    }
    if (section.has("steps") && emergency.steps.empty()) {
        report_.add(section.at("steps"), "an emergency plan has at least one step");
    }
}

void Reader::entry_check(Section& section) {
    EntryCheck& check = file_.entry_check;
    check.mode = static_cast<EntryCheckMode>(
        section.choice("mode", kEntryCheckModes, kRequired).value_or(0));
    if (const auto limit = section.decimal("limit_c", {35, 42}, kOptional)) {
        check.limit_tenths_c = static_cast<int>(std::lround(*limit * 10));
    }
}

void Reader::early_waiting(Section& section) {
    EarlyWaiting& early = file_.early_waiting;
    early.present = true;
    early.start_min = section.time_of_day("start", kRequired).value_or(0);
    early.seats = section.integer("seats", {0, 10'000}, 0);
    const Located<std::string> zone{section.text("zone", kRequired), section.at("zone")};
    const Place seats_at = section.at("seats");
    refer(zones_, zone, [this, zone, seats_at](const std::string& code) {
        file_.early_waiting.zone = code;
        for (const Zone& known : file_.zones) {
            if (known.code != code) continue;
            if (known.kind != ZoneKind::early_waiting) {
                report_.add(zone.at, fmt::format("zone \"{}\" is not of kind early_waiting", code));
            } else if (known.capacity > 0 && file_.early_waiting.seats > known.capacity) {
                report_.add(seats_at, fmt::format("{} priority seats do not fit zone \"{}\" of {}",
                                                  file_.early_waiting.seats, code, known.capacity));
            }
        }
    });
}

void Reader::appointments(Section& section) {
    Appointments& book = file_.appointments;
    book.present = true;
    book.slot_min = section.integer("slot_min", {5, 240}, book.slot_min);
    book.per_slot = section.integer("per_slot", {1, 1'000}, book.per_slot);
    book.days_ahead = section.integer("days_ahead", {1, 365}, book.days_ahead);
    book.head_start_min =
        section.integer("head_start_min", {0, kCreditMinMax}, book.head_start_min);
    book.grace_min = section.integer("grace_min", {0, 240}, book.grace_min);
}

void Reader::priority(Section& section) {
    Priority& rule = file_.priority;
    rule.credit_limit_min =
        section.integer("credit_limit_min", {0, kCreditMinMax}, rule.credit_limit_min);
    rule.proxy_inherits = section.flag("proxy_inherits", rule.proxy_inherits);
    rule.missed_calls = section.integer("missed_calls", {1, 20}, rule.missed_calls);
    rule.missed_spacing_s = section.integer("missed_spacing_s", {0, 600}, rule.missed_spacing_s);
    rule.missed_total_s = section.integer("missed_total_s", {0, 3'600}, rule.missed_total_s);
    rule.missed_return_min = section.integer("missed_return_min", {0, 480}, rule.missed_return_min);
    rule.step_out_min = section.integer("step_out_min", {1, 240}, rule.step_out_min);
    rule.step_out_times = section.integer("step_out_times", {0, 20}, rule.step_out_times);
    rule.language_wait_min = section.integer("language_wait_min", {0, 240}, rule.language_wait_min);
    rule.target_wait_min = section.integer("target_wait_min", {0, 480}, rule.target_wait_min);
}

void Reader::network(Section& section) {
    Network& network = file_.network;
    const std::string bind = section.text("bind", kOptional);
    if (!bind.empty()) network.bind = bind;
    if (!is_ip_address(network.bind)) {
        report_.add(section.at("bind"),
                    fmt::format("\"{}\" is not an address to listen on: write a "
                                "number such as 127.0.0.1 or 0.0.0.0",
                                network.bind));
    }
    network.port = section.integer("port", {1, kPortMax}, network.port);
}

void Reader::lists() {
    root_.tables("group", "[[group]]", kGroupsMax, [this](Section& s) { group(s); });
    root_.tables("service", "[[service]]", kServicesMax, [this](Section& s) { service(s); });
    root_.tables("category", "[[category]]", kCategoriesMax, [this](Section& s) { category(s); });
    root_.tables("window", "[[window]]", kWindowsMax, [this](Section& s) { window(s); });
    root_.tables("zone", "[[zone]]", kZonesMax, [this](Section& s) { zone(s); });
    root_.tables("board", "[[board]]", kBoardsMax, [this](Section& s) { board(s); });
    root_.tables("printer", "[[printer]]", kPrintersMax, [this](Section& s) { printer(s); });
    root_.tables("facility", "[[facility]]", kFacilitiesMax, [this](Section& s) { facility(s); });
}

void Reader::settings() {
    const auto table = [this](std::string_view key, void (Reader::*reader)(Section&)) {
        root_.table(key, fmt::format("[{}]", key), kOptional,
                    [this, reader](Section& s) { (this->*reader)(s); });
    };
    table("emergency", &Reader::emergency);
    table("entry_check", &Reader::entry_check);
    table("early_waiting", &Reader::early_waiting);
    table("appointments", &Reader::appointments);
    table("priority", &Reader::priority);
    table("network", &Reader::network);
    root_.table("voice", "[voice]", kOptional, [this](Section& s) {
        file_.voice.enabled = s.flag("enabled", true);
        const std::string packs = s.text("packs", kOptional);
        if (!packs.empty()) file_.voice.packs = packs;
    });
    root_.table("retention", "[retention]", kOptional, [this](Section& s) {
        file_.retention.check_in_days =
            s.integer("check_in_days", {1, 3'650}, file_.retention.check_in_days);
    });
}

void Reader::resolve_references() {
    for (const auto& resolve : references_) resolve();
    for (const Window& window : file_.windows) {
        for (Service& service : file_.services) {
            const auto& served = window.services;
            if (std::find(served.begin(), served.end(), service.code) != served.end()) {
                service.windows.push_back(window.number);
            }
        }
    }
    for (Service& service : file_.services)
        std::sort(service.windows.begin(), service.windows.end());
    if (file_.hall.ticket_printer.empty() && !file_.printers.empty()) {
        file_.hall.ticket_printer = file_.printers.front().name;
    }
}

// Fills in the early-waiting start of days that do not name their own.
void Reader::check_hours() {
    const EarlyWaiting& early = file_.early_waiting;
    for (std::size_t day = 0; day < kWeekdays.size(); ++day) {
        auto& hours = file_.hall.hours[day];
        if (!hours) continue;
        if (hours->early_waiting_min >= 0 && !early.present) {
            report_.add(weekday_at_[day],
                        fmt::format("{} has early waiting, but there is no section [early_waiting]",
                                    kWeekdays[day]));
        }
        if (hours->early_waiting_min < 0) {
            hours->early_waiting_min =
                early.present ? std::min(early.start_min, hours->opening_min) : hours->opening_min;
        }
    }
    for (const auto& like : working_day_likes_) {
        const auto day = static_cast<std::size_t>(like.value);
        if (!weekday_named_[day]) {
            report_.add(like.at, fmt::format("the hall has no hours for {}", kWeekdays[day]));
        }
    }
}

void Reader::check_credits() {
    for (const auto& credit : credits_) {
        if (credit.value <= file_.priority.credit_limit_min) continue;
        report_.add(credit.at, fmt::format("{} minutes are more than the hall allows: "
                                           "credit_limit_min of [priority] is {}",
                                           credit.value, file_.priority.credit_limit_min));
    }
}

HallFile Reader::read() {
    root_.table("hall", "[hall]", kRequired, [this](Section& s) { hall(s); });
    lists();
    settings();
    root_.finish();
    if (file_.services.empty() && !root_.has("service")) {
        report_.add(root_.at(), "the file has no [[service]]: a hall serves at least one");
    }
    resolve_references();
    check_hours();
    check_credits();
    for (const Service& service : file_.services) {
        coverage_.services.push_back(services_.at(service.code));
    }
    check_coverage(file_, coverage_, report_);
    return std::move(file_);
}

}  // namespace

HallFile read_sections(const toml::table& file, Report& report) {
    return Reader(file, report).read();
}

}  // namespace hall::config
