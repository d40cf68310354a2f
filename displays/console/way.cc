#include "displays/console/way.h"

#include <utility>

namespace hall::console {
namespace {

// Somebody stands in front of the console and waits.
constexpr client::RetryOptions kRetry{1'000, 6'000};

}  // namespace

WayToHall::WayToHall(const client::Server& server, std::function<void()> wake)
    : queue_(server, std::move(wake), kRetry) {}

void WayToHall::send(const Sending& sending, Done done) {
    queue_.submit(sending.command, std::move(done), sending.command_id, sending.as);
}

void WayToHall::ask(const protocol::Query& query, Done done) {
    queue_.submit(query, std::move(done));
}

}  // namespace hall::console
