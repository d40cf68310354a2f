// Paper: a request outlives everyone, and a second slip is always marked.
#include "tests/core/test_hall.h"

namespace hall::core {
namespace {

class Prints : public testing::Test {
  protected:
    void SetUp() override {
        hall.at("09:00").does(issue("pension"));
        hall.by("printd-1");
    }
    TestHall hall;
};

TEST_F(Prints, ATicketAsksForItsSlip) {
    state::Print print = hall.print(1);
    EXPECT_EQ(print.number(), "A001");
    EXPECT_EQ(print.printer(), "front");
    EXPECT_EQ(print.attempt(), 1U);
    auto view = hall.hall().printer_view(hall.now_ms());
    ASSERT_EQ(view.jobs_size(), 1);
    EXPECT_EQ(view.jobs(0).code(), "TEST/2026-11-23/A001");
    Command quiet = issue("pension");
    quiet.mutable_issue_ticket()->set_no_print(true);
    EXPECT_EQ(hall.does(quiet).size(), 1U);
    Command elsewhere = issue("pension");
    elsewhere.mutable_issue_ticket()->set_printer("back");
    EXPECT_EQ(hall.does(elsewhere).at(1).print_requested().printer(), "back");
}

TEST_F(Prints, ClaimedPrintedDone) {
    hall.does(claim(1));
    EXPECT_EQ(hall.shown("A001").print_state(), PrintState::claimed);
    hall.does(report(1, PrintState::printed));
    EXPECT_EQ(hall.shown("A001").print_state(), PrintState::printed);
    EXPECT_EQ(hall.hall().printer_view(hall.now_ms()).jobs_size(), 0);
    hall.refuses(report(1, PrintState::printed), RefusalCode::print_not_claimed);
    hall.refuses(claim(1), RefusalCode::print_already_claimed);
}

TEST_F(Prints, AnAgentThatDiedAndCameBackPrintsAMarkedSlip) {
    hall.does(claim(1));
    hall.by("printd-2").refuses(claim(1), RefusalCode::print_already_claimed);
    hall.refuses(report(1, PrintState::printed), RefusalCode::print_not_claimed);
    hall.by("printd-1").does(claim(1));
    EXPECT_EQ(hall.print(1).attempt(), 2U);
}

TEST_F(Prints, ASilentAgentLapsesAfterTenSecondsAndAnotherTakesOver) {
    hall.does(claim(1));
    hall.after_s(9);
    EXPECT_EQ(hall.print(1).state(), PrintState::claimed);
    hall.after_s(1);
    EXPECT_EQ(hall.print(1).state(), PrintState::unconfirmed);
    EXPECT_TRUE(hall.print(1).lapsed());
    auto guide = hall.hall().guide_view(hall.now_ms());
    EXPECT_EQ(guide.prints(0).state(), PrintState::unconfirmed);
    hall.by("printd-2").does(claim(1));
    EXPECT_EQ(hall.print(1).attempt(), 2U);
    hall.does(report(1, PrintState::printed));
    EXPECT_EQ(hall.print(1).state(), PrintState::printed);
}

TEST_F(Prints, AClaimAnewGivesTenSecondsAnew) {
    hall.does(claim(1));
    hall.after_s(6).does(claim(1));
    hall.after_s(6);
    EXPECT_EQ(hall.print(1).state(), PrintState::claimed);
    hall.after_s(4);
    EXPECT_EQ(hall.print(1).state(), PrintState::unconfirmed);
}

TEST_F(Prints, ALateVerdictIsBetterThanNone) {
    hall.does(claim(1));
    hall.after_s(15).does(report(1, PrintState::printed));
    EXPECT_EQ(hall.print(1).state(), PrintState::printed);
    EXPECT_FALSE(hall.print(1).lapsed());
    EXPECT_EQ(hall.hall().printer_view(hall.now_ms()).jobs_size(), 0);
}

TEST_F(Prints, AnUnconfirmedVerdictIsTheGuidesToSolve) {
    hall.does(claim(1));
    hall.does(report(1, PrintState::unconfirmed, protocol::PrinterState::offline));
    hall.refuses(claim(1), RefusalCode::print_already_claimed);
    hall.does(report(1, PrintState::failed, protocol::PrinterState::jammed));
    EXPECT_EQ(hall.print(1).cause(), protocol::PrinterState::jammed);
}

TEST_F(Prints, AFailedPrintIsRetriedOrMoved) {
    hall.does(claim(1));
    hall.refuses(retry_print(1), RefusalCode::print_in_progress);
    hall.does(report(1, PrintState::failed, protocol::PrinterState::paper_out));
    hall.refuses(retry_print(1, "cellar"), RefusalCode::unknown_printer);
    hall.does(retry_print(1, "back"));
    EXPECT_EQ(hall.print(1).printer(), "back");
    EXPECT_EQ(hall.print(1).attempt(), 2U);
    EXPECT_EQ(hall.print(1).state(), PrintState::requested);
    hall.refuses(retry_print(1), RefusalCode::print_in_progress);
    hall.does(retry_print(1, "front"));  // nobody took it: moved, still the second
    EXPECT_EQ(hall.print(1).attempt(), 2U);
}

TEST_F(Prints, MovingAnUntakenJobIsStillTheFirstSlip) {
    hall.does(retry_print(1, "back"));
    EXPECT_EQ(hall.print(1).attempt(), 1U);
    auto view = hall.hall().printer_view(hall.now_ms());
    EXPECT_EQ(view.printers(0).waiting_jobs(), 0U);
    EXPECT_EQ(view.printers(1).waiting_jobs(), 1U);
}

TEST_F(Prints, APrintedSlipPrintedAgainIsMarked) {
    hall.does(claim(1));
    hall.does(report(1, PrintState::printed));
    hall.does(retry_print(1));
    hall.does(claim(1));
    EXPECT_EQ(hall.print(1).attempt(), 2U);
}

TEST_F(Prints, OnlyAVerdictIsAVerdict) {
    hall.does(claim(1));
    for (int verdict : {0, 1, 2, 77}) {
        hall.refuses(report(1, static_cast<PrintState::Value>(verdict)),
                     RefusalCode::value_out_of_range);
    }
    hall.refuses(report(1, PrintState::failed, static_cast<protocol::PrinterState::Value>(99)),
                 RefusalCode::value_out_of_range);
    hall.refuses(report(99, PrintState::printed), RefusalCode::unknown_print_job);
    hall.refuses(claim(0), RefusalCode::unknown_print_job);
}

TEST_F(Prints, AGuideIsAnItemOfTheCatalogueAndStaysOneWhenItIsPrintedAgain) {
    hall.does(print_guide("pension"));
    EXPECT_EQ(hall.reply().print_job().item().code(), "pension");
    hall.does(claim(2));
    hall.does(report(2, PrintState::failed, protocol::PrinterState::paper_out));
    hall.does(retry_print(2, "back"));
    EXPECT_EQ(hall.print(2).attempt(), 2U);
    auto view = hall.hall().printer_view(hall.now_ms());
    ASSERT_EQ(view.jobs_size(), 2);
    const protocol::PrintJob& job = view.jobs(1);
    EXPECT_EQ(job.printer(), "back");
    EXPECT_EQ(job.item().code(), "pension");
    EXPECT_FALSE(job.item().name().empty());
    EXPECT_GT(job.item().windows_size(), 0);
    EXPECT_FALSE(job.has_case_file());
    // Of no ticket: a visitor's slip is not what this job prints.
    EXPECT_EQ(hall.print(1).service(), "");
    hall.refuses(print_guide("gossip"), RefusalCode::unknown_service);
    hall.refuses(print_guide("pension", "cellar"), RefusalCode::unknown_printer);
}

TEST_F(Prints, APrinterThatStandsStillDoesNotHideTheJobsOfAnother) {
    for (int i = 0; i < 250; ++i) hall.does(test_print("front"));
    hall.does(test_print("back"));
    auto view = hall.hall().printer_view(hall.now_ms());
    EXPECT_EQ(view.job_count(), 252U);
    EXPECT_LE(view.jobs_size(), 200);
    EXPECT_EQ(view.jobs(0).job(), 1U);
    EXPECT_EQ(view.jobs(view.jobs_size() - 1).printer(), "back");
}

TEST_F(Prints, TheGuideSeesWhatWentWrongThenWhatIsPendingThenTheLatest) {
    hall.does(claim(1));
    hall.does(report(1, PrintState::failed));
    hall.does(test_print("front"));  // 2: pending
    for (uint64_t job = 3; job < 60; ++job) {
        hall.does(test_print("back"));
        hall.does(claim(job));
        hall.does(report(job, PrintState::printed));
    }
    auto view = hall.hall().guide_view(hall.now_ms());
    ASSERT_EQ(view.prints_size(), 50);
    EXPECT_EQ(view.prints(0).job(), 1U);
    EXPECT_EQ(view.prints(1).job(), 2U);
    EXPECT_EQ(view.prints(2).job(), 59U);
}

TEST_F(Prints, APrintersStateIsAnEventOnlyWhenItChanges) {
    using protocol::PrinterState;
    EXPECT_EQ(hall.does(report_printer("front", PrinterState::paper_out)).size(), 1U);
    EXPECT_EQ(hall.does(report_printer("front", PrinterState::paper_out)).size(), 0U);
    EXPECT_EQ(hall.reply().printer().state(), PrinterState::paper_out);
    hall.refuses(report_printer("front", PrinterState::unknown), RefusalCode::value_out_of_range);
    hall.refuses(report_printer("cellar", PrinterState::ok), RefusalCode::unknown_printer);
}

TEST_F(Prints, YesterdaysJobsAreGone) {
    hall.does(claim(1));
    hall.on_next_day("09:00");
    hall.refuses(report(1, PrintState::printed), RefusalCode::unknown_print_job);
    hall.does(test_print("front"));
    EXPECT_EQ(hall.print(3).job(), 3U);  // after the slip of A001, whose day ended first
}

}  // namespace
}  // namespace hall::core
