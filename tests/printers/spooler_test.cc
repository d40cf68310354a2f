// On a real ippeveprinter and a real cupsd: what is said to be printed is printed, what is said to
// have failed never comes out, and nothing keeps the agent waiting beyond its deadline.
#include "printers/spooler/spooler.h"

#include <gtest/gtest.h>

#include <future>

#include "printers/layout/ticket_page.h"
#include "printers/spooler/pwg_raster.h"
#include "tests/printers/cups_fixture.h"

namespace hall::printers::spooler {
namespace {

using namespace std::chrono_literals;
using tests::CupsFixture;
using tests::eventually;

// Allowed above a deadline on a machine that builds at the same time.
constexpr auto kSlack = 400ms;

Job ticket_job(const std::string& title, Format format = Format::pdf) {
    static const layout::Typesetter typesetter;
    TicketSlip slip;
    slip.number = "A001";
    slip.services = {"养老待遇"};
    const layout::TicketPage page(typesetter, slip, layout::Paper::roll_80mm);
    return {format == Format::pdf ? page.pdf() : pwg_raster(page.bitmap(300)), format, title};
}

std::unique_ptr<Spooler> spooler_for(const std::string& uri) {
    auto spooler = make_spooler(uri);
    EXPECT_TRUE(spooler.has_value());
    return spooler ? std::move(*spooler) : nullptr;
}

class DirectPrinting : public testing::Test {
  protected:
    CupsFixture printer_{CupsFixture::With::printer};
    std::unique_ptr<Spooler> spooler_ = spooler_for(printer_.printer_uri());

    Verdict submit(const std::string& title) {
        return spooler_->submit(ticket_job(title), spooler_->verdict_limit());
    }
};

TEST_F(DirectPrinting, PrintedMeansThatTheDocumentIsOnPaper) {
    const Verdict verdict = submit("first");
    EXPECT_EQ(verdict.outcome, Outcome::printed) << verdict.reason;
    EXPECT_EQ(printer_.printed().size(), 1U);
}

TEST_F(DirectPrinting, RasterIsTakenAndPreferredWhereThePrinterNamesIt) {
    EXPECT_EQ(spooler_->state().condition, Condition::ok);
    EXPECT_EQ(spooler_->capabilities().format, Format::pwg_raster);
    EXPECT_EQ(spooler_->capabilities().dpi, 300);
    const Verdict verdict = spooler_->submit(ticket_job("raster", Format::pwg_raster), 1500ms);
    EXPECT_EQ(verdict.outcome, Outcome::printed) << verdict.reason;
}

TEST_F(DirectPrinting, AnAbortedJobIsNotPrinted) {
    printer_.behave("abort");
    const Verdict verdict = submit("aborted");
    EXPECT_EQ(verdict.outcome, Outcome::failed);
    EXPECT_EQ(verdict.reason, "job_aborted");
    EXPECT_TRUE(printer_.printed().empty());
}

TEST_F(DirectPrinting, OutOfPaperIsToldBeforeAnythingIsSentAndNothingComesOutLater) {
    printer_.set_paper(CupsFixture::Paper::out);
    EXPECT_EQ(spooler_->state().condition, Condition::paper_out);
    const Verdict verdict = submit("without paper");
    EXPECT_EQ(verdict.outcome, Outcome::failed);
    EXPECT_EQ(verdict.reason, "paper_out");
    EXPECT_LT(verdict.took, 1000ms);
    printer_.set_paper(CupsFixture::Paper::full);
    EXPECT_EQ(submit("with paper").outcome, Outcome::printed);
    EXPECT_EQ(printer_.printed().size(), 1U);
}

TEST_F(DirectPrinting, LowPaperPrintsAndIsTold) {
    printer_.set_paper(CupsFixture::Paper::low);
    EXPECT_EQ(spooler_->state().condition, Condition::paper_low);
    EXPECT_EQ(submit("low").outcome, Outcome::printed);
}

TEST_F(DirectPrinting, AnOpenCoverAndAJamAreNamed) {
    printer_.behave("cover_open");
    EXPECT_EQ(submit("cover").reason, "cover_open");
    EXPECT_EQ(spooler_->state().condition, Condition::cover_open);
    CupsFixture jammed(CupsFixture::With::printer);
    jammed.behave("media_jam");
    const auto spooler = spooler_for(jammed.printer_uri());
    const Verdict verdict = spooler->submit(ticket_job("jam"), 1500ms);
    EXPECT_EQ(verdict.outcome, Outcome::failed);
    EXPECT_EQ(verdict.reason, "jammed");
}

TEST_F(DirectPrinting, APrinterThatIsOffIsUnreachableAndGetsNoStaleTicket) {
    printer_.kill(CupsFixture::Process::printer);
    const Verdict verdict = submit("while off");
    EXPECT_EQ(verdict.outcome, Outcome::failed);
    EXPECT_EQ(verdict.reason, "printer_unreachable");
    EXPECT_EQ(spooler_->state().condition, Condition::off_line);
    printer_.start_printer_again();
    EXPECT_EQ(submit("after").outcome, Outcome::printed);
    EXPECT_EQ(printer_.arrived().size(), 1U);
}

TEST_F(DirectPrinting, AFrozenPrinterCostsNoMoreThanTheDeadlineAndPrintsNothingWhenItThaws) {
    printer_.freeze(CupsFixture::Process::printer);
    const Verdict verdict = submit("while frozen");
    EXPECT_LT(verdict.took, 800ms + kSlack);
    EXPECT_EQ(verdict.outcome, Outcome::failed);  // the look before sending got no answer
    EXPECT_EQ(spooler_->state().condition, Condition::off_line);
    printer_.thaw(CupsFixture::Process::printer);
    EXPECT_TRUE(eventually([&] { return spooler_->state().condition == Condition::ok; }));
    EXPECT_EQ(submit("after").outcome, Outcome::printed);
    EXPECT_EQ(printer_.printed().size(), 1U);
}

TEST_F(DirectPrinting, APrinterThatFreezesWithTheJobIsUnconfirmedInTime) {
    printer_.behave("hold");
    auto verdict = std::async(std::launch::async, [&] { return submit("half way"); });
    ASSERT_TRUE(eventually([&] { return !printer_.arrived().empty(); }));
    printer_.freeze(CupsFixture::Process::printer);
    EXPECT_EQ(verdict.get().outcome, Outcome::unconfirmed);
    printer_.thaw(CupsFixture::Process::printer);
}

TEST_F(DirectPrinting, APrinterThatDiesWithTheJobIsUnconfirmed) {
    printer_.behave("hold");
    auto verdict = std::async(std::launch::async, [&] { return submit("half way"); });
    ASSERT_TRUE(eventually([&] { return !printer_.arrived().empty(); }));
    printer_.kill(CupsFixture::Process::printer);
    EXPECT_EQ(verdict.get().outcome, Outcome::unconfirmed);
    printer_.behave("ok");
    printer_.start_printer_again();
    const Verdict after = submit("after");
    EXPECT_EQ(after.outcome, Outcome::printed) << after.reason;
    EXPECT_EQ(printer_.printed().size(), 1U);
}

TEST_F(DirectPrinting, AJobPastItsDeadlineIsCancelledAndNeverCalledNotPrinted) {
    printer_.behave("hold");
    const Verdict verdict = submit("too slow");
    EXPECT_EQ(verdict.outcome, Outcome::unconfirmed);
    EXPECT_EQ(verdict.reason, "deadline_passed");
    EXPECT_LT(verdict.took, spooler_->verdict_limit() + kSlack);
}

TEST_F(DirectPrinting, AJobOfAnAgentThatDiedIsCancelledBeforeItsReprint) {
    printer_.behave("hold");
    // The first agent dies while its job is being printed: nobody withdraws it.
    auto dead = spooler_for(printer_.printer_uri());
    auto abandoned =
        std::async(std::launch::async, [&] { return dead->submit(ticket_job("job-7"), 20s); });
    ASSERT_TRUE(eventually([&] { return !printer_.arrived().empty(); }));
    Job again = ticket_job("job-7");
    again.tried_before = true;
    EXPECT_EQ(spooler_->submit(again, 500ms).outcome, Outcome::failed);  // still busy with it
    printer_.behave("ok");
    EXPECT_EQ(abandoned.get().reason, "job_cancelled");
    EXPECT_EQ(spooler_->submit(again, 5s).outcome, Outcome::printed);
}

TEST(SpoolerUris, WhatIsNoPrinterIsRefusedWithAWayOut) {
    for (const char* uri : {"", "ipp://", "http://printer/", "cups:", "cups:a/b", "/dev/usb/lp0",
                            "ipp//x", "cups://host:99999/q"}) {
        const auto spooler = make_spooler(uri);
        ASSERT_FALSE(spooler.has_value()) << uri;
        EXPECT_EQ(spooler.error().code, "printer_uri_invalid");
    }
    EXPECT_TRUE(make_spooler("cups:ticket").has_value());
    EXPECT_TRUE(make_spooler("ipps://printer.local/ipp/print").has_value());
}

class QueuePrinting : public testing::Test {
  protected:
    CupsFixture printer_{CupsFixture::With::printer_and_queue};
    std::unique_ptr<Spooler> spooler_ = spooler_for(printer_.queue_uri());

    Verdict submit(const std::string& title) {
        return spooler_->submit(ticket_job(title), spooler_->verdict_limit());
    }
    Verdict submit_personal(const std::string& title) {
        Job job = ticket_job(title);
        job.personal = true;
        return spooler_->submit(std::move(job), spooler_->verdict_limit());
    }
};

TEST_F(QueuePrinting, PrintedMeansThatTheDocumentIsOnPaper) {
    const Verdict verdict = submit("first");
    EXPECT_EQ(verdict.outcome, Outcome::printed) << verdict.reason;
    EXPECT_EQ(printer_.printed().size(), 1U);
}

TEST_F(QueuePrinting, ThePrinterItselfIsAskedForPaperBeforeTheQueueGetsTheJob) {
    printer_.set_paper(CupsFixture::Paper::out);
    EXPECT_EQ(spooler_->state().condition, Condition::paper_out);
    const Verdict verdict = submit("without paper");
    EXPECT_EQ(verdict.outcome, Outcome::failed);
    EXPECT_EQ(verdict.reason, "paper_out");
    printer_.set_paper(CupsFixture::Paper::full);
    EXPECT_EQ(submit("with paper").outcome, Outcome::printed);
    EXPECT_EQ(printer_.arrived().size(), 1U);
}

TEST_F(QueuePrinting, AnOpenCoverFailsInTimeAndTheJobDoesNotWaitInTheQueue) {
    printer_.behave("cover_open");
    const Verdict verdict = submit("cover");
    EXPECT_NE(verdict.outcome, Outcome::printed);
    EXPECT_EQ(verdict.reason, "cover_open");
    EXPECT_LT(verdict.took, spooler_->verdict_limit() + kSlack);
    EXPECT_TRUE(printer_.printed().empty());
}

TEST_F(QueuePrinting, APrinterThatIsOffGetsNoStaleTicketWhenItComesBack) {
    printer_.kill(CupsFixture::Process::printer);
    const Verdict verdict = submit("while off");
    EXPECT_EQ(verdict.outcome, Outcome::failed);
    EXPECT_EQ(verdict.reason, "printer_unreachable");
    printer_.start_printer_again();
    EXPECT_EQ(submit("after").outcome, Outcome::printed);
    EXPECT_EQ(printer_.arrived().size(), 1U);
}

TEST_F(QueuePrinting, APrinterThatDiesWithTheJobIsUnconfirmedAndPrintsNothingWhenItComesBack) {
    printer_.behave("hold");
    auto verdict = std::async(std::launch::async, [&] { return submit("half way"); });
    ASSERT_TRUE(eventually([&] { return !printer_.arrived().empty(); }));
    printer_.kill(CupsFixture::Process::printer);
    EXPECT_EQ(verdict.get().outcome, Outcome::unconfirmed);
    printer_.behave("ok");
    printer_.start_printer_again();
    const Verdict after = submit("after");
    EXPECT_EQ(after.outcome, Outcome::printed) << after.reason;
    EXPECT_EQ(printer_.printed().size(), 1U);
}

TEST_F(QueuePrinting, AFrozenCupsdIsNoticedInTimeAndGetsNothing) {
    printer_.freeze(CupsFixture::Process::cupsd);
    const Verdict verdict = submit("while frozen");
    EXPECT_EQ(verdict.outcome, Outcome::failed);
    EXPECT_EQ(verdict.reason, "spooler_unreachable");
    EXPECT_LT(verdict.took, spooler_->verdict_limit() + kSlack);
    EXPECT_EQ(spooler_->state().condition, Condition::off_line);
    printer_.thaw(CupsFixture::Process::cupsd);
    EXPECT_EQ(submit("after").outcome, Outcome::printed);
    EXPECT_EQ(printer_.arrived().size(), 1U);
}

TEST_F(QueuePrinting, ACupsdThatFreezesWithTheJobIsUnconfirmedInTime) {
    printer_.behave("hold");
    auto verdict = std::async(std::launch::async, [&] { return submit("half way"); });
    ASSERT_TRUE(eventually([&] { return !printer_.arrived().empty(); }));
    printer_.freeze(CupsFixture::Process::cupsd);
    const Verdict got = verdict.get();
    EXPECT_EQ(got.outcome, Outcome::unconfirmed);
    EXPECT_LT(got.took, spooler_->verdict_limit() + kSlack);
    printer_.thaw(CupsFixture::Process::cupsd);
}

TEST_F(QueuePrinting, APersonalDocumentIsNotKeptOnceItIsPrinted) {
    EXPECT_EQ(submit("ticket").outcome, Outcome::printed);
    EXPECT_EQ(printer_.kept_by_queue().size(), 1U) << "CUPS keeps nothing: this test shows nothing";
    EXPECT_EQ(submit_personal("band").outcome, Outcome::printed);
    EXPECT_EQ(printer_.kept_by_queue().size(), 1U);
    EXPECT_EQ(printer_.printed().size(), 2U);
}

TEST_F(QueuePrinting, APersonalDocumentIsNotKeptWhenItsJobWasCancelled) {
    printer_.behave("hold");
    EXPECT_EQ(submit_personal("form").outcome, Outcome::unconfirmed);
    printer_.behave("ok");
    EXPECT_TRUE(eventually([&] {
        spooler_->state();
        return printer_.kept_by_queue().empty();
    }));
}

TEST_F(QueuePrinting, APersonalDocumentOfAnAgentThatDiedIsPurgedByTheNext) {
    printer_.behave("hold");
    auto agent = std::async(std::launch::async, [&] { return submit_personal("form"); });
    ASSERT_TRUE(eventually([&] { return !printer_.arrived().empty(); }));
    printer_.freeze(CupsFixture::Process::cupsd);
    agent.get();
    spooler_.reset();
    printer_.thaw(CupsFixture::Process::cupsd);
    printer_.behave("ok");
    EXPECT_FALSE(printer_.kept_by_queue().empty());

    const auto next = spooler_for(printer_.queue_uri());
    EXPECT_TRUE(eventually([&] {
        next->state();
        return printer_.kept_by_queue().empty();
    }));
}

}  // namespace
}  // namespace hall::printers::spooler
