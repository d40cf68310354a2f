#include "hall-server/net/pin_worker.h"

#include <sodium.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "protocol/check.h"

namespace hall::net {
namespace {

using protocol::RefusalCode;

constexpr size_t kPinMin = 4;
constexpr size_t kPinMax = 12;
// Three passes over 64 MiB: about 0.1 s on the machines that halls have.
constexpr unsigned long long kPasses = 3;
constexpr size_t kMemoryBytes = size_t{64} << 20;

void wipe(std::string& secret) {
    sodium_memzero(secret.data(), secret.size());
    secret.clear();
}

// Empty when the machine has no 64 MiB left.
std::string hash_of(const std::string& pin) {
    char hash[crypto_pwhash_STRBYTES] = {};
    const bool made = crypto_pwhash_str(hash, pin.data(), pin.size(), kPasses, kMemoryBytes) == 0;
    return made ? hash : "";
}

bool fits(const std::string& pin, const std::string& hash) {
    return crypto_pwhash_str_verify(hash.c_str(), pin.data(), pin.size()) == 0;
}

// `nobody`: what the PIN of an unknown number is checked against, so that it takes as long.
PinVerdict verdict_of(PinJob& job, const std::string& nobody) {
    PinVerdict verdict;
    verdict.route = std::move(job.route);
    verdict.incoming = std::move(job.incoming);
    verdict.staff = verdict.incoming.request.staff();
    verdict.checked = job.check;
    if (job.check) {
        const bool right = fits(job.pin, job.record.known ? job.record.hash : nobody);
        if (!job.record.known) {
            verdict.refusal = RefusalCode::unknown_staff;
        } else if (!right) {
            verdict.refusal = RefusalCode::pin_wrong;
        } else {
            verdict.incoming.sender.person = verdict.staff;
        }
    }
    if (!verdict.refusal && !job.new_pin.empty()) {
        verdict.incoming.new_pin_hash = hash_of(job.new_pin);
        if (verdict.incoming.new_pin_hash.empty()) verdict.refusal = RefusalCode::server_busy;
    }
    wipe(job.pin);
    wipe(job.new_pin);
    return verdict;
}

}  // namespace

bool is_good_pin(std::string_view pin) {
    if (pin.size() < kPinMin || pin.size() > kPinMax) return false;
    const bool digits =
        std::all_of(pin.begin(), pin.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits && pin.find_first_not_of(pin.front()) != std::string_view::npos;
}

PinWorker::PinWorker() : fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    HALL_CHECK(fd_ >= 0);
    HALL_CHECK(sodium_init() >= 0);
    thread_ = std::thread([this] { run(); });
}

PinWorker::~PinWorker() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    work_.notify_one();
    thread_.join();
    ::close(fd_);
}

// REQUIRES: mutex_ is held.
bool PinWorker::joins(const PinJob& job) {
    const protocol::Request& request = job.incoming.request;
    if (request.command_id().empty()) return false;
    const std::string bytes = request.SerializeAsString();
    for (PinJob& waiting : jobs_) {
        const bool same = waiting.incoming.request.SerializeAsString() == bytes &&
                          waiting.incoming.sender.device == job.incoming.sender.device &&
                          waiting.pin == job.pin && waiting.new_pin == job.new_pin;
        if (!same) continue;
        waiting.route = job.route;
        return true;
    }
    return false;
}

bool PinWorker::submit(PinJob job) {
    {
        const std::lock_guard lock(mutex_);
        if (joins(job)) {
            wipe(job.pin);
            wipe(job.new_pin);
            return true;
        }
        if (jobs_.size() >= kQueuedMax) return false;
        jobs_.push_back(std::move(job));
    }
    work_.notify_one();
    return true;
}

std::vector<PinVerdict> PinWorker::take() {
    uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(fd_, &count, sizeof count);
    std::vector<PinVerdict> taken;
    const std::lock_guard lock(mutex_);
    taken.swap(finished_);
    return taken;
}

void PinWorker::run() {
    std::string nobody;  // made when first needed: a hall without staff pays nothing
    std::unique_lock lock(mutex_);
    while (true) {
        work_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
        if (stopping_) return;
        PinJob job = jobs_.front();  // stays at the front, to be joined
        lock.unlock();
        if (nobody.empty()) nobody = hash_of("not a PIN");
        PinVerdict verdict = verdict_of(job, nobody);
        lock.lock();
        verdict.route = std::move(jobs_.front().route);
        wipe(jobs_.front().pin);
        wipe(jobs_.front().new_pin);
        jobs_.pop_front();
        finished_.push_back(std::move(verdict));
        const uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(fd_, &one, sizeof one);
    }
}

int64_t PinGuard::locked_ms(const std::string& staff, int64_t now_ms) const {
    const auto found = tries_.find(staff);
    if (found == tries_.end()) return 0;
    return std::max<int64_t>(0, found->second.locked_until_ms - now_ms);
}

void PinGuard::wrong(const std::string& staff, int64_t now_ms) {
    Tries& tries = tries_[staff];
    if (++tries.wrong < kWrongMax) return;
    tries.wrong = 0;
    tries.locked_until_ms = now_ms + kLockedMs;
}

void PinGuard::right(const std::string& staff) {
    tries_.erase(staff);
}

}  // namespace hall::net
