// LogWorker: answers the queries that read the log itself (EventsQuery, LogVerifyQuery,
// LedgerQuery, the history of a TicketQuery) on a thread of its own, so that checking a million
// records never keeps the hall waiting.
//
// The loop submits and takes; both return at once.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <tl/expected.hpp>
#include <vector>

#include "hall-server/net/route.h"
#include "hall-server/store/event_log.h"
#include "protocol/hall.pb.h"

namespace hall::net {

// Whether a request is one for the worker alone. The history of a ticket of a named day
// ("2026-11-23/A001") is: the hall knows today's tickets only.
bool reads_the_log(const protocol::Request& request);

// Whether the hall's answer is to be completed by the worker: a ticket with its history.
bool wants_history(const protocol::Request& request);

// One record as the feed carries it. Nothing when its body is no event of ours.
std::optional<protocol::EventRecord> event_record(const store::Record& record);

// Puts into a ledger's row what only the vault knows. Called on the worker's thread.
using FillRow = std::function<void(protocol::LedgerKind::Value kind, protocol::LedgerRow& row)>;

class LogWorker {
  public:
    static constexpr size_t kQueuedMax = 64;
    static constexpr uint32_t kEventsMax = 1'000;  // a reply
    static constexpr size_t kEventBytesMax = 4 * 1024 * 1024;
    static constexpr int kHistoryMax = 1'000;      // events of one ticket
    static constexpr uint64_t kLookBack = 20'000;  // records before a ledger's first day, at first

    struct Finished {
        Route route;
        protocol::Reply reply;  // seq and server time are left to the loop
    };

    explicit LogWorker(std::unique_ptr<store::LogReader> reader, FillRow fill_row = {});
    ~LogWorker();
    LogWorker(const LogWorker&) = delete;
    LogWorker& operator=(const LogWorker&) = delete;

    // False when kQueuedMax wait already. REQUIRES: reads_the_log(request), or the hall's `answer`
    // to a request that wants_history. `rules`: what things are called, for a LedgerQuery.
    bool submit(Route route, protocol::Request request, protocol::Reply answer = {},
                const protocol::HallRules& rules = {});

    // Readable while something is finished.
    int fd() const { return fd_; }
    std::vector<Finished> take();

  private:
    struct Job {
        Route route;
        protocol::Request request;
        protocol::Reply answer;
        protocol::HallRules rules;
    };

    void run();
    protocol::Reply answer(Job& job);
    void answer_events(const protocol::EventsQuery& query, protocol::Reply& reply);
    void answer_verify(const protocol::LogVerifyQuery& query, protocol::Reply& reply);
    void add_history(protocol::Reply& reply);
    void answer_past_ticket(const std::string& number, protocol::Reply& reply);
    void answer_ledger(const Job& job, protocol::Reply& reply);
    tl::expected<uint64_t, Error> first_since(int64_t at_ms, uint64_t head_seq);
    tl::expected<uint64_t, Error> day_from(std::string_view date, uint64_t head_seq);

    std::unique_ptr<store::LogReader> reader_;
    FillRow fill_row_;
    // Where the newest hall day begins, as far as the log was read: ticket numbers start anew
    // there.
    uint64_t day_from_seq_ = 1;
    std::string day_;
    int fd_ = -1;
    std::mutex mutex_;
    std::condition_variable work_;
    std::deque<Job> jobs_;
    std::vector<Finished> finished_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace hall::net
