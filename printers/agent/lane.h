// Lane: one printer of the hall, one thread. Claims its jobs in order, prints them one at a time,
// reports each verdict, and tells the hall when the printer's state changes.
//
// Crash-safe without a journal of its own: the hall keeps a job that was claimed and never answered
// and counts its attempts, so after a restart it is claimed and printed again, marked 补打.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "client/command_client.h"
#include "printers/layout/page.h"
#include "printers/layout/paper.h"
#include "printers/spooler/spooler.h"
#include "protocol/commands.pb.h"
#include "protocol/views.pb.h"

namespace hall::printers::agent {

// Wakes and stops the lanes: rung by the feed's thread for a new view, stopped by main.
class Doorbell {
  public:
    void ring();
    void stop();
    bool stopping() const;
    // Returns when it was rung since `heard`, which then is up to date, at `until`, or to stop.
    void wait(std::uint64_t& heard, std::chrono::steady_clock::time_point until);
    // Returns after `time`, or to stop; rings do not disturb it.
    void rest(std::chrono::milliseconds time);

  private:
    mutable std::mutex mutex_;
    std::condition_variable rung_;
    std::uint64_t rings_ = 0;
    bool stopping_ = false;
};

// What a lane knows of the hall.
struct HallPort {
    // Waits for the answer, about 2 s at most. Used by the lane's thread only.
    std::function<client::Answer(const protocol::Command&, const std::string& command_id)> send;
    // The newest view; null until the first came.
    std::function<std::shared_ptr<const protocol::PrinterView>()> newest;
};

// What a printer is for: a band never goes to a roll, a slip never onto a band.
enum class Use { slips, wristbands };

struct LaneOptions {
    std::string printer;  // its name in the hall
    layout::Paper paper = layout::Paper::roll_80mm;
    // Each printed ticket is also kept here as NUMBER.png (a reprint as NUMBER-2.png),
    // appointments, notices and guides likewise; never a paper with somebody's name.
    std::optional<std::filesystem::path> png_folder;
    Use use = Use::slips;
    bool zpl = false;  // takes ZPL: printers on a bare socket always do
};

class Lane {
  public:
    // `bell` must outlive the lane.
    Lane(LaneOptions options, std::unique_ptr<spooler::Spooler> spooler, HallPort hall,
         Doorbell& bell);

    // Works until the bell stops it; a verdict that is under way is awaited and reported first
    // (3 s, 6 s for a band, and 2 s more when the hall does not answer).
    void run();

  private:
    std::optional<protocol::PrintJob> next_job();
    // False when the hall could not be asked.
    bool claim_and_print(const protocol::PrintJob& row);
    spooler::Verdict print(const layout::Page& page, const protocol::PrintJob& job);
    void report(const protocol::PrintJob& job, const spooler::Verdict& verdict);
    void keep_picture(const layout::Page& page, const protocol::PrintJob& job) const;
    // Asks the printer how it is and tells the hall when the hall believes something else.
    void look();

    LaneOptions options_;
    std::unique_ptr<spooler::Spooler> spooler_;
    HallPort hall_;
    Doorbell& bell_;
    layout::Typesetter typesetter_;
    // Jobs that the hall would not let us claim, and until when we leave them alone. Only jobs of
    // the newest view stay in it, so it is bounded as the view is.
    std::map<std::uint64_t, std::chrono::steady_clock::time_point> refused_;
    std::optional<protocol::PrinterState::Value> last_told_;
};

// The hall's words for ours.
protocol::PrinterState::Value state_of(spooler::Condition condition);
protocol::PrintState::Value state_of(spooler::Outcome outcome);
// Why it failed, as far as `verdict.reason` tells; unknown when it was printed or nobody can say.
protocol::PrinterState::Value cause_of(const spooler::Verdict& verdict);

}  // namespace hall::printers::agent
