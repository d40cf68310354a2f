// A HallService over a log that can be closed, opened again and made to fail; time by hand.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hall-server/service/hall_service.h"
#include "tests/core/test_hall.h"
#include "tests/service/watched_vault.h"
#include "tests/store/places.h"

namespace hall::service {

using core::time_ms;
using protocol::Command;
using protocol::RefusalCode;
using protocol::Reply;

// Every day is as core::test_plan says.
class TestCalendar final : public Calendar {
  public:
    protocol::DayPlan plan_of(int64_t now_ms) const override;
};

// Passes everything on, counts, and refuses to append while told to.
class WatchedLog final : public store::EventLog {
  public:
    explicit WatchedLog(std::unique_ptr<store::EventLog> log) : log_(std::move(log)) {}

    bool failing = false;
    int appends = 0;  // asked for, with something in them
    int refused = 0;  // of those
    size_t records_read = 0;

    tl::expected<uint64_t, Error> append(const store::Batch& batch) override;
    tl::expected<void, Error> read(uint64_t from_seq, const store::RecordVisitor& visit) override;
    store::Head head() const override { return log_->head(); }
    tl::expected<std::optional<store::StoredReply>, Error> find_reply(
        std::string_view command_id) override {
        return log_->find_reply(command_id);
    }
    tl::expected<void, Error> drop_replies_before(uint32_t hall_day) override {
        return log_->drop_replies_before(hall_day);
    }
    tl::expected<void, Error> save_checkpoint(uint64_t seq, uint32_t format,
                                              std::string_view bytes) override {
        return log_->save_checkpoint(seq, format, bytes);
    }
    tl::expected<std::optional<store::Checkpoint>, Error> latest_checkpoint() override {
        return log_->latest_checkpoint();
    }
    tl::expected<void, Error> tidy() override { return log_->tidy(); }
    tl::expected<store::Verified, store::Damage> verify(
        const std::optional<store::Digest>& expected_head) override {
        return log_->verify(expected_head);
    }
    tl::expected<std::unique_ptr<store::LogReader>, Error> reader() override {
        return log_->reader();
    }

  private:
    std::unique_ptr<store::EventLog> log_;
};

// The vault beside the log of a place. The one in memory lives as long as the test, as a disk does.
std::unique_ptr<store::Vault> open_vault_of(store::SqlitePlace& place);
std::unique_ptr<store::Vault> open_vault_of(store::MemoryPlace& place);

// A command with its id, as the transport hands it over.
Incoming from(const std::string& id, const Command& command,
              protocol::Role::Value role = protocol::Role::admin);
Incoming ask(const protocol::Query& query);

template <class Place>
class ServiceOn {
  public:
    ServiceOn() { start(); }

    void start() {
        log = std::make_unique<WatchedLog>(store::must_open(place));
        open_vault();
        auto started = HallService::start(*log, *vault, calendar, rules, now_ms, options);
        ASSERT_TRUE(started) << started.error().code;
        service = std::move(*started);
    }
    void open_vault() {
        const bool forgets = std::is_same_v<Place, store::MemoryPlace>;
        if (vault && forgets) return;
        vault.reset();
        vault = std::make_unique<WatchedVault>(open_vault_of(place));
    }
    void stop() {
        service.reset();
        log.reset();
    }
    void restart() {
        stop();
        start();
    }
    std::vector<Reply> turn(const std::vector<Incoming>& batch) {
        return service->turn(batch, now_ms);
    }
    Reply send(const std::string& id, const Command& command) {
        return turn({from(id, command)}).front();
    }
    // Gives the command an id of its own.
    Reply send(const Command& command) {
        return send("command-" + std::to_string(++last_id), command);
    }
    std::string digest() {
        protocol::Query query;
        query.mutable_log_digest();
        return turn({ask(query)}).front().log().digest();
    }
    protocol::Status status() {
        protocol::Query query;
        query.mutable_status();
        return turn({ask(query)}).front().status();
    }

    Place place;
    TestCalendar calendar;
    protocol::HallRules rules = core::test_rules();
    HallService::Options options;
    int64_t now_ms = time_ms("09:00");
    std::unique_ptr<WatchedLog> log;
    std::unique_ptr<WatchedVault> vault;
    std::unique_ptr<HallService> service;
    int last_id = 0;
};

}  // namespace hall::service
