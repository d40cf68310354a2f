// hallctl as a script uses it: exit codes, JSON on stdout, the stable code on stderr.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/net/running_hall.h"

namespace hall::test {
namespace {

struct Result {
    int code = -1;
    std::string out;
    std::string err;
};

class Hallctl : public testing::Test {
  protected:
    explicit Hallctl(const protocol::HallRules& rules = small_hall_rules())
        : hall_(Security::plain, rules) {}

    // The words go through a shell; the keys folder is empty, so the connection is plain.
    Result run(const std::string& words) {
        const std::string err_file = folder_ / "stderr";
        const std::string line =
            fmt::format("{}/hallctl --keys {} --server {} {} 2>{}", HALL_BIN_DIR,
                        folder_.path().string(), hall_.server().address, words, err_file);
        Result result;
        FILE* pipe = ::popen(line.c_str(), "r");
        std::array<char, 4096> buffer = {};
        size_t got = 0;
        while ((got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0) {
            result.out.append(buffer.data(), got);
        }
        result.code = WEXITSTATUS(::pclose(pipe));
        std::ifstream err(err_file);
        result.err.assign(std::istreambuf_iterator<char>(err), {});
        return result;
    }

    static bool has(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }

    Folder folder_;
    RunningHall hall_;
};

TEST_F(Hallctl, SaysWhatItDidAndExitsWithZero) {
    const Result issued = run("ticket issue --service pension --category 80plus --no-print");
    EXPECT_EQ(issued.code, 0) << issued.err;
    EXPECT_TRUE(has(issued.out, "A001")) << issued.out;
    EXPECT_TRUE(has(issued.out, "养老待遇")) << issued.out;
    EXPECT_EQ(issued.err, "");
}

TEST_F(Hallctl, TheSameCommandIdGivesTheSameTicket) {
    const std::string words =
        "--json --command-id script-0001 ticket issue --service pension --no-print";
    const Result first = run(words);
    const Result second = run(words);
    EXPECT_TRUE(has(first.out, R"("number":"A001")")) << first.out;
    EXPECT_TRUE(has(first.out, R"("repeated":false)"));
    EXPECT_TRUE(has(second.out, R"("number":"A001")"));
    EXPECT_TRUE(has(second.out, R"("repeated":true)"));
}

TEST_F(Hallctl, ARefusalIsOneJsonObjectOnStdoutAndItsCodeOnStderr) {
    const Result refused = run("ticket issue --service nothing --json");
    EXPECT_EQ(refused.code, 1);
    EXPECT_EQ(refused.out.rfind(R"({"refusal":{"code":"unknown_service",)", 0), 0U) << refused.out;
    EXPECT_TRUE(has(refused.out, R"("message":)"));
    EXPECT_EQ(refused.err.rfind("unknown_service", 0), 0U) << refused.err;
    EXPECT_EQ(run("ticket issue --service pension --need wings").code, 1);
}

TEST_F(Hallctl, WhatItDoesNotKnowIsUsage) {
    for (const char* words : {"",
                              "nonsense",
                              "ticket",
                              "ticket issue",
                              "ticket show",
                              "ticket show A001 A002",
                              "call next",
                              "call next --window x",
                              "call next --window 0",
                              "call next --window 4294967297",
                              "hall extend --until 25:00",
                              "status extra",
                              "ticket list --state nowhere",
                              "watch",
                              "watch --view nothing",
                              "watch --view guide --events",
                              "ticket issue --service pension --proxy free",
                              "ticket issue --service pension --appointment A3",
                              "device enrol --name a --role b --public c",
                              "--as 7 status",
                              "log export --from minus"}) {
        const Result result = run(words);
        EXPECT_EQ(result.code, 2) << words;
        EXPECT_EQ(result.out, "") << words;
        EXPECT_NE(result.err, "") << words;
    }
}

TEST_F(Hallctl, AnUnlistedReasonIsRecordedAsOtherAndSaidSo) {
    run("window open 1");
    const Result paused = run("window pause 1 --reason 'Mr Wang is tired' --json");
    EXPECT_EQ(paused.code, 0) << paused.err;
    EXPECT_TRUE(has(paused.out, R"("pause_reason":"other")")) << paused.out;
    EXPECT_NE(paused.err, "");
    EXPECT_FALSE(has(run("log export").out, "Wang"));
}

TEST_F(Hallctl, ShowsAnExplanationAndTheLog) {
    run("ticket issue --service pension --no-print");
    EXPECT_TRUE(has(run("ticket explain A001").out, "取号"));
    EXPECT_TRUE(has(run("ticket why A001").out, "前面没有人在等。"));
    EXPECT_EQ(run("log verify").code, 0);
    EXPECT_EQ(run("log verify --head " + std::string(64, 'a')).code, 1);
    EXPECT_TRUE(has(run("status --json").out, R"("phase":"open")"));
}

TEST_F(Hallctl, HelpAndVersionNeedNoServer) {
    hall_.stop();
    EXPECT_EQ(run("--help").code, 0);
    EXPECT_TRUE(has(run("ticket issue --help").out, "--service CODE"));
    EXPECT_TRUE(has(run("--version").out, HALL_VERSION));
}

TEST_F(Hallctl, NobodyThereIsExitThree) {
    hall_.stop();
    const Result away = run("status --json");
    EXPECT_EQ(away.code, 3);
    EXPECT_EQ(away.err.rfind("server_unreachable", 0), 0U) << away.err;
}

// Two places each half hour from 08:00, two days ahead; people are asked all day what they prefer.
protocol::HallRules rules_with_appointments() {
    protocol::HallRules rules = small_hall_rules();
    rules.set_slot_ms(30 * 60'000);
    rules.set_slot_places(2);
    rules.set_days_ahead(2);
    rules.set_closing_offer_ms(24 * 3'600'000);
    rules.set_appointment_grace_ms(15 * 60'000);
    return rules;
}

class HallctlAppointments : public Hallctl {
  protected:
    HallctlAppointments() : Hallctl(rules_with_appointments()) {}
};

TEST_F(HallctlAppointments, SlotsAreListedBookedShownAndCancelled) {
    const Result slots = run("appointment slots --service pension --date 2026-11-24");
    EXPECT_EQ(slots.code, 0) << slots.err;
    EXPECT_TRUE(has(slots.out, "09:30–10:00")) << slots.out;
    EXPECT_TRUE(has(slots.out, "2/2"));
    const std::string book =
        "appointment book --service pension --category 80plus --date 2026-11-24 --time 9:30";
    const Result booked = run(book + " --by-phone");
    EXPECT_EQ(booked.code, 0) << booked.err;
    EXPECT_TRUE(has(booked.out, "2026-11-24  09:30")) << booked.out;
    EXPECT_TRUE(has(booked.out, "养老待遇"));
    const Result json = run("--json " + book);
    EXPECT_TRUE(has(json.out, R"("appointment":{"appointment":"2",)")) << json.out;
    EXPECT_EQ(run(book).err.rfind("slot_full", 0), 0U);
    EXPECT_TRUE(has(run("appointment list --date 2026-11-24").out, "已预约"));
    EXPECT_TRUE(has(run("appointment cancel 2").out, "已取消"));
    EXPECT_EQ(run("appointment cancel 2").err.rfind("appointment_over", 0), 0U);
    EXPECT_EQ(run("appointment cancel 99").err.rfind("unknown_appointment", 0), 0U);
}

TEST_F(HallctlAppointments, WhatIsNoSlotIsRefusedWithWhatToDo) {
    const std::string book = "appointment book --service pension ";
    for (const char* when : {"--date 2026-11-24 --time 09:31", "--date 2026-11-30 --time 09:30",
                             "--date 2026-11-24 --time soon"}) {
        const Result refused = run(book + when);
        EXPECT_EQ(refused.code, 1) << when;
        EXPECT_EQ(refused.err.rfind("no_such_slot", 0), 0U) << refused.err;
    }
    EXPECT_EQ(run(book + "--date tomorrow --time 09:30").err.rfind("date_invalid", 0), 0U);
    EXPECT_EQ(run(book + "--date 2026-11-24").code, 2);
    EXPECT_EQ(run("appointment cancel A001").code, 2);
    EXPECT_EQ(run("appointment slots").code, 2);
}

TEST_F(HallctlAppointments, ATicketChecksOneInAndWhoLeavesBeforeClosingGetsOne) {
    EXPECT_EQ(run("ticket issue").code, 2);  // neither a service nor an appointment
    EXPECT_EQ(run("early-waiting register").code, 2);
    EXPECT_EQ(run("ticket issue --appointment 7").err.rfind("unknown_appointment", 0), 0U);
    EXPECT_EQ(run("ticket issue --service pension").code, 0);
    const Result stays = run("--json ticket closing A001 --choose stay");
    EXPECT_TRUE(has(stays.out, R"("closing_choice":"stay")")) << stays.out << stays.err;
    const Result leaves = run("ticket closing A001 --choose tomorrow --no-print");
    EXPECT_EQ(leaves.code, 0) << leaves.err;
    EXPECT_TRUE(has(leaves.out, "预约号 1")) << leaves.out;
    EXPECT_EQ(run("ticket closing A001 --choose perhaps").code, 2);
    const Result back = run("--json ticket issue --appointment 1");
    EXPECT_TRUE(has(back.out, R"("appointment":"1")")) << back.out << back.err;
    EXPECT_TRUE(has(back.out, R"("claim":"kept")")) << back.out;
}

TEST_F(Hallctl, AHallWithoutAppointmentsSaysSo) {
    EXPECT_EQ(run("appointment slots --service pension").err.rfind("appointments_not_given", 0),
              0U);
}

}  // namespace
}  // namespace hall::test
