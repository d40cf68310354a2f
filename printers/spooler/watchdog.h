// Watchdog: runs calls that may hang, and lets go of them when their time is over.
//
// libcups has calls that no timeout of its own ends. They run on a worker thread; when one
// overstays, the thread is abandoned (it ends by itself when the call returns) and the next call
// gets a new one. Used by the spoolers, by one thread at a time each.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>

namespace hall::printers::spooler {

class Watchdog {
  public:
    // Threads of one watchdog that hang at the same time.
    static constexpr int kAbandonedMax = 4;

    enum class Ended { in_time, abandoned, out_of_threads };

    Watchdog() = default;
    // Waits for the worker unless it was abandoned.
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    // Runs `call` on the worker and waits at most `limit`. After `abandoned` the call may still be
    // running, and may still run on for ever: it must own, or share, everything it touches.
    // With kAbandonedMax threads hanging, `call` is not started.
    Ended run(std::function<void()> call, std::chrono::milliseconds limit);

    // The same, and once, after `early_limit`, asks `hopeless`, on this thread: when that is true
    // the call is abandoned without waiting for `limit`. REQUIRES: early_limit <= limit.
    Ended run(std::function<void()> call, std::chrono::milliseconds limit,
              std::chrono::milliseconds early_limit, const std::function<bool()>& hopeless);

  private:
    struct Worker;
    std::shared_ptr<Worker> worker_;
    std::thread thread_;
    std::shared_ptr<std::atomic<int>> hanging_ = std::make_shared<std::atomic<int>>(0);
};

}  // namespace hall::printers::spooler
