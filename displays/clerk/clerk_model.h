// What a clerk does at one window: call, start, finish, send on an errand, transfer, pause. From
// the newest view, what was pressed, the answers and the clock.
//
// An answer carries the window and its ticket as the command left them, so the clerk never waits
// for the next view. `call_next` names the ticket that is on the screen; when another window has
// called it meanwhile, the message says which, and the next offer is there at once. Without an
// offer of its own, but with somebody whom another window is asked to call first, the key calls all
// the same and names nobody: the hall knows who is next then.
//
// The cases of who is at the window are CaseDesk's, the page that the visitor sees is
// RatingModel's, emergencies and who is on duty are console::Desk's; each has a command slot of
// its own, so that none waits for the clerk's commands.
//
// Knows no pixel. One thread. `now_ms` is the monotonic clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/command_client.h"
#include "client/view_feed.h"
#include "displays/clerk/case_desk.h"
#include "displays/clerk/clerk_picture.h"
#include "displays/clerk/rating_model.h"
#include "displays/console/command_slot.h"
#include "displays/console/desk.h"
#include "displays/console/hall_time.h"
#include "protocol/views.pb.h"

namespace hall::clerk {

// Enter starts and Enter finishes: a second press so soon after the start is the same press.
// Nor does what is pressed when the page of a case has just had to go mean the window's page.
inline constexpr std::int64_t kSettleMs = 1'000;

class ClerkModel {
  public:
    using Newest = client::Newest<protocol::ClerkView>;

    explicit ClerkModel(std::uint32_t window) : window_(window), desk_(window) {}

    void take(const Newest& newest, std::int64_t now_ms);
    void take_care(const console::Desk::NewestCare& care);
    // What time alone changes; before the `outgoing`s.
    void tick(std::int64_t now_ms) { rating_.tick(now_ms); }
    void act(const Act& act, std::int64_t now_ms);
    void act(const CaseAct& act, std::int64_t now_ms);
    void act(const console::AlarmAct& act, std::int64_t now_ms);
    void act(const console::SignOnAct& act, std::int64_t) { desk_.sign_on.act(act); }
    void act(const RatingAct& act, std::int64_t now_ms) { rating_.act(act, now_ms); }
    // What a person writes about a case.
    void act(const CaseWriting& writing, std::int64_t) {
        cases_.write(writing.field, writing.text);
    }
    void answered(const client::Answer& answer, std::int64_t now_ms);
    // What must be sent now; given out once.
    std::optional<console::Sending> outgoing() { return slot_.outgoing(); }
    console::Desk& desk() { return desk_; }
    RatingModel& rating() { return rating_; }

    ClerkPicture picture(std::int64_t now_ms) const;
    // For how long the picture stays as it is if nothing comes.
    std::int64_t idle_ms(std::int64_t now_ms) const;
    bool known() const { return newest_.view != nullptr; }

  private:
    const protocol::ClerkView& view() const;
    // As of the newest of view and answer.
    const protocol::Window& window() const;
    const protocol::Ticket& current() const;
    std::string offered() const;
    // Whether the call key would bring somebody: the one offered here, or one offered elsewhere.
    bool somebody() const;
    bool live() const { return newest_.state == client::FeedState::live; }
    std::string off_reason() const;
    std::string situation() const;

    void send(const protocol::Command& command, std::int64_t now_ms);
    bool can(Do what, std::int64_t now_ms) const;

    void add_header(ClerkPicture& out, std::int64_t now_ms) const;
    void add_current(ClerkPicture& out, std::int64_t now_ms) const;
    void add_steps(ClerkPicture& out, std::int64_t now_ms) const;
    void add_calling_steps(ClerkPicture& out, std::int64_t now_ms) const;
    void add_serving_steps(ClerkPicture& out) const;
    void add_offer(ClerkPicture& out, std::int64_t now_ms) const;
    void add_lists(ClerkPicture& out, std::int64_t now_ms) const;
    void add_dialog(ClerkPicture& out) const;
    void add_message(ClerkPicture& out, std::int64_t now_ms) const;
    void add_transfer(ClerkPicture& out) const;
    std::string service_name(const std::string& code) const;
    std::string service_of(const protocol::Ticket& ticket) const;
    Word language_of(const protocol::Ticket& ticket) const;
    void add_services_left(const protocol::Ticket& ticket, std::vector<std::string>& facts) const;

    std::uint32_t window_;
    Newest newest_;
    console::HallTime time_;
    console::CommandSlot slot_;
    // The last answer, until a view knows of it.
    std::optional<protocol::Reply> reply_;
    // Another window has it: not to be offered again.
    std::string lost_;
    std::string lost_next_;
    std::int64_t started_ms_ = -kSettleMs;  // when our `start` was answered
    std::int64_t entered_ms_ = -kSettleMs;  // when a case's next stage was answered
    std::int64_t left_ms_ = -kSettleMs;     // when the page of a case had to go
    Word message_;
    Dialog dialog_ = Dialog::none;
    CaseDesk cases_;
    console::Desk desk_;
    RatingModel rating_;
};

}  // namespace hall::clerk
