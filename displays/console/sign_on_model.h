// Who is on duty at a console: signing on with number and PIN, signing on in another's place, going
// off duty. From the newest care view, what was pressed and written, and the answers.
//
// Which device of the hall this console is, only the hall knows: it is asked once. From then on the
// care view tells who is signed on here, also after a restart and after a sign-on elsewhere.
//
// A PIN is given out once, with the command, and is kept nowhere; after a refusal it is written
// anew. It has a command slot of its own. Used by console models. Knows no pixel. One thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "client/command_client.h"
#include "client/view_feed.h"
#include "displays/console/command_slot.h"
#include "displays/console/words.h"
#include "protocol/views.pb.h"

namespace hall::console {

// A staff number and a PIN have no more characters than this (PROTOCOL.md).
inline constexpr std::size_t kStaffNumberMax = 16;
inline constexpr std::size_t kPinMax = 12;

enum class SignOnDo {
    open,         // the dialog
    write_staff,  // value: the number as written so far
    write_pin,    // value: the PIN as written so far
    digit,        // value: one more digit of the PIN; empty: all of it away
    sign_on,
    off_duty,
    dismiss,
};

struct SignOnAct {
    SignOnDo what = SignOnDo::dismiss;
    std::string value = {};
};

struct SignOnPicture {
    bool shown = false;    // the hall has staff
    bool anybody = false;  // somebody is signed on here
    std::string label;     // 签到, or the name of who is signed on
    bool open = false;     // the dialog
    std::string title;
    std::string facts;  // 窗口人员 · 在办 2 件
    std::string staff;
    std::string pin;
    std::string staff_error;  // a refusal, beside the field that it is about
    std::string pin_error;
    Word message;
    std::string off;   // why nobody can sign on yet
    std::string busy;  // why nothing can be sent

    friend bool operator==(const SignOnPicture&, const SignOnPicture&) = default;
};

class SignOnModel {
  public:
    using Newest = client::Newest<protocol::CareView>;

    void take(const Newest& newest);
    void act(const SignOnAct& act);
    // A command of the console's was not done; the dialog opens if nobody is signed on here.
    void not_done(const client::Answer& answer);

    // What must be sent or asked now; each is given out once.
    std::optional<Sending> outgoing();
    std::optional<protocol::Query> asking();
    void told(const client::Answer& answer);
    // Whether the hall has done it.
    bool answered(const client::Answer& answer);

    SignOnPicture picture() const;
    // Who is signed on here; empty: nobody, or not known yet.
    const std::string& number() const { return me_; }

  private:
    const protocol::CareView& view() const;
    const protocol::Staff* me() const;
    void find_me();
    void send(const protocol::Command& command);

    Newest newest_;
    CommandSlot slot_;
    client::Credentials as_;  // of the command that is not sent yet
    bool must_ask_ = true;    // which device this is
    std::string device_;
    bool staffed_ = false;
    // Of the answer that said who is here; older views do not count.
    std::uint64_t changed_seq_ = 0;
    std::string me_;
    std::string my_name_;
    bool open_ = false;
    std::string staff_;
    std::string pin_;
    std::string staff_error_;
    std::string pin_error_;
    Word message_;
};

}  // namespace hall::console
