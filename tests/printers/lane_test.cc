// The agent's loop on the real core and a real printer: every ticket comes out, the hall hears the
// truth about it, and a ticket that may be out already is marked.
#include "printers/agent/lane.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <thread>

#include "printers/agent/slip.h"
#include "tests/printers/cups_fixture.h"
#include "tests/printers/memory_hall.h"

namespace hall::printers::agent {
namespace {

using namespace std::chrono_literals;
using protocol::PrinterState;
using protocol::PrintState;
using tests::CupsFixture;
using tests::eventually;
using tests::MemoryHall;

// A lane on its own thread, as hall-printd runs it.
class RunningLane {
  public:
    RunningLane(MemoryHall& hall, const std::string& uri,
                std::optional<std::filesystem::path> png_folder = std::nullopt) {
        auto spooler = spooler::make_spooler(uri);
        LaneOptions options{"ticket", layout::Paper::roll_80mm, std::move(png_folder)};
        thread_ = std::thread([this, options = std::move(options), port = hall.port(),
                               spooler = std::move(*spooler)]() mutable {
            Lane(std::move(options), std::move(spooler), std::move(port), bell_).run();
        });
    }
    ~RunningLane() { stop(); }
    void ring() { bell_.ring(); }
    void stop() {
        bell_.stop();
        if (thread_.joinable()) thread_.join();
    }

  private:
    Doorbell bell_;
    std::thread thread_;
};

class PrintAgent : public testing::Test {
  protected:
    bool becomes(const std::string& number, PrintState::Value state) {
        return eventually([&] { return hall_.print_of(number).state() == state; });
    }

    CupsFixture printer_{CupsFixture::With::printer};
    MemoryHall hall_;
};

TEST_F(PrintAgent, PrintsWhatIsAskedForInOrderAndSaysSo) {
    RunningLane lane(hall_, printer_.printer_uri());
    std::vector<std::string> numbers;
    for (int i = 0; i < 5; ++i) numbers.push_back(hall_.issue());
    lane.ring();
    for (const std::string& number : numbers) EXPECT_TRUE(becomes(number, PrintState::printed));
    EXPECT_EQ(printer_.printed().size(), 5U);
    EXPECT_TRUE(eventually([&] { return hall_.printer_state() == PrinterState::ok; }));
}

TEST_F(PrintAgent, APictureOfEachPrintedTicketIsKeptOnRequest) {
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("nuanting-png-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const std::string number = hall_.issue();
    {
        RunningLane lane(hall_, printer_.printer_uri(), folder);
        EXPECT_TRUE(becomes(number, PrintState::printed));
    }
    EXPECT_TRUE(std::filesystem::exists(folder / (number + ".png")));
    std::filesystem::remove_all(folder);
}

// The slip of an appointment comes out beside the ticket's: neither as a test page nor in its
// place.
TEST_F(PrintAgent, PrintsTheSlipOfAnAppointmentAndKeepsThePictureOfItsTicket) {
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("nuanting-slip-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const std::string number = hall_.issue();
    {
        RunningLane lane(hall_, printer_.printer_uri(), folder);
        EXPECT_TRUE(becomes(number, PrintState::printed));
        protocol::Command leave;
        leave.mutable_cancel_ticket()->set_number(number);
        leave.mutable_cancel_ticket()->set_reason(protocol::Reason::our_mistake);
        ASSERT_TRUE(hall_.send(leave)->has_ticket());
        lane.ring();
        EXPECT_TRUE(eventually([&] { return printer_.printed().size() == 2; }));
        EXPECT_TRUE(
            eventually([&] { return std::filesystem::exists(folder / "appointment-1.png"); }));
    }
    EXPECT_TRUE(std::filesystem::exists(folder / (number + ".png")));
    std::filesystem::remove_all(folder);
}

TEST_F(PrintAgent, PrintsAPaperGuide) {
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("nuanting-guide-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    protocol::Command command;
    command.mutable_print_guide()->set_service("pension");
    const client::Answer asked = hall_.send(command);
    ASSERT_TRUE(asked->has_print_job());
    const std::string file = "guide-" + std::to_string(asked->print_job().job()) + ".png";
    {
        RunningLane lane(hall_, printer_.printer_uri(), folder);
        EXPECT_TRUE(eventually([&] { return std::filesystem::exists(folder / file); }));
        EXPECT_EQ(hall_.print_of("").state(), PrintState::printed);
    }
    EXPECT_EQ(printer_.printed().size(), 1U);
    std::filesystem::remove_all(folder);
}

TEST_F(PrintAgent, AnEmptyRollIsKnownBeforeTheNextVisitorComes) {
    RunningLane lane(hall_, printer_.printer_uri());
    ASSERT_TRUE(eventually([&] { return hall_.printer_state() == PrinterState::ok; }));
    printer_.set_paper(CupsFixture::Paper::out);
    EXPECT_TRUE(eventually([&] { return hall_.printer_state() == PrinterState::paper_out; }, 4s));
    printer_.set_paper(CupsFixture::Paper::low);
    EXPECT_TRUE(eventually([&] { return hall_.printer_state() == PrinterState::paper_low; }, 4s));
}

TEST_F(PrintAgent, AFailureIsToldWithItsCauseWithinTwoSecondsAndCanBeReprinted) {
    RunningLane lane(hall_, printer_.printer_uri());
    ASSERT_TRUE(eventually([&] { return hall_.printer_state() == PrinterState::ok; }));
    printer_.set_paper(CupsFixture::Paper::out);
    const std::string number = hall_.issue();
    lane.ring();
    EXPECT_TRUE(
        eventually([&] { return hall_.print_of(number).state() == PrintState::failed; }, 2s));
    EXPECT_EQ(hall_.print_of(number).cause(), PrinterState::paper_out);
    printer_.set_paper(CupsFixture::Paper::full);
    protocol::Command retry;
    retry.mutable_retry_print()->set_job(hall_.print_of(number).job());
    ASSERT_FALSE(hall_.send(retry)->has_refusal());
    lane.ring();
    EXPECT_TRUE(becomes(number, PrintState::printed));
    EXPECT_EQ(printer_.printed().size(), 1U);
}

TEST_F(PrintAgent, AJobClaimedByAnAgentThatDiedIsPrintedAgainAsAReprint) {
    const std::string number = hall_.issue();
    protocol::Command claim;
    claim.mutable_claim_print()->set_job(hall_.print_of(number).job());
    ASSERT_TRUE(hall_.send(claim)->has_print_job());  // and then it dies
    RunningLane lane(hall_, printer_.printer_uri());
    EXPECT_TRUE(becomes(number, PrintState::printed));
    EXPECT_GT(hall_.print_of(number).attempt(), 1U);
}

TEST_F(PrintAgent, AVerdictOutlivesAHallThatIsAwayForAWhile) {
    RunningLane lane(hall_, printer_.printer_uri());
    ASSERT_TRUE(eventually([&] { return hall_.printer_state() == PrinterState::ok; }));
    printer_.behave("hold");
    const std::string number = hall_.issue();
    lane.ring();
    ASSERT_TRUE(eventually([&] { return !printer_.arrived().empty(); }));
    hall_.set_unreachable(true);
    printer_.behave("ok");
    ASSERT_TRUE(eventually([&] { return !printer_.printed().empty(); }));
    hall_.set_unreachable(false);
    EXPECT_TRUE(becomes(number, PrintState::printed));
    EXPECT_EQ(printer_.printed().size(), 1U);
}

TEST_F(PrintAgent, StoppingFinishesTheVerdictThatIsUnderWay) {
    RunningLane lane(hall_, printer_.printer_uri());
    ASSERT_TRUE(eventually([&] { return hall_.printer_state() == PrinterState::ok; }));
    printer_.behave("hold");
    const std::string number = hall_.issue();
    lane.ring();
    ASSERT_TRUE(eventually([&] { return !printer_.arrived().empty(); }));
    std::thread release([&] { printer_.behave("ok"); });
    lane.stop();
    release.join();
    EXPECT_EQ(hall_.print_of(number).state(), PrintState::printed);
}

TEST(SlipFromJob, ShowsTheHallsLocalTimeAndMarksReprints) {
    protocol::PrintJob job;
    job.set_number("A023");
    job.set_attempt(1);
    job.set_issued_at_ms(1'795'484'520'000);
    job.set_opening_at_ms(1'795'480'200'000);
    job.set_utc_offset_s(8 * 3'600);
    job.set_early_waiting(true);
    EXPECT_EQ(slip_from(job).issued_at, "11月24日 9:42");
    EXPECT_NE(slip_from(job).early_waiting_hint.find("8:30"), std::string::npos);
    EXPECT_FALSE(slip_from(job).reprint);
    EXPECT_EQ(slip_from(job).wait, "") << "nothing was predicted";
    job.set_wait_low_ms(11 * 60'000);
    job.set_wait_high_ms(20 * 60'000);
    EXPECT_EQ(slip_from(job).wait, "15–20 分钟");
    job.set_attempt(2);
    EXPECT_TRUE(slip_from(job).reprint);
}

protocol::PrintJob appointment_job(protocol::AppointmentKind::Value kind) {
    protocol::PrintJob job;
    job.set_hall_name("横州市社会保险服务大厅");
    job.set_attempt(1);
    job.set_code("hengzhou/appointment/12");
    job.add_service_names("城乡居民养老保险待遇申领");
    auto& booked = *job.mutable_appointment();
    booked.set_appointment(12);
    booked.set_kind(kind);
    if (kind != protocol::AppointmentKind::booked) booked.set_number("A023");
    booked.set_slot_ms(1'795'483'800'000);
    booked.set_grace_until_ms(booked.slot_ms() + 15 * 60'000);
    booked.set_utc_offset_s(8 * 3'600);
    return job;
}

TEST(SlipFromJob, AnAppointmentSaysWhenToComeAndWhichItIs) {
    using protocol::AppointmentKind;
    const AppointmentSlip slip = appointment_slip_from(appointment_job(AppointmentKind::booked));
    EXPECT_EQ(slip.title, "预约单");
    EXPECT_EQ(slip.day, "11月24日");
    EXPECT_EQ(slip.weekday, "星期二");
    EXPECT_EQ(slip.time, "9:30");
    EXPECT_EQ(slip.number, "预约号 12");
    EXPECT_EQ(slip.code, "hengzhou/appointment/12");
    EXPECT_EQ(slip.services.size(), 1U);
    EXPECT_TRUE(slip.promises.empty());
    ASSERT_EQ(slip.footer.size(), 2U);
    EXPECT_NE(slip.footer[0].find("9:45"), std::string::npos);
}

TEST(SlipFromJob, WhoHadToGoIsPromisedToComeSoonerAndPapersLeftHaveAReceipt) {
    using protocol::AppointmentKind;
    EXPECT_EQ(appointment_slip_from(appointment_job(AppointmentKind::carried_over)).promises,
              std::vector<std::string>{"上次已等候,下次优先"});
    const AppointmentSlip receipt =
        appointment_slip_from(appointment_job(AppointmentKind::left_papers));
    EXPECT_EQ(receipt.title, "留件回执");
    EXPECT_EQ(receipt.footer.size(), 3U);
    protocol::PrintJob never_waited = appointment_job(AppointmentKind::left_papers);
    never_waited.mutable_appointment()->clear_number();
    EXPECT_TRUE(appointment_slip_from(never_waited).promises.empty());
    protocol::PrintJob any = appointment_job(AppointmentKind::our_fault);
    any.mutable_appointment()->set_slot_ms(0);
    EXPECT_EQ(appointment_slip_from(any).day, "任意一天来都可以");
    EXPECT_EQ(appointment_slip_from(any).time, "");
    EXPECT_EQ(appointment_slip_from(any).promises.size(), 1U);
    any.set_attempt(2);
    EXPECT_TRUE(appointment_slip_from(any).reprint);
}

TEST(FormFromJob, IsFilledInWithWhatTheClaimSaidOfThePerson) {
    protocol::PrintJob job;
    job.set_paper(protocol::Paper::form);
    job.set_surname_first("王小明");
    job.mutable_person()->set_identity("11010519491231002X");
    job.mutable_person()->set_phone("13978886666");
    job.mutable_case_file()->set_proxy(protocol::Proxy::free);
    job.mutable_case_file()->set_relation("外甥女");
    const FormSheet form = form_from(job);
    EXPECT_EQ(form.name, "王小明");
    EXPECT_EQ(form.identity, "11010519491231002X");
    EXPECT_EQ(form.phone, "13978886666");
    EXPECT_EQ(form.relation, "外甥女");
}

TEST(SlipFromJob, ATimeBeforeTheEpochOrPastMidnightIsStillATime) {
    EXPECT_EQ(clock_time(-60'000, 0), "23:59");
    EXPECT_EQ(clock_time(86'399'000, 8 * 3'600), "7:59");
    EXPECT_EQ(date_and_time(1'798'732'740'000, 8 * 3'600), "12月31日 23:59");
}

TEST(VerdictWords, EveryReasonOfTheSpoolerHasACause) {
    using spooler::Outcome;
    EXPECT_EQ(cause_of({Outcome::failed, "paper_out", {}}), PrinterState::paper_out);
    EXPECT_EQ(cause_of({Outcome::failed, "cover_open", {}}), PrinterState::cover_open);
    EXPECT_EQ(cause_of({Outcome::failed, "jammed", {}}), PrinterState::jammed);
    EXPECT_EQ(cause_of({Outcome::failed, "printer_unreachable", {}}), PrinterState::offline);
    EXPECT_EQ(cause_of({Outcome::failed, "spooler_unreachable", {}}), PrinterState::offline);
    EXPECT_EQ(cause_of({Outcome::failed, "job_aborted", {}}), PrinterState::error);
    EXPECT_EQ(cause_of({Outcome::unconfirmed, "deadline_passed", {}}), PrinterState::unknown);
    EXPECT_EQ(cause_of({Outcome::printed, "", {}}), PrinterState::unknown);
}

}  // namespace
}  // namespace hall::printers::agent
