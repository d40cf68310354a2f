#include "tests/service/service_fixture.h"

#include "protocol/check.h"

namespace hall::service {

protocol::DayPlan TestCalendar::plan_of(int64_t now_ms) const {
    return core::test_plan(static_cast<uint32_t>((now_ms - time_ms("00:00", 0)) / core::kDayMs));
}

tl::expected<uint64_t, Error> WatchedLog::append(const store::Batch& batch) {
    ++appends;
    if (!failing) return log_->append(batch);
    ++refused;
    return tl::unexpected(Error{"storage_unavailable", "the disk of a test is full"});
}

tl::expected<void, Error> WatchedLog::read(uint64_t from_seq, const store::RecordVisitor& visit) {
    return log_->read(from_seq, [&](const store::Record& record) {
        ++records_read;
        return visit(record);
    });
}

std::unique_ptr<store::Vault> open_vault_of(store::SqlitePlace& place) {
    auto vault = store::open_vault(place.path());
    HALL_CHECK(vault.has_value());
    return std::move(*vault);
}

std::unique_ptr<store::Vault> open_vault_of(store::MemoryPlace&) {
    return store::open_memory_vault();
}

Incoming from(const std::string& id, const Command& command, protocol::Role::Value role) {
    Incoming incoming;
    incoming.sender.device = "console-1";
    incoming.sender.role = role;
    incoming.request.set_protocol_version(1);
    incoming.request.set_command_id(id);
    *incoming.request.mutable_command() = command;
    return incoming;
}

Incoming ask(const protocol::Query& query) {
    Incoming incoming;
    incoming.sender.device = "console-1";
    incoming.sender.role = protocol::Role::admin;
    *incoming.request.mutable_query() = query;
    return incoming;
}

}  // namespace hall::service
