// WireTap: stands between programs and a server, passes every byte on and keeps a copy, as whoever
// listens on the cable would have it.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace hall::stage {

class WireTap {
  public:
    // Listens on `ports` neighbouring ports of its own and passes them on to as many of
    // 127.0.0.1, from `server_port` on.
    WireTap(int server_port, int ports);
    ~WireTap();
    WireTap(const WireTap&) = delete;
    WireTap& operator=(const WireTap&) = delete;

    int port() const { return port_; }
    // All bytes so far, both directions.
    std::string captured() const;

  private:
    struct Pair {
        int client = -1;
        int server = -1;
    };

    void run();
    void accept_at(int which);
    // False when either end is gone.
    bool pass(int from, int to);

    int server_port_;
    int port_;
    std::vector<int> listening_;
    std::vector<Pair> pairs_;
    mutable std::mutex mutex_;
    std::string bytes_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace hall::stage
