// Reader: reads each section of one parsed hall file and checks what they say of each other.
// Declarations first, references when every section is read. Inside config/ only; sections.cc has
// the order, read_*.cc the sections by topic.
#pragma once

#include <toml++/toml.h>

#include <array>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "config/catalogue.h"
#include "config/coverage.h"
#include "config/hall_file.h"
#include "config/section.h"

namespace hall::config {

// Names of the weekdays in a hall file, from Monday.
const std::vector<std::string>& weekday_names();

class Reader {
  public:
    // A catalogue is looked for in `folder`. All arguments but it outlive the reader.
    Reader(const toml::table& table, std::filesystem::path folder, Report& report)
        : root_(table, "the file", report), folder_(std::move(folder)), report_(report) {}

    HallFile read();

  private:
    // read_hall.cc
    void hall(Section& section);
    void hours(Section& section);
    void holiday(Section& section);
    void working_day(Section& section);
    void catalogue(Section& section);
    // read_services.cc
    void group(Section& section);
    void service(Section& section);
    void category(Section& section);
    void check_settled(const Section& section, const Service& service);
    // The item of a service: the one it names, or the one with its code; nullptr where there is
    // none.
    const Item* item_of(const Located<std::string>& named, const std::string& service);
    // read_places.cc
    void window(Section& section);
    void zone(Section& section);
    void board(Section& section);
    void facility(Section& section);
    void station(Section& section);
    // read_printers.cc
    void printer(Section& section);
    // The first printer of each use where [hall] names none; says which named one cannot do it.
    void choose_printers();
    // read_settings.cc
    void emergency(Section& section);
    void entry_check(Section& section);
    void early_waiting(Section& section);
    void appointments(Section& section);
    void priority(Section& section);
    void voice(Section& section);
    void retention(Section& section);
    void network(Section& section);

    std::vector<std::string> spoken(Section& section, const char* key, Presence presence);
    void lists();
    void settings();
    void resolve_references();
    void check_hours();
    void check_credits();

    // A reference to be resolved when everything is declared; `set` then gets the good name.
    void refer(Names& names, const Located<std::string>& name,
               std::function<void(std::string)> set) {
        references_.push_back([&names, name, set = std::move(set)] { set(names.resolve(name)); });
    }

    Section root_;
    std::filesystem::path folder_;
    Report& report_;
    HallFile file_;
    Catalogue catalogue_;
    Report catalogue_report_{""};
    Names groups_{"group with the letter", report_};
    Names services_{"service", report_};
    Names categories_{"category", report_};
    Names windows_{"window", report_};
    Names zones_{"zone", report_};
    Names printers_{"printer", report_};
    Names facilities_{"facility", report_};
    Names stations_{"station", report_};
    std::vector<std::function<void()>> references_;
    std::vector<Located<int>> credits_;  // of each category
    std::vector<Located<int>> working_day_likes_;
    std::array<Place, 7> weekday_at_{};
    std::array<bool, 7> weekday_named_{};
    Place ticket_printer_at_{};
    Place band_printer_at_{};
    std::vector<Place> fallback_at_;  // of each printer
    Coverage coverage_;
};

}  // namespace hall::config
