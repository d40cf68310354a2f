// Logs of the past, replayed for ever: whatever the program becomes, yesterday's events mean what
// they meant.
//
//   golden/NAME.jsonl     one EventRecord a line, as it was logged
//   golden/NAME.expected  what the hall was afterwards: its digest, then every view as JSON
//
// A file here is never recorded again. When events gain a meaning, a new log is added beside the
// old ones.
#include <google/protobuf/util/json_util.h>
#include <sodium.h>

#include <fstream>
#include <set>
#include <sstream>

#include "tests/core/test_hall.h"

namespace hall::core {
namespace {

const std::string kFolder = std::string(HALL_SOURCE_DIR) + "/tests/core/golden/";

std::vector<LoggedEvent> read_log(const std::string& name) {
    std::ifstream file(kFolder + name + ".jsonl");
    std::vector<LoggedEvent> log;
    for (std::string line; std::getline(file, line);) {
        protocol::EventRecord record;
        auto read = google::protobuf::util::JsonStringToMessage(line, &record);
        EXPECT_TRUE(read.ok()) << "line " << log.size() + 1 << ": " << read.ToString();
        EXPECT_EQ(record.seq(), log.size() + 1);
        log.push_back({record.event(), record.at_ms(), {record.actor(), ""}});
    }
    return log;
}

std::string digest_of(const Hall& hall) {
    std::string bytes = bytes_of(hall);
    unsigned char digest[32];
    crypto_generichash(digest, sizeof digest, reinterpret_cast<const unsigned char*>(bytes.data()),
                       bytes.size(), nullptr, 0);
    std::string hex(2 * sizeof digest + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), digest, sizeof digest);
    hex.pop_back();
    return hex;
}

std::string json_of(const google::protobuf::Message& message) {
    std::string text;
    EXPECT_TRUE(google::protobuf::util::MessageToJsonString(message, &text).ok());
    return text;
}

// Everything that people could see of it.
std::string portrait(const Hall& hall, int64_t now_ms) {
    std::ostringstream text;
    text << "digest " << digest_of(hall) << "\n";
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
    return text.str();
}

TEST(GoldenLog, DayOneLeadsToTheSameHallForEver) {
    std::vector<LoggedEvent> log = read_log("day_one");
    ASSERT_GT(log.size(), 50U);
    Hall hall = replay(log);
    EXPECT_EQ(contradiction(hall), "");
    std::ifstream file(kFolder + "day_one.expected");
    std::stringstream expected;
    expected << file.rdbuf();
    EXPECT_EQ(portrait(hall, hall.last_at_ms()), expected.str());
}

TEST(GoldenLog, DayOneHoldsEveryKindOfEventOfItsTime) {
    std::set<int> kinds;
    for (const LoggedEvent& entry : read_log("day_one")) kinds.insert(entry.event.body_case());
    const auto* body = Event::descriptor()->oneof_decl(0);
    for (int i = 0; i < body->field_count(); ++i) {
        EXPECT_TRUE(kinds.count(body->field(i)->number())) << body->field(i)->name();
    }
}

}  // namespace
}  // namespace hall::core
