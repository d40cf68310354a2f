#include "sim/simulated_study.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "sim/simulation.h"

namespace hall::sim {
namespace {

constexpr Ticks kMillisecond = 1'000;

class Listener : public Watcher {
  public:
    Listener(const Scenario& scenario, RosterIs roster) : scenario_(scenario), roster_(roster) {}

    void day_begins(int day) override;
    void entered(const Entered& entry, const ticketing::WaitingQueues& queues,
                 const std::vector<ticketing::IdleWindow>& idle) override;
    void started(const Started& start) override;
    void ended(uint32_t window, Ticks took) override;
    void settled(Ticks, const ticketing::WaitingQueues&,
                 const std::vector<ticketing::IdleWindow>&) override {}

    const StudyReport& report() const { return study_.report(); }

  private:
    int64_t ms(Ticks of_day) const { return midnight_ms_ + of_day / kMillisecond; }
    std::vector<ticketing::Capacity> capacity(const std::vector<uint32_t>& able, uint32_t open,
                                              Ticks now) const;

    const Scenario& scenario_;
    RosterIs roster_;
    int64_t midnight_ms_ = 0;
    const Hours* hours_ = nullptr;
    std::map<uint64_t, Told> told_;  // by the serial of the key
    // Needs that were seen, and the windows that can serve them.
    std::map<ticketing::SignatureId, std::vector<uint32_t>> windows_;
    PredictionStudy study_;
};

void Listener::day_begins(int day) {
    midnight_ms_ = day * (24 * kHour / kMillisecond);
    const auto& hours = scenario_.hours[static_cast<std::size_t>(scenario_.weekday_of(day))];
    hours_ = hours ? &*hours : nullptr;
    told_.clear();
}

// Whether the roster has the window open then. Who is open at closing stays for those who wait.
bool rostered(const Window& window, const Hours& hours, Ticks at) {
    if (at < hours.opening) return false;
    if (window.always) return true;
    return std::any_of(window.shifts.begin(), window.shifts.end(), [&](const Shift& shift) {
        return shift.from <= at && (at < shift.to || shift.to >= hours.closing);
    });
}

std::vector<ticketing::Capacity> Listener::capacity(const std::vector<uint32_t>& able,
                                                    uint32_t open, Ticks now) const {
    std::vector<ticketing::Capacity> list = {{ms(now), open}};
    if (roster_ == RosterIs::unknown || hours_ == nullptr) return list;
    std::vector<const Window*> windows;
    std::set<Ticks> changes;
    for (const Window& window : scenario_.windows) {
        if (std::find(able.begin(), able.end(), window.number) == able.end()) continue;
        windows.push_back(&window);
        for (const Shift& shift : window.shifts) changes.insert({shift.from, shift.to});
    }
    for (const Ticks at : changes) {
        if (at <= now) continue;
        const auto count = std::count_if(windows.begin(), windows.end(), [&](const Window* window) {
            return rostered(*window, *hours_, at);
        });
        list.push_back({ms(at), static_cast<uint32_t>(count)});
    }
    return list;
}

void Listener::entered(const Entered& entry, const ticketing::WaitingQueues& queues,
                       const std::vector<ticketing::IdleWindow>& idle) {
    const std::vector<uint32_t>& able =
        windows_.try_emplace(entry.signature, queues.windows_for(entry.need)).first->second;
    Asked asked;
    asked.group = entry.signature;
    asked.visitor_class = static_cast<uint32_t>(entry.visitor_class);
    asked.now_ms = ms(entry.at);
    asked.standing.ahead = queues.ahead(entry.need, entry.key).all;
    asked.standing.idle_windows =
        static_cast<uint32_t>(std::count_if(idle.begin(), idle.end(), [&](const auto& window) {
            return std::binary_search(able.begin(), able.end(), window.window);
        }));
    asked.standing.v_ms = ms(entry.key.v_ms);
    asked.capacity =
        capacity(able, static_cast<uint32_t>(queues.open_windows_for(entry.need).size()), entry.at);
    told_[entry.key.serial] = study_.arrives(asked);
    const int64_t credit_ms = scenario_.classes[entry.visitor_class].credit / kMillisecond;
    for (const auto& [signature, windows] : windows_) {
        const bool shared = std::any_of(windows.begin(), windows.end(), [&](uint32_t window) {
            return std::binary_search(able.begin(), able.end(), window);
        });
        if (shared) study_.came(signature, credit_ms, asked.now_ms);
    }
}

void Listener::started(const Started& start) {
    const auto found = told_.find(start.key.serial);
    if (found == told_.end()) return;
    study_.called(found->second, ms(start.at));
    told_.erase(found);
}

void Listener::ended(uint32_t window, Ticks took) {
    for (const auto& [signature, windows] : windows_) {
        if (!std::binary_search(windows.begin(), windows.end(), window)) continue;
        study_.served(signature, took / kMillisecond);
    }
}

}  // namespace

StudyReport study_of(const Scenario& scenario, uint64_t seed, int runs, RosterIs roster) {
    StudyReport report;
    Tally tally(scenario);
    for (int run = 0; run < runs; ++run) {
        Listener listener(scenario, roster);
        simulate(scenario, seed, run, runs, tally, &listener);
        report.add(listener.report());
    }
    return report;
}

}  // namespace hall::sim
