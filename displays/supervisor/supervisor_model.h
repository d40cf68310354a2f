// What a supervisor (值班领导) sees and does: what is overdue, open or gone wrong today, from the
// newest view; follow-ups and hard consultations are answered, emergencies are AlarmModel's.
//
// What is written stays until the hall has taken it, or until it is given up with a second Esc.
// Knows no pixel. One thread. `now_ms` is the monotonic clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/command_client.h"
#include "client/view_feed.h"
#include "displays/console/command_slot.h"
#include "displays/console/desk.h"
#include "displays/console/hall_time.h"
#include "displays/supervisor/supervisor_picture.h"
#include "protocol/views.pb.h"

namespace hall::supervisor {

class SupervisorModel {
  public:
    using Newest = client::Newest<protocol::SupervisorView>;

    void take(const Newest& newest, std::int64_t now_ms);
    void act(const SupervisorAct& act, std::int64_t now_ms);
    void act(const console::AlarmAct& act, std::int64_t now_ms) { desk_.alarm.act(act, now_ms); }
    void act(const console::SignOnAct& act, std::int64_t) { desk_.sign_on.act(act); }
    void answered(const client::Answer& answer);
    // What must be sent now; given out once.
    std::optional<console::Sending> outgoing() { return slot_.outgoing(); }
    console::Desk& desk() { return desk_; }

    SupervisorPicture picture(std::int64_t now_ms) const;
    // For how long the picture stays as it is if nothing comes.
    std::int64_t idle_ms(std::int64_t now_ms) const { return time_.to_next_minute_ms(now_ms); }
    bool known() const { return newest_.view != nullptr; }

  private:
    const protocol::SupervisorView& view() const;
    std::string off_reason() const;
    void press(const std::string& id, std::int64_t now_ms);
    void open(SupervisorDialog dialog, std::uint64_t about);
    void send(const protocol::Command& command);

    Word count_of(Section section) const;
    std::size_t total_of(Section section) const;
    std::vector<RowPicture> rows_of(Section section, std::int64_t now_ms) const;
    // The name of who has this number, or the number.
    std::string person(const std::string& number) const;
    // Of device/person.
    std::string person_of(const std::string& actor) const;
    std::vector<RowPicture> emergency_rows() const;
    std::vector<RowPicture> case_rows(
        const google::protobuf::RepeatedPtrField<protocol::Case>& cases, Section section,
        std::int64_t now_ms) const;
    std::vector<RowPicture> consultation_rows() const;
    std::vector<RowPicture> override_rows() const;
    std::vector<RowPicture> loan_rows(std::int64_t now_ms) const;
    std::vector<RowPicture> staff_rows() const;
    std::vector<RowPicture> window_rows() const;
    std::vector<RowPicture> printer_rows() const;
    void add_dialog(SupervisorPicture& out) const;
    Word live_message() const;

    Newest newest_;
    console::HallTime time_;
    console::CommandSlot slot_;
    console::Desk desk_;
    Section section_ = Section::emergencies;
    bool list_open_ = false;
    SupervisorDialog dialog_ = SupervisorDialog::none;
    std::uint64_t about_ = 0;  // of the dialog: case or consultation
    std::string written_;
    bool leaving_ = false;  // whether what is written is given up needs to be said once more
    Word message_;
};

}  // namespace hall::supervisor
