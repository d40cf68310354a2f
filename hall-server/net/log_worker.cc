#include "hall-server/net/log_worker.h"

#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "hall-server/net/gate.h"
#include "protocol/check.h"

namespace hall::net {
namespace {

using protocol::RefusalCode;

void set_refusal(protocol::Reply& reply, RefusalCode::Value code, const std::string& field) {
    protocol::Reply refused = refuse(code, reply.command_id(), field);
    reply = std::move(refused);
}

}  // namespace

bool reads_the_log(const protocol::Request& request) {
    return request.has_query() &&
           (request.query().has_events() || request.query().has_log_verify());
}

std::optional<protocol::EventRecord> event_record(const store::Record& record) {
    protocol::EventRecord result;
    if (!result.mutable_event()->ParseFromString(record.body)) return std::nullopt;
    result.set_seq(record.seq);
    result.set_at_ms(record.at_ms);
    result.set_actor(record.actor);
    result.set_command_id(record.command_id);
    result.set_version(record.version);
    result.set_chain(record.chain.data(), record.chain.size());
    return result;
}

LogWorker::LogWorker(std::unique_ptr<store::LogReader> reader)
    : reader_(std::move(reader)), fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    HALL_CHECK(fd_ >= 0);
    thread_ = std::thread([this] { run(); });
}

LogWorker::~LogWorker() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    work_.notify_one();
    thread_.join();
    ::close(fd_);
}

bool LogWorker::submit(Route route, protocol::Request request) {
    {
        const std::lock_guard lock(mutex_);
        if (jobs_.size() >= kQueuedMax) return false;
        jobs_.push_back(Job{std::move(route), std::move(request)});
    }
    work_.notify_one();
    return true;
}

std::vector<LogWorker::Finished> LogWorker::take() {
    uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(fd_, &count, sizeof count);
    std::vector<Finished> taken;
    const std::lock_guard lock(mutex_);
    taken.swap(finished_);
    return taken;
}

void LogWorker::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        work_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
        if (stopping_) return;
        Job job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        protocol::Reply reply = answer(job.request);
        lock.lock();
        finished_.push_back(Finished{std::move(job.route), std::move(reply)});
        const uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(fd_, &one, sizeof one);
    }
}

protocol::Reply LogWorker::answer(const protocol::Request& request) {
    protocol::Reply reply;
    reply.set_command_id(request.command_id());
    if (request.query().has_events()) {
        answer_events(request.query().events(), reply);
    } else {
        answer_verify(request.query().log_verify(), reply);
    }
    return reply;
}

void LogWorker::answer_events(const protocol::EventsQuery& query, protocol::Reply& reply) {
    const auto head = reader_->head();
    if (!head) return set_refusal(reply, RefusalCode::storage_unavailable, head.error().code);
    const uint32_t limit = query.limit() == 0 ? kEventsMax : std::min(query.limit(), kEventsMax);
    auto* list = reply.mutable_events();
    list->set_head_seq(head->seq);
    size_t bytes = 0;
    const auto read = reader_->read(query.from_seq(), [&](const store::Record& record) {
        auto event = event_record(record);
        // A newer server wrote it and an older one reads it: a gap would be a lie.
        if (!event) return false;
        *list->add_events() = std::move(*event);
        bytes += record.body.size();
        return list->events_size() < static_cast<int>(limit) && bytes < kEventBytesMax;
    });
    if (!read) set_refusal(reply, RefusalCode::storage_unavailable, read.error().code);
}

void LogWorker::answer_verify(const protocol::LogVerifyQuery& query, protocol::Reply& reply) {
    std::optional<store::Digest> expected;
    if (!query.head().empty()) {
        expected = store::digest_from_hex(query.head());
        if (!expected) return set_refusal(reply, RefusalCode::value_out_of_range, "head");
    }
    auto* report = reply.mutable_log();
    const auto verified = reader_->verify(expected);
    report->set_intact(verified.has_value());
    if (verified) {
        report->set_records(verified->records);
        report->set_head(store::to_hex(verified->head.chain));
    } else {
        report->set_damaged_seq(verified.error().seq);
        report->set_damage(verified.error().what);
    }
}

}  // namespace hall::net
