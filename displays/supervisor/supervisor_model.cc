#include "displays/supervisor/supervisor_model.h"

#include "wording/wording.h"

namespace hall::supervisor {

using protocol::Command;
using wording::text;

void SupervisorModel::take(const Newest& newest, std::int64_t now_ms) {
    const bool new_view = newest.view != newest_.view;
    newest_ = newest;
    if (newest.view && new_view) time_.take(newest.view->head(), newest.age_ms, now_ms);
}

const protocol::SupervisorView& SupervisorModel::view() const {
    static const protocol::SupervisorView kNone;
    return newest_.view ? *newest_.view : kNone;
}

std::string SupervisorModel::off_reason() const {
    const std::string heard =
        newest_.view ? time_.clock_of(newest_.view->head().server_time_ms()) : std::string();
    return console::link_reason(newest_.state, heard);
}

void SupervisorModel::open(SupervisorDialog dialog, std::uint64_t about) {
    dialog_ = dialog;
    about_ = about;
    written_.clear();
    leaving_ = false;
    message_ = {};  // of what was answered before
}

void SupervisorModel::send(const Command& command) {
    if (newest_.state != client::FeedState::live) return;
    if (slot_.begin(command, std::to_string(about_))) message_ = {};
}

// What a row's button does: the section says about what.
void SupervisorModel::press(const std::string& id, std::int64_t now_ms) {
    const std::uint64_t about = std::stoull(id);
    if (section_ == Section::follow_ups) return open(SupervisorDialog::follow_up, about);
    if (section_ == Section::consultations) return open(SupervisorDialog::consultation, about);
    if (section_ == Section::emergencies) desk_.alarm.act({console::AlarmDo::show, id}, now_ms);
}

void SupervisorModel::act(const SupervisorAct& act, std::int64_t now_ms) {
    Command command;
    const bool again = std::exchange(leaving_, false);
    switch (act.what) {
        case SupervisorDo::section: {
            const std::size_t index = std::stoul(act.value);
            if (index >= kSections) return;
            section_ = static_cast<Section>(index);
            list_open_ = true;
            return;
        }
        case SupervisorDo::list:
            list_open_ = false;
            return;
        case SupervisorDo::press:
            return press(act.value, now_ms);
        case SupervisorDo::write:
            written_ = act.value;
            return;
        case SupervisorDo::send:
            if (written_.empty()) return;
            if (dialog_ == SupervisorDialog::follow_up) {
                command.mutable_answer_follow_up()->set_case_id(about_);
                command.mutable_answer_follow_up()->set_note(written_);
                return send(command);
            }
            if (dialog_ == SupervisorDialog::consultation) {
                command.mutable_answer_consultation()->set_consultation(about_);
                command.mutable_answer_consultation()->set_note(written_);
                return send(command);
            }
            return;
        case SupervisorDo::dismiss:
            leaving_ = !written_.empty() && !again;
            if (!leaving_) open(SupervisorDialog::none, 0);
            return;
    }
}

void SupervisorModel::answered(const client::Answer& answer) {
    slot_.answered(answer);
    const std::string problem = console::answer_problem(answer, text("console.alarm.same_button"));
    if (!problem.empty()) {
        message_ = {problem, Gravity::bad};
        return desk_.sign_on.not_done(answer);
    }
    open(SupervisorDialog::none, 0);
    message_ = {text("supervisor.taken"), Gravity::good};
}

}  // namespace hall::supervisor
