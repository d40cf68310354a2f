#include "hall-server/net/log_worker.h"

#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "hall-server/net/gate.h"
#include "hall-server/service/ledgers.h"
#include "protocol/body.h"
#include "protocol/check.h"

namespace hall::net {
namespace {

using protocol::RefusalCode;

void set_refusal(protocol::Reply& reply, RefusalCode::Value code, const std::string& field) {
    protocol::Reply refused = refuse(code, reply.command_id(), field);
    reply = std::move(refused);
}

// Which events are about one ticket: those that name it, and those of its prints, its cases, its
// emergency and what was lent to it, which name it only once.
class AboutTicket {
  public:
    explicit AboutTicket(std::string number) : number_(std::move(number)) {}

    bool operator()(const protocol::Event& event) {
        using protocol::number_in;
        const auto* body = protocol::body_of(event);
        if (body == nullptr) return false;
        if (protocol::text_in(*body, "number") == number_) {
            remember(event);
            return true;
        }
        return knows(jobs_, number_in(*body, "job")) ||
               knows(cases_, number_in(*body, "case_id")) ||
               knows(emergencies_, number_in(*body, "emergency")) ||
               knows(loans_, number_in(*body, "loan"));
    }

  private:
    using Ids = std::set<uint64_t>;

    static bool knows(const Ids& ids, uint64_t id) { return ids.count(id) != 0; }

    void remember(const protocol::Event& event) {
        if (event.has_print_requested()) jobs_.insert(event.print_requested().job());
        if (event.has_case_opened()) cases_.insert(event.case_opened().case_id());
        if (event.has_case_ticket_attached()) {
            cases_.insert(event.case_ticket_attached().case_id());
        }
        if (event.has_emergency_raised()) {
            emergencies_.insert(event.emergency_raised().emergency());
        }
        if (event.has_ticket_held()) emergencies_.insert(event.ticket_held().emergency());
        if (event.has_facility_lent()) loans_.insert(event.facility_lent().loan());
    }

    std::string number_;
    Ids jobs_;
    Ids cases_;
    Ids emergencies_;
    Ids loans_;
};

// A ticket of a named day; nothing for a number of today.
struct PastTicket {
    std::string date;
    std::string number;
};
std::optional<PastTicket> past_ticket(const std::string& number) {
    const size_t slash = number.find('/');
    if (slash == std::string::npos) return std::nullopt;
    return PastTicket{number.substr(0, slash), number.substr(slash + 1)};
}

}  // namespace

bool wants_history(const protocol::Request& request) {
    return request.has_query() && request.query().has_ticket() &&
           request.query().ticket().history();
}

bool reads_the_log(const protocol::Request& request) {
    if (!request.has_query()) return false;
    const protocol::Query& query = request.query();
    return query.has_events() || query.has_log_verify() || query.has_ledger() ||
           (query.ticket().history() && past_ticket(query.ticket().number()));
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

LogWorker::LogWorker(std::unique_ptr<store::LogReader> reader, FillRow fill_row)
    : reader_(std::move(reader)),
      fill_row_(std::move(fill_row)),
      fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
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

bool LogWorker::submit(Route route, protocol::Request request, protocol::Reply answer,
                       const protocol::HallRules& rules) {
    {
        const std::lock_guard lock(mutex_);
        if (jobs_.size() >= kQueuedMax) return false;
        jobs_.push_back(Job{std::move(route), std::move(request), std::move(answer), rules});
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
    } else if (query.has_ledger()) {
        answer_ledger(job, reply);
    } else if (past_ticket(query.ticket().number())) {
        answer_past_ticket(query.ticket().number(), reply);
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

// The first record at or after `at_ms`, or the one after the head: times never fall in the log.
tl::expected<uint64_t, Error> LogWorker::first_since(int64_t at_ms, uint64_t head_seq) {
    uint64_t from = 1;
    uint64_t to = head_seq + 1;
    while (from < to) {
        const uint64_t middle = from + (to - from) / 2;
        int64_t middle_ms = 0;
        const auto read = reader_->read(middle, [&](const store::Record& record) {
            middle_ms = record.at_ms;
            return false;
        });
        if (!read) return tl::unexpected(read.error());
        (middle_ms < at_ms ? from : to) = middle_ms < at_ms ? middle + 1 : middle;
    }
    return from;
}

// A record before the plan of a day `date`, and at most some hours before it. REQUIRES: a date.
tl::expected<uint64_t, Error> LogWorker::day_from(std::string_view date, uint64_t head_seq) {
    constexpr int64_t kDayMs = 86'400'000;
    constexpr int64_t kEastMs = 15LL * 3'600'000;  // no local midnight is earlier than that
    return first_since(service::day_of_date(date).value_or(0) * kDayMs - kEastMs, head_seq);
}

void LogWorker::answer_past_ticket(const std::string& number, protocol::Reply& reply) {
    const PastTicket wanted = past_ticket(number).value_or(PastTicket{});
    if (!service::day_of_date(wanted.date)) {
        return set_refusal(reply, RefusalCode::date_invalid, wanted.date);
    }
    const auto head = reader_->head();
    if (!head) return set_refusal(reply, RefusalCode::storage_unavailable, head.error().code);
    const auto from = day_from(wanted.date, head->seq);
    if (!from) return set_refusal(reply, RefusalCode::storage_unavailable, from.error().code);
    auto* ticket = reply.mutable_ticket();
    ticket->set_number(wanted.number);
    ticket->set_day(wanted.date);
    AboutTicket about_ticket(wanted.number);
    std::string date;
    const auto read = reader_->read(*from, [&](const store::Record& record) {
        auto event = event_record(record);
        if (!event) return false;
        if (event->event().has_day_planned()) date = event->event().day_planned().plan().date();
        if (date > wanted.date) return false;
        if (date == wanted.date && about_ticket(event->event())) {
            *ticket->add_history() = std::move(*event);
        }
        return ticket->history_size() < kHistoryMax;
    });
    if (!read) return set_refusal(reply, RefusalCode::storage_unavailable, read.error().code);
    if (ticket->history().empty()) set_refusal(reply, RefusalCode::unknown_ticket, number);
}

void LogWorker::answer_ledger(const Job& job, protocol::Reply& reply) {
    const protocol::LedgerQuery& query = job.request.query().ledger();
    const auto wrong = service::wrong_with(query);
    if (wrong) return set_refusal(reply, wrong->code(), wrong->field());
    const auto head = reader_->head();
    if (!head) return set_refusal(reply, RefusalCode::storage_unavailable, head.error().code);
    auto from = day_from(query.from(), head->seq);
    if (!from) return set_refusal(reply, RefusalCode::storage_unavailable, from.error().code);
    // What began before these days is looked for further and further back.
    for (uint64_t back = kLookBack;; back *= 4) {
        service::LedgerFold fold(query, job.rules);
        const auto read = reader_->read(*from, [&](const store::Record& record) {
            if (record.seq > head->seq) return false;
            if (!service::LedgerFold::looks_at(record.kind)) return true;
            const auto event = event_record(record);
            if (event) fold.add(*event);
            return event && !fold.complete();
        });
        if (!read) return set_refusal(reply, RefusalCode::storage_unavailable, read.error().code);
        if (fold.lacks_past() && *from > 1) {
            *from = *from > back ? *from - back : 1;
            continue;
        }
        *reply.mutable_ledger() = fold.take();
        break;
    }
    reply.mutable_ledger()->set_head(store::to_hex(head->chain));
    if (!fill_row_) return;
    for (auto& row : *reply.mutable_ledger()->mutable_rows()) fill_row_(query.kind(), row);
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
