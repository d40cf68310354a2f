// Emergencies, things lent, help at the machines.
#include <algorithm>

#include "displays/guide/walk_model.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::guide {

using protocol::Command;
using protocol::Emergency;
using protocol::EmergencyOutcome;
using protocol::EmergencyState;
using protocol::Facility;
using protocol::FacilityKind;
using wording::format;
using wording::name_of;
using wording::text;

namespace {

// What a guide can see from where they stand; a doctor names it later.
constexpr const char* kKinds[] = {"guide.emergency.kind.fainted", "guide.emergency.kind.chest",
                                  "guide.emergency.kind.fall",    "guide.emergency.kind.breath",
                                  "guide.emergency.kind.spasm",   "guide.emergency.kind.other"};
// Listed words of the log: what helped with, and what for.
constexpr const char* kMachines[] = {"self_service", "card_machine", "phone", "printer"};
constexpr const char* kTasks[] = {"query", "print", "authenticate", "pay", "app", "other"};
constexpr int kMinutes[] = {2, 5, 10, 15, 30};

// A word that another program of the hall recorded may be none of ours.
std::string word_of(const char* family, const std::string& code) {
    const std::string key = family + code;
    return wording::has(key) ? text(key) : code;
}

}  // namespace

void WalkModel::act_care(const WalkAct& act, std::int64_t now_ms) {
    Command command;
    std::string situation = "seq " + std::to_string(care().head().seq());
    if (act.what == Walk::emergency) {
        raising_.case_id = act.id;
        emergency_ = 0;
        return show(Page::emergency);
    }
    if (act.what == Walk::show_emergency) {
        emergency_ = act.id;
        return show(Page::emergency);
    }
    if (act.what == Walk::place || act.what == Walk::kind) {
        (act.what == Walk::place ? raising_.place : raising_.kind) = act.value;
        return raise_when_known(now_ms);
    }
    if (act.what == Walk::drill) {
        raising_.drill = !raising_.drill;
        return;
    }
    if (act.what == Walk::acknowledge) {
        command.mutable_acknowledge_emergency()->set_emergency(act.id);
        situation = "emergency " + std::to_string(act.id);
    } else if (act.what == Walk::do_step) {
        command.mutable_do_emergency_step()->set_emergency(act.id);
        command.mutable_do_emergency_step()->set_step(static_cast<std::uint32_t>(act.number));
    } else if (act.what == Walk::close_emergency) {
        if (!sure("close " + std::to_string(act.id) + " " + std::to_string(act.number))) return;
        command.mutable_close_emergency()->set_emergency(act.id);
        command.mutable_close_emergency()->set_outcome(
            static_cast<EmergencyOutcome::Value>(act.number));
    } else if (act.what == Walk::lend) {
        command.mutable_lend_facility()->set_facility(act.value);
        command.mutable_lend_facility()->set_number(text_of(Field::number));
    } else if (act.what == Walk::take_stock) {
        command.mutable_take_stock()->set_facility(act.value);
        command.mutable_take_stock()->set_count(1);
        command.mutable_take_stock()->set_number(text_of(Field::number));
    } else if (act.what == Walk::give_back_loan) {
        command.mutable_return_loan()->set_loan(act.id);
    } else {
        command.mutable_record_assistance()->set_machine(machine_);
        command.mutable_record_assistance()->set_task(task_);
        command.mutable_record_assistance()->set_minutes(minutes_);
    }
    send(command, situation, now_ms);
}

// Place and kind are known: nothing else is asked.
void WalkModel::raise_when_known(std::int64_t now_ms) {
    if (raising_.place.empty() || raising_.kind.empty()) return;
    Command command;
    auto& raise = *command.mutable_raise_emergency();
    raise.set_place(raising_.place);
    raise.set_kind(text(raising_.kind));
    raise.set_drill(raising_.drill);
    raise.set_case_id(raising_.case_id);
    send(command, "raised " + std::to_string(care().head().seq()), now_ms);
}

// A staff member's name, or the number where it is not known.
std::string WalkModel::person(const std::string& number) const {
    const auto* staff = on_duty(number);
    if (staff != nullptr && !staff->name().empty()) return staff->name();
    if (number.empty()) return text("guide.staff.nobody");
    return number;
}

std::string WalkModel::emergency_words(const Emergency& one) const {
    std::string out = text(one.drill() ? "guide.emergency.drill" : "guide.emergency.title");
    const std::string& place = one.place_name().empty() ? one.place() : one.place_name();
    for (const std::string& part : {place, one.kind(), one.number()}) {
        if (!part.empty()) out += text("guide.and") + part;
    }
    return out;
}

Word WalkModel::emergency_state(const Emergency& one) const {
    const std::string since = time_.clock_of(one.raised_at_ms());
    if (one.state() == EmergencyState::acknowledged) {
        return {format("guide.emergency.acknowledged",
                       {{"time", since}, {"name", person(one.acknowledged_by())}}),
                Gravity::warning};
    }
    return {format(one.escalated() ? "guide.emergency.escalated" : "guide.emergency.unanswered",
                   {{"time", since}}),
            Gravity::bad};
}

void WalkModel::add_alarm(WalkPicture& out) const {
    out.emergency = {"emergency",
                     text("guide.emergency.button"),
                     {Walk::emergency},
                     WalkButton::Look::danger,
                     false,
                     "",
                     "F12"};
    const auto& open = care().emergencies();
    if (open.empty()) return;
    // One that nobody has answered comes before newer ones that somebody has.
    const auto unanswered = std::find_if(open.begin(), open.end(), [](const auto& one) {
        return one.state() == EmergencyState::raised;
    });
    const Emergency& first = unanswered != open.end() ? *unanswered : open[0];
    AlarmPicture& alarm = out.alarm;
    alarm.shown = true;
    out.emergency.key.clear();  // F12 shows the open one
    alarm.drill = first.drill();
    alarm.acknowledged = first.state() == EmergencyState::acknowledged;
    alarm.sentence = emergency_words(first);
    alarm.state = emergency_state(first).word;
    if (care().emergency_count() > 1) {
        alarm.state +=
            text("guide.and") + format("guide.emergency.others",
                                       {{"count", std::to_string(care().emergency_count() - 1)}});
    }
    if (!alarm.acknowledged) {
        alarm.acknowledge = {"alarm.acknowledge",
                             text("guide.emergency.go"),
                             {Walk::acknowledge, "", first.id()},
                             WalkButton::Look::plain,
                             false,
                             "",
                             "F4"};
    }
    alarm.show = {"alarm.show",
                  text("guide.emergency.show"),
                  {Walk::show_emergency, "", first.id()},
                  WalkButton::Look::plain,
                  false,
                  "",
                  "F12"};
}

void WalkModel::add_open_emergency(WalkPage& out, const Emergency& one) const {
    const std::string off = this->off();
    out.title = emergency_words(one);
    WalkLine state{.title = one.drill() ? text("guide.emergency.drill") : std::string(),
                   .word = emergency_state(one)};
    std::string who;
    for (const auto& name : one.responder_names()) {
        who += (who.empty() ? "" : text("guide.list.comma")) + name;
    }
    if (who.empty()) {
        for (const auto& number : one.responders()) {
            who += (who.empty() ? "" : text("guide.list.comma")) + person(number);
        }
    }
    if (!who.empty()) {
        state.title += (state.title.empty() ? "" : text("guide.and")) +
                       format("guide.emergency.responders", {{"names", who}});
    }
    if (one.state() == EmergencyState::raised) {
        state.buttons = {{"acknowledge",
                          text("guide.emergency.go"),
                          {Walk::acknowledge, "", one.id()},
                          WalkButton::Look::primary,
                          false,
                          off,
                          "Enter"}};
    }
    out.lines.push_back(std::move(state));
    for (int i = 0; i < one.steps_size(); ++i) {
        const auto& step = one.steps(i);
        WalkLine line{.title = std::to_string(i + 1) + " " + step.text()};
        if (step.done_at_ms() != 0) {
            line.word = {
                format("guide.emergency.step_done",
                       {{"time", time_.clock_of(step.done_at_ms())}, {"name", person(step.by())}}),
                Gravity::good};
        } else {
            line.buttons = {{"step." + std::to_string(i + 1),
                             text("guide.emergency.step"),
                             {Walk::do_step, "", one.id(), i + 1},
                             WalkButton::Look::plain,
                             false,
                             off,
                             i < 9 ? std::to_string(i + 1) : ""}};
        }
        out.lines.push_back(std::move(line));
    }
    WalkLine end{.kind = WalkLine::Kind::choices, .title = text("guide.emergency.end")};
    for (const auto outcome :
         {EmergencyOutcome::recovered, EmergencyOutcome::hospital, EmergencyOutcome::family,
          EmergencyOutcome::false_alarm, EmergencyOutcome::practised, EmergencyOutcome::other}) {
        const bool practised = outcome == EmergencyOutcome::practised;
        if (practised != one.drill() && outcome != EmergencyOutcome::false_alarm) continue;
        const bool asked = confirming_ == "close " + std::to_string(one.id()) + " " +
                                              std::to_string(static_cast<int>(outcome));
        end.buttons.push_back(
            {"outcome." + EmergencyOutcome::Value_Name(outcome),
             asked ? format("guide.emergency.sure", {{"end", name_of(outcome)}}) : name_of(outcome),
             {Walk::close_emergency, "", one.id(), outcome},
             asked ? WalkButton::Look::danger : WalkButton::Look::plain,
             false,
             off});
    }
    out.lines.push_back(std::move(end));
    out.foot = {{"emergency.another",
                 text("guide.emergency.another"),
                 {Walk::emergency},
                 WalkButton::Look::quiet,
                 false,
                 "",
                 "N"}};
}

void WalkModel::add_emergency(WalkPage& out) const {
    out.id = "emergency";
    for (const auto& one : care().emergencies()) {
        if (emergency_ == one.id()) return add_open_emergency(out, one);
    }
    out.title = text("guide.emergency.where");
    const std::string off = this->off();
    WalkLine places{.kind = WalkLine::Kind::choices, .title = text("guide.emergency.place")};
    for (int i = 0; i < care().places_size(); ++i) {
        const std::string& code = care().places(i);
        const std::string& name = i < care().place_names_size() ? care().place_names(i) : code;
        places.buttons.push_back({"place." + code,
                                  name,
                                  {Walk::place, code},
                                  WalkButton::Look::choice,
                                  raising_.place == code,
                                  off,
                                  i < 9 ? std::to_string(i + 1) : ""});
    }
    out.lines.push_back(std::move(places));
    WalkLine kinds{.kind = WalkLine::Kind::choices, .title = text("guide.emergency.what")};
    char key = 'A';
    for (const char* kind : kKinds) {
        kinds.buttons.push_back({kind,
                                 text(kind),
                                 {Walk::kind, kind},
                                 WalkButton::Look::choice,
                                 raising_.kind == kind,
                                 off,
                                 std::string(1, key++)});
    }
    out.lines.push_back(std::move(kinds));
    WalkLine drill{.kind = WalkLine::Kind::choices, .title = text("guide.emergency.practice")};
    drill.buttons = {{"drill",
                      text("guide.emergency.drill"),
                      {Walk::drill},
                      WalkButton::Look::choice,
                      raising_.drill,
                      "",
                      "P"}};
    out.lines.push_back(std::move(drill));
    for (const auto& one : care().emergencies()) {
        WalkLine line{.title = emergency_words(one), .word = emergency_state(one)};
        line.buttons = {{"show." + std::to_string(one.id()),
                         text("guide.emergency.show"),
                         {Walk::show_emergency, "", one.id()}}};
        out.lines.push_back(std::move(line));
    }
    if (!raising_.place.empty() || !raising_.kind.empty()) {
        out.message = message_.word.empty()
                          ? Word{text(raising_.kind.empty()    ? "guide.emergency.choose_kind"
                                      : raising_.place.empty() ? "guide.emergency.choose_place"
                                                               : "guide.emergency.raising"),
                                 Gravity::warning}
                          : message_;
    }
}

void WalkModel::add_loans(WalkPage& out, std::int64_t now_ms) const {
    out.id = "loans";
    out.title = text("guide.loans.title");
    out.empty = text("guide.loans.nothing");
    const std::string off = this->off();
    WalkField number = field_of(Field::number, text("guide.loans.number"), 40);
    if (!care().facilities().empty()) {
        out.lines.push_back({.kind = WalkLine::Kind::fields, .fields = {number}});
    }
    for (const Facility& one : care().facilities()) {
        const bool consumable = one.kind() == FacilityKind::consumable;
        const std::uint32_t left =
            consumable ? one.count() : one.count() - std::min(one.count(), one.lent());
        WalkLine line{.title = one.name()};
        const char* key = consumable                         ? "guide.loans.stock"
                          : one.kind() == FacilityKind::seat ? "guide.loans.seats"
                                                             : "guide.loans.left";
        line.word = {
            format(key, {{"left", std::to_string(left)}, {"count", std::to_string(one.count())}}),
            left == 0 ? Gravity::warning : Gravity::plain};
        if (consumable && !one.expires().empty()) {
            line.word.word += text("guide.and") + format(one.expired() ? "guide.loans.out_of_date"
                                                                       : "guide.loans.until",
                                                         {{"date", one.expires()}});
            if (one.expired()) line.word.gravity = Gravity::bad;
        }
        std::string disabled = off;
        if (disabled.empty() && left == 0) disabled = text("refusal.nothing_left");
        if (disabled.empty() && one.expired()) disabled = text("refusal.stock_expired");
        const char* label = consumable                         ? "guide.loans.take"
                            : one.kind() == FacilityKind::seat ? "guide.loans.sit"
                                                               : "guide.loans.lend";
        line.buttons = {{"lend." + one.code(),
                         text(label),
                         {consumable ? Walk::take_stock : Walk::lend, one.code()},
                         WalkButton::Look::plain,
                         false,
                         disabled}};
        out.lines.push_back(std::move(line));
    }
    for (const auto& loan : care().loans()) {
        const auto minutes = console::minutes_of(time_.utc_ms(now_ms) - loan.lent_at_ms());
        WalkLine line{.title = loan.name() + (loan.number().empty() ? "" : " " + loan.number())};
        line.word = {format("guide.loans.since", {{"time", time_.clock_of(loan.lent_at_ms())},
                                                  {"count", std::to_string(minutes)}}),
                     Gravity::plain};
        if (loan.overdue()) {
            line.word = {text("guide.loans.overdue") + text("guide.and") + line.word.word,
                         Gravity::bad};
        }
        line.buttons = {{"return." + std::to_string(loan.id()),
                         text("guide.loans.return"),
                         {Walk::give_back_loan, "", loan.id()},
                         WalkButton::Look::primary,
                         false,
                         off}};
        out.lines.push_back(std::move(line));
    }
}

void WalkModel::add_help(WalkPage& out) const {
    out.id = "help";
    out.title = text("guide.help.title");
    const auto option = [](Choice what, std::string id, std::string label, std::string value,
                           int number, bool on) {
        return WalkButton{
            std::move(id),
            std::move(label),
            {Walk::choose, std::move(value), static_cast<std::uint64_t>(what), number},
            WalkButton::Look::choice,
            on};
    };
    const auto told = [&](Choice what) {
        const auto error = choice_errors_.find(what);
        return error == choice_errors_.end() ? Word{} : Word{error->second, Gravity::bad};
    };
    WalkLine machines{.kind = WalkLine::Kind::choices, .title = text("guide.help.machine")};
    for (const std::string machine : kMachines) {
        machines.buttons.push_back(option(Choice::machine, "machine." + machine,
                                          text("guide.help.machine." + machine), machine, 0,
                                          machine_ == machine));
    }
    out.lines.push_back(std::move(machines));
    WalkLine tasks{.kind = WalkLine::Kind::choices,
                   .title = text("guide.help.task"),
                   .word = told(Choice::task)};
    for (const std::string task : kTasks) {
        tasks.buttons.push_back(option(Choice::task, "task." + task,
                                       text("guide.help.task." + task), task, 0, task_ == task));
    }
    out.lines.push_back(std::move(tasks));
    WalkLine minutes{.kind = WalkLine::Kind::choices,
                     .title = text("guide.help.minutes"),
                     .word = told(Choice::minutes)};
    for (const int count : kMinutes) {
        minutes.buttons.push_back(
            option(Choice::minutes, "minutes." + std::to_string(count),
                   format("guide.case.minutes", {{"count", std::to_string(count)}}), "", count,
                   minutes_ == static_cast<std::uint32_t>(count)));
    }
    out.lines.push_back(std::move(minutes));
    for (const auto& one : care().assistances()) {
        out.lines.push_back(
            {.title = word_of("guide.help.machine.", one.machine()) + text("guide.and") +
                      word_of("guide.help.task.", one.task()),
             .word = {format("guide.help.done", {{"time", time_.clock_of(one.at_ms())},
                                                 {"minutes", std::to_string(one.minutes())},
                                                 {"name", person(one.by())}}),
                      Gravity::plain}});
    }
    std::string disabled = off();
    if (disabled.empty() && (machine_.empty() || task_.empty())) {
        disabled = text("guide.help.choose");
    }
    out.foot = {{"help.record",
                 text("guide.help.record"),
                 {Walk::record_help},
                 WalkButton::Look::primary,
                 false,
                 disabled,
                 "Enter"}};
}

}  // namespace hall::guide
