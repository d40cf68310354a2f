// watch: views or events as they come, one JSON object a line, until interrupted.
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <iostream>
#include <string_view>

#include "client/event_feed.h"
#include "client/hallctl/session.h"
#include "client/transport.h"
#include "client/view_feed.h"
#include "protocol/check.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

constexpr int kEventWaitMs = 200;

// SIGINT and SIGTERM as something to ask. REQUIRES: made before any other thread.
class Interrupts {
  public:
    Interrupts() {
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGINT);
        sigaddset(&signals, SIGTERM);
        HALL_CHECK(sigprocmask(SIG_BLOCK, &signals, nullptr) == 0);
        fd_ = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
        HALL_CHECK(fd_ >= 0);
    }
    ~Interrupts() { ::close(fd_); }
    Interrupts(const Interrupts&) = delete;
    Interrupts& operator=(const Interrupts&) = delete;

    // Waits for a signal or for `waker` (-1: neither waits longer than `wait_ms`).
    bool came(int wait_ms, int waker = -1) const {
        std::array<pollfd, 2> items = {{{fd_, POLLIN, 0}, {waker, POLLIN, 0}}};
        ::poll(items.data(), items.size(), wait_ms);
        return (items[0].revents & POLLIN) != 0;
    }

  private:
    int fd_ = -1;
};

int watch_events(Session& session, const Server& server, uint64_t from_seq) {
    const Interrupts interrupts;
    EventFeed feed(server, from_seq);
    while (!interrupts.came(0)) {
        const auto event = feed.next(kEventWaitMs);
        if (!event) return session.fail(event.error());
        if (*event) std::cout << to_json(**event) << std::endl;
    }
    return kExitOk;
}

// Nothing came: the topic is not for us, or nobody is there. A question tells which.
int nothing_heard(Session& session) {
    protocol::Query query;
    query.mutable_status();
    const Answer status = session.answer(query);
    if (!status) return session.fail(status.error());
    protocol::Refusal refusal;
    refusal.set_code(protocol::RefusalCode::role_not_allowed);
    return session.refuse(refusal);
}

template <typename View>
int watch_view(Session& session, const Server& server, const std::string& topic) {
    const Interrupts interrupts;
    Waker waker;
    ViewFeed<View> feed(
        server, topic, [&] { waker.wake(); }, Wake::on_every_view);
    std::shared_ptr<const View> shown;
    while (!interrupts.came(-1, waker.fd())) {
        waker.clear();
        const Newest<View> newest = feed.newest();
        if (newest.view && newest.view != shown) std::cout << to_json(*newest.view) << std::endl;
        shown = newest.view;
        if (shown == nullptr && newest.stale() && newest.state != FeedState::connecting) {
            return nothing_heard(session);
        }
    }
    return kExitOk;
}

int watch_topic(Session& session, const Server& server, const std::string& view) {
    constexpr std::string_view kBoard = "board:";
    constexpr std::string_view kClerk = "clerk:";
    if (view == "guide") return watch_view<protocol::GuideView>(session, server, kGuideTopic);
    if (view == "printer") return watch_view<protocol::PrinterView>(session, server, kPrinterTopic);
    if (view.rfind(kBoard, 0) == 0) {
        const std::string topic = board_topic(view.substr(kBoard.size()));
        return watch_view<protocol::BoardView>(session, server, topic);
    }
    if (view.rfind(kClerk, 0) == 0) {
        const uint32_t window = window_number(view.substr(kClerk.size()), "--view clerk:N");
        return watch_view<protocol::ClerkView>(session, server, clerk_topic(window));
    }
    throw UsageError{wording::format("hallctl.usage.one_of",
                                     {{"option", "--view"},
                                      {"value", view},
                                      {"values", "board:ZONE, clerk:N, guide, printer"}})};
}

int watch(Session& session, const Words& words) {
    if (words.has("events") == words.has("view")) {
        throw UsageError{
            wording::format("hallctl.usage.either", {{"one", "--view"}, {"other", "--events"}})};
    }
    if (words.has("from") && !words.has("events")) {
        throw UsageError{wording::format("hallctl.usage.goes_with",
                                         {{"option", "--from"}, {"other", "--events"}})};
    }
    const uint64_t from = words.has("from") ? number_from(words.one("from"), "from") : 0;
    const auto server = session.server();
    if (!server) return session.fail(server.error());
    if (words.has("events")) return watch_events(session, *server, from);
    return watch_topic(session, *server, words.one("view"));
}

}  // namespace

Verbs watch_verbs() {
    using Takes = Option::Takes;
    return {
        {"watch",
         "",
         {},
         {{"view", Takes::one, "VIEW"}, {"events", Takes::flag, ""}, {"from", Takes::one, "SEQ"}},
         {},
         watch}};
}

}  // namespace hall::client::hallctl
