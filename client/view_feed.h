// ViewFeed: the newest whole view of one topic, and whether it can still be believed.
//
//   BoardFeed board(server, board_topic("hall"), wake);
//   ClerkFeed clerk(server, clerk_topic(3), wake);
//
// Each feed has one SUB socket (ZMQ_CONFLATE: newest wins, nothing queues up) and one thread, which
// reconnects by itself for ever. A screen draws `newest()` and sleeps until `wake`.
//
// What is newest. The hall's log only grows, so a view with a smaller `seq` than the one shown is
// older and is dropped; so is one with the same `seq` and a smaller `server_time_ms`. Order within
// one connection is already the publisher's. One case is different: a server restarted with another
// log (a demo wiped, a backup restored) has a smaller `seq` for good. So a smaller one is believed
// once it is all we have heard for kOtherLogMs: a leftover of the old connection cannot last that
// long, because every publication of the server that we are connected to would be newer.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <utility>

#include "client/keys.h"
#include "protocol/views.pb.h"

namespace hall::client {

enum class FeedState {
    connecting,  // nothing heard yet, for less than kStaleMs
    live,
    stale,         // nothing heard for kStaleMs: say so on screen, keep the last view marked old
    not_enrolled,  // the hall refuses this device's key; the feed keeps trying
    keys_mismatch  // this device has keys and the server runs without
};

inline constexpr int64_t kStaleMs = 3'000;
inline constexpr int64_t kOtherLogMs = 1'500;

// When `wake` is called. State changes always wake.
enum class Wake {
    on_change,      // the view differs in more than the head's time and publication
    on_every_view,  // heartbeats too
};

std::string board_topic(const std::string& zone);
std::string clerk_topic(uint32_t window);
inline constexpr const char* kGuideTopic = "guide|";
inline constexpr const char* kPrinterTopic = "printer|";
inline constexpr const char* kCareTopic = "care|";
inline constexpr const char* kCasesTopic = "cases|";
inline constexpr const char* kSupervisorTopic = "supervisor|";

// The part without types: bytes of one topic. Used through ViewFeed only.
class RawFeed {
  public:
    // Called from the feed's thread with the payload of each message; true = taken and changed.
    enum class Taken { dropped, same, changed };
    using Take = std::function<Taken(const std::string& payload, int64_t silent_ms)>;

    RawFeed(const Server& server, int port_offset, std::string topic, Take take,
            std::function<void()> wake, Wake when);
    ~RawFeed();
    RawFeed(const RawFeed&) = delete;
    RawFeed& operator=(const RawFeed&) = delete;

    FeedState state() const;
    // Since the last message that was taken; since the start when none was.
    int64_t age_ms() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Which of two views is newer, by the rule at the top of the file; `silent_ms` is the time since
// the shown one was last confirmed by a message that was taken.
bool replaces(const protocol::ViewHead& shown, const protocol::ViewHead& arrived,
              int64_t silent_ms);

template <typename View>
struct Newest {
    std::shared_ptr<const View> view;  // null until the first one; never changes once handed out
    FeedState state = FeedState::connecting;
    int64_t age_ms = 0;  // since the last message

    bool stale() const { return state != FeedState::live; }
};

// `newest` and `version` may be called from any thread.
template <typename View>
class ViewFeed {
  public:
    // `wake` is called from the feed's thread; it must only wake the screen's loop.
    ViewFeed(const Server& server, std::string topic, std::function<void()> wake = {},
             Wake when = Wake::on_change)
        : raw_(
              server, port_offset(), std::move(topic),
              [this](const std::string& payload, int64_t silent_ms) {
                  return take(payload, silent_ms);
              },
              std::move(wake), when) {}

    Newest<View> newest() const {
        Newest<View> result;
        {
            const std::lock_guard lock(mutex_);
            result.view = view_;
        }
        result.state = raw_.state();
        result.age_ms = raw_.age_ms();
        return result;
    }

    // Rises with every change that Wake::on_change would wake for, state changes apart.
    uint64_t version() const {
        const std::lock_guard lock(mutex_);
        return version_;
    }

  private:
    static constexpr int port_offset() { return std::is_same_v<View, protocol::BoardView> ? 1 : 2; }

    RawFeed::Taken take(const std::string& payload, int64_t silent_ms) {
        auto arrived = std::make_shared<View>();
        if (!arrived->ParseFromString(payload)) return RawFeed::Taken::dropped;
        std::string content = content_of(*arrived);
        const std::lock_guard lock(mutex_);
        if (view_ && !replaces(view_->head(), arrived->head(), silent_ms)) {
            return RawFeed::Taken::dropped;
        }
        const bool changed = !view_ || content != content_;
        view_ = std::move(arrived);
        content_ = std::move(content);
        if (!changed) return RawFeed::Taken::same;
        ++version_;
        return RawFeed::Taken::changed;
    }

    // The view without what every heartbeat changes.
    static std::string content_of(View view) {
        view.mutable_head()->clear_server_time_ms();
        view.mutable_head()->clear_publication();
        return view.SerializeAsString();
    }

    mutable std::mutex mutex_;
    std::shared_ptr<const View> view_;
    std::string content_;
    uint64_t version_ = 0;
    RawFeed raw_;  // last: its thread uses the members above and ends first
};

using BoardFeed = ViewFeed<protocol::BoardView>;
using GuideFeed = ViewFeed<protocol::GuideView>;
using ClerkFeed = ViewFeed<protocol::ClerkView>;
using PrinterFeed = ViewFeed<protocol::PrinterView>;
using CareFeed = ViewFeed<protocol::CareView>;
using CasesFeed = ViewFeed<protocol::CasesView>;
using SupervisorFeed = ViewFeed<protocol::SupervisorView>;

}  // namespace hall::client
