// Queries that read the log itself: answered beside the loop, and bounded.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hall-server/net/log_worker.h"
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

}  // namespace
}  // namespace hall::test
