// HallFile: one TOML file that says what a hall is — hours, services, windows, boards, printers and
// the numbers of its rules. Nothing about a hall is code.
//
// Read by hall-server (rules and day plans), hall-printd (printers), hall-board (screens), hall-sim
// and `hallctl config check`. county_hall.toml beside this file shows every key with its meaning.
// What halls share of their services (names, materials, working days) is in a catalogue file that
// the hall file names: catalogue.toml.
//
// Values only; safe to copy and to share between threads once loaded. Units are in the names:
// `_min` minutes (a span), `_s` seconds, `_m` metres, `_in` inches, `_mm` millimetres. A time of
// day is minutes after local midnight, 0 to 1440.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "protocol/types.pb.h"

namespace hall::config {

// What one file may hold. A file beyond a limit is refused with the limit's value.
inline constexpr std::size_t kFileBytesMax = 1 << 20;
inline constexpr std::size_t kServicesMax = 400;
inline constexpr std::size_t kGroupsMax = 25;  // every letter but kPaperLetter
inline constexpr std::size_t kCategoriesMax = 64;
inline constexpr std::size_t kWindowsMax = 200;
inline constexpr std::size_t kZonesMax = 64;
inline constexpr std::size_t kBoardsMax = 200;
inline constexpr std::size_t kPrintersMax = 64;
inline constexpr std::size_t kFacilitiesMax = 200;
inline constexpr std::size_t kHolidaysMax = 200;
inline constexpr std::size_t kWorkingDaysMax = 200;
inline constexpr std::size_t kStationsMax = 200;
inline constexpr std::size_t kItemsMax = 1'000;    // of a catalogue file
inline constexpr std::size_t kMaterialsMax = 40;   // of one service
inline constexpr std::size_t kGuideLinesMax = 30;  // of one service
inline constexpr std::size_t kEmergencyStepsMax = 40;
inline constexpr std::size_t kLanguagesMax = 16;
inline constexpr std::size_t kSpansMax = 8;             // working spans of one window's day
inline constexpr std::size_t kTextBytesMax = 400;       // of one name or sentence
inline constexpr std::size_t kShortNameMax = 12;        // characters of a short name
inline constexpr std::size_t kProblemsMax = 200;        // reported in one run; the rest is counted
inline constexpr std::size_t kRulesBytesMax = 2 << 20;  // of rules(): they are one event of the log
inline constexpr char kPaperLetter = 'Z';  // of slips written without the system; no group has it
inline constexpr int kBandPaperMm = 25;    // a printer with this paper makes wristbands, no slips
inline constexpr int kSheetPaperMm = 210;  // A4: forms, notices
inline constexpr int kWindowNumberMax = 999;
inline constexpr int kCreditMinMax = 240;  // H of policy.md can never be larger

// One mistake of a file. Printed as `FILE:LINE:COL: what (did you mean X?)`.
struct Problem {
    std::string file;
    int line = 0;    // from 1; 0 = the file as a whole (missing, empty, too large)
    int column = 0;  // from 1, in characters
    std::string what;
    std::string nearest;  // the nearest valid name; empty = none is near
};
std::string to_string(const Problem& problem);

// [from_min, to_min) of a local day.
struct Span {
    int from_min = 0;
    int to_min = 0;
    bool operator==(const Span&) const = default;
};

// A local calendar date.
struct Date {
    int year = 1970;
    int month = 1;  // 1 to 12
    int day = 1;    // 1 to 31
    auto operator<=>(const Date&) const = default;
};

// One weekday of [hall.hours]. early_waiting ≤ opening < closing ≤ extension_end ≤ 1440.
struct DayHours {
    int early_waiting_min = 0;  // = opening_min where there is no early waiting
    int opening_min = 0;
    int closing_min = 0;
    int extension_end_min = 0;  // latest end of an extension; = closing_min where none is allowed
    bool operator==(const DayHours&) const = default;
};

struct Holiday {
    std::string name;
    Date from;
    Date to;  // inclusive
};

// A day on which the hall works although its weekday (or a holiday) says no: 调休上班.
struct WorkingDay {
    Date date;
    int like_weekday = 0;  // whose hours it has; 0 = Monday
};

struct Hall {
    std::string code;                              // short, in QR codes: "xinghe"
    std::string name;                              // Chinese, as on the door
    std::string name_en;                           // may be empty
    std::string time_zone;                         // IANA name, "Asia/Shanghai"
    std::array<std::optional<DayHours>, 7> hours;  // by weekday from Monday; nullopt = closed
    std::vector<Holiday> holidays;
    std::vector<WorkingDay> working_days;
    std::string ticket_printer;  // of [[printer]]; empty = no printing
    std::string band_printer;    // of [[printer]], for wristbands; empty = none are printed
    int closing_offer_min = 15;  // so long before closing those who wait are asked what they prefer
    std::vector<std::string> language_line;  // BCP-47 tags that the 12333 line speaks
};

// A letter of the ticket numbers and what boards call it: A 养老.
struct Group {
    std::string letter;  // "A".."Z"
    std::string name;
};

// Who may come for the principal: anybody, whoever shows an authorisation, nobody.
enum class ProxyRule { free, letter, in_person };

// Where a service may be handled (domain.md, Services).
enum class Handling { here, region_wide, online, collect_for_other, joint };

// What a material shows. Who somebody is needs no legal basis; a form is filled in here and proves
// nothing; every other material is a proof.
enum class MaterialKind { proof, identity, form };

struct Material {
    std::string code;  // within its service
    std::string name;
    MaterialKind kind = MaterialKind::proof;
    std::string legal_basis;      // why it may be asked for; empty = none is known
    bool proved_by_data = false;  // shared data proves it: may not be asked for
    bool conditional = false;     // only in some cases: asked for by name, never by itself
    std::string note;             // when it is needed, how many copies; may be empty
};

// A service as this hall offers it: what the hall file says of it, and where it says nothing what
// the catalogue says of its item.
struct Service {
    std::string code;
    std::string item;          // its code in the catalogue file; empty = not in it
    std::string letter;        // of its group
    std::string name;          // Chinese
    std::string name_za;       // Zhuang; may be empty
    bool za_approved = false;  // a native reader approved name_za for public screens
    std::string name_en;       // may be empty
    std::string short_name;    // for buttons and boards, at most kShortNameMax characters
    std::string department;
    std::string catalogue_code;  // of the item in the national catalogue; may be empty
    int expected_min = 0;        // advertised, used until measured
    ProxyRule proxy = ProxyRule::free;
    int legal_days = 0;     // working days the law allows; 0 = not said
    int promised_days = 0;  // working days the hall promises; 0 = at once
    Handling handling = Handling::here;
    bool asks_own_wish = false;      // the elder is asked whether it is their own wish
    std::string legal_basis;         // of the service; may be empty
    std::vector<std::string> guide;  // paper guide in plain words, a step a line; may be empty
    std::vector<Material> materials;
    std::vector<int> windows;  // numbers of the windows that serve it; derived from [[window]]
};

// Who waits less, and by how much (policy.md, Credited Arrival).
struct Category {
    std::string code;
    std::string name;
    int credit_min = 0;
    std::optional<int> min_age;  // completed years; nullopt = not by age
    bool by_sight = false;       // a guide may grant it by sight (目测照顾)
};

struct Window {
    int number = 0;
    std::vector<std::string> services;    // codes
    std::vector<std::string> languages;   // BCP-47 tags, the clerk's; first = preferred
    std::vector<std::string> interprets;  // BCP-47 tags, by a named interpreter
    bool low_desk = false;
    bool step_free = true;
    int reserved_credit_min = 0;  // serves who has this credit first; 0 = not reserved
    std::string zone;
    std::vector<Span> hours;  // rising, apart; empty = as long as the hall is open
};

enum class ZoneKind { entrance, early_waiting, waiting, self_service, priority_seats };

struct Zone {
    std::string code;
    std::string name;
    ZoneKind kind = ZoneKind::waiting;
    int capacity = 0;  // seats; 0 = not counted
};

struct Board {
    std::string zone;
    int window = 0;        // a small board over this window; 0 = the zone's large one
    double screen_in = 0;  // diagonal
    int width_px = 0;
    int height_px = 0;
    double farthest_seat_m = 0;
    double mounting_height_m = 0;        // floor to the lower edge of the picture
    std::vector<std::string> languages;  // of texts, in order: "zh", "za", "en"
};

// What a printer understands: pages, or the commands of a label printer (wristbands only).
enum class PrinterLanguage { pdf, zpl };

struct Printer {
    std::string name;
    std::string uri;   // ipp://HOST:PORT/PATH (direct) or cups:QUEUE; zpl: cups:QUEUE (raw) or
                       // socket://HOST:PORT
    int paper_mm = 0;  // 58 or 80 for slips, kBandPaperMm for wristbands
    PrinterLanguage language = PrinterLanguage::pdf;
    std::string zone;
    std::string fallback;  // another printer's name, of the same use; empty = none
};

// Seats are priority seats, occupied as things are lent.
enum class FacilityKind { lent, consumable, seat };

struct Facility {
    std::string code;
    std::string name;
    FacilityKind kind = FacilityKind::lent;
    int count = 0;
    std::string zone;  // where it is kept; may be empty
};

// Where wristbands are scanned. It has a stage, a window or both.
struct Station {
    std::string code;
    std::string name;
    // Where a scan moves the case; unknown: it only shows the case at the window.
    protocol::CaseStage::Value stage = protocol::CaseStage::unknown;
    int window = 0;  // whose console shows a scanned case; 0 = none
};

struct Emergency {
    int acknowledge_s = 30;          // without an acknowledgement it escalates
    std::vector<std::string> steps;  // of the plan, in order
    int training_days = 365;         // so long a training is current
};

enum class EntryCheckMode { off, basic, temperature };

struct EntryCheck {
    EntryCheckMode mode = EntryCheckMode::off;
    int limit_tenths_c = 373;  // 37.3 °C
};

struct EarlyWaiting {
    bool present = false;  // false: the hall has no early waiting
    int start_min = 0;     // default of each open day; [hall.hours] may say otherwise
    std::string zone;
    int seats = 0;  // priority seats among the zone's capacity
};

struct Appointments {
    bool present = false;
    int slot_min = 30;
    int per_slot = 4;  // of each service
    int days_ahead = 14;
    int head_start_min = 10;  // L of policy.md
    int grace_min = 15;       // G of policy.md
};

struct Priority {
    int credit_limit_min = 20;  // H of policy.md
    bool proxy_inherits = false;
    int missed_calls = 3;
    int missed_spacing_s = 20;
    int missed_total_s = 60;
    int missed_return_min = 20;
    int step_out_min = 15;
    int step_out_times = 2;
    int language_wait_min = 10;  // then an interpreter or the language line will do
    int target_wait_min = 10;    // of the largest credit; beyond it a reserved window is advised
};

struct Voice {
    bool enabled = true;
    std::string packs = "voices";  // folder of voice packs, relative to the hall file
};

// Calendar days until nobody can read them any more. Temperatures go at closing.
struct Retention {
    int check_in_days = 30;
    int case_days = 365;  // after the case's last active day
    int emergency_days = 365;
    int note_days = 90;
};

struct Network {
    std::string bind = "127.0.0.1";
    int port = 7400;  // and the next two
};

struct HallFile {
    Hall hall;
    std::vector<Group> groups;
    std::vector<Service> services;
    std::vector<Category> categories;
    std::vector<Window> windows;
    std::vector<Zone> zones;
    std::vector<Board> boards;
    std::vector<Printer> printers;
    std::vector<Facility> facilities;
    std::vector<Station> stations;
    Emergency emergency;
    EntryCheck entry_check;
    EarlyWaiting early_waiting;
    Appointments appointments;
    Priority priority;
    Voice voice;
    Retention retention;
    Network network;
};

// Reads and checks a file and the catalogue that it names. On error: every mistake found in one
// run, in the order of the file and then of its catalogue, at least one and at most kProblemsMax. A
// syntax error is the only one reported of its file, because what follows it cannot be trusted.
// Never throws.
tl::expected<HallFile, std::vector<Problem>> load(const std::filesystem::path& path);

// As `load`, of a text already in memory; `name` stands for the file in problems, and a catalogue
// is looked for beside it.
tl::expected<HallFile, std::vector<Problem>> parse(std::string_view text, const std::string& name);

// The decision-relevant part, as it enters the event log. Same file → same bytes.
protocol::HallRules rules(const HallFile& file);

}  // namespace hall::config
