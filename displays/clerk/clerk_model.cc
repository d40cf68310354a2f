#include "displays/clerk/clerk_model.h"

#include <algorithm>

#include "wording/wording.h"

namespace hall::clerk {

using protocol::Command;
using protocol::RefusalCode;
using protocol::WindowState;
using wording::format;
using wording::text;

void ClerkModel::take(const Newest& newest, std::int64_t now_ms) {
    const bool new_view = newest.view != newest_.view;
    newest_ = newest;
    if (!newest.view || !new_view) return;
    time_.take(newest.view->head(), newest.age_ms, now_ms);
    if (reply_ && newest.view->head().seq() >= reply_->seq()) reply_.reset();
    if (newest.view->offer().number() != lost_) lost_.clear();
    if (const auto left = cases_.take(*newest.view)) {
        message_ = {*left, Gravity::warning};
        left_ms_ = now_ms;
    }
    desk_.alarm.at_window(current().number());
    const auto& cases = newest.view->cases();
    const bool here = std::any_of(cases.begin(), cases.end(),
                                  [&](const auto& one) { return one.id() == rating_.about(); });
    if (!here) rating_.follow(nullptr, now_ms);
}

void ClerkModel::take_care(const console::AlarmModel::Newest& care) {
    desk_.take(care);
    if (care.view) cases_.take_care(care.view);
}

const protocol::ClerkView& ClerkModel::view() const {
    static const protocol::ClerkView kNone;
    return newest_.view ? *newest_.view : kNone;
}

const protocol::Window& ClerkModel::window() const {
    return reply_ && reply_->has_window() ? reply_->window() : view().window();
}

const protocol::Ticket& ClerkModel::current() const {
    static const protocol::Ticket kNone;
    if (!reply_ || !reply_->has_window()) return view().current();
    return reply_->window().ticket_number().empty() ? kNone : reply_->window_ticket();
}

std::string ClerkModel::offered() const {
    if (!lost_.empty()) return lost_next_;
    if (reply_ && reply_->has_window()) return reply_->window().offer();
    return view().offer().number();
}

bool ClerkModel::somebody() const {
    return !offered().empty() || !window().offered_elsewhere().empty();
}

std::string ClerkModel::off_reason() const {
    const std::string heard =
        newest_.view ? time_.clock_of(newest_.view->head().server_time_ms()) : std::string();
    return console::link_reason(newest_.state, heard);
}

// A command means the same only while the window and its ticket are as they were.
std::string ClerkModel::situation() const {
    return std::to_string(static_cast<int>(window().state())) + " " + window().ticket_number() +
           " " + std::to_string(current().calls()) + " " + std::to_string(window().since_ms());
}

void ClerkModel::send(const Command& command, std::int64_t now_ms) {
    if (!live() || !slot_.begin(command, situation(), now_ms)) return;
    message_ = {};
    dialog_ = Dialog::none;
}

bool ClerkModel::can(Do what, std::int64_t now_ms) const {
    ClerkPicture picture;
    add_steps(picture, now_ms);
    return std::any_of(picture.steps.begin(), picture.steps.end(), [&](const Step& step) {
        return step.what == what && step.disabled.empty();
    });
}

void ClerkModel::act(const Act& act, std::int64_t now_ms) {
    if (now_ms - left_ms_ < kSettleMs) return;
    Command command;
    switch (act.what) {
        case Do::dismiss:
            dialog_ = Dialog::none;
            return;
        case Do::ask_transfer:
            if (can(act.what, now_ms)) dialog_ = Dialog::transfer;
            return;
        case Do::ask_pause:
            if (can(act.what, now_ms)) dialog_ = Dialog::pause;
            return;
        case Do::ask_return:
            dialog_ = Dialog::come_back;
            return;
        case Do::show_waiting:
            dialog_ = Dialog::waiting;
            return;
        case Do::open:
            command.mutable_open_window()->set_window(window_);
            break;
        case Do::close_window:
            command.mutable_close_window()->set_window(window_);
            break;
        case Do::call_next:
            command.mutable_call_next()->set_window(window_);
            if (!offered().empty()) command.mutable_call_next()->set_offered(offered());
            break;
        case Do::start:
            command.mutable_start_service()->set_window(window_);
            break;
        case Do::recall:
            command.mutable_recall()->set_window(window_);
            break;
        case Do::missed:
            command.mutable_mark_missed()->set_window(window_);
            break;
        case Do::finish:
            command.mutable_finish_service()->set_window(window_);
            break;
        case Do::errand:
            command.mutable_send_on_errand()->set_window(window_);
            break;
        case Do::next_service:
            command.mutable_next_service()->set_window(window_);
            break;
        case Do::transfer:
            command.mutable_transfer()->set_window(window_);
            command.mutable_transfer()->set_service(act.value);
            return send(command, now_ms);
        case Do::pause: {
            protocol::Reason::Value reason = protocol::Reason::other;
            protocol::Reason::Value_Parse(act.value, &reason);
            command.mutable_pause_window()->set_window(window_);
            command.mutable_pause_window()->set_reason(reason);
            return send(command, now_ms);
        }
        case Do::come_back:
            command.mutable_return_ticket()->set_number(act.value);
            return send(command, now_ms);
    }
    if (act.what == Do::finish && now_ms - started_ms_ < kSettleMs) return;
    if (can(act.what, now_ms)) send(command, now_ms);
}

void ClerkModel::act(const CaseAct& act, std::int64_t now_ms) {
    if (now_ms - left_ms_ < kSettleMs) return;
    message_ = {};  // a choice is not headed by what became of the one before
    if (act.what == CaseDo::rate) {
        if (const auto* file = cases_.to_rate()) rating_.ask(*file);
        return;
    }
    // Enter goes to the next stage: a second press so soon is the same press.
    if (act.what == CaseDo::enter && now_ms - entered_ms_ < kSettleMs) return;
    if (const auto command = cases_.act(act)) send(*command, now_ms);
}

void ClerkModel::act(const console::AlarmAct& act, std::int64_t now_ms) {
    desk_.alarm.faces_visitor(rating_.shown());
    desk_.alarm.act(act, now_ms);
}

void ClerkModel::answered(const client::Answer& answer, std::int64_t now_ms) {
    const Command command = slot_.command();
    slot_.answered(answer);
    const std::string problem = console::answer_problem(answer, text("clerk.same_button"));
    if (answer && answer->has_refusal() &&
        answer->refusal().code() == RefusalCode::lost_to_another_window) {
        const auto& refusal = answer->refusal();
        lost_ = command.call_next().offered();
        lost_next_ = refusal.next_number();
        message_ = {format("clerk.lost", {{"number", refusal.number()},
                                          {"window", std::to_string(refusal.window())}}),
                    Gravity::warning};
        if (view().offer().number() != lost_) lost_.clear();
        return;
    }
    if (!problem.empty()) {
        message_ = {problem, Gravity::bad};
        return desk_.sign_on.not_done(answer);
    }
    if (answer->has_window() && answer->seq() > view().head().seq()) reply_ = *answer;
    cases_.done(command, *answer);
    if (command.has_enter_stage()) entered_ms_ = now_ms;
    if (command.has_ask_material()) message_ = {text("clerk.notice.told"), Gravity::good};
    if (command.has_start_service()) started_ms_ = now_ms;
    if (command.has_return_ticket()) {
        message_ = {format("clerk.returned", {{"number", answer->ticket().number()}}),
                    Gravity::good};
    }
}

std::int64_t ClerkModel::idle_ms(std::int64_t now_ms) const {
    std::int64_t idle = std::min(time_.to_next_minute_ms(now_ms), slot_.idle_ms(now_ms));
    if (window().state() == WindowState::calling) {
        const std::int64_t utc_ms = time_.utc_ms(now_ms);
        for (const std::int64_t from_ms : {view().recall_from_ms(), view().missed_from_ms()}) {
            const std::int64_t left = from_ms - utc_ms;
            if (left > 0) idle = std::min(idle, (left - 1) % 1'000 + 1);
        }
    }
    idle = std::min(idle, rating_.idle_ms(now_ms));
    return std::max<std::int64_t>(1, idle);
}

}  // namespace hall::clerk
