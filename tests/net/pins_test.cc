// PINs: checked away from the loop, counted, locked, and nowhere to be found afterwards.
#include <gtest/gtest.h>

#include <string>
#include <zmq.hpp>

#include "hall-server/net/gate.h"
#include "hall-server/net/pin_worker.h"
#include "tests/net/running_hall.h"

namespace hall::net {
namespace {

using protocol::RefusalCode;

TEST(Pin, IsFourToTwelveDigitsAndNotAllTheSame) {
    for (const char* good : {"1234", "0001", "123456789012"})
        EXPECT_TRUE(is_good_pin(good)) << good;
    for (const char* bad :
         {"", "123", "1111", "000000", "1234567890123", "12a4", " 1234", "１２３４", "12-34"}) {
        EXPECT_FALSE(is_good_pin(bad)) << bad;
    }
}

TEST(PinGuard, LocksAfterFiveWrongOnesInARowForAMinute) {
    PinGuard guard;
    for (int i = 0; i < PinGuard::kWrongMax - 1; ++i) guard.wrong("S1", 1'000);
    EXPECT_EQ(guard.locked_ms("S1", 1'000), 0);
    guard.wrong("S1", 2'000);
    EXPECT_EQ(guard.locked_ms("S1", 2'000), PinGuard::kLockedMs);
    EXPECT_EQ(guard.locked_ms("S1", 61'999), 1);
    EXPECT_EQ(guard.locked_ms("S1", 62'000), 0);
    EXPECT_EQ(guard.locked_ms("S2", 2'000), 0);
    guard.wrong("S1", 62'000);
    EXPECT_EQ(guard.locked_ms("S1", 62'000), 0);  // counts anew
}

TEST(PinGuard, ARightOneForgetsTheWrongOnesBefore) {
    PinGuard guard;
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < PinGuard::kWrongMax - 1; ++i) guard.wrong("S1", 1'000);
        guard.right("S1");
    }
    EXPECT_EQ(guard.locked_ms("S1", 1'000), 0);
}

PinVerdict verdict_on(PinWorker& worker, PinJob job) {
    EXPECT_TRUE(worker.submit(std::move(job)));
    zmq::pollitem_t item{nullptr, worker.fd(), ZMQ_POLLIN, 0};
    while (true) {
        zmq::poll(&item, 1, std::chrono::milliseconds(-1));
        auto verdicts = worker.take();
        if (!verdicts.empty()) return std::move(verdicts.front());
    }
}

PinJob job_of(const std::string& pin, const service::PinOnRecord& record) {
    PinJob job;
    job.incoming.request.set_staff("S1");
    job.check = true;
    job.pin = pin;
    job.record = record;
    return job;
}

TEST(PinWorker, HashesANewPinAndKnowsItAgain) {
    PinWorker worker;
    PinJob fresh;
    fresh.new_pin = "4711";
    const PinVerdict made = verdict_on(worker, std::move(fresh));
    ASSERT_FALSE(made.refusal);
    EXPECT_EQ(made.incoming.new_pin_hash.rfind("$argon2id$", 0), 0U);
    EXPECT_EQ(made.incoming.new_pin_hash.find("4711"), std::string::npos);
    EXPECT_EQ(made.incoming.sender.person, "");

    const service::PinOnRecord record{true, made.incoming.new_pin_hash};
    const PinVerdict right = verdict_on(worker, job_of("4711", record));
    EXPECT_FALSE(right.refusal);
    EXPECT_EQ(right.incoming.sender.person, "S1");
    const PinVerdict wrong = verdict_on(worker, job_of("4712", record));
    EXPECT_EQ(wrong.refusal, RefusalCode::pin_wrong);
    EXPECT_EQ(wrong.incoming.sender.person, "");
    EXPECT_EQ(verdict_on(worker, job_of("4711", {})).refusal, RefusalCode::unknown_staff);
}

TEST(PinWorker, AWrongPinSetsNoNewOne) {
    PinWorker worker;
    PinJob job = job_of("1234", {});
    job.new_pin = "4711";
    const PinVerdict verdict = verdict_on(worker, std::move(job));
    EXPECT_EQ(verdict.refusal, RefusalCode::unknown_staff);
    EXPECT_EQ(verdict.incoming.new_pin_hash, "");
}

// As a client does that heard nothing for two seconds: a slow check is not made slower, a wrong PIN
// is wrong once, and the answer goes where somebody still listens.
TEST(PinWorker, WhatIsSentAgainIsLookedAtOnceAndAnsweredOnTheNewestRoute) {
    PinWorker worker;
    const auto sent = [](const std::string& id, const std::string& pin, const std::string& peer) {
        PinJob job = job_of(pin, {});
        job.incoming.request.set_command_id(id);
        job.route.peer = peer;
        return job;
    };
    for (const char* peer : {"first", "second", "third"}) {
        EXPECT_TRUE(worker.submit(sent("one", "1234", peer)));
    }
    EXPECT_TRUE(worker.submit(sent("two", "1234", "other")));
    EXPECT_TRUE(worker.submit(sent("one", "4321", "guesses")));
    std::vector<std::string> answered;
    zmq::pollitem_t item{nullptr, worker.fd(), ZMQ_POLLIN, 0};
    while (answered.size() < 3) {
        zmq::poll(&item, 1, std::chrono::milliseconds(-1));
        for (const auto& verdict : worker.take()) answered.push_back(verdict.route.peer);
    }
    EXPECT_EQ(answered, (std::vector<std::string>{"third", "other", "guesses"}));
    EXPECT_TRUE(worker.take().empty());
}

TEST(PinWorker, RefusesWhatDoesNotFitInItsQueue) {
    PinWorker worker;
    size_t taken = 0;
    while (worker.submit(job_of("1234", {}))) ++taken;
    // One more may be under way.
    EXPECT_GE(taken, PinWorker::kQueuedMax);
    EXPECT_LE(taken, PinWorker::kQueuedMax + 1);
}

// A hall over real sockets, spoken to as any program may.
class Pins : public testing::Test {
  protected:
    protocol::Reply send(const protocol::Command& command, const std::string& staff = "",
                         const std::string& pin = "", const std::string& new_pin = "") {
        protocol::Request request;
        request.set_protocol_version(kProtocolVersion);
        request.set_command_id("pins-test-" + std::to_string(++sent_));
        *request.mutable_command() = command;
        request.set_staff(staff);
        request.set_pin(pin);
        request.set_new_pin(new_pin);
        zmq::socket_t socket(context_, zmq::socket_type::dealer);
        socket.set(zmq::sockopt::linger, 0);
        socket.set(zmq::sockopt::rcvtimeo, 30'000);
        socket.connect("tcp://127.0.0.1:" + std::to_string(hall_.port()));
        socket.send(zmq::buffer(request.SerializeAsString()));
        zmq::message_t frame;
        protocol::Reply reply;
        EXPECT_TRUE(socket.recv(frame));
        EXPECT_TRUE(reply.ParseFromArray(frame.data(), static_cast<int>(frame.size())));
        return reply;
    }
    RefusalCode::Value code(const protocol::Reply& reply) {
        return reply.has_refusal() ? reply.refusal().code() : RefusalCode::unknown;
    }
    static protocol::Command sign_on() {
        protocol::Command command;
        command.mutable_sign_on();
        return command;
    }
    static protocol::Command set_pin(const std::string& staff) {
        protocol::Command command;
        command.mutable_set_pin()->set_staff(staff);
        return command;
    }
    static protocol::Command add_staff(const std::string& staff) {
        protocol::Command command;
        command.mutable_add_staff()->set_staff(staff);
        command.mutable_add_staff()->set_name("韦老师");
        command.mutable_add_staff()->set_rank(protocol::StaffRank::supervisor);
        return command;
    }

    test::RunningHall hall_;
    zmq::context_t context_;
    int sent_ = 0;
};

TEST_F(Pins, WhatIsMissingOrImpossibleIsSaidAtOnce) {
    EXPECT_EQ(code(send(sign_on())), RefusalCode::sign_on_needed);
    EXPECT_EQ(code(send(sign_on(), "S1")), RefusalCode::sign_on_needed);
    EXPECT_EQ(code(send(sign_on(), "", "1234")), RefusalCode::malformed_request);
    EXPECT_EQ(code(send(set_pin("S1"))), RefusalCode::pin_invalid);
    EXPECT_EQ(code(send(set_pin("S1"), "", "", "1111")), RefusalCode::pin_invalid);
    const protocol::Reply unknown = send(sign_on(), "S1", "1234");
    EXPECT_EQ(code(unknown), RefusalCode::unknown_staff);
    EXPECT_EQ(unknown.command_id(), "pins-test-" + std::to_string(sent_));
}

TEST_F(Pins, AColleagueSignsOnWithThePinThatWasSet) {
    ASSERT_FALSE(send(add_staff("S1")).has_refusal());
    EXPECT_EQ(code(send(sign_on(), "S1", "4711")), RefusalCode::pin_not_set);
    ASSERT_FALSE(send(set_pin("S1"), "", "", "4711").has_refusal());
    for (int i = 0; i < PinGuard::kWrongMax; ++i) {
        EXPECT_EQ(code(send(sign_on(), "S1", "4712")), RefusalCode::pin_wrong);
        // A right one in between would begin the count anew; see PinGuard.
    }
    const protocol::Reply locked = send(sign_on(), "S1", "4711");
    EXPECT_EQ(code(locked), RefusalCode::pin_locked);
    EXPECT_GT(locked.refusal().wait_ms(), 0);
    EXPECT_LE(locked.refusal().wait_ms(), PinGuard::kLockedMs);

    ASSERT_FALSE(send(add_staff("S2")).has_refusal());
    ASSERT_FALSE(send(set_pin("S2"), "", "", "0815").has_refusal());
    const protocol::Reply signed_on = send(sign_on(), "S2", "0815");
    EXPECT_EQ(signed_on.staff().number(), "S2");
    EXPECT_EQ(signed_on.staff().name(), "韦老师");
    EXPECT_TRUE(signed_on.staff().on_duty());
}

}  // namespace
}  // namespace hall::net
