// The picture that SupervisorModel gives: every word on the supervisor's screen.
#include <algorithm>
#include <array>

#include "displays/supervisor/supervisor_model.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::supervisor {

using protocol::Case;
using protocol::EmergencyState;
using protocol::PrinterState;
using protocol::WindowState;
using wording::format;
using wording::name_of;
using wording::text;

namespace {

constexpr std::array<const char*, kSections> kNames{
    "supervisor.emergencies",   "supervisor.overdue",   "supervisor.follow_ups",
    "supervisor.consultations", "supervisor.overrides", "supervisor.unrated",
    "supervisor.loans",         "supervisor.staff",     "supervisor.windows",
    "supervisor.printers"};

constexpr std::int64_t kRatingMs = std::int64_t{3} * 24 * 60 * 60 * 1'000;

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) {
        if (!part.empty()) out += (out.empty() ? "" : " · ") + part;
    }
    return out;
}

std::string or_number(const std::string& name, const std::string& number) {
    return name.empty() ? number : name;
}

std::string case_title(const Case& file) {
    return joined({format("clerk.case.number", {{"number", std::to_string(file.id())}}),
                   file.masked_name(), file.service_name()});
}

std::string escort_text(const Case& file) {
    const std::string escort = or_number(file.escort_name(), file.escort());
    return escort.empty() ? "" : format("clerk.case.escort", {{"staff", escort}});
}

// Words of the day's questions, as the integrity list has them.
std::string question_text(protocol::DayReport::Question::Kind kind) {
    return text("hallctl.question." + protocol::DayReport::Question::Kind_Name(kind));
}

}  // namespace

std::size_t SupervisorModel::total_of(Section section) const {
    const auto& view = this->view();
    const auto most = [](int listed, std::uint32_t counted) {
        return std::max(static_cast<std::size_t>(listed), static_cast<std::size_t>(counted));
    };
    switch (section) {
        case Section::emergencies:
            return static_cast<std::size_t>(view.emergencies_size());
        case Section::overdue:
            return most(view.overdue_size(), view.overdue_count());
        case Section::follow_ups:
            return most(view.follow_ups_size(), view.follow_up_count());
        case Section::consultations:
            return static_cast<std::size_t>(view.consultations_size());
        case Section::overrides:
            return most(view.overrides_size(), view.override_count());
        case Section::unrated:
            return static_cast<std::size_t>(view.unrated_size());
        case Section::loans:
            return static_cast<std::size_t>(view.overdue_loans_size());
        case Section::staff: {
            const auto& all = view.staff();
            return static_cast<std::size_t>(std::count_if(
                all.begin(), all.end(), [](const auto& one) { return one.on_duty(); }));
        }
        case Section::windows:
            return static_cast<std::size_t>(view.windows_size());
        case Section::printers:
            return static_cast<std::size_t>(view.printers_size());
    }
    return 0;
}

Word SupervisorModel::count_of(Section section) const {
    const auto& view = this->view();
    const std::size_t total = total_of(section);
    Word out{std::to_string(total), Gravity::waiting};
    const auto grave = [&](bool is, Gravity gravity) {
        if (is) out.gravity = gravity;
    };
    const auto overdue = [](const auto& one) { return one.overdue(); };
    switch (section) {
        case Section::emergencies: {
            const auto& all = view.emergencies();
            const auto open = std::count_if(all.begin(), all.end(), [](const auto& one) {
                return one.state() != EmergencyState::closed;
            });
            grave(open > 0, Gravity::bad);
            break;
        }
        case Section::overdue:
            grave(total > 0, Gravity::bad);
            break;
        case Section::follow_ups: {
            const auto& all = view.follow_ups();
            grave(total > 0, Gravity::warning);
            grave(std::any_of(all.begin(), all.end(), overdue), Gravity::bad);
            break;
        }
        case Section::consultations: {
            const auto& all = view.consultations();
            grave(total > 0, Gravity::warning);
            grave(std::any_of(all.begin(), all.end(), overdue), Gravity::bad);
            break;
        }
        case Section::loans:
            grave(total > 0, Gravity::warning);
            break;
        case Section::printers: {
            const auto& all = view.printers();
            out.gravity = Gravity::good;
            grave(std::any_of(all.begin(), all.end(),
                              [](const auto& one) { return one.state() != PrinterState::ok; }),
                  Gravity::bad);
            break;
        }
        case Section::overrides:
        case Section::unrated:
        case Section::staff:
        case Section::windows:
            break;
    }
    return out;
}

std::string SupervisorModel::person(const std::string& number) const {
    for (const auto& staff : view().staff()) {
        if (staff.number() == number) return or_number(staff.name(), number);
    }
    return number;
}

std::string SupervisorModel::person_of(const std::string& actor) const {
    const std::string number = actor.substr(actor.find('/') + 1);
    const std::string name = person(number);
    return name == number ? actor : name;
}

std::vector<RowPicture> SupervisorModel::emergency_rows() const {
    std::vector<RowPicture> out;
    for (const auto& one : view().emergencies()) {
        RowPicture row;
        row.id = std::to_string(one.id());
        row.title = console::alarm_title(one);
        const auto ticked = std::count_if(one.steps().begin(), one.steps().end(),
                                          [](const auto& step) { return step.done_at_ms() > 0; });
        row.detail = joined(
            {time_.clock_of(one.raised_at_ms()),
             one.acknowledged_by().empty()
                 ? ""
                 : format("supervisor.answered_by", {{"staff", person(one.acknowledged_by())}}),
             one.steps().empty()
                 ? ""
                 : format("supervisor.steps", {{"done", std::to_string(ticked)},
                                               {"count", std::to_string(one.steps_size())}})});
        if (one.state() == EmergencyState::closed) {
            row.state = {name_of(one.outcome()), Gravity::good};
        } else {
            const bool raised = one.state() == EmergencyState::raised;
            row.state = {raised ? console::alarm_unanswered(one) : name_of(one.state()),
                         raised ? Gravity::bad : Gravity::warning};
            row.press = text("console.alarm.steps");
        }
        out.push_back(std::move(row));
    }
    return out;
}

std::vector<RowPicture> SupervisorModel::case_rows(
    const google::protobuf::RepeatedPtrField<Case>& cases, Section section,
    std::int64_t now_ms) const {
    std::vector<RowPicture> out;
    for (const Case& file : cases) {
        RowPicture row;
        row.id = std::to_string(file.id());
        row.title = case_title(file);
        row.detail = joined({name_of(file.stage()), escort_text(file)});
        if (section == Section::follow_ups) {
            row.detail = joined(
                {wording::name_of_grade(std::clamp(file.grade(), 1U, 5U)), escort_text(file)});
            row.state = {format("supervisor.answer_by", {{"date", file.follow_up_by()}}),
                         file.overdue() ? Gravity::bad : Gravity::warning};
            row.press = text("supervisor.answer");
        } else if (section == Section::unrated) {
            const std::int64_t lapses = file.told_at_ms() + kRatingMs;
            row.state = {format("supervisor.lapses", {{"day", time_.day_of(lapses, now_ms)},
                                                      {"time", time_.clock_of(lapses)}}),
                         Gravity::waiting};
        } else {
            // A promise ends with the result; a follow-up comes after it.
            row.state = {file.follow_up_open()
                             ? format("supervisor.late.follow_up", {{"date", file.follow_up_by()}})
                             : format("supervisor.late.promised", {{"date", file.promised_by()}}),
                         Gravity::bad};
        }
        out.push_back(std::move(row));
    }
    return out;
}

std::vector<RowPicture> SupervisorModel::consultation_rows() const {
    std::vector<RowPicture> out;
    for (const auto& one : view().consultations()) {
        const std::string owner = or_number(one.owner_name(), one.owner());
        out.push_back({std::to_string(one.id()),
                       joined({one.service_name(), one.masked_name()}),
                       joined({owner.empty() ? "" : format("supervisor.owner", {{"staff", owner}}),
                               one.office()}),
                       {format("supervisor.answer_by", {{"date", one.answer_by()}}),
                        one.overdue() ? Gravity::bad : Gravity::warning},
                       text("supervisor.answer")});
    }
    return out;
}

std::vector<RowPicture> SupervisorModel::override_rows() const {
    std::vector<RowPicture> out;
    for (const auto& one : view().overrides()) {
        const std::string window = one.window() == 0 ? "" : wording::name_of_window(one.window());
        const bool has_reason = one.reason() != protocol::Reason::unspecified;
        out.push_back({"",
                       joined({question_text(one.kind()), one.number(), window}),
                       joined({has_reason ? name_of(one.reason()) : "", person_of(one.actor())}),
                       {time_.clock_of(one.at_ms()), Gravity::plain},
                       ""});
    }
    return out;
}

std::vector<RowPicture> SupervisorModel::loan_rows(std::int64_t now_ms) const {
    std::vector<RowPicture> out;
    for (const auto& one : view().overdue_loans()) {
        const std::string day = time_.day_of(one.lent_at_ms(), now_ms);
        const bool today = day == text("console.today");
        const std::string time = (today ? "" : day + " ") + time_.clock_of(one.lent_at_ms());
        out.push_back({"",
                       joined({or_number(one.name(), one.facility()), one.number()}),
                       person_of(one.by()),
                       {format("supervisor.lent", {{"time", time}}), Gravity::warning},
                       ""});
    }
    return out;
}

std::vector<RowPicture> SupervisorModel::staff_rows() const {
    std::vector<RowPicture> out;
    for (const auto& one : view().staff()) {
        if (!one.on_duty()) continue;
        const char* training = one.training_current()     ? "supervisor.trained"
                               : one.trained_on().empty() ? "supervisor.never_trained"
                                                          : "supervisor.untrained";
        std::string load = format("clerk.case.load", {{"count", std::to_string(one.open_cases())}});
        if (one.offered_cases() > 0) {
            load = joined({load, format("supervisor.offered",
                                        {{"count", std::to_string(one.offered_cases())}})});
        }
        out.push_back({"",
                       joined({or_number(one.name(), one.number()), name_of(one.rank())}),
                       joined({one.device(), text(training)}),
                       {load, Gravity::plain},
                       ""});
    }
    return out;
}

std::vector<RowPicture> SupervisorModel::window_rows() const {
    std::vector<RowPicture> out;
    for (const auto& one : view().windows()) {
        const bool open = one.state() != WindowState::closed && one.state() != WindowState::paused;
        std::string state = name_of(one.state());
        if (one.state() == WindowState::paused)
            state = joined({state, name_of(one.pause_reason())});
        out.push_back({"",
                       joined({wording::name_of_window(one.number()), one.ticket_number()}),
                       format("clerk.today", {{"count", std::to_string(one.served_today())}}),
                       {state, open ? Gravity::good : Gravity::waiting},
                       ""});
    }
    return out;
}

std::vector<RowPicture> SupervisorModel::printer_rows() const {
    std::vector<RowPicture> out;
    for (const auto& one : view().printers()) {
        const bool ready = one.state() == PrinterState::ok;
        out.push_back(
            {"",
             one.name(),
             joined({format("supervisor.jobs", {{"count", std::to_string(one.waiting_jobs())}}),
                     one.fallback().empty()
                         ? ""
                         : format("supervisor.fallback", {{"printer", one.fallback()}})}),
             {name_of(one.state()), ready ? Gravity::good : Gravity::bad},
             ""});
    }
    return out;
}

std::vector<RowPicture> SupervisorModel::rows_of(Section section, std::int64_t now_ms) const {
    switch (section) {
        case Section::emergencies:
            return emergency_rows();
        case Section::overdue:
            return case_rows(view().overdue(), section, now_ms);
        case Section::follow_ups:
            return case_rows(view().follow_ups(), section, now_ms);
        case Section::consultations:
            return consultation_rows();
        case Section::overrides:
            return override_rows();
        case Section::unrated:
            return case_rows(view().unrated(), section, now_ms);
        case Section::loans:
            return loan_rows(now_ms);
        case Section::staff:
            return staff_rows();
        case Section::windows:
            return window_rows();
        case Section::printers:
            return printer_rows();
    }
    return {};
}

void SupervisorModel::add_dialog(SupervisorPicture& out) const {
    out.dialog = dialog_;
    out.written = written_;
    if (written_.empty()) out.send_off = text("supervisor.write_first");
    switch (dialog_) {
        case SupervisorDialog::none:
            return;
        case SupervisorDialog::follow_up:
            out.dialog_title = text("supervisor.follow_up.title");
            for (const Case& file : view().follow_ups()) {
                if (file.id() == about_) out.about = case_title(file);
            }
            return;
        case SupervisorDialog::consultation:
            out.dialog_title = text("supervisor.consultation.title");
            for (const auto& one : view().consultations()) {
                if (one.id() == about_) out.about = joined({one.service_name(), one.masked_name()});
            }
            return;
    }
}

SupervisorPicture SupervisorModel::picture(std::int64_t now_ms) const {
    SupervisorPicture out;
    out.states.push_back(console::link_word(newest_.state));
    out.hall = view().head().hall_name();
    out.clock = time_.clock(now_ms);
    out.busy = off_reason();
    for (std::size_t i = 0; i < kSections; ++i) {
        out.sections.push_back({text(kNames[i]), count_of(static_cast<Section>(i))});
    }
    out.selected = static_cast<std::size_t>(section_);
    out.list_open = list_open_;
    out.title = text(kNames[out.selected]);
    out.rows = rows_of(section_, now_ms);
    if (const std::size_t total = total_of(section_); total > out.rows.size()) {
        out.more = format("supervisor.more", {{"count", std::to_string(total - out.rows.size())}});
    }
    out.empty = text(known() ? "supervisor.none" : "clerk.empty.connecting");
    out.message = live_message();
    add_dialog(out);
    out.alarm = desk_.alarm.picture(now_ms);
    out.sign_on = desk_.sign_on.picture();
    return out;
}

Word SupervisorModel::live_message() const {
    if (leaving_) return {text("console.discard"), Gravity::warning};
    if (const std::string off = off_reason(); !off.empty()) return {off, Gravity::bad};
    if (slot_.busy()) return {text("clerk.sending"), Gravity::waiting};
    return message_;
}

}  // namespace hall::supervisor
