#include "config/hall_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/config/small_hall.h"

namespace hall::config {
namespace {

using ::testing::HasSubstr;

// All mistakes of a text, one a line.
std::string mistakes(const std::string& text) {
    const auto file = parse(text, "hall.toml");
    std::string out;
    if (!file) {
        for (const Problem& problem : file.error()) out += to_string(problem) + "\n";
    }
    return out;
}

TEST(HallFile, SmallHallIsGoodAndHasTheDesignsDefaults) {
    const auto file = parse(kSmallHall, "hall.toml");
    ASSERT_TRUE(file.has_value()) << mistakes(kSmallHall);
    EXPECT_EQ(file->priority.credit_limit_min, 20);
    EXPECT_FALSE(file->priority.proxy_inherits);
    EXPECT_EQ(file->priority.missed_calls, 3);
    EXPECT_EQ(file->priority.missed_spacing_s, 20);
    EXPECT_EQ(file->priority.missed_total_s, 60);
    EXPECT_EQ(file->priority.missed_return_min, 20);
    EXPECT_EQ(file->priority.step_out_min, 15);
    EXPECT_EQ(file->priority.step_out_times, 2);
    EXPECT_EQ(file->priority.language_wait_min, 10);
    EXPECT_EQ(file->priority.target_wait_min, 10);
    EXPECT_EQ(file->services[0].proxy, ProxyRule::free);
    EXPECT_EQ(file->windows[0].reserved_credit_min, 0);
    EXPECT_EQ(file->appointments.head_start_min, 10);
    EXPECT_EQ(file->appointments.grace_min, 15);
    EXPECT_EQ(file->entry_check.mode, EntryCheckMode::off);
    EXPECT_EQ(file->entry_check.limit_tenths_c, 373);
    EXPECT_EQ(file->retention.check_in_days, 30);
    EXPECT_EQ(file->network.bind, "127.0.0.1");
    EXPECT_EQ(file->network.port, 7400);
    EXPECT_EQ(file->services[0].windows, std::vector<int>{1});
    EXPECT_EQ(file->hall.hours[0], (DayHours{510, 510, 1050, 1050}));
    EXPECT_FALSE(file->hall.hours[1].has_value());
}

TEST(HallFile, TheLanguageLineIsAtEveryWindowBesideItsOwnInterpreters) {
    std::string text = changed("[\"cmn\"]", "[\"cmn\"]\ninterprets = [\"hak\"]");
    text.replace(text.find("time_zone"), 0, "language_line = [\"za\", \"hak\"]\n");
    const auto file = parse(text, "hall.toml");
    ASSERT_TRUE(file.has_value()) << mistakes(text);
    const protocol::HallRules made = rules(*file);
    EXPECT_THAT(made.windows(0).interprets(), ::testing::ElementsAre("hak", "za"));
    EXPECT_EQ(made.language_wait_ms(), 600'000);
}

TEST(HallFile, NamesAllFifteenMistakesInOneRunWithLineAndColumn) {
    const std::string path = HALL_SOURCE_DIR "/tests/config/fifteen_mistakes.toml";
    const auto file = load(path);
    ASSERT_FALSE(file.has_value());
    const std::vector<std::pair<std::string, std::string>> expected = {
        {":6:13: there is no time zone", "Asia/Shanghai"},
        {":7:18: there is no printer \"entrence\"", "entrance"},
        {":10:41: `closing` of monday is \"25:00\"", ""},
        {":11:42: tuesday closes at 08:30, not after it opens at 17:30", ""},
        {":15:10: the letter of a group is one of A to Y, not \"AA\"", ""},
        {":27:1: [[service]] has no key `expected_minutes`", "expected_min"},
        {":28:16: `expected_min` of [[service]] is -5", ""},
        {":31:8: service \"card\" is there twice, first in line 23", ""},
        {":35:16: `expected_min` of [[service]] must be a whole number, not a text", ""},
        {":38:8: no window serves \"lunch\" on wednesday from 12:00 to 13:00", ""},
        {":47:14: 30 minutes are more than the hall allows", ""},
        {":52:8: `kind` of [[zone]] is \"wating\"", "waiting"},
        {":56:13: there is no service \"crad\"", "card"},
        {":63:14: there is no language \"mandarin\"", ""},
        {":69:7: \"http://localhost/\" is not a printer", ""},
    };
    ASSERT_EQ(file.error().size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_THAT(to_string(file.error()[i]), HasSubstr(path + expected[i].first));
        EXPECT_EQ(file.error()[i].nearest, expected[i].second) << expected[i].first;
    }
}

TEST(HallFile, EachMistakeIsNamedAndCausesNoOther) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {changed("code = \"small\"\n", ""), ":1:1: [hall] lacks `code`"},
        {changed("\"small\"", "\"Kleine Halle\""), "use a-z, 0-9, _ and -"},
        {changed("name = \"小厅\"", "name = 7"), ":3:8: `name` of [hall] must be a text in quotes"},
        {changed("name = \"小厅\"", "name = \"\""), ":3:8: `name` of [hall] is empty"},
        {changed("name = \"小厅\"", "name = \"小\\u0000厅\""), "contains a control character"},
        {changed("monday =", "mondag ="), "has no key `mondag` (did you mean monday?)"},
        {changed("closing = \"17:30\"", "closing = 17:30:00"),
         "must be a text in quotes, not a time"},
        {changed("\"17:30\" }", "\"17:30\", extension_until = \"17:00\" }"), "before it closes"},
        {changed("\"17:30\" }", "\"17:30\", early_waiting = \"07:30\" }"),
         "no section [early_waiting]"},
        {changed("letter = \"A\"\nname = \"待", "letter = \"B\"\nname = \"待"),
         "there is no group"},
        {changed("[[group]]", "[[group]]\nletter = \"A\"\nname = \"再\"\n[[group]]"),
         "group with the letter \"A\" is there twice, first in line 8"},
        {changed("养老金", "一二三四五六七八九十一二三"), "has 13 characters: at most 12"},
        {changed("expected_min = 15", "expected_min = 15.5"), "whole number, not a decimal number"},
        {changed("credit_min = 20", "credit_min = -1"), "`credit_min` of [[category]] is -1"},
        {changed("credit_min = 20", "credit_min = 21"), "credit_limit_min of [priority] is 20"},
        {kSmallHall + "[[window]]\nnumber = 2\nservices = []\nlanguages = [\"cmn\"]\nzone = "
                      "\"waiting\"\n",
         ":31:12: window 2 serves nothing"},
        {changed("monday = { opening = \"08:30\", closing = \"17:30\" }", ""), "names no weekday"},
        {changed("[\"pension\"]", "[\"pensoin\"]"), "(did you mean pension?)"},
        {changed("[\"pension\"]", "[\"pension\", \"pension\"]"), "names \"pension\" twice"},
        {changed("number = 1", "number = 0"), "`number` of [[window]] is 0"},
        {changed("zone = \"waiting\"", "zone = \"waitng\""), "(did you mean waiting?)"},
        {changed("[\"cmn\"]", "[\"cmn-\"]"), "there is no language \"cmn-\""},
        {changed("[\"cmn\"]", "[\"cnm\"]"), "(did you mean cmn?)"},
        {changed("[\"cmn\"]", "[\"cmn\"]\ninterprets = [\"zaa\"]"), "there is no language \"zaa\""},
        {changed("[\"cmn\"]", "[\"cmn\"]\nreserved_credit_min = 15"),
         "only reserved windows serve \"pension\" on monday from 08:30 to 17:30"},
        {changed("expected_min = 15", "expected_min = 15\nproxy = \"leter\""),
         "(did you mean letter?)"},
        {changed("name = \"小厅\"", "name = \"小厅\"\nlanguage_line = [\"yeu\"]"),
         "there is no language \"yeu\""},
        {kSmallHall + "hours = [[\"08:30\", \"12:00\"]]\n",
         ":11:8: no window serves \"pension\" on monday from 12:00 to 17:30"},
        {kSmallHall + "hours = [[\"08:30\", \"18:00\"], [\"17:00\", \"19:00\"]]\n",
         "starts before"},
        {kSmallHall + "hours = [[\"08:30\", \"18:00\"], [\"19:00\", \"20:00\"]]\n",
         "never open from"},
        {kSmallHall + "hours = [[\"12:00\", \"08:00\"]]\n", "ends at 08:00, not after its start"},
        {kSmallHall + "hours = \"08:30\"\n", "must be a list of 1 to 8 spans"},
        {kSmallHall + "[netwrok]\nport = 1\n", "has no key `netwrok` (did you mean network?)"},
        {kSmallHall + "[network]\nport = 65534\n", "it must be 1 to 65533"},
        {kSmallHall + "[network]\nbind = \"everywhere\"\n", "is not an address to listen on"},
        {kSmallHall + "[voice]\nenabled = \"yes\"\n", "must be true or false, not a text"},
        {kSmallHall + "[entry_check]\nmode = \"of\"\n", "(did you mean off?)"},
        {kSmallHall + "[entry_check]\nmode = \"off\"\nlimit_c = nan\n", "is nan"},
        {kSmallHall + "[early_waiting]\nstart = \"07:30\"\nzone = \"waiting\"\n",
         "zone \"waiting\" is not of kind early_waiting"},
        {kSmallHall + "[[hall.holiday]]\nname = \"x\"\nfrom = 2026-10-07\nto = 2026-10-01\n",
         "ends on 2026-10-01, before it starts"},
        {kSmallHall + "[[hall.holiday]]\nname = \"x\"\nfrom = \"2026-10-07\"\n", "must be a date"},
        {kSmallHall + "[[hall.working_day]]\ndate = 2026-10-10\nlike = \"sunday\"\n",
         "the hall has no hours for sunday"},
        {kSmallHall + "[[printer]]\nname = \"p\"\nuri = \"ipp://h/\"\npaper_mm = 79\nzone = "
                      "\"waiting\"\n",
         "58 or 80 mm wide, a wristband 25, a sheet 210, not 79"},
        {kSmallHall + "[[printer]]\nname = \"p\"\nuri = \"ipp://h/\"\npaper_mm = 80\nzone = "
                      "\"waiting\"\nfallback = \"p\"\n",
         "printer \"p\" is its own fallback"},
        {kSmallHall + "[[board]]\nzone = \"waiting\"\nscreen_in = 55\nresolution = \"1920\"\n"
                      "farthest_seat_m = 8\nmounting_height_m = 1.7\n",
         "\"1920\" is not a resolution"},
    };
    for (const auto& [text, what] : cases) {
        const std::string found = mistakes(text);
        EXPECT_THAT(found, HasSubstr(what));
        EXPECT_EQ(std::count(found.begin(), found.end(), '\n'), 1) << found;
    }
}

TEST(HallFile, TwoWindowsThatTakeTurnsCoverLunch) {
    const std::string second =
        "hours = [[\"08:30\", \"12:00\"], [\"13:00\", \"17:30\"]]\n[[window]]\nnumber = 2\n"
        "services = [\"pension\"]\nlanguages = [\"za-yongbei\"]\nzone = \"waiting\"\n";
    EXPECT_EQ(mistakes(kSmallHall + second + "hours = [[\"11:00\", \"13:00\"]]\n"), "");
    EXPECT_THAT(mistakes(kSmallHall + second + "hours = [[\"11:00\", \"12:59\"]]\n"),
                HasSubstr("from 12:59 to 13:00"));
}

TEST(HallFile, ProblemIsPrintedAsFileLineColumnAndNearestName) {
    Problem problem;
    problem.file = "a.toml";
    problem.what = "is wrong";
    EXPECT_EQ(to_string(problem), "a.toml: is wrong");
    problem.line = 3;
    problem.column = 7;
    problem.nearest = "right";
    EXPECT_EQ(to_string(problem), "a.toml:3:7: is wrong (did you mean right?)");
}

TEST(HallRules, CarryWhatDecisionsNeedInMilliseconds) {
    const auto file = parse(kSmallHall +
                                "[[printer]]\nname = \"p\"\nuri = \"cups:q\"\npaper_mm = 58\n"
                                "zone = \"waiting\"\n[[zone]]\ncode = \"early\"\nname = \"早\"\n"
                                "kind = \"early_waiting\"\ncapacity = 40\n[early_waiting]\n"
                                "start = \"07:30\"\nzone = \"early\"\nseats = 8\n",
                            "hall.toml");
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(file->hall.hours[0]->early_waiting_min, 450);
    const protocol::HallRules out = rules(*file);
    EXPECT_EQ(out.hall_code(), "small");
    EXPECT_EQ(out.ticket_printer(), "p");
    EXPECT_EQ(out.credit_limit_ms(), 20 * 60'000);
    EXPECT_EQ(out.services(0).letter(), "A");
    EXPECT_EQ(out.services(0).expected_ms(), 15 * 60'000);
    EXPECT_EQ(out.categories(0).credit_ms(), 20 * 60'000);
    EXPECT_EQ(out.windows(0).services(0), "pension");
    EXPECT_TRUE(out.windows(0).step_free());
    EXPECT_FALSE(out.zones(0).early_waiting());
    EXPECT_TRUE(out.zones(1).early_waiting());
    EXPECT_EQ(out.zones(1).seats(), 8U) << "seats given out there, not the area's capacity";
    EXPECT_EQ(out.missed_spacing_ms(), 20'000);
    EXPECT_EQ(out.appointment_lead_ms(), 600'000);
    EXPECT_EQ(out.closing_offer_ms(), 15 * 60'000);
    EXPECT_EQ(out.slot_ms(), 0) << "without [appointments] none are given";
    EXPECT_EQ(out.SerializeAsString(), rules(*file).SerializeAsString());
}

TEST(HallRules, CarryTheSlotsOfAppointmentsAndWhenPeopleAreAskedBeforeClosing) {
    const auto file = parse(changed("time_zone", "closing_offer_min = 20\ntime_zone") +
                                "[appointments]\nslot_min = 20\nper_slot = 3\ndays_ahead = 5\n",
                            "hall.toml");
    ASSERT_TRUE(file.has_value());
    const protocol::HallRules out = rules(*file);
    EXPECT_EQ(out.closing_offer_ms(), 20 * 60'000);
    EXPECT_EQ(out.slot_ms(), 20 * 60'000);
    EXPECT_EQ(out.slot_places(), 3U);
    EXPECT_EQ(out.days_ahead(), 5U);
    EXPECT_NE(mistakes(changed("time_zone", "closing_offer_min = 241\ntime_zone")), "");
}

}  // namespace
}  // namespace hall::config
