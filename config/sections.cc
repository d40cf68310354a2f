#include "config/sections.h"

#include <fmt/format.h>

#include <algorithm>

#include "config/reader.h"

namespace hall::config {
namespace {

const std::vector<std::string> kWeekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                            "friday", "saturday", "sunday"};

}  // namespace

const std::vector<std::string>& weekday_names() {
    return kWeekdays;
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
    root_.tables("station", "[[station]]", kStationsMax, [this](Section& s) { station(s); });
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
    table("voice", &Reader::voice);
    table("retention", &Reader::retention);
    table("network", &Reader::network);
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
    choose_printers();
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
    report_.append(std::move(catalogue_report_));
    return std::move(file_);
}

HallFile read_sections(const toml::table& file, const std::filesystem::path& folder,
                       Report& report) {
    return Reader(file, folder, report).read();
}

}  // namespace hall::config
