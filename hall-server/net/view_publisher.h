// ViewPublisher: whole views to whoever watches, at once when something changed, then throttled,
// and each second as a heartbeat. A view that nobody watches is not even made.
//
// Used by the loop's thread. Real time (monotonic milliseconds) paces it; the views carry the
// hall's.
//
// Frames: one single part, the topic's bytes (they end in '|'), then the protobuf message.
//   port N+1   "board:ZONE|" BoardView         to every enrolled device
//   port N+2   "guide|" GuideView, "clerk:N|" ClerkView, "printer|" PrinterView,
//              "care|" CareView, "cases|" CasesView, "supervisor|" SupervisorView,
//              "events|" EventRecord per event   by role (service/permissions.h)
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "hall-server/net/device_book.h"
#include "hall-server/net/endpoint.h"
#include "hall-server/service/hall_service.h"

namespace hall::net {

inline constexpr int64_t kHeartbeatMs = 1'000;
inline constexpr int64_t kBoardThrottleMs = 16;
inline constexpr int64_t kStaffThrottleMs = 50;

class ViewPublisher {
  public:
    // `service` and `book` outlive this. `book` null: no keys, every peer may watch everything.
    ViewPublisher(zmq::context_t& context, const service::HallService& service,
                  const DeviceBook* book, const std::string& bind, int command_port);

    tl::expected<void, Error> listen(const std::optional<ServerKeys>& keys);

    // Ends the sessions of revoked devices.
    tl::expected<void, Error> rebind();

    // The sockets to poll for subscriptions.
    zmq::socket_t& boards() { return boards_.socket(); }
    zmq::socket_t& staff() { return staff_.socket(); }

    // Takes the subscriptions that have come; each watcher gets the view with the next `publish`.
    void read_subscriptions();

    // Something in the hall changed.
    void touch();

    // Sends the events of a turn to the event feed.
    void publish_events(const std::vector<protocol::EventRecord>& events);

    // Sends every view that is due. `hall_ms`: the hall's clock; `real_ms`: monotonic.
    void publish(int64_t hall_ms, int64_t real_ms);

    // When `publish` wants to be called again; monotonic.
    int64_t next_due_ms(int64_t real_ms) const;

  private:
    enum class Kind { board, guide, clerk, care, cases, supervisor, printer, events };

    struct Topic {
        std::string name;  // with its '|'
        Kind kind = Kind::board;
        std::string zone;
        uint32_t window = 0;
        uint64_t publication = 0;
        int64_t sent_at_ms = 0;
        // Boards: 0 or 1, as libzmq tells of the first and the last. Staff: see watch_staff.
        uint32_t watchers = 0;
        bool asked = false;    // somebody subscribed just now
        bool changed = false;  // since it was sent
    };

    static int64_t throttle_ms(const Topic& topic);
    static int64_t due_ms(const Topic& topic);
    void add(std::string name, Kind kind, std::string zone, uint32_t window);
    Topic* find(Endpoint& endpoint, std::string_view name);
    void watch_board(zmq::message_t& message);
    void watch_staff(zmq::message_t& message);
    std::string view_of(Topic& topic, int64_t hall_ms) const;
    void send(Endpoint& endpoint, std::string_view topic, const std::string& payload);

    const service::HallService& service_;
    const DeviceBook* book_;
    Endpoint boards_;
    Endpoint staff_;
    std::vector<Topic> topics_;
    std::unordered_map<std::string, size_t> index_;
};

}  // namespace hall::net
