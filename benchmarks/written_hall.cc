#include "benchmarks/written_hall.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "hall-server/service/calendar.h"
#include "hall-server/store/sqlite_event_log.h"
#include "hall-server/store/vault.h"
#include "protocol/check.h"

namespace hall::bench {
namespace {

config::HallFile loaded(const std::filesystem::path& path) {
    auto file = config::load(path);
    HALL_CHECK(file);
    return std::move(*file);
}

template <typename Opened>
typename Opened::value_type opened(Opened result) {
    HALL_CHECK(result);
    return std::move(*result);
}

}  // namespace

struct WrittenHall::Parts {
    class FileCalendar final : public service::Calendar {
      public:
        explicit FileCalendar(const config::Hall& hall) : calendar_(hall) {}
        protocol::DayPlan plan_of(int64_t now_ms) const override {
            return calendar_.plan_of(now_ms);
        }
        const config::Calendar& days() const { return calendar_; }

      private:
        config::Calendar calendar_;
    };

    config::HallFile file;
    FileCalendar calendar;
    std::unique_ptr<store::EventLog> log;
    std::unique_ptr<store::Vault> vault;

    Parts(const std::filesystem::path& config, const std::filesystem::path& data)
        : file(loaded(config)),
          calendar(file.hall),
          log(opened(store::open_sqlite_log(data))),
          vault(opened(store::open_vault(data))) {}
};

WrittenHall::WrittenHall(const std::filesystem::path& config, const std::filesystem::path& data,
                         config::Date date, int minute)
    : parts_(std::make_unique<Parts>(config, data)) {
    now_ms_ = days().utc_ms(date, minute);
    hall_ = opened(service::HallService::start(*parts_->log, *parts_->vault, parts_->calendar,
                                               config::rules(parts_->file), now_ms_, {}));
}

WrittenHall::~WrittenHall() = default;

const config::Calendar& WrittenHall::days() const {
    return parts_->calendar.days();
}

protocol::Command& WrittenHall::add() {
    service::Incoming& incoming = batch_.emplace_back();
    incoming.sender.device = "history";
    incoming.sender.role = protocol::Role::admin;
    incoming.request.set_protocol_version(1);
    incoming.request.set_command_id(fmt::format("history-{}", ++ids_));
    return *incoming.request.mutable_command();
}

std::vector<protocol::Reply> WrittenHall::commit() {
    auto replies = hall_->turn(batch_, now_ms_);
    for (const auto& reply : replies) {
        if (!reply.has_refusal()) continue;
        std::fprintf(stderr, "bench: %s\n", reply.refusal().ShortDebugString().c_str());
        std::exit(1);
    }
    batch_.clear();
    return replies;
}

}  // namespace hall::bench
