#include "displays/console/sign_on_model.h"

#include <utility>

#include "wording/names.h"
#include "wording/wording.h"

namespace hall::console {

using protocol::Command;
using protocol::RefusalCode;
using wording::format;
using wording::text;

const protocol::CareView& SignOnModel::view() const {
    static const protocol::CareView kNone;
    return newest_.view ? *newest_.view : kNone;
}

// As the newest view has them; null: nobody.
const protocol::Staff* SignOnModel::me() const {
    for (const auto& staff : view().staff()) {
        if (staff.number() == me_) return &staff;
    }
    return nullptr;
}

void SignOnModel::find_me() {
    if (device_.empty() || !newest_.view || view().head().seq() < changed_seq_) return;
    me_.clear();
    my_name_.clear();
    for (const auto& staff : view().staff()) {
        if (!staff.on_duty() || staff.device() != device_) continue;
        me_ = staff.number();
        my_name_ = staff.name();
    }
}

void SignOnModel::take(const Newest& newest) {
    const bool new_view = newest.view != newest_.view;
    newest_ = newest;
    if (!new_view) return;
    staffed_ = staffed_ || view().staff_count() > 0;
    find_me();
}

void SignOnModel::not_done(const client::Answer& answer) {
    if (!answer || answer->refusal().code() != RefusalCode::sign_on_needed) return;
    staffed_ = true;
    open_ = true;
    message_ = {text("console.sign_on.needed"), Gravity::warning};
}

void SignOnModel::send(const Command& command) {
    if (!slot_.begin(command, me_ + " " + staff_)) return;
    message_ = {};
    staff_error_.clear();
    pin_error_.clear();
    if (command.has_sign_on()) as_ = {staff_, std::exchange(pin_, {}), ""};
}

void SignOnModel::act(const SignOnAct& act) {
    Command command;
    switch (act.what) {
        case SignOnDo::open:
            open_ = true;
            message_ = {};
            return;
        case SignOnDo::dismiss:
            open_ = false;
            // A PIN may stand in the field for the number.
            staff_.clear();
            pin_.clear();
            return;
        case SignOnDo::write_staff:
            staff_ = act.value;
            staff_error_.clear();
            return;
        case SignOnDo::write_pin:
            pin_ = act.value;
            pin_error_.clear();
            return;
        case SignOnDo::digit:
            pin_error_.clear();
            if (act.value.empty()) pin_.clear();
            if (pin_.size() < kPinMax) pin_ += act.value;
            return;
        case SignOnDo::sign_on:
            if (staff_.empty() || pin_.empty()) return;
            command.mutable_sign_on();
            return send(command);
        case SignOnDo::off_duty:
            if (me_.empty()) return;
            command.mutable_go_off_duty()->set_staff(me_);
            return send(command);
    }
}

std::optional<Sending> SignOnModel::outgoing() {
    auto sending = slot_.outgoing();
    if (sending) sending->as = std::exchange(as_, {});
    return sending;
}

std::optional<protocol::Query> SignOnModel::asking() {
    if (!must_ask_ || newest_.state != client::FeedState::live) return std::nullopt;
    must_ask_ = false;
    protocol::Query query;
    query.mutable_staff_list();
    return query;
}

void SignOnModel::told(const client::Answer& answer) {
    if (!answer) {
        must_ask_ = true;  // it did not hear us: asked again while views come
        return;
    }
    if (!answer->has_staff_list()) return;
    device_ = answer->staff_list().device();
    staffed_ = staffed_ || answer->staff_list().staff_size() > 0;
    find_me();
}

bool SignOnModel::answered(const client::Answer& answer) {
    const Command command = slot_.command();
    slot_.answered(answer);
    const std::string problem = answer_problem(answer, text("console.alarm.same_button"));
    if (!problem.empty()) {
        const auto code = answer ? answer->refusal().code() : RefusalCode::unknown;
        const bool number = code == RefusalCode::unknown_staff || code == RefusalCode::pin_not_set;
        const bool pin = code == RefusalCode::pin_wrong || code == RefusalCode::pin_locked;
        if (number) {
            staff_error_ = problem;
        } else if (pin) {
            pin_error_ = problem;
        } else {
            message_ = {problem, Gravity::bad};
        }
        return false;
    }
    changed_seq_ = answer->seq();
    if (command.has_sign_on()) {
        me_ = answer->staff().number();
        my_name_ = answer->staff().name();
        device_ = answer->staff().device();
        open_ = false;
        staff_.clear();
        return true;
    }
    me_.clear();
    my_name_.clear();
    message_ = {text("console.sign_on.off_duty_done"), Gravity::good};
    return true;
}

SignOnPicture SignOnModel::picture() const {
    SignOnPicture out;
    out.shown = staffed_;
    out.anybody = !me_.empty();
    const std::string& name = my_name_.empty() ? me_ : my_name_;
    out.label = out.anybody ? name : text("console.sign_on");
    out.open = open_;
    if (out.anybody) {
        out.title = format("console.sign_on.who", {{"name", name}});
        if (const auto* staff = me()) {
            out.facts =
                wording::name_of(staff->rank()) + " · " +
                format("console.sign_on.cases", {{"count", std::to_string(staff->open_cases())}});
        }
    } else {
        out.title = text("console.sign_on.title");
    }
    out.staff = staff_;
    out.pin = pin_;
    out.staff_error = staff_error_;
    out.pin_error = pin_error_;
    out.message = message_;
    if (staff_.empty() || pin_.empty()) out.off = text("console.sign_on.missing");
    if (slot_.busy()) out.busy = text("clerk.sending");
    return out;
}

}  // namespace hall::console
