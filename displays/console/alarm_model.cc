#include "displays/console/alarm_model.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <tuple>
#include <utility>

#include "client/place_text.h"
#include "protocol/body.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::console {

using protocol::Command;
using protocol::Emergency;
using protocol::EmergencyOutcome;
using protocol::EmergencyState;
using wording::format;
using wording::name_of;
using wording::text;

namespace {

constexpr const char* kWindowPlace = "window:";
// Marks the place at the window as the visitor's who is there.
constexpr const char* kWithTicket = "#";
// What can be seen from where one stands; a doctor names it later.
constexpr const char* kKinds[] = {"console.alarm.kind.fainted", "console.alarm.kind.chest",
                                  "console.alarm.kind.fall",    "console.alarm.kind.breath",
                                  "console.alarm.kind.spasm",   "console.alarm.kind.other"};
constexpr std::size_t kWantedMax = 16;
// Of a slot that never sends but one thing.
constexpr const char* kSituation = "alarm";
constexpr std::string_view kUnreachable = "server_unreachable";

std::uint64_t number_of(const std::string& text) {
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// Choices whose effect cannot be taken back.
bool settles_first(AlarmDo what) {
    return what == AlarmDo::kind || what == AlarmDo::acknowledge || what == AlarmDo::step ||
           what == AlarmDo::outcome;
}

std::vector<Choice> outcomes_of(const Emergency& emergency) {
    using Outcome = EmergencyOutcome;
    std::vector<Outcome::Value> all{Outcome::recovered, Outcome::hospital, Outcome::family,
                                    Outcome::false_alarm, Outcome::other};
    if (emergency.drill()) all = {Outcome::practised, Outcome::false_alarm, Outcome::other};
    std::vector<Choice> out;
    for (const Outcome::Value one : all)
        out.push_back({Outcome::Value_Name(one), name_of(one), ""});
    return out;
}

}  // namespace

std::string alarm_title(const Emergency& emergency) {
    std::string out = text(emergency.drill() ? "console.alarm.drill" : "console.alarm.real") +
                      " · " + wording::name_of_place(emergency.place(), emergency.place_name());
    if (!emergency.number().empty()) out += " · " + emergency.number();
    return out;
}

std::string alarm_unanswered(const Emergency& emergency) {
    return text(emergency.escalated() ? "console.alarm.escalated" : "console.alarm.unanswered");
}

const protocol::CareView& AlarmModel::view() const {
    static const protocol::CareView kNone;
    return newest_.view ? *newest_.view : kNone;
}

void AlarmModel::take(const Newest& newest) {
    const bool heard = newest.state == client::FeedState::live && newest.view != newest_.view;
    newest_ = newest;
    if (waits_ && heard) send_first(sent_ms_);
    if (told_ && view().head().seq() >= told_->seq()) told_.reset();
    if (about_one() && find(about_) == nullptr) dialog_ = AlarmDialog::none;
    if (problem_.about == 0) return;
    const Emergency* emergency = find(problem_.about);
    if (emergency == nullptr || emergency->state() != problem_.state) problem_ = {};
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

const Emergency* AlarmModel::find(std::uint64_t id) const {
    if (told_ && told_->emergency().id() == id) {
        return told_->emergency().state() == EmergencyState::closed ? nullptr : &told_->emergency();
    }
    const auto& all = view().emergencies();
    const auto it =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id() == id; });
    return it == all.end() ? nullptr : &*it;
}

std::vector<Choice> AlarmModel::places() const {
    std::vector<Choice> out;
    const std::string own = window_ == 0 ? "" : kWindowPlace + std::to_string(window_);
    if (!own.empty()) {
        const std::string name = wording::name_of_place(own);
        if (!number_.empty()) {
            out.push_back({own + kWithTicket + number_, name,
                           format("console.alarm.with_ticket", {{"number", number_}})});
        }
        out.push_back({own, name, number_.empty() ? "" : text("console.alarm.somebody")});
    }
    const auto& view = this->view();
    for (int i = 0; i < view.places_size(); ++i) {
        const bool named = i < view.place_names_size();
        out.push_back({view.places(i),
                       wording::name_of_place(view.places(i), named ? view.place_names(i) : ""),
                       ""});
    }
    for (const std::uint32_t window : view.windows()) {
        const std::string place = kWindowPlace + std::to_string(window);
        if (place != own) out.push_back({place, wording::name_of_place(place), ""});
    }
    return out;
}

// A staff member's name, or the number where it is not known.
std::string AlarmModel::person(const std::string& number) const {
    for (const auto& staff : view().staff()) {
        if (staff.number() == number && !staff.name().empty()) return staff.name();
    }
    // Off duty since; who was asked to come is named all the same.
    for (const Emergency& one : view().emergencies()) {
        for (int i = 0; i < std::min(one.responders_size(), one.responder_names_size()); ++i) {
            if (one.responders(i) == number) return one.responder_names(i);
        }
    }
    return number;
}

std::string AlarmModel::title_of(const protocol::RaiseEmergency& raise) const {
    Emergency emergency;
    emergency.set_place(raise.place());
    emergency.set_number(raise.number());
    emergency.set_drill(raise.drill());
    for (int i = 0; i < std::min(view().places_size(), view().place_names_size()); ++i) {
        if (view().places(i) == raise.place()) emergency.set_place_name(view().place_names(i));
    }
    return alarm_title(emergency);
}

void AlarmModel::send(const Command& command, const std::string& wish, std::int64_t now_ms) {
    // Pressed twice it is one command.
    const bool again = std::any_of(wanted_.begin(), wanted_.end(),
                                   [&](const Wanted& one) { return one.wish == wish; });
    const bool idle = wanted_.empty() || waits_;
    if (!again && wanted_.size() < kWantedMax) wanted_.push_back({command, wish, now_ms});
    if (idle) send_first(now_ms);
}

void AlarmModel::send_first(std::int64_t now_ms) {
    waits_ = false;
    while (!wanted_.empty() && wanted_.front().unanswered && over(wanted_.front().command)) {
        wanted_.pop_front();
    }
    if (wanted_.empty()) return;
    Wanted& first = wanted_.front();
    first.slot.begin(first.command, kSituation, now_ms);
    sent_ms_ = now_ms;
}

// It was not answered: it goes again, after the others.
void AlarmModel::keep_first() {
    wanted_.front().unanswered = true;
    wanted_.push_back(std::move(wanted_.front()));
    wanted_.pop_front();
}

bool AlarmModel::over(const Command& command) const {
    if (command.has_raise_emergency() || newest_.state != client::FeedState::live) return false;
    const Emergency* emergency =
        find(protocol::number_in(*protocol::body_of(command), "emergency"));
    if (emergency == nullptr) return true;
    if (command.has_acknowledge_emergency()) return emergency->state() != EmergencyState::raised;
    if (!command.has_do_emergency_step()) return false;
    const auto step = static_cast<int>(command.do_emergency_step().step());
    return step >= 1 && step <= emergency->steps_size() &&
           emergency->steps(step - 1).done_at_ms() > 0;
}

bool AlarmModel::raising() const {
    return std::any_of(wanted_.begin(), wanted_.end(),
                       [&](const Wanted& one) { return one.wish == opening(); });
}

const AlarmModel::Wanted* AlarmModel::unheard(std::int64_t now_ms) const {
    const bool live = newest_.state == client::FeedState::live;
    for (const Wanted& one : wanted_) {
        if (!one.command.has_raise_emergency() || one.command.raise_emergency().drill()) continue;
        if (!live || one.unanswered || now_ms - one.since_ms >= kUnheardMs) return &one;
    }
    return nullptr;
}

void AlarmModel::open(AlarmDialog dialog, std::int64_t now_ms) {
    dialog_ = dialog;
    opened_ms_ = now_ms;
}

bool AlarmModel::show(std::uint64_t id, std::int64_t now_ms) {
    if (find(id) == nullptr) return false;
    about_ = id;
    if (!faces_visitor_) open(AlarmDialog::page, now_ms);
    return true;
}

void AlarmModel::back(std::int64_t now_ms) {
    switch (dialog_) {
        case AlarmDialog::kind:
            if (raising()) break;
            return open(AlarmDialog::place, now_ms);
        case AlarmDialog::outcome:
            return open(AlarmDialog::page, now_ms);
        case AlarmDialog::none:
        case AlarmDialog::place:
        case AlarmDialog::unheard:
        case AlarmDialog::page:
            break;
    }
    dialog_ = AlarmDialog::none;
}

bool AlarmModel::read(std::int64_t now_ms) const {
    const Emergency* emergency = first();
    return emergency == nullptr || emergency->state() != EmergencyState::raised ||
           (emergency->id() == seen_ && now_ms - seen_ms_ >= kAlarmSettleMs);
}

void AlarmModel::respond(std::int64_t now_ms) {
    const Emergency* emergency = first();
    if (emergency == nullptr || !show(emergency->id(), now_ms)) return;
    change({AlarmDo::acknowledge}, now_ms);
}

void AlarmModel::raise(const std::string& kind, std::int64_t now_ms) {
    Command command;
    auto& raise = *command.mutable_raise_emergency();
    const auto ticket = place_.find(kWithTicket);
    raise.set_place(place_.substr(0, ticket));
    if (ticket != std::string::npos) raise.set_number(place_.substr(ticket + 1));
    raise.set_kind(text(kind));
    raise.set_case_id(case_id_);
    raise.set_drill(drill_);
    // Chosen once more because nobody heard it, it is the same emergency.
    for (Wanted& one : wanted_) {
        const auto& other = one.command.raise_emergency();
        if (one.command.has_raise_emergency() && other.place() == raise.place() &&
            other.number() == raise.number() && other.drill() == raise.drill()) {
            one.wish = opening();
        }
    }
    send(command, opening(), now_ms);
}

// What is done to the one whose page is open.
void AlarmModel::change(const AlarmAct& act, std::int64_t now_ms) {
    const Emergency* emergency = find(about_);
    if (emergency == nullptr) return;
    Command command;
    std::string wish = std::to_string(about_);
    if (act.what == AlarmDo::acknowledge) {
        if (emergency->state() != EmergencyState::raised) return;
        command.mutable_acknowledge_emergency()->set_emergency(about_);
        wish += " acknowledge";
    } else if (act.what == AlarmDo::step) {
        command.mutable_do_emergency_step()->set_emergency(about_);
        command.mutable_do_emergency_step()->set_step(
            static_cast<std::uint32_t>(number_of(act.value)));
        wish += " step " + act.value;
    } else {
        EmergencyOutcome::Value outcome = EmergencyOutcome::unknown;
        if (!EmergencyOutcome::Value_Parse(act.value, &outcome)) return;
        command.mutable_close_emergency()->set_emergency(about_);
        command.mutable_close_emergency()->set_outcome(outcome);
        wish += " close " + act.value;
    }
    send(command, wish, now_ms);
}

void AlarmModel::act(const AlarmAct& act, std::int64_t now_ms) {
    if (settles_first(act.what) && now_ms - opened_ms_ < kAlarmSettleMs) return;
    // An alarm that came a moment before the key was not what the person answered.
    if (act.what == AlarmDo::respond && !read(now_ms)) return;
    problem_ = {};
    switch (act.what) {
        case AlarmDo::respond:
            return respond(now_ms);
        case AlarmDo::ask_raise:
            ++raised_;
            drill_ = false;
            case_id_ = number_of(act.value);
            return open(AlarmDialog::place, now_ms);
        case AlarmDo::drill:
            drill_ = !drill_;
            return;
        case AlarmDo::place:
            place_ = act.value;
            return open(AlarmDialog::kind, now_ms);
        case AlarmDo::kind:
            if (dialog_ == AlarmDialog::kind) raise(act.value, now_ms);
            return;
        case AlarmDo::show:
            show(number_of(act.value), now_ms);
            return;
        case AlarmDo::acknowledge:
        case AlarmDo::step:
        case AlarmDo::outcome:
            return change(act, now_ms);
        case AlarmDo::ask_outcome:
            if (find(about_) != nullptr) open(AlarmDialog::outcome, now_ms);
            return;
        case AlarmDo::next: {
            const auto& all = view().emergencies();
            for (int i = 0; i < all.size(); ++i) {
                if (all[i].id() != about_) continue;
                show(all[(i + 1) % all.size()].id(), now_ms);
                return;
            }
            return;
        }
        case AlarmDo::dismiss:
            return back(now_ms);
    }
}

std::optional<Sending> AlarmModel::outgoing() {
    if (wanted_.empty() || waits_) return std::nullopt;
    return wanted_.front().slot.outgoing();
}

// The dialogs that the answer is about go on; whatever else was opened meanwhile stays.
void AlarmModel::done(const Command& command, const std::string& wish, const protocol::Reply& reply,
                      std::int64_t now_ms) {
    if (!reply.has_emergency()) return;
    if (reply.seq() > view().head().seq()) told_ = reply;
    const std::uint64_t id = reply.emergency().id();
    if (dialog_ == AlarmDialog::kind && wish == opening()) {
        dialog_ = AlarmDialog::none;
        show(id, now_ms);
    }
    if (command.has_close_emergency() && about_one() && about_ == id) dialog_ = AlarmDialog::none;
}

void AlarmModel::answered(const client::Answer& answer, std::int64_t now_ms) {
    if (wanted_.empty() || waits_) return;
    wanted_.front().slot.answered(answer);
    // What was not answered may have been done, and may not: it goes again with the same id.
    const bool again = !answer && (wanted_.front().command.has_raise_emergency() ||
                                   answer.error().code == kUnreachable);
    if (again) {
        keep_first();
        waits_ = now_ms - sent_ms_ < kSilenceMs;
        if (!waits_) send_first(now_ms);
        return;
    }
    const Wanted wanted = std::move(wanted_.front());
    wanted_.pop_front();
    const std::string problem = answer_problem(answer, text("console.alarm.same_button"));
    if (problem.empty()) {
        done(wanted.command, wanted.wish, *answer, now_ms);
    } else {
        const Emergency* emergency =
            find(protocol::number_in(*protocol::body_of(wanted.command), "emergency"));
        problem_ = {problem, emergency == nullptr ? 0 : emergency->id(),
                    emergency == nullptr ? EmergencyState::unknown : emergency->state()};
    }
    if (!wanted_.empty()) send_first(now_ms);
}

std::string AlarmModel::title_of(const Emergency& emergency) const {
    return alarm_title(emergency) + " · " +
           client::clock_text(emergency.raised_at_ms(), view().head().utc_offset_s());
}

Word AlarmModel::state_of(const Emergency& emergency) const {
    if (emergency.state() == EmergencyState::raised) {
        return {alarm_unanswered(emergency), Gravity::warning};
    }
    const std::string who = person(emergency.acknowledged_by());
    return {who.empty() ? text("console.alarm.acknowledged")
                        : format("console.alarm.acknowledged_by", {{"name", who}}),
            Gravity::good};
}

// Who is trained and on duty is asked to come, by name.
std::string AlarmModel::responders_of(const Emergency& emergency) const {
    std::string names;
    for (int i = 0; i < emergency.responders_size(); ++i) {
        if (!names.empty()) names += text("console.comma");
        const bool named = i < emergency.responder_names_size();
        names += named ? emergency.responder_names(i) : person(emergency.responders(i));
    }
    return names.empty() ? "" : format("console.alarm.responders", {{"names", names}});
}

void AlarmModel::add_page(AlarmPicture& out, const Emergency& emergency) const {
    out.dialog_title = title_of(emergency);
    out.page_state = state_of(emergency);
    if (!emergency.kind().empty()) {
        out.page_state.word = emergency.kind() + " · " + out.page_state.word;
    }
    out.page_responders = responders_of(emergency);
    for (const auto& step : emergency.steps()) {
        AlarmStep line{step.text(), {}, step.done_at_ms() == 0};
        if (!line.open) {
            line.done = {client::clock_text(step.done_at_ms(), view().head().utc_offset_s()) + " " +
                             person(step.by()),
                         Gravity::good};
        }
        out.steps.push_back(std::move(line));
    }
    out.can_acknowledge = emergency.state() == EmergencyState::raised;
    out.others = view().emergencies_size() > 1;
}

void AlarmModel::add_dialog(AlarmPicture& out) const {
    const Emergency* emergency = find(about_);
    switch (dialog_) {
        case AlarmDialog::none:
        case AlarmDialog::unheard:
            return;
        case AlarmDialog::place:
            out.dialog_title = text("console.alarm.where");
            out.options = places();
            break;
        case AlarmDialog::kind:
            out.dialog_title = text("console.alarm.what");
            for (const char* kind : kKinds) out.options.push_back({kind, text(kind), ""});
            break;
        case AlarmDialog::page:
            if (emergency == nullptr) return;
            add_page(out, *emergency);
            break;
        case AlarmDialog::outcome:
            if (emergency == nullptr) return;
            out.dialog_title = text("console.alarm.outcome");
            out.options = outcomes_of(*emergency);
            break;
    }
    out.dialog = dialog_;
}

bool AlarmModel::rings() const {
    const Emergency* emergency = first();
    return newest_.state == client::FeedState::live && emergency != nullptr &&
           emergency->state() == EmergencyState::raised;
}

Word AlarmModel::message(std::int64_t now_ms) const {
    if (unheard(now_ms) != nullptr) return {text("console.alarm.unheard"), Gravity::bad};
    if (!problem_.words.empty()) return {problem_.words, Gravity::bad};
    if (std::any_of(wanted_.begin(), wanted_.end(),
                    [](const Wanted& one) { return one.unanswered; })) {
        return {text("console.alarm.sent_again"), Gravity::bad};
    }
    if (wanted_.empty() || now_ms - sent_ms_ < kSlowMs) return {};
    return {text("console.alarm.sending"), Gravity::waiting};
}

AlarmPicture AlarmModel::picture(std::int64_t now_ms) const {
    AlarmPicture out;
    out.raise_drill = drill_;
    out.message = message(now_ms);
    add_dialog(out);
    const Wanted* unheard = this->unheard(now_ms);
    if (unheard != nullptr && dialog_ == AlarmDialog::kind && raising()) {
        out.dialog = AlarmDialog::unheard;
        out.dialog_title = title_of(unheard->command.raise_emergency());
        out.options.clear();
    }
    const Emergency* emergency = first();
    const std::uint64_t shown = emergency == nullptr ? 0 : emergency->id();
    if (std::exchange(seen_, shown) != shown) seen_ms_ = now_ms;
    if (emergency != nullptr) {
        add_banner(out, *emergency);
    } else if (unheard != nullptr) {
        out.shown = true;
        out.unheard = true;
        out.title = std::exchange(out.message, {}).word;
    }
    return out;
}

void AlarmModel::add_banner(AlarmPicture& out, const Emergency& emergency) const {
    out.shown = true;
    out.drill = emergency.drill();
    out.title = title_of(emergency);
    out.answered = emergency.state() != EmergencyState::raised;
    out.state = state_of(emergency);
    if (!out.answered) out.responders = responders_of(emergency);
    const auto others =
        std::max(view().emergency_count(), static_cast<std::uint32_t>(view().emergencies_size())) -
        1;
    if (others > 0) {
        out.more = format("console.alarm.more", {{"count", std::to_string(others)}});
    }
}

}  // namespace hall::console
