// Slips written on paper while the system was down, entered when it is back.
#include "tests/core/test_hall.h"

namespace hall::core {
namespace {

using Slip = protocol::ImportPaper::Slip;

// The system came back at 10:00; windows 1 to 5 are open.
class PaperTest : public OpenHallTest {
  protected:
    void SetUp() override {
        OpenHallTest::SetUp();
        hall.does(issue("pension"));  // A001, at 09:00
        hall.at("10:00");
    }
    std::string invalid(const std::vector<Slip>& slips) {
        return hall.refuses(import_paper(slips), RefusalCode::paper_slip_invalid).field();
    }
};

TEST_F(PaperTest, WhoWroteAnEarlierArrivalIsCalledEarlier) {
    hall.does(import_paper({paper_slip("Z002", "pension", time_ms("08:40")),
                            paper_slip("Z001", "pension", time_ms("09:30"))}));
    EXPECT_EQ(hall.reply().paper_import().imported(), 2U);
    EXPECT_EQ(hall.reply().paper_import().served(), 0U);
    Words called;
    for (int i = 0; i < 3; ++i) {
        called.push_back(hall.does(call_next(2)).at(0).ticket_called().number());
        hall.does(start(2));
        hall.does(finish(2));
    }
    EXPECT_EQ(called, (Words{"Z002", "A001", "Z001"}));
}

TEST_F(PaperTest, AWrittenCategoryGivesItsCreditFromTheWrittenArrival) {
    hall.does(import_paper({paper_slip("Z007", "pension", time_ms("09:30"), {"80plus"})}));
    protocol::Ticket ticket = hall.shown("Z007");
    EXPECT_EQ(ticket.entered_at_ms(), time_ms("09:30"));
    EXPECT_EQ(ticket.key_v_ms(), time_ms("09:10"));
    EXPECT_EQ(ticket.key_t_ms(), time_ms("09:30"));
    EXPECT_EQ(ticket.waited_ms(), 30 * kMinuteMs);
    EXPECT_TRUE(hall.ticket("Z007").paper());
}

TEST_F(PaperTest, NothingIsPrintedAgain) {
    Events events = hall.does(import_paper({paper_slip("Z001", "pension", time_ms("09:30"))}));
    ASSERT_EQ(events.size(), 1U);
    EXPECT_TRUE(events[0].ticket_issued().paper());
}

TEST_F(PaperTest, WhoWasServedOnPaperIsOnlyCounted) {
    Slip two = served_slip("Z001", "medical", time_ms("08:35"));
    two.add_services("card");
    hall.does(import_paper({two, paper_slip("Z002", "medical", time_ms("08:36"))}));
    EXPECT_EQ(hall.reply().paper_import().imported(), 1U);
    EXPECT_EQ(hall.reply().paper_import().served(), 1U);
    EXPECT_EQ(hall.state("Z001"), TicketState::done);
    EXPECT_EQ(hall.state("Z002"), TicketState::waiting);
    protocol::DayReport report = hall.report();
    EXPECT_EQ(report.paper(), 2U);
    EXPECT_EQ(report.done(), 1U);
    ASSERT_EQ(report.services_size(), 2);
    EXPECT_EQ(report.services(0).code(), "card");
    EXPECT_EQ(report.services(0).served(), 1U);
    EXPECT_EQ(report.services(0).service_sum_ms(), 0);
}

TEST_F(PaperTest, SlipsWithGapsLeaveTheHallsOwnNumbersAlone) {
    hall.does(import_paper({paper_slip("Z120", "pension", time_ms("09:30")),
                            paper_slip("z3", "pension", time_ms("09:31"))}));
    EXPECT_EQ(hall.state("Z003"), TicketState::waiting);
    EXPECT_EQ(hall.state("Z120"), TicketState::waiting);
    EXPECT_EQ(hall.state("Z004"), TicketState::unknown);
    hall.does(issue("pension"));
    EXPECT_EQ(hall.reply().ticket().number(), "A002");
    hall.does(import_paper({paper_slip("Z004", "pension", time_ms("09:32"))}));
    EXPECT_EQ(hall.state("Z004"), TicketState::waiting);
}

TEST_F(PaperTest, OneWrongSlipKeepsTheWholeBatchOut) {
    Slip good = paper_slip("Z001", "pension", time_ms("09:30"));
    EXPECT_EQ(invalid({good, paper_slip("Z002", "tax", time_ms("09:31"))}),
              "2 unknown_service tax");
    EXPECT_EQ(hall.state("Z001"), TicketState::unknown);
}

TEST_F(PaperTest, SaysWhatIsWrongWithWhichSlip) {
    int64_t at = time_ms("09:30");
    Slip bare = paper_slip("Z001", "pension", at);
    bare.clear_services();
    Slip two = paper_slip("Z001", "pension", at);
    two.add_services("pension");
    EXPECT_EQ(invalid({}), "1 no_slips");
    EXPECT_EQ(invalid({paper_slip("A001", "pension", at)}), "1 number A001");
    EXPECT_EQ(invalid({paper_slip("Z0", "pension", at)}), "1 number Z0");
    EXPECT_EQ(invalid({paper_slip("Z100000", "pension", at)}), "1 number Z100000");
    EXPECT_EQ(invalid({paper_slip("Z1", "pension", at), paper_slip("Z001", "pension", at)}),
              "2 twice");
    EXPECT_EQ(invalid({paper_slip("Z001", "pension", time_ms("10:00:01"))}), "1 arrived_in_future");
    EXPECT_EQ(invalid({paper_slip("Z001", "pension", time_ms("07:29:59"))}), "1 arrived_too_early");
    EXPECT_EQ(invalid({bare}), "1 no_service_given");
    EXPECT_EQ(invalid({two}), "1 duplicate_service pension");
    EXPECT_EQ(invalid({paper_slip("Z001", "pension", at, {"tall"})}), "1 unknown_category tall");
    EXPECT_EQ(invalid(std::vector<Slip>(kPaperSlipsMax + 1, two)), "1001 too_many_slips");
    hall.does(import_paper({paper_slip("Z001", "pension", time_ms("07:30")),
                            paper_slip("Z002", "pension", time_ms("10:00"))}));
}

TEST_F(PaperTest, ASlipThatWasImportedIsKnown) {
    hall.does(import_paper({served_slip("Z001", "pension", time_ms("09:30"))}));
    protocol::Refusal refusal =
        hall.refuses(import_paper({paper_slip("Z002", "pension", time_ms("09:30")),
                                   paper_slip("Z001", "pension", time_ms("09:30"))}),
                     RefusalCode::paper_slip_known);
    EXPECT_EQ(refusal.number(), "Z001");
    EXPECT_EQ(hall.state("Z002"), TicketState::unknown);
    // The next day's book begins anew.
    hall.on_next_day("09:00");
    hall.does(import_paper({paper_slip("Z001", "pension", time_ms("08:40", kFirstDay + 1))}));
}

TEST_F(PaperTest, WhoWaitsNeedsAHallThatServes) {
    hall.at("17:30");
    ASSERT_EQ(hall.phase(), Phase::extended);
    Slip waits = paper_slip("Z001", "pension", time_ms("16:50"));
    hall.refuses(import_paper({waits}), RefusalCode::not_open);
    hall.does(import_paper({served_slip("Z002", "pension", time_ms("16:50"))}));
    hall.does(extend_hall(time_ms("17:50")));
    hall.does(import_paper({waits}));
    hall.at("18:30");
    ASSERT_EQ(hall.phase(), Phase::closed);
    hall.does(import_paper({served_slip("Z003", "pension", time_ms("16:50"))}));
    EXPECT_EQ(hall.state("Z001"), TicketState::appointment);
}

TEST_F(PaperTest, AGroupWithTheLetterOfTheSlipsRefusesThem) {
    protocol::HallRules rules = test_rules();
    rules.mutable_services(3)->set_letter("Z");
    hall.does(install(rules));
    EXPECT_EQ(invalid({paper_slip("Z001", "pension", time_ms("09:30"))}), "1 letter_in_use");
}

TEST_F(PaperTest, NoGroupTakesTheLetterWhileItsSlipsAreHere) {
    hall.does(import_paper({served_slip("Z001", "pension", time_ms("09:30"))}));
    protocol::HallRules rules = test_rules();
    rules.mutable_services(3)->set_letter("Z");
    hall.refuses(install(rules), RefusalCode::rules_strand_tickets);
    hall.on_next_day("07:00").does(install(rules));
}

TEST(Paper, AHallOpenedByHandOnAHolidayTakesSlipsFromMidnightOn) {
    TestHall hall(test_rules(), test_plan(kFirstDay, false));
    hall.at("09:00").does(open_hall());
    hall.does(import_paper({paper_slip("Z001", "pension", time_ms("00:00"))}));
    hall.refuses(import_paper({paper_slip("Z002", "pension", time_ms("00:00") - 1)}),
                 RefusalCode::paper_slip_invalid);
}

TEST(Paper, EarlyWaitingThatBeganSoonerCounts) {
    TestHall hall;
    hall.at("07:00").does(start_early_waiting());
    hall.at("07:05").does(enter_early("pension"));
    hall.at("09:00").does(import_paper({paper_slip("Z001", "pension", time_ms("07:06"))}));
    EXPECT_EQ(hall.shown("Z001").ahead(), 1U);
}

}  // namespace
}  // namespace hall::core
