// Paper: the print agent may die at any moment, and every visitor still gets a slip.
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "client/replay/audit.h"
#include "tests/end_to_end/size.h"
#include "tests/printers/cups_fixture.h"
#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"

namespace hall::end_to_end {
namespace {

using client::CommandClient;
using protocol::PrintState;
using protocol::Reply;
using stage::must_do;
using stage::RunningHall;
using tests::CupsFixture;

RunningHall::Options hall_with(const CupsFixture& printer) {
    RunningHall::Options options;
    options.hall = stage::small_hall_toml(2, printer.printer_uri());
    return options;
}

stage::Process print_agent(const RunningHall& hall) {
    stage::Command command = {stage::program("hall-printd"), "--config", hall.config().string()};
    for (const auto& word : hall.words_for("printd")) command.push_back(word);
    return stage::Process(command, hall.folder() / "printd.log");
}

protocol::Command issue_on_paper() {
    protocol::Command command;
    command.mutable_issue_ticket()->add_services(stage::kService);
    return command;
}

bool all_printed(CommandClient& client, std::size_t count) {
    protocol::Query query;
    query.mutable_print_list()->add_states(PrintState::printed);
    return static_cast<std::size_t>(must_do(client.ask(query)).print_jobs().print_jobs_size()) ==
           count;
}

TEST(Printing, EveryTicketIsPrintedAndMoreSheetsAreMarkedThoughTheAgentIsKilled) {
    const int rounds = end_to_end::rounds(8, 25, 50);
    CupsFixture printer(CupsFixture::With::printer);
    RunningHall hall(hall_with(printer));
    hall.open({1});
    hall.enrol("printd", protocol::Role::printer);
    CommandClient client(hall.admin());
    std::mt19937 dice(5);
    std::size_t issued = 0;
    stage::Process agent = print_agent(hall);
    for (int i = 0; i < rounds; ++i) {
        for (int ticket = 0; ticket < 3; ++ticket, ++issued) must_do(client.send(issue_on_paper()));
        // In the middle of a job.
        const std::size_t before = printer.arrived().size();
        ASSERT_TRUE(stage::eventually([&] { return printer.arrived().size() > before; },
                                      std::chrono::seconds(20)))
            << stage::read_file(hall.folder() / "printd.log");
        std::this_thread::sleep_for(
            std::chrono::microseconds(std::uniform_int_distribution<int>(0, 90'000)(dice)));
        agent.kill();
        agent = print_agent(hall);
    }
    ASSERT_TRUE(
        stage::eventually([&] { return all_printed(client, issued); }, std::chrono::seconds(60)))
        << stage::read_file(hall.folder() / "printd.log");

    std::map<uint64_t, std::size_t> sheets;
    for (const auto& paper : printer.printed()) {
        const auto job = replay::job_of_paper(paper.filename().string());
        ASSERT_TRUE(job) << paper;
        ++sheets[*job];
    }
    std::map<uint64_t, std::set<uint32_t>> attempts;  // 2 and up are marked 补打
    for (const auto& event : stage::all_events(client)) {
        if (!event.event().has_print_claimed()) continue;
        const auto& claimed = event.event().print_claimed();
        EXPECT_TRUE(attempts[claimed.job()].insert(claimed.attempt()).second)
            << "two slips of job " << claimed.job() << " would look the same";
    }
    EXPECT_EQ(sheets.size(), issued);
    for (const auto& [job, count] : sheets) EXPECT_LE(count, attempts[job].size()) << job;
}

TEST(Printing, APrintThatFailedIsToldWithinTwoSecondsAndCanBeMadeGood) {
    CupsFixture printer(CupsFixture::With::printer);
    RunningHall hall(hall_with(printer));
    hall.open({1});
    hall.enrol("printd", protocol::Role::printer);
    CommandClient client(hall.admin());
    stage::Process agent = print_agent(hall);
    must_do(client.send(issue_on_paper()));
    ASSERT_TRUE(stage::eventually([&] { return all_printed(client, 1); }));

    printer.behave("abort");
    const Reply reply = must_do(client.send(issue_on_paper()));
    const uint64_t job = reply.ticket().print_job();
    const auto failed = [&] {
        protocol::Query query;
        query.mutable_print_list()->add_states(PrintState::failed);
        return must_do(client.ask(query)).print_jobs().print_jobs_size() == 1;
    };
    EXPECT_TRUE(stage::eventually(failed, std::chrono::seconds(2)))
        << stage::read_file(hall.folder() / "printd.log");

    printer.behave("ok");
    protocol::Command retry;
    retry.mutable_retry_print()->set_job(job);
    must_do(client.send(retry));
    EXPECT_TRUE(stage::eventually([&] { return all_printed(client, 2); }));
    EXPECT_EQ(printer.printed().size(), 2U);
    agent.signal(SIGTERM);
    EXPECT_EQ(agent.wait(), 0);
}

}  // namespace
}  // namespace hall::end_to_end
