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
                              "ticket issue --service pension --appointment 3",
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

}  // namespace
}  // namespace hall::test
