// One elder's whole story, as the README tells it, with hallctl against a real server over CURVE:
// early waiting at 07:40, no smartphone, a check-in by hand, an escort, a wristband, copying, the
// form, the window, sent back for one material, back the next day, the result, a poor rating and
// the follow-up. Then nothing of who she is may be found anywhere but in the vault.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "tests/stage/leaks.h"
#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"
#include "tests/stage/wire_tap.h"

namespace hall::end_to_end {
namespace {

namespace fs = std::filesystem;
using stage::Finished;
using stage::RunningHall;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Nobody's: made for this test. The number is valid and belongs to no person.
const std::string kName = "韦阿𠮷";
const std::string kPhone = "13907715566";
const std::string kIdentity = "45010319600229001X";
const std::string kFamilyPhone = "13807714433";
const std::string kNote = "耳背,请大声慢说";
const std::string kAnswer = "已上门道歉并说明";
const std::string kEmergency = "头晕站不稳";
const std::string kGuideName = "黄引导";

const std::vector<std::string> kSecrets = {kName,   kPhone,     kIdentity,  kFamilyPhone, kNote,
                                           kAnswer, kEmergency, kGuideName, "246802",     "135791"};

class ElderStory : public testing::Test {
  protected:
    static RunningHall::Options county() {
        RunningHall::Options options;
        options.hall = stage::county_hall_toml();
        options.clock = "2026-11-23T07:40,1";
        return options;
    }

    ElderStory() {
        pin("g1", "246802");
        pin("g2", "135791");
        pin("s1", "975310");
    }

    void pin(const std::string& who, const std::string& digits) {
        stage::write_file(pins_ / who, digits + "\n");
        fs::permissions(pins_ / who, fs::perms::owner_read | fs::perms::owner_write);
    }

    Finished hallctl(const stage::Command& words, const std::string& as = "") {
        stage::Command command = {stage::program("hallctl"),
                                  "--server",
                                  "tcp://127.0.0.1:" + std::to_string(tap_.port()),
                                  "--keys",
                                  hall_.keys_folder("admin"),
                                  "--json"};
        if (!as.empty()) {
            command.insert(command.end(), {"--as", as, "--pin-file", (pins_ / as).string()});
        }
        command.insert(command.end(), words.begin(), words.end());
        return stage::run(command);
    }
    // What it printed; it must not be refused.
    std::string does(const stage::Command& words, const std::string& as = "") {
        const Finished finished = hallctl(words, as);
        EXPECT_EQ(finished.exit_code, 0)
            << ::testing::PrintToString(words) << finished.output << finished.errors;
        return finished.output;
    }
    void refuses(const stage::Command& words, const std::string& code, const std::string& as = "") {
        const Finished finished = hallctl(words, as);
        EXPECT_EQ(finished.exit_code, 1) << ::testing::PrintToString(words) << finished.output;
        EXPECT_THAT(finished.errors, HasSubstr(code)) << ::testing::PrintToString(words);
    }
    static std::string field(const std::string& json, const std::string& name) {
        std::smatch found;
        const std::regex pattern("\"" + name + "\":\\s*\"?([^\",}]*)");
        return std::regex_search(json, found, pattern) ? found[1].str() : "";
    }
    void staff(const std::string& number, const std::string& name, const std::string& rank) {
        does({"staff", "add", number, "--name", name, "--rank", rank});
        does({"staff", "set-pin", number, "--new-pin-file", (pins_ / number).string()});
        does({"staff", "sign-on"}, number);
    }
    void morning_of(const std::string& clock) {
        hall_.stop();
        hall_.start_at(clock);
    }

    RunningHall hall_{county()};
    stage::WireTap tap_{hall_.port(), 3};
    stage::Folder pins_;
};

TEST_F(ElderStory, IsWalkedThroughToTheFollowUpAndStaysInTheVault) {
    staff("g1", kGuideName, "guide");
    staff("g2", "覃引导", "guide");
    staff("s1", "陆主任", "supervisor");

    // Monday, 07:40: the early-waiting area. No smartphone.
    const std::string check_in =
        does({"check-in", "add", "--name", kName, "--phone", kPhone, "--identity",
              " " + kIdentity + " ", "--family-phone", kFamilyPhone, "--family-consent", "--reason",
              "no_smartphone", "--filled-by", "guide", "--read-back", "--note", kNote},
             "g1");
    EXPECT_THAT(check_in, HasSubstr("韦*𠮷"));
    EXPECT_THAT(check_in, Not(HasSubstr(kPhone)));
    const std::string early =
        does({"early-waiting", "register", "--service", "pension_claim", "--category", "80plus",
              "--seat", "--check-in", field(check_in, "id")},
             "g1");
    const std::string number = field(early, "number");
    EXPECT_EQ(number, "A001");

    const std::string opened =
        does({"case", "open", "--service", "pension_claim", "--ticket", number, "--check-in",
              field(check_in, "id"), "--must-speak", "za", "--note", kNote},
             "g1");
    const std::string id = field(opened, "id");
    EXPECT_EQ(field(opened, "escort"), "g1");
    EXPECT_EQ(field(opened, "stage"), "reception");
    refuses({"staff", "off-duty"}, "cases_open", "g1");

    const std::string band = does({"wristband", "print", "--case", id}, "g1");
    const std::string token = field(band, "token");
    EXPECT_EQ(token.size(), 22U) << band;

    // The doors are open; she is walked from station to station.
    morning_of("2026-11-23T08:31,1");
    for (const char* who : {"g1", "g2", "s1"}) does({"staff", "sign-on"}, who);
    does({"window", "open", "1"});
    does({"case", "enter", id, "consultation"}, "g1");
    EXPECT_EQ(field(does({"wristband", "scan", token, "--station", "copier"}, "g1"), "stage"),
              "copying");
    does({"case", "enter", id, "form_filling"}, "g1");

    // She feels dizzy: an alarm, the plan's steps, all is well.
    const std::string alarm = field(
        does({"emergency", "raise", "--place", "waiting", "--kind", kEmergency, "--ticket", number},
             "g1"),
        "id");
    EXPECT_EQ(field(does({"ticket", "show", number}), "state"), "held");
    does({"emergency", "acknowledge", alarm}, "g2");
    does({"emergency", "step", alarm, "1"}, "g2");
    does({"emergency", "close", alarm, "--outcome", "recovered"}, "g2");
    EXPECT_EQ(field(does({"ticket", "show", number}), "state"), "waiting");

    does({"call", "next", "--window", "1"});
    does({"serve", "start", "--window", "1"});
    does({"case", "hand-over", id, "--to", "g2"}, "g1");
    does({"case", "accept", id}, "g2");
    EXPECT_EQ(field(does({"case", "show", id}), "escort"), "g2");

    // At the window one material is missing: told once, with everything else that is.
    const std::string shown = does({"case", "show", id});
    std::vector<std::string> codes;
    const std::regex material("\"code\":\\s*\"([^\"]+)\"");
    for (std::sregex_iterator it(shown.begin(), shown.end(), material), end; it != end; ++it) {
        codes.push_back((*it)[1]);
    }
    ASSERT_FALSE(codes.empty()) << shown;
    does({"case", "ask-material", id, codes.front(), "--next-date", "2026-11-24"}, "g2");
    refuses({"case", "ask-material", id, codes.front()}, "second_notice_needs_supervisor", "g2");
    refuses({"case", "ask-material", id, "no_such_paper"}, "material_not_in_catalogue", "g2");
    refuses({"case", "enter", id, "acceptance"}, "case_waits_for_visitor", "g2");
    does({"serve", "finish", "--window", "1"});

    // Tuesday: an ordinary ticket, the same case.
    morning_of("2026-11-24T09:00,1");
    for (const char* who : {"g1", "g2", "s1"}) does({"staff", "sign-on"}, who);
    does({"window", "open", "1"});
    const std::string again = does({"ticket", "issue", "--service", "pension_claim", "--category",
                                    "80plus", "--case", id, "--no-print"},
                                   "g2");
    EXPECT_EQ(field(does({"case", "show", id}), "number"), field(again, "number"));
    for (const auto& code : codes) {
        hallctl({"case", "material", id, code, "--received"}, "g2");  // not all of them are needed
    }
    EXPECT_NE(field(does({"case", "show", id}), "waiting_for_visitor"), "true");
    does({"call", "next", "--window", "1"});
    does({"serve", "start", "--window", "1"});
    does({"case", "enter", id, "acceptance"}, "g2");
    does({"case", "enter", id, "processing"}, "g2");
    EXPECT_NE(field(does({"case", "show", id}), "promised_by"), "");
    refuses({"case", "enter", id, "feedback"}, "result_needed", "g2");
    does({"case", "result", id, "--outcome", "approved"}, "g2");
    does({"serve", "finish", "--window", "1"});
    refuses({"case", "rate", id, "--grade", "2"}, "result_not_told", "g1");
    does({"case", "tell", id, "--how", "window", "--understood"}, "g2");
    refuses({"case", "rate", id, "--grade", "5"}, "rater_is_rated", "g2");
    refuses({"case", "rate", id, "--grade", "5"}, "rater_is_rated", "g1");
    does({"case", "rate", id, "--grade", "2"}, "s1");
    refuses({"case", "close", id}, "follow_up_open", "g2");
    does({"case", "follow-up", id, "--answer", kAnswer}, "s1");
    EXPECT_EQ(field(does({"case", "close", id}, "g2"), "closed"), "true");
    does({"staff", "off-duty"}, "g2");

    // Whoever may, sees her name, and that is known.
    EXPECT_EQ(hallctl({"check-in", "unmask", field(check_in, "id")}, "s1").exit_code, 2)
        << "never without a purpose";
    const std::string her =
        does({"check-in", "unmask", field(check_in, "id"), "--purpose", "complaint"}, "s1");
    EXPECT_THAT(her, HasSubstr(kName));
    EXPECT_THAT(her, HasSubstr(kIdentity));
    const std::string found = does({"check-in", "list", "--name", " 韦 阿𠮷"}, "s1");
    EXPECT_EQ(field(found, "id"), field(check_in, "id"));
    const std::string seen = does(
        {"report", "ledger", "unmaskings", "--from", "2026-11-23", "--to", "2026-11-24"}, "s1");
    EXPECT_THAT(seen, HasSubstr("complaint"));
    // What she wants put right reaches her closed case too; then she wants nothing kept.
    does({"case", "correct", id, "--phone", kFamilyPhone}, "s1");
    EXPECT_THAT(does({"case", "unmask", id, "--purpose", "complaint"}, "s1"),
                HasSubstr(kFamilyPhone));
    morning_of("2026-11-25T09:00,1");
    does({"staff", "sign-on"}, "s1");
    refuses({"case", "show", id}, "case_closed", "s1");
    EXPECT_THAT(does({"case", "unmask", id, "--purpose", "complaint"}, "s1"), HasSubstr(kName));
    does({"case", "forget", id}, "s1");
    refuses({"check-in", "unmask", field(check_in, "id"), "--purpose", "complaint"},
            "nothing_sealed", "s1");
    const std::string story =
        does({"ticket", "explain", "2026-11-24/" + field(again, "number")}, "s1");
    EXPECT_THAT(story, HasSubstr("case_stage_entered"));

    hall_.stop();
    EXPECT_THAT(stage::leaks(kSecrets, hall_.folder(), tap_.captured() + hall_.log()), IsEmpty());
}

}  // namespace
}  // namespace hall::end_to_end
