// Wristbands, and what scanning a code at a station does.
#include "tests/core/case_hall.h"
#include "wristband/code/code.h"

namespace hall::core {
namespace {

class Scans : public testing::Test {
  protected:
    void SetUp() override {
        hall.does(issue("pension"));
        hall.does(begin_case("pension", "A001"));
        hall.does(band(1, 1));
        token = hall.reply().wristband().token();
    }
    // By a scanner, which nobody signs on at.
    Events scans(const std::string& code, const std::string& station) {
        return hall.on_device("scanner-1").does(scan(code, station));
    }
    CaseHall hall;
    std::string token;
};

TEST_F(Scans, ABandIsATokenOfThisHallAndIsPrintedWhereBandsAre) {
    EXPECT_EQ(wristband::read_token("TEST", token), wristband::Reading::ours);
    EXPECT_EQ(hall.reply().wristband().case_file().wristbands(), 1U);
    auto view = hall.hall().printer_view(hall.now_ms());
    const auto& job = view.jobs(view.jobs_size() - 1);
    EXPECT_EQ(job.paper(), protocol::Paper::band);
    EXPECT_EQ(job.printer(), "back");
    EXPECT_EQ(job.token(), token);
    EXPECT_EQ(job.number(), "A001");
    EXPECT_FALSE(job.language_sign());
    Events events = hall.does(band(1, 2, "front"));
    EXPECT_EQ(events[1].print_requested().printer(), "front");
    protocol::HallRules rules = case_rules();
    rules.clear_band_printer();
    hall.does(install(rules));
    EXPECT_EQ(hall.does(band(1, 3)).size(), 1U);
    EXPECT_EQ(hall.shown(1).wristbands(), 3U);
}

TEST_F(Scans, TheSignSaysThatALanguageIsNeededNeverWhich) {
    Command command = begin_case("jobs");
    command.mutable_open_case()->set_must_speak("za");
    hall.does(command);
    hall.does(band(2, 2));
    auto view = hall.hall().printer_view(hall.now_ms());
    EXPECT_TRUE(view.jobs(view.jobs_size() - 1).language_sign());
}

TEST_F(Scans, AheadPassesOverWithTheReasonThatItWasScanned) {
    Events events = scans(token, "copy");
    ASSERT_EQ(events.size(), 2U);
    const auto& entered = events[0].case_stage_entered();
    EXPECT_EQ(entered.stage(), kCopying);
    EXPECT_EQ(entered.skipped_size(), 1);
    EXPECT_EQ(entered.reason(), Reason::by_scan);
    EXPECT_EQ(entered.by(), "scanner-1");
    EXPECT_EQ(entered.station(), "copy");
    EXPECT_EQ(events[1].code_scanned().case_id(), 1U);
    EXPECT_EQ(hall.reply().wristband().case_file().stage(), kCopying);
    EXPECT_EQ(hall.reply().wristband().token(), token);
    EXPECT_EQ(hall.reply().wristband().window(), 0U);
}

TEST_F(Scans, TheSameStageStaysAndALeftOneIsEnteredAgain) {
    scans(token, "copy");
    EXPECT_EQ(scans(token, "copy").size(), 1U);
    hall.by("g1").does(leave(1, StageOutcome::done));
    EXPECT_EQ(scans(token, "copy").size(), 2U);
    EXPECT_EQ(hall.shown(1).visits_size(), 4);
}

TEST_F(Scans, BehindSendsBack) {
    hall.walk_to(1, kProcessing);
    Events events = scans(token, "form");
    EXPECT_EQ(events[0].case_stage_left().outcome(), StageOutcome::sent_back);
    EXPECT_EQ(events[0].case_stage_left().reason(), Reason::by_scan);
    EXPECT_EQ(hall.shown(1).stage(), CaseStage::form_filling);
    EXPECT_EQ(hall.shown(1).sent_back_count(), 1U);
    // From a stage that was left as well: who is sent back was there.
    hall.by("g1").does(leave(1, StageOutcome::done));
    EXPECT_EQ(scans(token, "copy").size(), 3U);
    EXPECT_EQ(hall.shown(1).stage(), kCopying);
    EXPECT_EQ(hall.shown(1).sent_back_count(), 2U);
}

TEST_F(Scans, NobodyGoesThroughReceptionAgain) {
    hall.walk_to(1, kCopying);
    EXPECT_EQ(scans(token, "door").size(), 1U);
    EXPECT_EQ(hall.shown(1).stage(), kCopying);
}

TEST_F(Scans, TheRulesOfStagesHoldForScansToo) {
    hall.on_device("scanner-1").refuses(scan(token, "back"), RefusalCode::result_needed);
    hall.by("g1").does(ask_for(1, {}));
    hall.on_device("scanner-1").refuses(scan(token, "accept"), RefusalCode::case_waits_for_visitor);
    hall.by("g1").does(receive(1, "id"));
    hall.does(receive(1, "photo"));
    Events events = scans(token, "process");
    EXPECT_TRUE(events[1].has_case_promised());
    hall.by("g1").does(set_result(1));
    EXPECT_EQ(scans(token, "back").size(), 1U);
    hall.refuses(scan(token, "copy"), RefusalCode::result_already_set);
}

TEST_F(Scans, AStationAtAWindowOpensTheCaseThereUntilTheNextVisitor) {
    hall.does(open_window(1));
    scans(token, "desk");
    EXPECT_EQ(hall.reply().wristband().window(), 1U);
    EXPECT_EQ(hall.shown(1).stage(), CaseStage::reception);
    EXPECT_EQ(hall.hall().clerk_view(1, hall.now_ms())->cases_size(), 1);
    EXPECT_EQ(hall.hall().clerk_view(2, hall.now_ms())->cases_size(), 0);
    // The next band takes the console.
    hall.by("g1").does(begin_case("jobs"));
    hall.does(band(2, 2));
    scans(hall.reply().wristband().token(), "desk");
    auto view = *hall.hall().clerk_view(1, hall.now_ms());
    ASSERT_EQ(view.cases_size(), 1);
    EXPECT_EQ(view.cases(0).id(), 2U);
    // And whoever is served there next finds it empty.
    hall.by("c1", "clerk-1").does(call_next(1));
    hall.does(start(1));
    EXPECT_EQ(hall.hall().clerk_view(1, hall.now_ms())->cases_size(), 2);
    hall.does(finish(1));
    EXPECT_EQ(hall.hall().clerk_view(1, hall.now_ms())->cases_size(), 0);
}

TEST_F(Scans, WhoWorksAtTheWindowOfTheStationWorksOnTheCase) {
    Events events = scans(token, "accept");
    EXPECT_EQ(events[0].case_stage_entered().by(), "c1");
    EXPECT_EQ(hall.by("g2", "guide-2").does(scan(token, "process"))[0].case_stage_entered().by(),
              "g2");
}

TEST_F(Scans, ATicketsCodeWorksForItsCases) {
    for (const char* code : {"TEST/2026-11-23/A001", "2026-11-23/A001", " a001\n"}) {
        EXPECT_EQ(scans(code, "copy").back().code_scanned().case_id(), 1U) << code;
    }
    EXPECT_EQ(hall.reply().wristband().case_file().id(), 1U);
    EXPECT_EQ(hall.reply().wristband().token(), "");
    hall.refuses(scan("TEST/2026-11-22/A001", "copy"), RefusalCode::unknown_ticket);
    hall.refuses(scan("OTHER/2026-11-23/A001", "copy"), RefusalCode::unknown_ticket);
    hall.refuses(scan("A002", "copy"), RefusalCode::unknown_ticket);
    hall.refuses(scan("???", "copy"), RefusalCode::wristband_misread);
    hall.refuses(scan("", "copy"), RefusalCode::wristband_misread);
    hall.refuses(scan(std::string(kTextMax + 1, 'A'), "copy"), RefusalCode::text_too_long);
}

TEST_F(Scans, AllCasesOfATicketMoveThatCan) {
    hall.does(issue(Words{"medical", "jobs"}));
    hall.does(begin_case("medical", "B001"));
    hall.does(begin_case("jobs", "B001"));
    EXPECT_EQ(scans("B001", "copy").size(), 4U);
    EXPECT_EQ(hall.shown(2).stage(), kCopying);
    EXPECT_EQ(hall.shown(3).stage(), kCopying);
    hall.by("g1");
    hall.walk_to(2, CaseStage::feedback);
    // The one that is decided stays where it is, and holds up no other.
    scans("B001", "form");
    EXPECT_EQ(hall.shown(2).stage(), CaseStage::feedback);
    EXPECT_EQ(hall.shown(3).stage(), CaseStage::form_filling);
    hall.by("g1");
    hall.walk_to(3, CaseStage::feedback);
    hall.on_device("scanner-1").refuses(scan("B001", "copy"), RefusalCode::result_already_set);
}

TEST_F(Scans, ALostBandIsRevokedAndTheNewOneWorks) {
    hall.does(band(1, 2));
    const std::string second = hall.reply().wristband().token();
    EXPECT_NE(second, token);
    hall.does(revoke_band(token));
    EXPECT_TRUE(hall.reply().wristband().revoked());
    EXPECT_EQ(hall.reply().wristband().case_file().id(), 1U);
    EXPECT_EQ(hall.shown(1).wristbands(), 1U);
    hall.refuses(revoke_band(token), RefusalCode::wristband_revoked);
    hall.refuses(revoke_band("A001"), RefusalCode::unknown_wristband);
    hall.on_device("scanner-1").refuses(scan(token, "copy"), RefusalCode::wristband_revoked);
    scans("  " + second + "\r\n", "copy");
    protocol::Query query;
    query.mutable_wristband_list();
    EXPECT_EQ(hall.answers(query).wristbands().wristbands_size(), 2);
}

TEST_F(Scans, ARefusalNeverRepeatsAToken) {
    std::string other = wristband::make_token("ELSEWHERE", random_bytes(7));
    protocol::Refusal refusal =
        hall.refuses(scan(other, "copy"), RefusalCode::wristband_other_hall);
    EXPECT_EQ(refusal.ShortDebugString().find(other), std::string::npos);
}

TEST_F(Scans, ABandWorksOnALaterDayAndNotWhenTheCaseIsClosed) {
    hall.at("10:00", 1);
    scans(token, "copy");
    hall.by("g1");
    hall.told(1);
    hall.on_device("kiosk-1").does(rate(1, 5));
    hall.by("g1").does(close_case(1));
    hall.on_device("scanner-1").refuses(scan(token, "copy"), RefusalCode::case_closed);
    hall.by("g1").refuses(band(1, 9), RefusalCode::case_closed);
    hall.at("10:00", 2);
    hall.on_device("scanner-1").refuses(scan(token, "copy"), RefusalCode::unknown_wristband);
}

}  // namespace
}  // namespace hall::core
