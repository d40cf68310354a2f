// What the loop promises: nothing is told before it is on disk, nothing is done twice, and a disk
// that fails costs nobody more than a retry. On the log in memory and on SQLite.
#include <random>

#include "tests/service/service_fixture.h"

namespace hall::service {
namespace {

using core::call_next;
using core::issue;
using core::open_window;

template <class Place>
class HallServiceTest : public testing::Test {
  protected:
    ServiceOn<Place> hall_;
};

using Places = testing::Types<store::MemoryPlace, store::SqlitePlace>;
class PlaceNames {
  public:
    template <class Place>
    static std::string GetName(int) {
        return std::is_same_v<Place, store::SqlitePlace> ? "Sqlite" : "Memory";
    }
};
TYPED_TEST_SUITE(HallServiceTest, Places, PlaceNames);

TYPED_TEST(HallServiceTest, ABatchIsOneCommitAndRepliesFollowIt) {
    auto& hall = this->hall_;
    hall.turn({});
    int before = hall.log->appends;
    std::vector<Incoming> batch;
    for (int i = 0; i < 50; ++i) batch.push_back(from("id-" + std::to_string(i), issue("pension")));
    std::vector<Reply> replies = hall.turn(batch);
    EXPECT_EQ(hall.log->appends, before + 1);
    ASSERT_EQ(replies.size(), 50U);
    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(replies[i].command_id(), "id-" + std::to_string(i));
        EXPECT_EQ(replies[i].ticket().ahead(), static_cast<uint32_t>(i));
        EXPECT_LE(replies[i].seq(), hall.log->head().seq);
    }
    EXPECT_EQ(hall.service->seq(), hall.log->head().seq);
    EXPECT_EQ(hall.service->committed().back().seq(), hall.log->head().seq);
}

TYPED_TEST(HallServiceTest, NobodyAskingAndNothingDueTouchesNoDisk) {
    auto& hall = this->hall_;
    hall.turn({});
    int before = hall.log->appends;
    for (int i = 0; i < 10; ++i) hall.turn({});
    hall.status();
    EXPECT_EQ(hall.log->appends, before);
    EXPECT_EQ(hall.service->next_deadline_ms(), time_ms("17:00"));
}

TYPED_TEST(HallServiceTest, ARepeatGetsTheSameReplyAndChangesNothing) {
    auto& hall = this->hall_;
    hall.turn({});
    std::vector<Reply> twins =
        hall.turn({from("same-id-1", issue("pension")), from("same-id-1", issue("pension"))});
    EXPECT_FALSE(twins[0].repeated());
    EXPECT_TRUE(twins[1].repeated());
    hall.now_ms += core::kMinuteMs;
    hall.send(issue("pension"));
    Reply later = hall.send("same-id-1", issue("pension"));
    hall.restart();
    Reply after_restart = hall.send("same-id-1", issue("pension"));
    for (Reply* repeat : {&twins[1], &later, &after_restart}) {
        EXPECT_TRUE(repeat->repeated());
        repeat->set_repeated(false);
        EXPECT_EQ(repeat->SerializeAsString(), twins[0].SerializeAsString());
    }
    EXPECT_EQ(hall.status().issued(), 2U);
}

TYPED_TEST(HallServiceTest, ADayReportCarriesTheHeadThatHoldsWhatItTells) {
    auto& hall = this->hall_;
    hall.turn({});
    protocol::Query report;
    report.mutable_report();
    std::vector<Reply> replies = hall.turn({from("same-id-1", issue("pension")), ask(report)});
    EXPECT_EQ(replies[1].report().issued(), 1U);
    EXPECT_EQ(replies[1].report().head(), store::to_hex(hall.log->head().chain));
}

// The days for which appointments are given are known from the first moment, move on with each
// midnight, and are an event only when they changed.
TYPED_TEST(HallServiceTest, TheDaysAheadArePlannedAtStartAndWithEachNewDay) {
    auto& hall = this->hall_;
    hall.turn({});
    const auto slots = [&](const std::string& date) {
        protocol::Query query;
        query.mutable_slot_list()->set_service("pension");
        query.mutable_slot_list()->set_date(date);
        return hall.turn({ask(query)}).front();
    };
    EXPECT_EQ(slots("2026-11-24").refusal().code(), RefusalCode::appointments_not_given);
    hall.stop();
    hall.rules = core::rules_with_appointments();
    hall.rules.set_days_ahead(3);
    hall.start();  // another hall file
    EXPECT_EQ(slots("2026-11-26").slots().slots_size(), 17);
    EXPECT_EQ(slots("2026-11-27").slots().slots_size(), 0);
    const uint64_t known = hall.log->head().seq;
    hall.restart();
    hall.turn({});
    EXPECT_EQ(hall.log->head().seq, known);
    hall.now_ms = time_ms("00:00", core::kFirstDay + 1);
    hall.turn({});
    EXPECT_EQ(slots("2026-11-24").slots().slots_size(), 17);
    EXPECT_EQ(slots("2026-11-27").slots().slots_size(), 17);
    EXPECT_EQ(slots("2026-11-28").slots().slots_size(), 0);
    Reply booked = hall.send(core::book("pension", time_ms("10:00", core::kFirstDay + 4)));
    EXPECT_EQ(booked.appointment().date(), "2026-11-27");
}

// Stopped over two midnights, and the first thing it does is asked for.
TYPED_TEST(HallServiceTest, AServerThatSleptPlansAheadFromTheDayItWakes) {
    auto& hall = this->hall_;
    hall.rules = core::rules_with_appointments();
    hall.restart();
    hall.turn({});
    hall.stop();
    hall.now_ms = time_ms("10:00", core::kFirstDay + 2);
    hall.start();
    Reply booked = hall.send(core::book("pension", time_ms("10:30", core::kFirstDay + 7)));
    EXPECT_EQ(booked.appointment().date(), "2026-11-30");
}

TYPED_TEST(HallServiceTest, AnIdWithAnotherBodyIsRefused) {
    auto& hall = this->hall_;
    std::vector<Reply> replies =
        hall.turn({from("same-id-1", issue("pension")), from("same-id-1", issue("medical"))});
    EXPECT_EQ(replies[1].refusal().code(), RefusalCode::command_id_reused);
    hall.restart();
    EXPECT_EQ(hall.send("same-id-1", issue("medical")).refusal().code(),
              RefusalCode::command_id_reused);
    EXPECT_EQ(hall.status().issued(), 1U);
}

TYPED_TEST(HallServiceTest, ARefusalIsDecidedAnew) {
    auto& hall = this->hall_;
    hall.send(open_window(2));
    EXPECT_EQ(hall.send("call-id-1", call_next(2)).refusal().code(), RefusalCode::nobody_eligible);
    hall.send(issue("pension"));
    EXPECT_EQ(hall.send("call-id-1", call_next(2)).window_ticket().number(), "A001");
}

TYPED_TEST(HallServiceTest, AFailedAppendRefusesEveryCommandAndLeavesTheHallAsItWas) {
    auto& hall = this->hall_;
    hall.send(issue("pension"));
    std::string before = hall.digest();
    protocol::Query status;
    status.mutable_status();
    hall.log->failing = true;
    std::vector<Reply> replies =
        hall.turn({from("lost-id-1", issue("pension")), from("lost-id-2", call_next(99)),
                   ask(status), from("command-1", issue("pension"))});
    for (size_t i : {0U, 1U, 3U}) {
        EXPECT_EQ(replies[i].refusal().code(), RefusalCode::storage_unavailable) << i;
        EXPECT_TRUE(replies[i].refusal().retry());
        EXPECT_FALSE(replies[i].repeated());
    }
    EXPECT_EQ(replies[2].status().issued(), 1U);
    ASSERT_EQ(replies[2].status().degraded_size(), 1);
    EXPECT_EQ(replies[2].status().degraded(0), "storage_unavailable");
    EXPECT_TRUE(hall.service->committed().empty());
    EXPECT_EQ(hall.digest(), before);
    hall.log->failing = false;
    EXPECT_EQ(hall.send("lost-id-1", issue("pension")).ticket().number(), "A002");
    EXPECT_EQ(hall.status().degraded_size(), 0);
    hall.restart();
    EXPECT_EQ(hall.status().issued(), 2U);
}

TYPED_TEST(HallServiceTest, ADeadlineOnAFailingDiskIsTriedOnceASecond) {
    auto& hall = this->hall_;
    hall.turn({});
    hall.now_ms = time_ms("17:00");
    hall.log->failing = true;
    int tries = 0;
    for (int64_t end = hall.now_ms + 10'000; hall.now_ms < end;) {
        int before = hall.log->refused;
        hall.turn({});
        tries += hall.log->refused - before;
        ASSERT_GT(hall.service->next_deadline_ms(), hall.now_ms) << "the loop would spin";
        hall.now_ms = std::max(hall.now_ms + 50, hall.service->next_deadline_ms());
    }
    EXPECT_LE(tries, 10);
    EXPECT_GE(tries, 5);
    hall.log->failing = false;
    hall.now_ms += 1'000;
    hall.turn({});
    EXPECT_EQ(hall.status().head().phase(), protocol::Phase::closed);
}

TYPED_TEST(HallServiceTest, AClockStepIsNotLostWhenTheDiskRefusesIt) {
    auto& hall = this->hall_;
    hall.turn({});
    hall.log->failing = true;
    hall.service->note_clock_step(-7'000);
    hall.turn({});
    EXPECT_EQ(hall.status().clock_step_ms(), 0);
    hall.log->failing = false;
    hall.now_ms += 2'000;
    hall.turn({});
    EXPECT_EQ(hall.status().clock_step_ms(), -7'000);
    uint64_t seq = hall.service->seq();
    hall.turn({});
    EXPECT_EQ(hall.service->seq(), seq);  // once
}

TYPED_TEST(HallServiceTest, ARestartReadsOnlyWhatFollowsTheCheckpoint) {
    auto& hall = this->hall_;
    hall.options.checkpoint_every = 100;
    hall.restart();
    for (int i = 0; i < 130; ++i) hall.send(issue("pension"));  // two events each
    std::string before = hall.digest();
    hall.restart();
    EXPECT_LT(hall.log->records_read, 100U);
    EXPECT_EQ(hall.digest(), before);
    hall.service->checkpoint();
    hall.restart();
    EXPECT_EQ(hall.log->records_read, 0U);
    EXPECT_EQ(hall.digest(), before);
    hall.stop();
    hall.place.damage_newest_checkpoint();
    hall.start();
    EXPECT_GT(hall.log->records_read, 0U);
    EXPECT_EQ(hall.digest(), before);
}

TYPED_TEST(HallServiceTest, OneByOneOrAllAtOnceTheHallIsTheSame) {
    ServiceOn<TypeParam> together;
    std::vector<Incoming> batch;
    for (int i = 0; i < 60; ++i) {
        Command command = i % 3 == 0 ? open_window(1 + i % 5) : issue("pension");
        if (i % 7 == 0) command = call_next(1 + i % 5);
        batch.push_back(from("id-" + std::to_string(i), command));
    }
    together.turn(batch);
    for (const Incoming& one : batch) this->hall_.turn({one});
    EXPECT_EQ(together.digest(), this->hall_.digest());
}

TYPED_TEST(HallServiceTest, RepliesAreKeptForTwoHallDays) {
    auto& hall = this->hall_;
    hall.send("old-id-1", issue("pension"));
    hall.now_ms = time_ms("09:00", core::kFirstDay + 1);
    EXPECT_TRUE(hall.send("old-id-1", issue("pension")).repeated());
    hall.now_ms = time_ms("09:00", core::kFirstDay + 2);
    hall.turn({});
    EXPECT_FALSE(hall.send("old-id-1", issue("pension")).repeated());
    EXPECT_FALSE(*hall.log->find_reply("never-id-1"));
}

TYPED_TEST(HallServiceTest, RulesEnterTheLogOnlyWhenTheyDiffer) {
    auto& hall = this->hall_;
    hall.turn({});
    uint64_t seq = hall.service->seq();
    hall.restart();
    hall.turn({});
    EXPECT_EQ(hall.service->seq(), seq);
    hall.rules.set_hall_name("另一个大厅");
    hall.restart();
    EXPECT_EQ(hall.service->seq(), seq + 1);
    EXPECT_EQ(hall.status().head().hall_name(), "另一个大厅");
}

TYPED_TEST(HallServiceTest, RulesThatStrandATicketDoNotStart) {
    auto& hall = this->hall_;
    EXPECT_EQ(hall.send(issue("jobs")).ticket().number(), "D001");
    hall.stop();
    protocol::HallRules without = core::test_rules();
    without.mutable_services()->RemoveLast();
    WatchedLog log(store::must_open(hall.place));
    auto started = HallService::start(log, *hall.vault, hall.calendar, without, hall.now_ms, {});
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, "rules_strand_tickets");
    EXPECT_NE(started.error().message.find("D001"), std::string::npos);
}

TYPED_TEST(HallServiceTest, AStartOnAFullDiskSaysSo) {
    auto& hall = this->hall_;
    hall.stop();
    WatchedLog log(store::must_open(hall.place));
    log.failing = true;
    protocol::HallRules changed = core::test_rules();
    changed.set_hall_name("other");
    auto started = HallService::start(log, *hall.vault, hall.calendar, changed, hall.now_ms, {});
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, "storage_unavailable");
}

TYPED_TEST(HallServiceTest, AHallTimeThatFellIsTakenAsTheLastEvents) {
    auto& hall = this->hall_;
    hall.send(issue("pension"));
    hall.now_ms -= 60'000;
    hall.restart();
    EXPECT_EQ(hall.send(issue("pension")).ticket().entered_at_ms(), time_ms("09:00"));
}

TYPED_TEST(HallServiceTest, AStatusInAReplyIsAsWholeAsTheOneAskedFor) {
    auto& hall = this->hall_;
    hall.now_ms = time_ms("18:30");
    Reply opened = hall.send(core::open_hall());
    EXPECT_EQ(opened.status().protocol_version(), 1U);
    EXPECT_FALSE(opened.status().server_version().empty());
}

TYPED_TEST(HallServiceTest, TheServersOwnCommandsAreNobodysElse) {
    auto& hall = this->hall_;
    hall.turn({});
    uint64_t seq = hall.service->seq();
    for (const Command& command :
         {core::tick(), core::install(core::test_rules()), core::plan_day(core::test_plan())}) {
        EXPECT_EQ(hall.send(command).refusal().code(), RefusalCode::role_not_allowed);
    }
    EXPECT_EQ(hall.send("", issue("pension")).refusal().code(), RefusalCode::command_id_missing);
    Incoming empty = ask({});
    empty.request.clear_kind();
    EXPECT_EQ(hall.turn({empty})[0].refusal().code(), RefusalCode::malformed_request);
    EXPECT_EQ(hall.turn({from("board-id-1", issue("pension"), protocol::Role::board)})[0]
                  .refusal()
                  .code(),
              RefusalCode::role_not_allowed);
    EXPECT_EQ(hall.service->seq(), seq);
}

// Categories are known to the rules and to nobody's ticket, in no byte that outlives the command.
TYPED_TEST(HallServiceTest, NoCategoryOfAVisitorIsEverWritten) {
    auto& hall = this->hall_;
    hall.stop();
    for (auto& category : *hall.rules.mutable_categories()) {
        category.set_code("xqz_" + category.code());
        category.set_name("秘" + category.name());
    }
    hall.start();
    std::mt19937_64 random(7);
    std::vector<std::string> ids;
    auto send = [&](const Command& command) {
        hall.now_ms += static_cast<int64_t>(random() % 60'000);
        hall.send(command);
        ids.push_back("command-" + std::to_string(hall.last_id));
    };
    for (uint32_t window = 1; window <= 5; ++window) send(open_window(window));
    for (int i = 0; i < 300; ++i) {
        const auto& rules = hall.rules;
        auto pick = [&](int size) {
            return static_cast<int>(random() % static_cast<uint64_t>(size));
        };
        Command ticket = issue(rules.services(pick(4)).code(),
                               {rules.categories(pick(rules.categories_size())).code()});
        ticket.mutable_issue_ticket()->set_by_sight(pick(2) == 0);
        send(ticket);
        auto window = static_cast<uint32_t>(1 + pick(5));
        for (const Command& command : {call_next(window), core::start(window), core::finish(window),
                                       core::claim(1 + pick(50))}) {
            if (pick(3) > 0) send(command);
        }
    }
    hall.now_ms = time_ms("01:00", core::kFirstDay + 1);
    hall.turn({});
    size_t tickets = 0;
    bool configured = false;
    auto secret = [](const std::string& bytes) {
        return bytes.find("xqz_") != std::string::npos || bytes.find("秘") != std::string::npos;
    };
    auto read = hall.log->read(1, [&](const store::Record& record) {
        bool configuration = record.kind == protocol::Event::kRulesInstalled;
        configured = configured || (configuration && secret(record.body));
        EXPECT_TRUE(configuration || !secret(record.body)) << "event " << record.seq;
        EXPECT_FALSE(secret(record.actor + record.command_id));
        tickets += record.kind == protocol::Event::kTicketIssued ? 1 : 0;
        return true;
    });
    ASSERT_TRUE(read);
    EXPECT_TRUE(configured);  // the codes searched for are the hall's
    EXPECT_GT(tickets, 150U);
    size_t replies = 0;
    for (const std::string& id : ids) {
        auto stored = hall.log->find_reply(id);
        ASSERT_TRUE(stored);
        if (!*stored) continue;
        EXPECT_FALSE(secret((*stored)->reply)) << id;
        ++replies;
    }
    EXPECT_GT(replies, tickets);
}

}  // namespace
}  // namespace hall::service
