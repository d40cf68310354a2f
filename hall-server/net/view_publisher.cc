#include "hall-server/net/view_publisher.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "hall-server/net/gate.h"
#include "hall-server/service/permissions.h"

namespace hall::net {
namespace {

constexpr char kSubscribe = 1;
// A peer that only subscribes and unsubscribes must not keep the loop from its work.
constexpr int kSubscriptionsPerTurn = 256;

// Without keys there is no User-Id, but every message of a live connection tells its socket type;
// only what libzmq makes up when a connection ends has nothing at all.
bool from_live_peer(zmq::message_t& message) {
    return zmq_msg_gets(message.handle(), "Socket-Type") != nullptr;
}

template <typename View>
std::string stamped(View view, uint64_t publication) {
    view.mutable_head()->set_publication(publication);
    return view.SerializeAsString();
}

}  // namespace

ViewPublisher::ViewPublisher(zmq::context_t& context, const service::HallService& service,
                             const DeviceBook* book, const std::string& bind, int command_port)
    : service_(service),
      book_(book),
      boards_(context, zmq::socket_type::xpub, bind, command_port + 1),
      staff_(context, zmq::socket_type::xpub, bind, command_port + 2) {
    boards_.socket().set(zmq::sockopt::xpub_verbose, true);
    staff_.socket().set(zmq::sockopt::xpub_manual, true);
    for (const auto& zone : service.zones()) {
        add(fmt::format("board:{}|", zone), Kind::board, zone, 0);
    }
    for (const uint32_t window : service.windows()) {
        add(fmt::format("clerk:{}|", window), Kind::clerk, "", window);
    }
    add("guide|", Kind::guide, "", 0);
    add("care|", Kind::care, "", 0);
    add("cases|", Kind::cases, "", 0);
    add("supervisor|", Kind::supervisor, "", 0);
    add("printer|", Kind::printer, "", 0);
    add("events|", Kind::events, "", 0);
}

void ViewPublisher::add(std::string name, Kind kind, std::string zone, uint32_t window) {
    Topic topic;
    topic.name = std::move(name);
    topic.kind = kind;
    topic.zone = std::move(zone);
    topic.window = window;
    index_.emplace(topic.name, topics_.size());
    topics_.push_back(std::move(topic));
}

tl::expected<void, Error> ViewPublisher::listen(const std::optional<ServerKeys>& keys) {
    return boards_.listen(keys).and_then([&] { return staff_.listen(keys); });
}

tl::expected<void, Error> ViewPublisher::rebind() {
    return boards_.rebind().and_then([&] { return staff_.rebind(); });
}

ViewPublisher::Topic* ViewPublisher::find(Endpoint& endpoint, std::string_view name) {
    const auto found = index_.find(std::string(name));
    if (found == index_.end()) return nullptr;
    Topic& topic = topics_[found->second];
    return (topic.kind == Kind::board) == (&endpoint == &boards_) ? &topic : nullptr;
}

void ViewPublisher::read_subscriptions() {
    zmq::message_t message;
    for (int i = 0; i < kSubscriptionsPerTurn; ++i) {
        if (!boards().recv(message, zmq::recv_flags::dontwait)) break;
        if (message.size() > 1) watch_board(message);
    }
    for (int i = 0; i < kSubscriptionsPerTurn; ++i) {
        if (!staff().recv(message, zmq::recv_flags::dontwait)) break;
        if (message.size() > 1) watch_staff(message);
    }
}

void ViewPublisher::watch_board(zmq::message_t& message) {
    const std::string_view bytes = message.to_string_view();
    Topic* topic = find(boards_, bytes.substr(1));
    if (topic == nullptr) return;
    const bool subscribes = bytes.front() == kSubscribe;
    topic->watchers = subscribes ? 1 : 0;
    topic->asked = subscribes;
}

// XPUB_MANUAL: nothing is subscribed until we say so. `watchers` counts the subscriptions of live
// connections, granted or not, because libzmq reports the end of both alike and names no device
// then. An unsubscription by a live peer is not counted: a peer that sent some it never had would
// stop the views of others. The count can only be too high, which costs a view made for nobody.
void ViewPublisher::watch_staff(zmq::message_t& message) {
    const std::string_view bytes = message.to_string_view();
    const std::string name(bytes.substr(1));
    Topic* topic = find(staff_, name);
    if (bytes.front() != kSubscribe) {
        if (from_live_peer(message)) {
            staff().set(zmq::sockopt::unsubscribe, name);
        } else if (topic != nullptr && topic->watchers > 0) {
            --topic->watchers;
        }
        return;
    }
    if (topic == nullptr) return;
    ++topic->watchers;
    if (book_ != nullptr) {
        const service::Sender sender = book_->sender(user_of(message));
        if (!service::may_watch(sender.role, sender.window, name)) return;
    }
    staff().set(zmq::sockopt::subscribe, name);
    topic->asked = true;
}

void ViewPublisher::touch() {
    for (auto& topic : topics_) topic.changed = true;
}

void ViewPublisher::send(Endpoint& endpoint, std::string_view topic, const std::string& payload) {
    zmq::message_t message(topic.size() + payload.size());
    std::copy(topic.begin(), topic.end(), message.data<char>());
    std::copy(payload.begin(), payload.end(), message.data<char>() + topic.size());
    // A peer that does not read loses messages; it never holds the hall up.
    (void)endpoint.socket().send(message, zmq::send_flags::dontwait);
}

void ViewPublisher::publish_events(const std::vector<protocol::EventRecord>& events) {
    const Topic* topic = find(staff_, "events|");
    if (topic->watchers == 0) return;
    for (const auto& event : events) send(staff_, topic->name, event.SerializeAsString());
}

int64_t ViewPublisher::throttle_ms(const Topic& topic) {
    return topic.kind == Kind::board ? kBoardThrottleMs : kStaffThrottleMs;
}

int64_t ViewPublisher::due_ms(const Topic& topic) {
    if (topic.watchers == 0 || topic.kind == Kind::events) {
        return std::numeric_limits<int64_t>::max();
    }
    if (topic.asked) return 0;
    return topic.sent_at_ms + (topic.changed ? throttle_ms(topic) : kHeartbeatMs);
}

std::string ViewPublisher::view_of(Topic& topic, int64_t hall_ms) const {
    const uint64_t publication = ++topic.publication;
    switch (topic.kind) {
        case Kind::board: {
            auto view = service_.board_view(topic.zone, hall_ms);
            return view ? stamped(std::move(*view), publication) : "";
        }
        case Kind::clerk: {
            auto view = service_.clerk_view(topic.window, hall_ms);
            return view ? stamped(std::move(*view), publication) : "";
        }
        case Kind::guide:
            return stamped(service_.guide_view(hall_ms), publication);
        case Kind::care:
            return stamped(service_.care_view(hall_ms), publication);
        case Kind::cases:
            return stamped(service_.cases_view(hall_ms), publication);
        case Kind::supervisor:
            return stamped(service_.supervisor_view(hall_ms), publication);
        case Kind::printer:
            return stamped(service_.printer_view(hall_ms), publication);
        case Kind::events:
            break;
    }
    return "";
}

void ViewPublisher::publish(int64_t hall_ms, int64_t real_ms) {
    for (auto& topic : topics_) {
        if (due_ms(topic) > real_ms) continue;
        const std::string payload = view_of(topic, hall_ms);
        topic.sent_at_ms = real_ms;
        topic.asked = false;
        topic.changed = false;
        if (payload.empty()) continue;
        send(topic.kind == Kind::board ? boards_ : staff_, topic.name, payload);
    }
}

int64_t ViewPublisher::next_due_ms(int64_t real_ms) const {
    int64_t next_ms = real_ms + kHeartbeatMs;
    for (const auto& topic : topics_) next_ms = std::min(next_ms, due_ms(topic));
    return std::max(next_ms, real_ms);
}

}  // namespace hall::net
