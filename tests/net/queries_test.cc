// Queries that read the log itself: answered beside the loop, and bounded.
#include <fmt/format.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "hall-server/net/log_worker.h"
#include "hall-server/service/ledgers.h"
#include "hall-server/store/memory_event_log.h"
#include "tests/net/running_hall.h"

namespace hall::test {
namespace {

using client::Answer;
using client::CommandClient;
using protocol::RefusalCode;

class LogQueries : public testing::Test {
  protected:
    RunningHall hall_;
    CommandClient client_{hall_.server()};

    Answer verify(const std::string& head) {
        protocol::Query query;
        query.mutable_log_verify()->set_head(head);
        return client_.ask(query);
    }

    std::vector<std::string> history(const std::string& number) {
        protocol::Query query;
        query.mutable_ticket()->set_number(number);
        query.mutable_ticket()->set_history(true);
        const Answer answer = client_.ask(query);
        std::vector<std::string> kinds;
        EXPECT_TRUE(answer && answer->has_ticket());
        if (!answer) return kinds;
        for (const auto& record : answer->ticket().history()) {
            const auto& event = record.event();
            kinds.push_back(
                event.GetReflection()
                    ->GetOneofFieldDescriptor(event, event.GetDescriptor()->oneof_decl(0))
                    ->name());
        }
        return kinds;
    }
};

TEST_F(LogQueries, VerifyTellsThatTheChainHoldsAndFindsACutTail) {
    ASSERT_TRUE(client_.send(issue_ticket()));
    const Answer whole = verify("");
    ASSERT_TRUE(whole && whole->has_log());
    EXPECT_TRUE(whole->log().intact());
    EXPECT_EQ(whole->log().records(), whole->seq());
    EXPECT_EQ(whole->log().head().size(), 64U);
    const Answer known = verify(whole->log().head());
    EXPECT_TRUE(known->log().intact());
    const Answer unknown = verify(std::string(64, 'a'));
    EXPECT_FALSE(unknown->log().intact());
    EXPECT_FALSE(unknown->log().damage().empty());
    EXPECT_EQ(refusal_code(verify("xyz")), RefusalCode::value_out_of_range);
}

TEST_F(LogQueries, EventsComeInPagesOfAtMostAThousand) {
    for (int i = 0; i < 30; ++i) ASSERT_TRUE(client_.send(issue_ticket()));
    protocol::Query query;
    query.mutable_events()->set_from_seq(5);
    query.mutable_events()->set_limit(7);
    const Answer page = client_.ask(query);
    ASSERT_TRUE(page && page->has_events());
    ASSERT_EQ(page->events().events_size(), 7);
    EXPECT_EQ(page->events().events(0).seq(), 5U);
    EXPECT_EQ(page->events().head_seq(), page->seq());
    EXPECT_EQ(page->events().events(0).chain().size(), 32U);
    query.mutable_events()->set_from_seq(1'000'000);
    EXPECT_EQ(client_.ask(query)->events().events_size(), 0);
}

TEST_F(LogQueries, AHistoryHoldsTheTicketsEventsAndNobodyElses) {
    ASSERT_TRUE(client_.send(open_window(1)));
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(client_.send(issue_ticket()));
    protocol::Command call;
    call.mutable_call_next()->set_window(1);
    ASSERT_TRUE(client_.send(call)->has_window());
    EXPECT_EQ(history("A001"), (std::vector<std::string>{"ticket_issued", "ticket_called"}));
    EXPECT_EQ(history("A002"), (std::vector<std::string>{"ticket_issued"}));
    EXPECT_EQ(history("A002"), (std::vector<std::string>{"ticket_issued"}));
    protocol::Query query;
    query.mutable_ticket()->set_number("A999");
    query.mutable_ticket()->set_history(true);
    EXPECT_EQ(refusal_code(client_.ask(query)), RefusalCode::unknown_ticket);
}

protocol::Query ledger_query(protocol::LedgerKind::Value kind, const std::string& from,
                             const std::string& to) {
    protocol::Query query;
    query.mutable_ledger()->set_kind(kind);
    query.mutable_ledger()->set_from(from);
    query.mutable_ledger()->set_to(to);
    return query;
}

TEST_F(LogQueries, ALedgerIsMadeFromTheLogOfItsDays) {
    protocol::Command by_sight = issue_ticket();
    by_sight.mutable_issue_ticket()->add_categories("80plus");
    by_sight.mutable_issue_ticket()->set_by_sight(true);
    ASSERT_TRUE(client_.send(issue_ticket()));
    ASSERT_TRUE(client_.send(by_sight)->has_ticket());
    const auto overrides = protocol::LedgerKind::overrides;
    const Answer month = client_.ask(ledger_query(overrides, "1970-01-01", "2026-11-30"));
    ASSERT_TRUE(month && month->has_ledger());
    ASSERT_EQ(month->ledger().rows_size(), 1);
    EXPECT_EQ(month->ledger().rows(0).what(), "by_sight");
    EXPECT_EQ(month->ledger().rows(0).number(), "A002");
    EXPECT_EQ(month->ledger().rows(0).date(), "2026-11-23");
    EXPECT_EQ(month->ledger().utc_offset_s(), 8 * 3'600);
    EXPECT_FALSE(month->ledger().hall_name().empty());
    EXPECT_EQ(month->ledger().head(), verify("")->log().head());
    const Answer other = client_.ask(ledger_query(overrides, "1970-01-01", "2026-11-22"));
    EXPECT_EQ(other->ledger().rows_size(), 0);
    EXPECT_EQ(refusal_code(client_.ask(ledger_query(overrides, "2026-11-31", "2026-12-01"))),
              RefusalCode::date_invalid);
    EXPECT_EQ(refusal_code(client_.ask(
                  ledger_query(protocol::LedgerKind::unknown, "2026-11-01", "2026-11-02"))),
              RefusalCode::value_out_of_range);
}

TEST_F(LogQueries, ATicketOfADayThatTheLogDoesNotHaveIsUnknown) {
    ASSERT_TRUE(client_.send(issue_ticket()));
    protocol::Query query;
    query.mutable_ticket()->set_history(true);
    query.mutable_ticket()->set_number("2026-11-22/A001");
    EXPECT_EQ(refusal_code(client_.ask(query)), RefusalCode::unknown_ticket);
    query.mutable_ticket()->set_number("yesterday/A001");
    EXPECT_EQ(refusal_code(client_.ask(query)), RefusalCode::date_invalid);
}

// A log written by hand over many days: the worker finds the days, the past that they need and the
// names, and does not read what comes after them.
class LogOfDays : public testing::Test {
  protected:
    LogOfDays() {
        for (int64_t day = 0; day < kDays; ++day) write_day(day);
    }

    static constexpr int64_t kDays = 400;
    static constexpr int64_t kMonday = 20'780;  // 2026-11-23
    static constexpr int64_t kDayMs = 86'400'000;

    void write(int64_t at_ms, const std::string& text) {
        protocol::Event event;
        ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &event)) << text;
        store::Batch batch;
        store::NewRecord record;
        record.at_ms = at_ms;
        record.actor = "guide-1/G7";
        record.kind = static_cast<uint32_t>(event.body_case());
        record.version = 1;
        record.body = event.SerializeAsString();
        batch.records.push_back(record);
        ASSERT_TRUE(log_->append(batch));
    }
    // Each day lends a thing; on the third a case was opened whose visitor comes twice on the
    // 390th.
    void write_day(int64_t number) {
        const int64_t day = kMonday + number;
        const int64_t midnight_ms = day * kDayMs - 8 * 3'600'000;
        write(midnight_ms, fmt::format("day_planned {{ plan {{ date: '{}' day: {} utc_offset_s: "
                                       "28800 }} }}",
                                       service::date_text(static_cast<uint32_t>(day)), day));
        const int64_t nine_ms = midnight_ms + 9 * 3'600'000;
        if (number == 3) write(nine_ms, "case_opened { case_id: 1 service: 'pension' }");
        if (number == 390) {
            write(nine_ms, "material_asked { case_id: 1 materials: 'photo' second: true }");
        }
        write(nine_ms, fmt::format("checked_in {{ check_in: {0} record: {0} }}", number + 1));
        write(nine_ms, fmt::format("ticket_issued {{ number: 'A001' check_in: {} }}", number + 1));
        write(nine_ms, fmt::format("case_opened {{ case_id: {} number: 'A001' check_in: {} }}",
                                   100 + number, number + 1));
        write(nine_ms,
              fmt::format("case_stage_entered {{ case_id: {} stage: copying }}", 100 + number));
        write(nine_ms, "case_stage_entered { case_id: 99 stage: copying }");
        write(nine_ms, fmt::format("case_closed {{ case_id: {} }}", 100 + number));
    }
    // Counts what the worker reads.
    class CountingReader final : public store::LogReader {
      public:
        CountingReader(std::unique_ptr<store::LogReader> reader, std::atomic<size_t>& count)
            : reader_(std::move(reader)), count_(count) {}
        tl::expected<void, Error> read(uint64_t from, const store::RecordVisitor& visit) override {
            return reader_->read(from, [&](const store::Record& record) {
                ++count_;
                return visit(record);
            });
        }
        tl::expected<store::Head, Error> head() override { return reader_->head(); }
        tl::expected<store::Verified, store::Damage> verify(
            const std::optional<store::Digest>& expected) override {
            return reader_->verify(expected);
        }

      private:
        std::unique_ptr<store::LogReader> reader_;
        std::atomic<size_t>& count_;
    };
    protocol::Reply ask(const protocol::Query& query) {
        read_ = 0;
        net::LogWorker worker(std::make_unique<CountingReader>(std::move(*log_->reader()), read_),
                              [](protocol::LedgerKind::Value, protocol::LedgerRow& row) {
                                  row.set_masked_name("王*" + std::to_string(row.record()));
                              });
        protocol::Request request;
        *request.mutable_query() = query;
        EXPECT_TRUE(net::reads_the_log(request));
        EXPECT_TRUE(worker.submit({}, request, {}, small_hall_rules()));
        std::vector<net::LogWorker::Finished> finished;
        EXPECT_TRUE(eventually([&] {
            finished = worker.take();
            return !finished.empty();
        }));
        return finished.empty() ? protocol::Reply() : finished.front().reply;
    }

    std::unique_ptr<store::EventLog> log_ =
        std::move(*store::open_memory_log(std::make_shared<store::MemoryDisk>()));
    std::atomic<size_t> read_ = 0;
};

TEST_F(LogOfDays, ALedgerOfADayReadsLittleMoreThanTheDay) {
    const std::string day = service::date_text(kMonday + 200);
    const auto reply = ask(ledger_query(protocol::LedgerKind::cases, day, day));
    ASSERT_EQ(reply.ledger().rows_size(), 1);
    EXPECT_EQ(reply.ledger().rows(0).id(), 300U);
    EXPECT_EQ(reply.ledger().rows(0).date(), day);
    EXPECT_EQ(reply.ledger().rows(0).masked_name(), "王*201");
    EXPECT_LT(read_, 50U);
}

TEST_F(LogOfDays, WhatBeganLongBeforeIsLookedForFurtherBack) {
    const std::string day = service::date_text(kMonday + 390);
    const auto reply = ask(ledger_query(protocol::LedgerKind::second_trips, day, day));
    ASSERT_EQ(reply.ledger().rows_size(), 1);
    EXPECT_EQ(reply.ledger().rows(0).what(), "photo");
    EXPECT_EQ(reply.ledger().rows(0).count(), 1U);
}

TEST_F(LogOfDays, TheStoryOfATicketHoldsItsCasesEventsAndNoOtherDays) {
    protocol::Query query;
    query.mutable_ticket()->set_history(true);
    query.mutable_ticket()->set_number(service::date_text(kMonday + 7) + "/A001");
    const auto reply = ask(query);
    ASSERT_EQ(reply.ticket().history_size(), 4);
    EXPECT_TRUE(reply.ticket().history(0).event().has_ticket_issued());
    EXPECT_EQ(reply.ticket().history(2).event().case_stage_entered().case_id(), 107U);
    EXPECT_TRUE(reply.ticket().history(3).event().has_case_closed());
    EXPECT_LT(read_, 50U);
}

}  // namespace
}  // namespace hall::test
