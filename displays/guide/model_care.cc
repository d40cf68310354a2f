// Things lent, help at the machines.
#include <algorithm>

#include "displays/guide/walk_model.h"
#include "wording/wording.h"

namespace hall::guide {

using protocol::Command;
using protocol::Facility;
using protocol::FacilityKind;
using wording::format;
using wording::text;

namespace {

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
    const std::string situation = "seq " + std::to_string(care().head().seq());
    if (act.what == Walk::lend) {
        command.mutable_lend_facility()->set_facility(act.value);
        command.mutable_lend_facility()->set_number(text_of(Field::borrower));
    } else if (act.what == Walk::take_stock) {
        command.mutable_take_stock()->set_facility(act.value);
        command.mutable_take_stock()->set_count(1);
        command.mutable_take_stock()->set_number(text_of(Field::borrower));
    } else if (act.what == Walk::give_back_loan) {
        command.mutable_return_loan()->set_loan(act.id);
    } else {
        command.mutable_record_assistance()->set_machine(machine_);
        command.mutable_record_assistance()->set_task(task_);
        command.mutable_record_assistance()->set_minutes(minutes_);
    }
    send(command, situation, now_ms);
}

// A staff member's name, or the number where it is not known.
std::string WalkModel::person(const std::string& number) const {
    const auto* staff = on_duty(number);
    if (staff != nullptr && !staff->name().empty()) return staff->name();
    if (number.empty()) return text("guide.staff.nobody");
    return number;
}

void WalkModel::add_loans(WalkPage& out, std::int64_t now_ms) const {
    out.id = "loans";
    out.title = text("guide.loans.title");
    out.empty = text("guide.loans.nothing");
    const std::string off = this->off();
    WalkField number = field_of(Field::borrower, text("guide.loans.number"), 40);
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
