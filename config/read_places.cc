// [[window]], [[zone]], [[board]], [[facility]] and [[station]].
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "config/forms.h"
#include "config/nearest.h"
#include "config/reader.h"

namespace hall::config {
namespace {

const std::vector<std::string> kZoneKinds = {"entrance", "early_waiting", "waiting", "self_service",
                                             "priority_seats"};
const std::vector<std::string> kFacilityKinds = {"lent", "consumable", "seat"};
// As protocol::CaseStage, from reception = 1.
const std::vector<std::string> kStages = {"reception",  "consultation", "copying", "form_filling",
                                          "acceptance", "processing",   "feedback"};
const std::vector<std::string> kTextLanguages = {"zh", "za", "en"};

}  // namespace

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
    const Place count_at = section.at("count");
    refer(zones_, {section.text("zone", kOptional), section.at("zone")},
          [this, index, count_at](std::string kept_in) {
              Facility& kept = file_.facilities[index];
              kept.zone = std::move(kept_in);
              for (const Zone& zone : file_.zones) {
                  if (kept.kind != FacilityKind::seat || zone.code != kept.zone) continue;
                  if (zone.capacity == 0 || kept.count <= zone.capacity) continue;
                  report_.add(count_at,
                              fmt::format("{} priority seats do not fit zone \"{}\" of {}",
                                          kept.count, zone.code, zone.capacity));
              }
          });
    file_.facilities.push_back(std::move(facility));
}

void Reader::station(Section& section) {
    Station station;
    const auto code = section.code("code", kRequired);
    stations_.declare(code);
    station.code = code.value;
    station.name = section.text("name", kRequired);
    if (const auto stage = section.choice("stage", kStages, kOptional)) {
        station.stage = static_cast<protocol::CaseStage::Value>(*stage + 1);
    }
    if (const auto number = section.integer("window", {1, kWindowNumberMax}, kOptional)) {
        station.window = *number;
        refer(windows_, {std::to_string(*number), section.at("window")}, [](const std::string&) {});
    }
    if (!section.has("stage") && !section.has("window")) {
        report_.add(section.at(), fmt::format("a scan at station \"{}\" would do nothing: give it "
                                              "a stage, a window or both",
                                              station.code));
    }
    file_.stations.push_back(std::move(station));
}

}  // namespace hall::config
