#include "client/event_feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <zmq.hpp>

#include "client/command_client.h"
#include "client/transport.h"
#include "protocol/hall.pb.h"

namespace hall::client {
namespace {

constexpr std::string_view kTopic = "events|";
constexpr uint32_t kPageSize = 1'000;
constexpr int kHeardMax = 10'000;
// An event that was lost with no later one behind it shows only by asking.
constexpr int64_t kAskAgainMs = 2'000;
constexpr RetryOptions kRetry = {1'000, 3'000};

Error refusal_error(const protocol::Refusal& refusal) {
    return {protocol::RefusalCode::Value_Name(refusal.code()), "the server refuses the event feed"};
}

}  // namespace

struct EventFeed::State {
    Server server;
    uint64_t next_seq;  // 0 = not known yet
    bool contacted = false;
    CommandClient client;
    PeerSocket peer;
    std::deque<protocol::EventRecord> ready;  // in order, the first is next_seq; at most a page
    int64_t asked_at_ms = 0;
    bool gap = true;

    State(Server server_at, uint64_t from_seq)
        : server(std::move(server_at)),
          next_seq(from_seq),
          client(server, kRetry),
          peer(server, zmq::socket_type::sub, 2) {}

    tl::expected<void, Error> subscribe();
    tl::expected<void, Error> find_start();
    tl::expected<void, Error> ask();
    tl::expected<void, Error> listen(int64_t wait_ms);
    void take(const protocol::EventRecord& record);
};

tl::expected<void, Error> EventFeed::State::subscribe() {
    try {
        peer.open();
        peer.socket().set(zmq::sockopt::rcvhwm, kHeardMax);
        peer.socket().set(zmq::sockopt::subscribe, kTopic);
        peer.connect();
    } catch (const zmq::error_t& failure) {
        peer.close();
        return tl::unexpected(
            Error{"server_unreachable", fmt::format("{}: {}", server.address, failure.what())});
    }
    return {};
}

tl::expected<void, Error> EventFeed::State::find_start() {
    protocol::Query query;
    query.mutable_events()->set_from_seq(1);
    query.mutable_events()->set_limit(1);
    auto reply = client.ask(query);
    if (!reply) return tl::unexpected(reply.error());
    if (reply->has_refusal()) return tl::unexpected(refusal_error(reply->refusal()));
    contacted = true;
    next_seq = reply->events().head_seq() + 1;
    return {};
}

// Fills `ready` from the log, a page at a time.
tl::expected<void, Error> EventFeed::State::ask() {
    protocol::Query query;
    query.mutable_events()->set_from_seq(next_seq);
    query.mutable_events()->set_limit(kPageSize);
    auto reply = client.ask(query);
    asked_at_ms = monotonic_ms();
    if (!reply) {
        const bool away = contacted && reply.error().code == "server_unreachable";
        if (away) return {};
        return tl::unexpected(reply.error());
    }
    if (reply->has_refusal()) return tl::unexpected(refusal_error(reply->refusal()));
    contacted = true;
    const auto& events = reply->events();
    if (events.head_seq() + 1 < next_seq) {
        return tl::unexpected(
            Error{"log_changed", fmt::format("the server's log ends at {}, {} was already read",
                                             events.head_seq(), next_seq - 1)});
    }
    for (const auto& record : events.events()) ready.push_back(record);
    gap = events.events_size() > 0 && events.events().rbegin()->seq() < events.head_seq();
    return {};
}

void EventFeed::State::take(const protocol::EventRecord& record) {
    const uint64_t expected = next_seq + ready.size();
    if (record.seq() == expected && ready.size() < kPageSize) {
        ready.push_back(record);
    } else if (record.seq() >= expected) {
        gap = true;
    }
}

tl::expected<void, Error> EventFeed::State::listen(int64_t wait_ms) {
    std::array<zmq::pollitem_t, 2> items = {{
        {peer.socket().handle(), 0, ZMQ_POLLIN, 0},
        {peer.monitor().handle(), 0, ZMQ_POLLIN, 0},
    }};
    wait_for(items.data(), items.size(), wait_ms);
    zmq::message_t message;
    while (ready.size() < kPageSize && peer.socket().recv(message, zmq::recv_flags::dontwait)) {
        const std::string_view bytes = message.to_string_view();
        if (bytes.substr(0, kTopic.size()) != kTopic) continue;
        protocol::EventRecord record;
        if (record.ParseFromString(std::string(bytes.substr(kTopic.size())))) take(record);
    }
    const LinkNews news = peer.news();
    if (news == LinkNews::not_enrolled || news == LinkNews::keys_mismatch) {
        return tl::unexpected(link_error(news, server));
    }
    if (news == LinkNews::connected) gap = true;
    return {};
}

EventFeed::EventFeed(Server server, uint64_t from_seq)
    : state_(std::make_unique<State>(std::move(server), from_seq)) {}

EventFeed::~EventFeed() = default;

tl::expected<std::optional<protocol::EventRecord>, Error> EventFeed::next(int wait_ms) {
    const int64_t until_ms = monotonic_ms() + wait_ms;
    while (state_->ready.empty()) {
        tl::expected<void, Error> done;
        if (!state_->peer.is_open()) {
            done = state_->subscribe();
        } else if (state_->next_seq == 0) {
            done = state_->find_start();
        } else if (state_->gap || monotonic_ms() - state_->asked_at_ms >= kAskAgainMs) {
            done = state_->ask();
        } else {
            const int64_t now_ms = monotonic_ms();
            if (now_ms >= until_ms) return std::nullopt;
            const int64_t ask_at_ms = state_->asked_at_ms + kAskAgainMs;
            done = state_->listen(std::max<int64_t>(0, std::min(until_ms, ask_at_ms) - now_ms));
        }
        if (!done) return tl::unexpected(done.error());
        if (monotonic_ms() >= until_ms && state_->ready.empty()) return std::nullopt;
    }
    protocol::EventRecord record = std::move(state_->ready.front());
    state_->ready.pop_front();
    state_->next_seq = record.seq() + 1;
    return record;
}

}  // namespace hall::client
