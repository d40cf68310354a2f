#include "client/command_client.h"

#include <fmt/format.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>
#include <zmq.hpp>

#include "client/transport.h"
#include "protocol/check.h"

namespace hall::client {
namespace {

constexpr uint32_t kProtocolVersion = 1;
constexpr size_t kFrameMax = 64 * 1024;

protocol::Request request_of(std::string command_id) {
    protocol::Request request;
    request.set_protocol_version(kProtocolVersion);
    request.set_command_id(command_id.empty() ? make_command_id() : std::move(command_id));
    return request;
}

protocol::Request request_of(protocol::Command command, std::string command_id) {
    protocol::Request request = request_of(std::move(command_id));
    *request.mutable_command() = std::move(command);
    return request;
}

protocol::Request request_of(protocol::Query query) {
    protocol::Request request = request_of("");
    *request.mutable_query() = std::move(query);
    return request;
}

}  // namespace

std::string make_command_id() {
    std::array<unsigned char, 16> bytes = {};
    HALL_CHECK(getrandom(bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
    return fmt::format("{:02x}", fmt::join(bytes, ""));
}

// One request at a time over one DEALER.
struct CommandClient::Link {
    Server server;
    RetryOptions retry;
    PeerSocket peer;
    Waker* cancel = nullptr;  // CommandQueue: ends an exchange from another thread
    Credentials credentials;

    Link(Server server_at, RetryOptions options)
        : server(std::move(server_at)), retry(options), peer(server, zmq::socket_type::dealer, 0) {}

    protocol::Request signed_by(protocol::Request request) const;
    Answer exchange(const protocol::Request& request);

  private:
    // What came of waiting once.
    enum class Heard { nothing, answer, news, cancelled };

    void transmit(const std::string& frame);
    Heard wait(int64_t until_ms);
    std::optional<protocol::Reply> take_answer(const std::string& command_id);
    std::optional<Answer> attempt(const protocol::Request& request, const std::string& frame,
                                  int64_t until_ms, LinkNews& last_news);
};

protocol::Request CommandClient::Link::signed_by(protocol::Request request) const {
    request.set_staff(credentials.staff);
    request.set_pin(credentials.pin);
    request.set_new_pin(credentials.new_pin);
    return request;
}

void CommandClient::Link::transmit(const std::string& frame) {
    // A full queue means that nobody reads: the time-out deals with it.
    (void)peer.socket().send(zmq::buffer(frame), zmq::send_flags::dontwait);
}

CommandClient::Link::Heard CommandClient::Link::wait(int64_t until_ms) {
    const int64_t wait_ms = std::max<int64_t>(0, until_ms - monotonic_ms());
    std::array<zmq::pollitem_t, 3> items = {{
        {peer.socket().handle(), 0, ZMQ_POLLIN, 0},
        {peer.monitor().handle(), 0, ZMQ_POLLIN, 0},
        {nullptr, cancel != nullptr ? cancel->fd() : -1, ZMQ_POLLIN, 0},
    }};
    wait_for(items.data(), cancel != nullptr ? 3 : 2, wait_ms);
    if ((items[2].revents & ZMQ_POLLIN) != 0) return Heard::cancelled;
    if ((items[0].revents & ZMQ_POLLIN) != 0) return Heard::answer;
    return (items[1].revents & ZMQ_POLLIN) != 0 ? Heard::news : Heard::nothing;
}

std::optional<protocol::Reply> CommandClient::Link::take_answer(const std::string& command_id) {
    zmq::message_t frame;
    while (peer.socket().recv(frame, zmq::recv_flags::dontwait)) {
        protocol::Reply reply;
        const bool parsed = reply.ParseFromArray(frame.data(), static_cast<int>(frame.size()));
        // Others are late answers to a request that was resent.
        if (parsed && reply.command_id() == command_id) return reply;
    }
    return std::nullopt;
}

// Sends once and listens until `until_ms`; nothing = resend.
std::optional<Answer> CommandClient::Link::attempt(const protocol::Request& request,
                                                   const std::string& frame, int64_t until_ms,
                                                   LinkNews& last_news) {
    transmit(frame);
    bool lost = false;
    while (monotonic_ms() < until_ms) {
        switch (wait(until_ms)) {
            case Heard::cancelled:
                return tl::unexpected(Error{"client_stopped", "stopping"});
            case Heard::answer: {
                auto reply = take_answer(request.command_id());
                if (reply) return Answer(std::move(*reply));
                break;
            }
            case Heard::news: {
                const LinkNews news = peer.news();
                if (news == LinkNews::not_enrolled || news == LinkNews::keys_mismatch) {
                    return tl::unexpected(link_error(news, server));
                }
                if (news == LinkNews::closed_early) last_news = news;
                if (news == LinkNews::lost) lost = true;
                // The answer went down with the old connection; the id makes asking again safe.
                if (news == LinkNews::connected && std::exchange(lost, false)) transmit(frame);
                break;
            }
            case Heard::nothing:
                break;
        }
    }
    return std::nullopt;
}

Answer CommandClient::Link::exchange(const protocol::Request& request) {
    const std::string frame = request.SerializeAsString();
    if (frame.size() > kFrameMax) {
        return tl::unexpected(Error{"request_too_large", "the command is longer than 64 KiB"});
    }
    const int64_t give_up_at_ms = monotonic_ms() + retry.give_up_ms;
    LinkNews last_news = LinkNews::none;
    try {
        while (monotonic_ms() < give_up_at_ms) {
            if (!peer.is_open()) {
                peer.open();
                peer.connect();
            }
            const int64_t until_ms = std::min(give_up_at_ms, monotonic_ms() + retry.resend_ms);
            auto answer = attempt(request, frame, until_ms, last_news);
            if (answer && answer->has_value()) return std::move(*answer);
            peer.close();
            if (answer) return std::move(*answer);
        }
    } catch (const zmq::error_t& failure) {
        peer.close();
        return tl::unexpected(
            Error{"server_unreachable", fmt::format("{}: {}", server.address, failure.what())});
    }
    return tl::unexpected(link_error(last_news, server));
}

CommandClient::CommandClient(Server server, RetryOptions retry)
    : link_(std::make_unique<Link>(std::move(server), retry)) {}

CommandClient::~CommandClient() = default;

void CommandClient::ask_as(Credentials credentials) {
    link_->credentials = std::move(credentials);
}

Answer CommandClient::send(const protocol::Command& command, const std::string& command_id) {
    return link_->exchange(link_->signed_by(request_of(command, command_id)));
}

Answer CommandClient::ask(const protocol::Query& query) {
    protocol::Request request = link_->signed_by(request_of(query));
    request.clear_new_pin();
    return link_->exchange(request);
}

struct CommandQueue::State {
    struct Waiting {
        protocol::Request request;
        Done done;
    };
    struct Answered {
        Answer answer;
        Done done;
    };

    CommandClient client;
    std::function<void()> wake;
    Waker stop_waker;

    mutable std::mutex mutex;
    std::condition_variable work;
    std::deque<Waiting> waiting;
    std::vector<Answered> answered;
    size_t pending = 0;
    bool stopping = false;
    std::thread thread;  // last: it uses everything above

    State(Server server, std::function<void()> wake_screen, RetryOptions retry)
        : client(std::move(server), retry), wake(std::move(wake_screen)) {}

    void run();
    void submit(protocol::Request request, Done done);
};

void CommandQueue::State::run() {
    std::unique_lock lock(mutex);
    while (true) {
        work.wait(lock, [this] { return stopping || !waiting.empty(); });
        if (stopping) return;
        Waiting next = std::move(waiting.front());
        waiting.pop_front();
        lock.unlock();
        Answer answer = client.link_->exchange(next.request);
        lock.lock();
        if (stopping) return;
        answered.push_back(Answered{std::move(answer), std::move(next.done)});
        lock.unlock();
        if (wake) wake();
        lock.lock();
    }
}

void CommandQueue::State::submit(protocol::Request request, Done done) {
    bool full = false;
    {
        const std::lock_guard lock(mutex);
        ++pending;
        full = pending > kQueuedMax;
        if (full) {
            answered.push_back(Answered{
                tl::unexpected(Error{"client_busy",
                                     fmt::format("{} commands wait for an answer", kQueuedMax)}),
                std::move(done)});
        } else {
            waiting.push_back(Waiting{std::move(request), std::move(done)});
        }
    }
    if (full && wake) wake();
    work.notify_one();
}

CommandQueue::CommandQueue(Server server, std::function<void()> wake, RetryOptions retry)
    : state_(std::make_unique<State>(std::move(server), std::move(wake), retry)) {
    state_->client.link_->cancel = &state_->stop_waker;
    state_->thread = std::thread([state = state_.get()] { state->run(); });
}

CommandQueue::~CommandQueue() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->stop_waker.wake();
    state_->work.notify_one();
    state_->thread.join();
}

void CommandQueue::submit(protocol::Command command, Done done, std::string command_id,
                          const Credentials& as) {
    protocol::Request request = request_of(std::move(command), std::move(command_id));
    request.set_staff(as.staff);
    request.set_pin(as.pin);
    request.set_new_pin(as.new_pin);
    state_->submit(std::move(request), std::move(done));
}

void CommandQueue::submit(protocol::Query query, Done done) {
    state_->submit(request_of(std::move(query)), std::move(done));
}

size_t CommandQueue::deliver() {
    std::vector<State::Answered> ready;
    {
        const std::lock_guard lock(state_->mutex);
        ready.swap(state_->answered);
        state_->pending -= ready.size();
    }
    for (auto& [answer, done] : ready) {
        if (done) done(std::move(answer));
    }
    return ready.size();
}

size_t CommandQueue::pending() const {
    const std::lock_guard lock(state_->mutex);
    return state_->pending;
}

}  // namespace hall::client
