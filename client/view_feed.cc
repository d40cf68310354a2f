#include "client/view_feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>
#include <zmq.hpp>

#include "client/transport.h"

namespace hall::client {
namespace {

// libzmq does not retry after a failed handshake; we do, as an admin may enrol the device
// meanwhile.
constexpr int64_t kHandshakeRetryMs = 1'000;
constexpr int64_t kIdleWaitMs = 60'000;

}  // namespace

struct RawFeed::Impl {
    PeerSocket peer;
    std::string topic;
    Take take;
    std::function<void()> wake;
    Wake when;
    bool has_keys;
    Waker stop;

    std::atomic<FeedState> state{FeedState::connecting};
    std::atomic<int64_t> heard_at_ms{monotonic_ms()};
    int64_t reopen_at_ms = 0;  // 0 = the socket is open
    std::thread thread;        // last: it uses everything above

    Impl(const Server& server, int port_offset, std::string topic_name, Take take_payload,
         std::function<void()> wake_screen, Wake wake_when)
        : peer(server, zmq::socket_type::sub, port_offset),
          topic(std::move(topic_name)),
          take(std::move(take_payload)),
          wake(std::move(wake_screen)),
          when(wake_when),
          has_keys(server.keys.has_value()) {}

    void run();
    bool connect();
    void read_messages();
    void read_news();
    void change_state(FeedState next);
    int64_t wait_ms() const;
};

bool RawFeed::Impl::connect() {
    try {
        peer.open();
        peer.socket().set(zmq::sockopt::conflate, true);
        peer.socket().set(zmq::sockopt::subscribe, topic);
        peer.connect();
        reopen_at_ms = 0;
        return true;
    } catch (const zmq::error_t&) {
        peer.close();
        reopen_at_ms = monotonic_ms() + kHandshakeRetryMs;
        return false;
    }
}

void RawFeed::Impl::change_state(FeedState next) {
    if (state.exchange(next) != next && wake) wake();
}

void RawFeed::Impl::read_messages() {
    zmq::message_t message;
    while (peer.socket().recv(message, zmq::recv_flags::dontwait)) {
        const std::string_view bytes = message.to_string_view();
        if (bytes.substr(0, topic.size()) != topic) continue;
        const int64_t now_ms = monotonic_ms();
        const Taken taken = take(std::string(bytes.substr(topic.size())), now_ms - heard_at_ms);
        if (taken == Taken::dropped) continue;
        heard_at_ms = now_ms;
        const bool was_live = state.exchange(FeedState::live) == FeedState::live;
        const bool wakes = taken == Taken::changed || when == Wake::on_every_view || !was_live;
        if (wakes && wake) wake();
    }
}

void RawFeed::Impl::read_news() {
    const LinkNews news = peer.news();
    if (news != LinkNews::not_enrolled && news != LinkNews::keys_mismatch) return;
    const bool plain_server = news == LinkNews::keys_mismatch && has_keys;
    change_state(plain_server ? FeedState::keys_mismatch : FeedState::not_enrolled);
    peer.close();
    reopen_at_ms = monotonic_ms() + kHandshakeRetryMs;
}

int64_t RawFeed::Impl::wait_ms() const {
    const int64_t now_ms = monotonic_ms();
    int64_t until_ms = now_ms + kIdleWaitMs;
    if (reopen_at_ms != 0) until_ms = std::min(until_ms, reopen_at_ms);
    const FeedState current = state;
    if (current == FeedState::live || current == FeedState::connecting) {
        until_ms = std::min(until_ms, heard_at_ms + kStaleMs);
    }
    return std::max<int64_t>(0, until_ms - now_ms);
}

void RawFeed::Impl::run() {
    connect();
    while (true) {
        std::array<zmq::pollitem_t, 3> items = {{{nullptr, stop.fd(), ZMQ_POLLIN, 0}, {}, {}}};
        const bool open = peer.is_open();
        if (open) {
            items[1] = {peer.socket().handle(), 0, ZMQ_POLLIN, 0};
            items[2] = {peer.monitor().handle(), 0, ZMQ_POLLIN, 0};
        }
        wait_for(items.data(), open ? 3 : 1, wait_ms());
        if ((items[0].revents & ZMQ_POLLIN) != 0) return;
        if ((items[1].revents & ZMQ_POLLIN) != 0) read_messages();
        if ((items[2].revents & ZMQ_POLLIN) != 0) read_news();
        const int64_t now_ms = monotonic_ms();
        if (reopen_at_ms != 0 && now_ms >= reopen_at_ms) connect();
        const FeedState current = state;
        const bool hoping = current == FeedState::live || current == FeedState::connecting;
        if (hoping && now_ms - heard_at_ms >= kStaleMs) change_state(FeedState::stale);
    }
}

std::string board_topic(const std::string& zone) {
    return fmt::format("board:{}|", zone);
}

std::string clerk_topic(uint32_t window) {
    return fmt::format("clerk:{}|", window);
}

bool replaces(const protocol::ViewHead& shown, const protocol::ViewHead& arrived,
              int64_t silent_ms) {
    if (silent_ms >= kOtherLogMs) return true;
    if (arrived.seq() != shown.seq()) return arrived.seq() > shown.seq();
    return arrived.server_time_ms() >= shown.server_time_ms();
}

RawFeed::RawFeed(const Server& server, int port_offset, std::string topic, Take take,
                 std::function<void()> wake, Wake when)
    : impl_(std::make_unique<Impl>(server, port_offset, std::move(topic), std::move(take),
                                   std::move(wake), when)) {
    impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

RawFeed::~RawFeed() {
    impl_->stop.wake();
    impl_->thread.join();
}

FeedState RawFeed::state() const {
    return impl_->state;
}

int64_t RawFeed::age_ms() const {
    return monotonic_ms() - impl_->heard_at_ms;
}

}  // namespace hall::client
