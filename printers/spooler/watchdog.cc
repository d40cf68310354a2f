#include "printers/spooler/watchdog.h"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace hall::printers::spooler {

struct Watchdog::Worker {
    std::mutex mutex;
    std::condition_variable changed;
    std::function<void()> call;
    bool done = false;
    bool stop = false;
    std::shared_ptr<std::atomic<int>> hanging;  // set once abandoned

    void run() {
        std::unique_lock lock(mutex);
        while (true) {
            changed.wait(lock, [this] { return stop || call != nullptr; });
            if (call == nullptr) break;
            const std::function<void()> current = std::exchange(call, nullptr);
            lock.unlock();
            current();
            lock.lock();
            done = true;
            changed.notify_all();
        }
        if (hanging != nullptr) --*hanging;
    }
};

Watchdog::~Watchdog() {
    if (worker_ == nullptr) return;
    {
        const std::lock_guard lock(worker_->mutex);
        worker_->stop = true;
        worker_->changed.notify_all();
    }
    thread_.join();
}

Watchdog::Ended Watchdog::run(std::function<void()> call, std::chrono::milliseconds limit) {
    return run(std::move(call), limit, limit, [] { return true; });
}

Watchdog::Ended Watchdog::run(std::function<void()> call, std::chrono::milliseconds limit,
                              std::chrono::milliseconds early_limit,
                              const std::function<bool()>& hopeless) {
    if (worker_ == nullptr) {
        if (*hanging_ >= kAbandonedMax) return Ended::out_of_threads;
        worker_ = std::make_shared<Worker>();
        thread_ = std::thread([worker = worker_] { worker->run(); });
    }
    std::unique_lock lock(worker_->mutex);
    worker_->done = false;
    worker_->call = std::move(call);
    worker_->changed.notify_all();
    const auto is_done = [this] { return worker_->done; };
    if (worker_->changed.wait_for(lock, early_limit, is_done)) return Ended::in_time;
    if (!hopeless() && worker_->changed.wait_for(lock, limit - early_limit, is_done)) {
        return Ended::in_time;
    }
    worker_->stop = true;
    worker_->hanging = hanging_;
    ++*hanging_;
    lock.unlock();
    thread_.detach();
    worker_.reset();
    return Ended::abandoned;
}

}  // namespace hall::printers::spooler
