#include "displays/console/alarm_model.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "client/place_text.h"
#include "wording/wording.h"

namespace hall::console {

using protocol::Emergency;
using protocol::EmergencyState;
using wording::format;
using wording::text;

namespace {

constexpr const char* kWindowPlace = "window:";
// Marks the place at the window as the visitor's who is there.
constexpr const char* kWithTicket = "#";

std::string place_of(const Emergency& emergency) {
    return emergency.place_name().empty() ? emergency.place() : emergency.place_name();
}

}  // namespace

const protocol::CareView& AlarmModel::view() const {
    static const protocol::CareView kNone;
    return newest_.view ? *newest_.view : kNone;
}

const Emergency* AlarmModel::first() const {
    const auto& all = view().emergencies();
    const auto urgency = [](const Emergency& one) {
        return std::make_tuple(one.state() == EmergencyState::raised, !one.drill(),
                               one.raised_at_ms());
    };
    const auto it = std::max_element(all.begin(), all.end(), [&](const auto& a, const auto& b) {
        return urgency(a) < urgency(b);
    });
    return it == all.end() ? nullptr : &*it;
}

std::vector<Choice> AlarmModel::places() const {
    std::vector<Choice> out;
    if (window_ != 0) {
        const std::string window = std::to_string(window_);
        const std::string place = kWindowPlace + window;
        const std::string name = format("clerk.window", {{"window", window}});
        if (!number_.empty()) {
            out.push_back({place + kWithTicket + number_, name,
                           format("console.alarm.with_ticket", {{"number", number_}})});
        }
        out.push_back({place, name, number_.empty() ? "" : text("console.alarm.somebody")});
    }
    const auto& view = this->view();
    for (int i = 0; i < view.places_size(); ++i) {
        out.push_back({view.places(i),
                       i < view.place_names_size() ? view.place_names(i) : view.places(i), ""});
    }
    return out;
}

void AlarmModel::send(const protocol::Command& command, const std::string& situation) {
    auto sending = slot_.begin(command, situation);
    if (!sending) return;
    problem_.clear();
    outgoing_ = std::move(sending);
}

void AlarmModel::act(const AlarmAct& act) {
    protocol::Command command;
    switch (act.what) {
        case AlarmDo::ask_raise:
            ++raised_;
            choosing_ = true;
            drill_ = false;
            return;
        case AlarmDo::dismiss:
            choosing_ = false;
            return;
        case AlarmDo::drill:
            drill_ = !drill_;
            return;
        case AlarmDo::acknowledge: {
            const Emergency* emergency = first();
            if (!emergency || emergency->state() != EmergencyState::raised) return;
            command.mutable_acknowledge_emergency()->set_emergency(emergency->id());
            send(command, "acknowledge");
            return;
        }
        case AlarmDo::raise: {
            if (!choosing_) return;
            auto& raise = *command.mutable_raise_emergency();
            const auto ticket = act.value.find(kWithTicket);
            raise.set_place(act.value.substr(0, ticket));
            if (ticket != std::string::npos) raise.set_number(act.value.substr(ticket + 1));
            raise.set_drill(drill_);
            send(command, "raise " + std::to_string(raised_));
            return;
        }
    }
}

std::optional<Sending> AlarmModel::outgoing() {
    return std::exchange(outgoing_, std::nullopt);
}

void AlarmModel::answered(const client::Answer& answer) {
    const bool raised = slot_.command().has_raise_emergency();
    slot_.answered(answer);
    problem_ = answer_problem(answer, text("console.alarm.same_button"));
    // What could not be raised stays on the screen: pressed once more it is the same alarm.
    if (problem_.empty() && raised) choosing_ = false;
}

AlarmPicture AlarmModel::picture() const {
    AlarmPicture out;
    out.choosing = choosing_;
    out.raise_drill = drill_;
    if (choosing_) out.places = places();
    if (!problem_.empty()) {
        out.message = {problem_, Gravity::bad};
    } else if (slot_.busy()) {
        out.message = {text("clerk.sending"), Gravity::waiting};
    }
    const Emergency* emergency = first();
    if (!emergency) return out;
    out.shown = true;
    out.drill = emergency->drill();
    out.title = text(out.drill ? "console.alarm.drill" : "console.alarm.real") + " · " +
                place_of(*emergency);
    if (!emergency->number().empty()) out.title += " · " + emergency->number();
    out.title +=
        " · " + client::clock_text(emergency->raised_at_ms(), view().head().utc_offset_s());
    out.can_acknowledge = emergency->state() == EmergencyState::raised;
    if (!out.can_acknowledge) {
        out.state = {text("console.alarm.acknowledged"), Gravity::good};
    } else {
        out.state = {
            text(emergency->escalated() ? "console.alarm.escalated" : "console.alarm.unanswered"),
            Gravity::warning};
    }
    const auto others =
        std::max(view().emergency_count(), static_cast<std::uint32_t>(view().emergencies_size())) -
        1;
    if (others > 0) {
        out.more = format("console.alarm.more", {{"count", std::to_string(others)}});
    }
    return out;
}

}  // namespace hall::console
