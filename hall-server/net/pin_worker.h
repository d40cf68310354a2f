// PinWorker: checks and hashes PINs on a thread of its own, one at a time. Argon2id takes a tenth
// of a second and 64 MiB by design; the loop never waits for it.
//
// PinGuard, beside it on the loop, counts wrong ones.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "hall-server/net/route.h"
#include "hall-server/service/hall_service.h"

namespace hall::net {

// 4 to 12 digits, not all the same.
bool is_good_pin(std::string_view pin);

// A request that goes to the hall once its PINs were looked at. Kept nowhere.
struct PinJob {
    Route route;
    service::Incoming incoming;  // without the PINs; staff stays in its request
    // Of the sender; `check` says whether there is one to check.
    bool check = false;
    service::PinOnRecord record;  // not known: takes as long, and is refused
    std::string pin;
    std::string new_pin;  // to be hashed; empty = none
};

struct PinVerdict {
    Route route;
    service::Incoming incoming;  // with the person and the new hash, when there is no refusal
    std::string staff;
    bool checked = false;
    std::optional<protocol::RefusalCode::Value> refusal;  // pin_wrong, unknown_staff, server_busy
};

class PinWorker {
  public:
    static constexpr size_t kQueuedMax = 16;

    PinWorker();
    ~PinWorker();
    PinWorker(const PinWorker&) = delete;
    PinWorker& operator=(const PinWorker&) = delete;

    // False when kQueuedMax wait already. A request that is sent again while it is looked at, as a
    // client does on a slow machine, is looked at once (and is wrong once): the newest route is
    // answered.
    bool submit(PinJob job);

    // Readable while something is finished.
    int fd() const { return fd_; }
    std::vector<PinVerdict> take();

  private:
    void run();
    bool joins(const PinJob& job);

    int fd_ = -1;
    std::mutex mutex_;
    std::condition_variable work_;
    std::deque<PinJob> jobs_;  // the first one is being looked at
    std::vector<PinVerdict> finished_;
    bool stopping_ = false;
    std::thread thread_;
};

// Five wrong PINs in a row lock a colleague's number for a minute, right ones too. In memory: the
// counts begin anew with the server. Only numbers that exist are counted.
class PinGuard {
  public:
    static constexpr int kWrongMax = 5;
    static constexpr int64_t kLockedMs = 60'000;

    // How long the number is still locked; 0 = it is not. `now_ms` is monotonic.
    int64_t locked_ms(const std::string& staff, int64_t now_ms) const;
    void wrong(const std::string& staff, int64_t now_ms);
    void right(const std::string& staff);

  private:
    struct Tries {
        int wrong = 0;
        int64_t locked_until_ms = 0;
    };
    std::map<std::string, Tries> tries_;
};

}  // namespace hall::net
