// Logs of the past, replayed for ever: whatever the program becomes, yesterday's events mean what
// they meant.
//
//   golden/NAME.jsonl     one EventRecord a line, as it was logged
//   golden/NAME.expected  what the hall was afterwards: its digest, then every view as JSON
//
// A file here is never recorded again. When events gain a meaning, a new log is added beside the
// old ones. A portrait is compared as of its day: fields that messages have gained since are left
// out, everything that there was then must be as it was.
#include <google/protobuf/util/json_util.h>
#include <sodium.h>

#include <array>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/core/test_hall.h"

namespace hall::core {
namespace {

constexpr std::array<const char*, 4> kLogs = {"day_one", "day_two", "day_three", "day_four"};
const std::string kFolder = std::string(HALL_SOURCE_DIR) + "/tests/core/golden/";

std::vector<LoggedEvent> read_log(const std::string& name) {
    std::ifstream file(kFolder + name + ".jsonl");
    std::vector<LoggedEvent> log;
    for (std::string line; std::getline(file, line);) {
        protocol::EventRecord record;
        auto read = google::protobuf::util::JsonStringToMessage(line, &record);
        EXPECT_TRUE(read.ok()) << "line " << log.size() + 1 << ": " << read.ToString();
        EXPECT_EQ(record.seq(), log.size() + 1);
        const size_t slash = record.actor().find('/');  // device/person
        const std::string person =
            slash == std::string::npos ? "" : record.actor().substr(slash + 1);
        log.push_back({record.event(), record.at_ms(), {record.actor().substr(0, slash), person}});
    }
    return log;
}

std::string digest_of(const std::string& bytes) {
    unsigned char digest[32];
    crypto_generichash(digest, sizeof digest, reinterpret_cast<const unsigned char*>(bytes.data()),
                       bytes.size(), nullptr, 0);
    std::string hex(2 * sizeof digest + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), digest, sizeof digest);
    hex.pop_back();
    return hex;
}

// The highest field of each message that has grown since a log was made; messages that are not
// named have not grown, or did not exist.
using Known = std::map<std::string, int>;
const Known kDayOne = {
    {"hall.core.state.Hall", 22},          {"hall.core.state.Ticket", 28},
    {"hall.core.state.Window", 6},         {"hall.core.state.Print", 11},
    {"hall.protocol.HallRules", 18},       {"hall.protocol.HallRules.Service", 5},
    {"hall.protocol.HallRules.Window", 6}, {"hall.protocol.DayPlan", 10},
    {"hall.protocol.Ticket", 33},          {"hall.protocol.Window", 9},
    {"hall.protocol.PrintJob", 17},        {"hall.protocol.WaitingRow", 7},
    {"hall.protocol.GuideView", 17},       {"hall.protocol.GuideView.Service", 6}};

const Known kDayTwo = {{"hall.core.state.Hall", 31},           {"hall.core.state.Print", 12},
                       {"hall.protocol.HallRules", 25},        {"hall.protocol.DayPlan", 11},
                       {"hall.protocol.HallRules.Service", 6}, {"hall.protocol.PrintJob", 20},
                       {"hall.protocol.GuideView", 27},        {"hall.protocol.ClerkView", 11}};

const Known kDayThree = {{"hall.core.state.Hall", 56},
                         {"hall.core.state.Print", 15},
                         {"hall.protocol.PrintJob", 26},
                         {"hall.protocol.CareView", 12}};

// Takes out what `known` does not know.
void forget_newer(google::protobuf::Message& message, const Known& known) {
    const auto* reflection = message.GetReflection();
    auto limit = known.find(message.GetDescriptor()->full_name());
    std::vector<const google::protobuf::FieldDescriptor*> fields;
    reflection->ListFields(message, &fields);
    for (const auto* field : fields) {
        if (limit != known.end() && field->number() > limit->second) {
            reflection->ClearField(&message, field);
        } else if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
            continue;
        } else if (!field->is_repeated()) {
            forget_newer(*reflection->MutableMessage(&message, field), known);
        } else {
            for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
                forget_newer(*reflection->MutableRepeatedMessage(&message, field, i), known);
            }
        }
    }
}

// The views that there were when a log was made.
enum class ViewsThen { tickets, walks };

// Everything that people could see of it, as of a day.
std::string portrait(const Hall& hall, int64_t now_ms, const Known& known, ViewsThen views) {
    auto json_of = [&](auto message) {
        std::string text;
        forget_newer(message, known);
        EXPECT_TRUE(google::protobuf::util::MessageToJsonString(message, &text).ok());
        return text;
    };
    std::ostringstream text;
    state::Hall state = hall.snapshot();
    forget_newer(state, known);
    text << "digest " << digest_of(state.SerializeAsString()) << "\n";
    for (const std::string& zone : hall.zones()) {
        text << "board:" << zone << " " << json_of(*hall.board_view(zone, now_ms)) << "\n";
    }
    text << "guide " << json_of(hall.guide_view(now_ms)) << "\n";
    for (uint32_t window : hall.windows()) {
        text << "clerk:" << window << " " << json_of(*hall.clerk_view(window, now_ms)) << "\n";
    }
    text << "printer " << json_of(hall.printer_view(now_ms)) << "\n";
    protocol::Query query;
    query.mutable_ticket_list();
    protocol::Reply reply;
    hall.answer(query, now_ms, reply);
    text << "tickets " << json_of(reply) << "\n";
    if (views == ViewsThen::tickets) return text.str();
    text << "care " << json_of(hall.care_view(now_ms)) << "\n";
    text << "cases " << json_of(hall.cases_view(now_ms)) << "\n";
    text << "supervisor " << json_of(hall.supervisor_view(now_ms)) << "\n";
    return text.str();
}

void expect_same_for_ever(const std::string& name, const Known& known,
                          ViewsThen views = ViewsThen::tickets) {
    std::vector<LoggedEvent> log = read_log(name);
    ASSERT_GT(log.size(), 50U);
    Hall hall = replay(log);
    EXPECT_EQ(contradiction(hall), "");
    std::ifstream file(kFolder + name + ".expected");
    std::stringstream whole;
    whole << file.rdbuf();
    std::stringstream expected(whole.str());
    std::stringstream seen(portrait(hall, hall.last_at_ms(), known, views));
    std::string line;
    for (std::string wanted; std::getline(expected, wanted);) {
        std::getline(seen, line);
        EXPECT_EQ(line, wanted);
    }
    EXPECT_FALSE(std::getline(seen, line));
}

TEST(GoldenLog, DayOneLeadsToTheSameHallForEver) {
    expect_same_for_ever("day_one", kDayOne);
}

// The whole ticketing policy: appointments, a reserved window, an interpreter, paper slips, choices
// at closing.
TEST(GoldenLog, DayTwoLeadsToTheSameHallForEver) {
    expect_same_for_ever("day_two", kDayTwo);
}

// One elder's whole story (elder_story.h): check-in, case, wristband, emergency, loans, staff, the
// vault's days.
TEST(GoldenLog, DayThreeLeadsToTheSameHallForEver) {
    expect_same_for_ever("day_three", kDayThree, ViewsThen::walks);
}

// The same story with a correction, and a case whose data outlives it.
TEST(GoldenLog, DayFourLeadsToTheSameHallForEver) {
    expect_same_for_ever("day_four", {}, ViewsThen::walks);
}

// Every kind of event is in some golden log.
TEST(GoldenLog, TheLogsHoldEveryKindOfEvent) {
    std::set<int> kinds;
    for (const char* name : kLogs) {
        for (const LoggedEvent& entry : read_log(name)) kinds.insert(entry.event.body_case());
    }
    const auto* body = Event::descriptor()->oneof_decl(0);
    for (int i = 0; i < body->field_count(); ++i) {
        EXPECT_TRUE(kinds.count(body->field(i)->number())) << body->field(i)->name();
    }
}

}  // namespace
}  // namespace hall::core
