#include "hall-server/net/server.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>
#include <vector>
#include <zmq.hpp>

#include "hall-server/net/command_port.h"
#include "hall-server/net/device_book.h"
#include "hall-server/net/gate.h"
#include "hall-server/net/log_worker.h"
#include "hall-server/net/pin_worker.h"
#include "hall-server/net/view_publisher.h"
#include "hall-server/net/zap.h"

namespace hall::net {
namespace {

// After a device is revoked: long enough for the reply to the admin to leave first. Its commands
// are refused at once in any case.
constexpr int64_t kRebindDelayMs = 50;
// Quiet for this long: an empty turn lets the log do its housekeeping.
constexpr int64_t kQuietMs = 200;

int64_t monotonic_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

template <size_t N>
void wait_for(std::array<zmq::pollitem_t, N>& items, int64_t wait_ms) {
    try {
        zmq::poll(items.data(), items.size(), std::chrono::milliseconds(wait_ms));
    } catch (const zmq::error_t& failure) {
        // A signal only means: look again.
        if (failure.num() != EINTR) throw;
    }
}

// The first admin stands outside the hall's list; nobody may take its name or key within it.
std::optional<protocol::RefusalCode::Value> taken(const protocol::Request& request,
                                                  const DeviceBook& book) {
    if (!request.has_command() || !request.command().has_enrol_device()) return std::nullopt;
    const auto& device = request.command().enrol_device();
    if (device.name() == kFirstAdmin) return protocol::RefusalCode::device_name_taken;
    if (book.is_first_admin_key(device.public_key())) {
        return protocol::RefusalCode::device_key_taken;
    }
    return std::nullopt;
}

}  // namespace

struct Server::State {
    service::HallService& service;
    service::HallClock& clock;
    Options options;
    zmq::context_t context;
    DeviceBook book;
    std::unique_ptr<ZapThread> zap;  // with keys only
    CommandPort commands;
    ViewPublisher views;
    LogWorker worker;
    PinWorker pins;
    PinGuard guard;
    uint64_t devices_version = 0;
    uint64_t published_seq = 0;
    int64_t rebind_at_ms = 0;  // 0 = nothing to do
    int64_t heard_at_ms = 0;   // the last request; monotonic

    State(service::HallService& hall, service::HallClock& hall_clock, Options given,
          std::unique_ptr<store::LogReader> reader)
        : service(hall),
          clock(hall_clock),
          options(std::move(given)),
          book(options.first_admin_key),
          zap(options.keys ? std::make_unique<ZapThread>(context, book) : nullptr),
          commands(context, watched_book(), options.bind, options.port),
          views(context, service, watched_book(), options.bind, options.port),
          worker(std::move(reader), options.fill_row) {}

    ~State() { context.shutdown(); }

    const DeviceBook* watched_book() const { return options.keys ? &book : nullptr; }

    tl::expected<void, Error> listen();
    void take_devices();
    int64_t wait_ms(int64_t real_ms) const;
    // What a turn of the loop answers.
    struct Turn {
        std::vector<service::Incoming> batch;
        std::vector<Route> routes;  // of `batch`
        std::vector<std::pair<Route, protocol::Reply>> refused;

        void refuse_with(const Route& route, protocol::RefusalCode::Value code,
                         const protocol::Request& request, const std::string& field = "") {
            refused.emplace_back(route, refuse(code, request.command_id(), field));
        }
    };

    void serve_batch();
    void take_frame(const CommandPort::Arrived& arrived, Turn& turn);
    void take_pins(const Route& route, service::Incoming incoming, Turn& turn);
    void take_verdict(PinVerdict verdict, Turn& turn);
    void take_request(const Route& route, service::Incoming incoming, Turn& turn);
    void answer(const Route& route, const protocol::Request& request, protocol::Reply reply);
    void send_finished(int64_t hall_ms);
    tl::expected<void, Error> rebind_when_due(int64_t real_ms);
};

tl::expected<void, Error> Server::State::listen() {
    take_devices();
    rebind_at_ms = 0;
    auto listening =
        commands.listen(options.keys).and_then([&] { return views.listen(options.keys); });
    if (!listening) return listening;
    spdlog::info("listening on {}, ports {} to {}", options.bind, options.port, options.port + 2);
    if (!options.keys) spdlog::warn("no keys: plain connections, loopback only, every peer admin");
    return {};
}

void Server::State::take_devices() {
    if (service.devices_version() == devices_version && devices_version != 0) return;
    devices_version = service.devices_version();
    if (book.replace(service.devices())) rebind_at_ms = monotonic_ms() + kRebindDelayMs;
}

int64_t Server::State::wait_ms(int64_t real_ms) const {
    int64_t wait = views.next_due_ms(real_ms) - real_ms;
    wait = std::min(wait, clock.real_wait_ms(service.next_deadline_ms()));
    if (rebind_at_ms != 0) wait = std::min(wait, std::max<int64_t>(0, rebind_at_ms - real_ms));
    return wait;
}

void Server::State::take_frame(const CommandPort::Arrived& arrived, Turn& turn) {
    if (!arrived.well_framed) {
        turn.refused.emplace_back(arrived.route,
                                  refuse(protocol::RefusalCode::malformed_request, "", "frames"));
        return;
    }
    auto request = admit(arrived.frame, arrived.sender);
    if (!request) {
        turn.refused.emplace_back(arrived.route, std::move(request.error()));
        return;
    }
    const auto refused = taken(*request, book);
    if (refused) return turn.refuse_with(arrived.route, *refused, *request);
    service::Incoming incoming;
    incoming.sender = arrived.sender;
    incoming.request = std::move(*request);
    take_pins(arrived.route, std::move(incoming), turn);
}

// A request with a PIN goes on when the PIN was looked at, away from the loop.
void Server::State::take_pins(const Route& route, service::Incoming incoming, Turn& turn) {
    using protocol::RefusalCode;
    protocol::Request& request = incoming.request;
    PinJob job;
    job.check = !request.staff().empty();
    job.pin.swap(*request.mutable_pin());
    job.new_pin.swap(*request.mutable_new_pin());
    if (!request.command().has_set_pin()) {
        job.new_pin.clear();
    } else if (!is_good_pin(job.new_pin)) {
        return turn.refuse_with(route, RefusalCode::pin_invalid, request, "new_pin");
    }
    if (!job.check && !job.pin.empty()) {
        return turn.refuse_with(route, RefusalCode::malformed_request, request, "staff");
    }
    if (job.check) {
        if (job.pin.empty()) {
            return turn.refuse_with(route, RefusalCode::sign_on_needed, request, "pin");
        }
        const int64_t locked_ms = guard.locked_ms(request.staff(), monotonic_ms());
        if (locked_ms > 0) {
            turn.refuse_with(route, RefusalCode::pin_locked, request);
            turn.refused.back().second.mutable_refusal()->set_wait_ms(locked_ms);
            return;
        }
        job.record = service.pin_of(request.staff());
        if (job.record.known && job.record.hash.empty()) {
            return turn.refuse_with(route, RefusalCode::pin_not_set, request);
        }
    }
    if (!job.check && job.new_pin.empty()) return take_request(route, std::move(incoming), turn);
    const std::string id = request.command_id();
    job.route = route;
    job.incoming = std::move(incoming);
    if (pins.submit(std::move(job))) return;
    turn.refused.emplace_back(route, refuse(RefusalCode::too_many_sign_ons, id));
    turn.refused.back().second.mutable_refusal()->set_retry(true);
}

void Server::State::take_verdict(PinVerdict verdict, Turn& turn) {
    using protocol::RefusalCode;
    const int64_t real_ms = monotonic_ms();
    const protocol::Request& request = verdict.incoming.request;
    // Others may have failed while this one waited.
    const int64_t locked_ms = verdict.checked ? guard.locked_ms(verdict.staff, real_ms) : 0;
    if (locked_ms > 0) verdict.refusal = RefusalCode::pin_locked;
    if (verdict.refusal == RefusalCode::pin_wrong) guard.wrong(verdict.staff, real_ms);
    if (!verdict.refusal) {
        if (verdict.checked) guard.right(verdict.staff);
        return take_request(verdict.route, std::move(verdict.incoming), turn);
    }
    turn.refuse_with(verdict.route, *verdict.refusal, request);
    turn.refused.back().second.mutable_refusal()->set_wait_ms(locked_ms);
}

void Server::State::take_request(const Route& route, service::Incoming incoming, Turn& turn) {
    if (reads_the_log(incoming.request)) {
        const std::string id = incoming.request.command_id();
        const bool named = incoming.request.query().has_ledger();
        if (worker.submit(route, std::move(incoming.request), {},
                          named ? service.rules() : protocol::HallRules())) {
            return;
        }
        turn.refused.emplace_back(route, refuse(protocol::RefusalCode::server_busy, id));
        return;
    }
    turn.routes.push_back(route);
    turn.batch.push_back(std::move(incoming));
}

void Server::State::serve_batch() {
    const std::vector<CommandPort::Arrived> arrived = commands.drain(options.batch_limit);
    Turn turn;
    for (auto& verdict : pins.take()) take_verdict(std::move(verdict), turn);
    for (const auto& one : arrived) take_frame(one, turn);

    const service::HallClock::Reading now = clock.read();
    if (now.step_ms != 0) {
        spdlog::warn("the wall clock stepped by {} ms", now.step_ms);
        service.note_clock_step(now.step_ms);
    }
    const int64_t real_ms = monotonic_ms();
    if (!arrived.empty()) heard_at_ms = real_ms;
    const bool due = now.step_ms != 0 || now.now_ms >= service.next_deadline_ms();
    const bool quiet = real_ms - heard_at_ms >= kQuietMs;
    if (!turn.batch.empty() || due || quiet) {
        std::vector<protocol::Reply> replies = service.turn(turn.batch, now.now_ms);
        for (size_t i = 0; i < replies.size(); ++i) {
            answer(turn.routes[i], turn.batch[i].request, std::move(replies[i]));
        }
        views.publish_events(service.committed());
    }
    for (auto& [route, reply] : turn.refused) {
        reply.set_seq(service.seq());
        reply.set_server_time_ms(now.now_ms);
        commands.send(route, reply);
    }
    send_finished(now.now_ms);
    take_devices();
    if (service.seq() != published_seq) views.touch();
    published_seq = service.seq();
    views.read_subscriptions();
    views.publish(now.now_ms, monotonic_ms());
}

void Server::State::answer(const Route& route, const protocol::Request& request,
                           protocol::Reply reply) {
    if (wants_history(request) && reply.has_ticket()) {
        if (worker.submit(route, request, reply)) return;
        reply = refuse(protocol::RefusalCode::server_busy, request.command_id());
    }
    commands.send(route, reply);
}

void Server::State::send_finished(int64_t hall_ms) {
    for (auto& [route, reply] : worker.take()) {
        reply.set_seq(service.seq());
        reply.set_server_time_ms(hall_ms);
        commands.send(route, reply);
    }
}

tl::expected<void, Error> Server::State::rebind_when_due(int64_t real_ms) {
    if (rebind_at_ms == 0 || real_ms < rebind_at_ms) return {};
    rebind_at_ms = 0;
    if (!options.keys) return {};
    spdlog::info("a device was revoked or changed: ending live sessions");
    return commands.rebind().and_then([&] { return views.rebind(); });
}

tl::expected<std::unique_ptr<Server>, Error> Server::open(service::HallService& service,
                                                          service::HallClock& clock,
                                                          store::EventLog& log, Options options) {
    if (!options.keys && !is_loopback(options.bind)) {
        return tl::unexpected(
            Error{"keys_required",
                  fmt::format("without keys the server listens on loopback only, not on {}; make "
                              "keys with hallctl device init --data DIR",
                              options.bind)});
    }
    auto reader = log.reader();
    if (!reader) return tl::unexpected(reader.error());
    auto state = std::make_unique<State>(service, clock, std::move(options), std::move(*reader));
    auto listening = state->listen();
    if (!listening) return tl::unexpected(listening.error());
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() = default;

tl::expected<void, Error> Server::run(int stop_fd) {
    State& state = *state_;
    while (true) {
        std::array<zmq::pollitem_t, 6> items = {{
            {state.commands.socket().handle(), 0, ZMQ_POLLIN, 0},
            {state.views.boards().handle(), 0, ZMQ_POLLIN, 0},
            {state.views.staff().handle(), 0, ZMQ_POLLIN, 0},
            {nullptr, state.worker.fd(), ZMQ_POLLIN, 0},
            {nullptr, state.pins.fd(), ZMQ_POLLIN, 0},
            {nullptr, stop_fd, ZMQ_POLLIN, 0},
        }};
        wait_for(items, state.wait_ms(monotonic_ms()));
        state.serve_batch();
        auto bound = state.rebind_when_due(monotonic_ms());
        if (!bound) return bound;
        if ((items.back().revents & ZMQ_POLLIN) != 0) return {};
    }
}

}  // namespace hall::net
