// [hall] with its hours and days.
#include <fmt/format.h>

#include "config/calendar.h"
#include "config/forms.h"
#include "config/nearest.h"
#include "config/reader.h"
#include "config/text_file.h"

namespace hall::config {

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
    ticket_printer_at_ = section.at("ticket_printer");
    refer(printers_, {section.text("ticket_printer", kOptional), ticket_printer_at_},
          [this](std::string name) { file_.hall.ticket_printer = std::move(name); });
    band_printer_at_ = section.at("band_printer");
    refer(printers_, {section.text("band_printer", kOptional), band_printer_at_},
          [this](std::string name) { file_.hall.band_printer = std::move(name); });
    catalogue(section);
    hall.language_line = spoken(section, "language_line", kOptional);
    hall.closing_offer_min = section.integer("closing_offer_min", {0, 240}, hall.closing_offer_min);
    section.table("hours", "[hall.hours]", kRequired, [this](Section& s) { hours(s); });
    section.tables("holiday", "[[hall.holiday]]", kHolidaysMax, [this](Section& s) { holiday(s); });
    section.tables("working_day", "[[hall.working_day]]", kWorkingDaysMax,
                   [this](Section& s) { working_day(s); });
}

// A file that cannot be had is a mistake of the hall file's key; what is wrong inside, its own.
void Reader::catalogue(Section& section) {
    const std::string name = section.text("catalogue", kOptional);
    if (name.empty()) return;
    const std::filesystem::path path = folder_ / name;
    const auto text = read_text(path);
    if (!text) {
        report_.add(section.at("catalogue"),
                    fmt::format("the catalogue {}: {}", path.string(), text.error()));
        catalogue_.file = path.string();
        catalogue_.whole = false;
        return;
    }
    catalogue_report_ = Report(path.string());
    catalogue_ = read_catalogue(*text, path.string(), catalogue_report_);
}

void Reader::hours(Section& section) {
    for (std::size_t day = 0; day < weekday_names().size(); ++day) {
        weekday_named_[day] = section.has(weekday_names()[day]);
        weekday_at_[day] = section.at(weekday_names()[day]);
        section.table(weekday_names()[day], weekday_names()[day], kOptional, [&](Section& s) {
            const auto opening = s.time_of_day("opening", kRequired);
            const auto closing = s.time_of_day("closing", kRequired);
            const auto early = s.time_of_day("early_waiting", kOptional);
            const auto extension = s.time_of_day("extension_until", kOptional);
            if (!opening || !closing) return;
            if (*closing <= *opening) {
                report_.add(
                    s.at("closing"),
                    fmt::format("{} closes at {}, not after it opens at {}", weekday_names()[day],
                                clock_text(*closing), clock_text(*opening)));
                return;
            }
            if (extension && *extension < *closing) {
                report_.add(s.at("extension_until"),
                            fmt::format("the extension of {} ends at {}, before it closes at {}",
                                        weekday_names()[day], clock_text(*extension),
                                        clock_text(*closing)));
            }
            if (early && *early > *opening) {
                report_.add(
                    s.at("early_waiting"),
                    fmt::format("early waiting of {} starts at {}, after it opens at {}",
                                weekday_names()[day], clock_text(*early), clock_text(*opening)));
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
    const auto like = section.choice("like", weekday_names(), kRequired);
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

}  // namespace hall::config
