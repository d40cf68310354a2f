#include "hall-server/net/log_worker.h"

#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <set>
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

// Which events are about one ticket. Prints name it only when they are requested.
class AboutTicket {
  public:
    explicit AboutTicket(std::string number) : number_(std::move(number)) {}

    bool operator()(const protocol::Event& event) {
        if (event.has_print_claimed()) return jobs_.count(event.print_claimed().job()) != 0;
        if (event.has_print_reported()) return jobs_.count(event.print_reported().job()) != 0;
        const auto* oneof = protocol::Event::descriptor()->FindOneofByName("body");
        const auto* field = event.GetReflection()->GetOneofFieldDescriptor(event, oneof);
        const auto* number =
            field != nullptr ? field->message_type()->FindFieldByName("number") : nullptr;
        if (number == nullptr) return false;
        const auto& body = event.GetReflection()->GetMessage(event, field);
        if (body.GetReflection()->GetString(body, number) != number_) return false;
        if (event.has_print_requested()) jobs_.insert(event.print_requested().job());
        return true;
    }

  private:
    std::string number_;
    std::set<uint64_t> jobs_;
};

}  // namespace

bool wants_history(const protocol::Request& request) {
    return request.has_query() && request.query().has_ticket() &&
           request.query().ticket().history();
}

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

bool LogWorker::submit(Route route, protocol::Request request, protocol::Reply answer) {
    {
        const std::lock_guard lock(mutex_);
        if (jobs_.size() >= kQueuedMax) return false;
        jobs_.push_back(Job{std::move(route), std::move(request), std::move(answer)});
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
        protocol::Reply reply = answer(job);
        lock.lock();
        finished_.push_back(Finished{std::move(job.route), std::move(reply)});
        const uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(fd_, &one, sizeof one);
    }
}

protocol::Reply LogWorker::answer(Job& job) {
    protocol::Reply reply = std::move(job.answer);
    const protocol::Query& query = job.request.query();
    reply.set_command_id(job.request.command_id());
    if (query.has_events()) {
        answer_events(query.events(), reply);
    } else if (query.has_log_verify()) {
        answer_verify(query.log_verify(), reply);
    } else {
        add_history(reply);
    }
    return reply;
}

void LogWorker::add_history(protocol::Reply& reply) {
    auto* history = reply.mutable_ticket()->mutable_history();
    AboutTicket about_ticket(reply.ticket().number());
    const auto read = reader_->read(day_from_seq_, [&](const store::Record& record) {
        auto event = event_record(record);
        if (!event) return false;
        if (event->event().has_day_planned()) {
            const std::string& day = event->event().day_planned().plan().date();
            if (day != day_) {
                day_ = day;
                day_from_seq_ = record.seq;
                history->Clear();
                about_ticket = AboutTicket(reply.ticket().number());
            }
        }
        if (about_ticket(event->event())) *history->Add() = std::move(*event);
        return history->size() < kHistoryMax;
    });
    if (!read) set_refusal(reply, RefusalCode::storage_unavailable, read.error().code);
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
