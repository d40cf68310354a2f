// Check-in by hand (无码通行 手工登记): who comes without a phone or a code.
#include <algorithm>

#include "displays/guide/walk_model.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::guide {

using protocol::CheckInReason;
using protocol::CheckInState;
using protocol::Command;
using protocol::EntryCheck;
using protocol::FilledBy;
using protocol::RefusalCode;
using wording::format;
using wording::name_of;
using wording::text;

namespace {

constexpr CheckInReason::Value kReasons[] = {CheckInReason::no_smartphone, CheckInReason::no_code,
                                             CheckInReason::phone_trouble,
                                             CheckInReason::no_document, CheckInReason::other};

using Field = WalkModel::Field;
using Choice = WalkModel::Choice;

// Which field or choice a refusal is about.
const std::map<RefusalCode::Value, Field> kFieldOf = {
    {RefusalCode::name_missing, Field::name},
    {RefusalCode::identity_number_invalid, Field::identity},
    {RefusalCode::contact_missing, Field::phone},
    {RefusalCode::phone_invalid, Field::phone},
    {RefusalCode::temperature_needed, Field::temperature},
    {RefusalCode::temperature_out_of_range, Field::temperature},
    {RefusalCode::unknown_ticket, Field::number},
    {RefusalCode::ticket_not_open, Field::number},
    {RefusalCode::case_other_service, Field::number},
    {RefusalCode::case_has_ticket, Field::number},
    {RefusalCode::remedy_missing, Field::remedy},
    {RefusalCode::office_missing, Field::office},
};
const std::map<std::string, Field> kFieldNamed = {
    {"name", Field::name},         {"phone", Field::phone},   {"township", Field::township},
    {"identity", Field::identity}, {"note", Field::note},     {"family_phone", Field::family_phone},
    {"relation", Field::relation}, {"remedy", Field::remedy}, {"office", Field::office}};
const std::map<RefusalCode::Value, Choice> kChoiceOf = {
    {RefusalCode::read_back_missing, Choice::read_back},
    {RefusalCode::consent_missing, Choice::consent},
    {RefusalCode::own_wish_not_asked, Choice::own_wish},
    {RefusalCode::proxy_not_allowed, Choice::proxy},
    {RefusalCode::proxy_letter_needed, Choice::proxy},
    {RefusalCode::unknown_service, Choice::service},
    {RefusalCode::task_missing, Choice::task},
    {RefusalCode::minutes_invalid, Choice::minutes},
};

// "36.5", "36。5" and "365" in tenths of a degree; 0: nothing that can be read.
std::uint32_t tenths_of(const std::string& written) {
    std::uint32_t out = 0;
    int after_point = -1;
    for (std::size_t i = 0; i < written.size(); ++i) {
        const char c = written[i];
        if (c >= '0' && c <= '9') {
            if (after_point < 1 && out < 1'000)
                out = out * 10 + static_cast<std::uint32_t>(c - '0');
            if (after_point >= 0) ++after_point;
        } else if (after_point < 0 && out > 0) {
            after_point = 0;  // the first of anything else, whatever bytes a point has
        }
    }
    if (after_point >= 1) return out;
    return out >= 100 ? out : out * 10;
}

}  // namespace

WalkField WalkModel::field_of(Field which, const std::string& caption,
                              std::size_t bytes_max) const {
    WalkField out;
    out.id = "field." + std::to_string(static_cast<int>(which));
    out.caption = caption;
    out.text = text_of(which);
    out.field = static_cast<std::uint64_t>(which);
    out.bytes_max = bytes_max;
    if (const auto error = errors_.find(which); error != errors_.end()) out.error = error->second;
    return out;
}

Command WalkModel::check_in_command() const {
    Command command;
    auto& out = *command.mutable_add_check_in();
    auto& person = *out.mutable_person();
    person.set_name(text_of(Field::name));
    person.set_phone(text_of(Field::phone));
    person.set_township(text_of(Field::township));
    person.set_identity(text_of(Field::identity));
    person.set_family_phone(text_of(Field::family_phone));
    person.set_family_consent(form_.consent);
    if (guide().entry_check() == EntryCheck::temperature) {
        out.set_temperature_tenths(tenths_of(text_of(Field::temperature)));
    }
    out.set_reason(form_.reason);
    out.set_filled_by(form_.filled_by);
    out.set_read_back(form_.read_back);
    out.set_note(text_of(Field::note));
    return command;
}

void WalkModel::act_check_in(const WalkAct& act, std::int64_t now_ms) {
    if (act.what == Walk::next_check_in) {
        check_in_.reset();
        return show(Page::check_in);
    }
    if (act.what == Walk::ticket_for) {
        if (check_in_ && check_in_->id() == act.id) {
            ticket_for_ = TicketFor{act.id, check_in_->masked_name()};
            show(Page::none);
        }
        return;
    }
    if (act.what == Walk::measure) {
        if (!may_leave(act)) return;
        measuring_ = act.id;
        text_of(Field::again).clear();
        return show(Page::measuring);
    }
    if (act.what == Walk::measure_again) {
        Command command;
        command.mutable_measure_again()->set_check_in(measuring_);
        command.mutable_measure_again()->set_temperature_tenths(tenths_of(text_of(Field::again)));
        return send(command, "measuring " + std::to_string(measuring_), now_ms);
    }
    send(check_in_command(), "check-in " + std::to_string(check_in_ ? check_in_->id() : 0), now_ms);
}

void WalkModel::checked_in(const protocol::CheckIn& check_in) {
    check_in_ = check_in;
    const bool here = page_ == Page::check_in || page_ == Page::measuring;
    if (!here && has_writing()) return;  // somebody else is written down meanwhile
    show(Page::checked_in);
    opening_ = {};
    opening_ms_ = now_ms_;
    opening_.check_in = check_in.id();
    opening_.name = check_in.masked_name();
}

// Beside which field a refusal is told; false: it is about none of those on this page.
bool WalkModel::place_error(const Command& command, const protocol::Refusal& refusal,
                            const std::string& sentence) {
    const auto code = refusal.code();
    if (const auto choice = kChoiceOf.find(code); choice != kChoiceOf.end()) {
        choice_errors_[choice->second] = sentence;
        return true;
    }
    std::optional<Field> field;
    // "name" or "person.name".
    const std::string name = refusal.field().substr(refusal.field().rfind('.') + 1);
    if (code == RefusalCode::text_invalid || code == RefusalCode::text_too_long) {
        if (const auto named = kFieldNamed.find(name); named != kFieldNamed.end()) {
            field = named->second;
        }
        if (name == "note" && command.has_set_result()) field = Field::reason;
        if (name == "note" && command.has_open_case()) field = Field::case_note;
    } else if (const auto known = kFieldOf.find(code); known != kFieldOf.end()) {
        field = known->second;
    }
    if (!field) return false;
    if (field == Field::number && command.has_attach_ticket()) field = Field::attached;
    if (field == Field::number && !command.has_open_case() && !command.has_attach_ticket()) {
        field = Field::borrower;
    }
    if (field == Field::phone && name == "family_phone") field = Field::family_phone;
    if (field == Field::temperature && command.has_measure_again()) field = Field::again;
    errors_[*field] = sentence;
    return true;
}

// Who it is: the fields of a person that every page with one has.
void WalkModel::add_whom(WalkPage& out) const {
    WalkField name = field_of(Field::name, text("guide.person.name"), 120);
    name.first = true;
    WalkLine who{.kind = WalkLine::Kind::fields};
    who.fields = {name, field_of(Field::phone, text("guide.person.phone"), 40),
                  field_of(Field::township, text("guide.person.township"), 120)};
    out.lines.push_back(std::move(who));
}

void WalkModel::add_check_in(WalkPage& out) const {
    out.id = "check_in";
    out.title = text("guide.check_in.title");
    if (read_again_ && out.message.word.empty()) {
        out.message = {text("guide.check_in.read_again"), Gravity::warning};
    }
    add_whom(out);
    WalkLine more{.kind = WalkLine::Kind::fields};
    more.fields.push_back(field_of(Field::identity, text("guide.person.identity"), 60));
    more.fields.push_back(field_of(Field::family_phone, text("guide.person.family_phone"), 40));
    if (guide().entry_check() == EntryCheck::temperature) {
        WalkField temperature = field_of(Field::temperature, text("guide.person.temperature"), 12);
        const std::uint32_t tenths = tenths_of(temperature.text);
        if (tenths > 0) {
            temperature.note = format(
                "guide.person.degrees",
                {{"degrees", std::to_string(tenths / 10) + "." + std::to_string(tenths % 10)}});
        }
        more.fields.push_back(std::move(temperature));
    } else {
        more.fields.push_back(field_of(Field::note, text("guide.person.note"), 600));
    }
    out.lines.push_back(std::move(more));

    const auto choice = [&](const std::string& id, const std::string& label, Choice what,
                            int number, bool on) {
        return WalkButton{id,
                          label,
                          {Walk::choose, "", static_cast<std::uint64_t>(what), number},
                          WalkButton::Look::choice,
                          on};
    };
    const auto told = [&](Choice what) {
        const auto error = choice_errors_.find(what);
        return error == choice_errors_.end() ? Word{} : Word{error->second, Gravity::bad};
    };
    WalkLine consent{.kind = WalkLine::Kind::choices, .title = text("guide.check_in.family")};
    consent.word = told(Choice::consent);
    consent.buttons = {
        choice("consent", text("guide.check_in.consent"), Choice::consent, 0, form_.consent)};
    if (!text_of(Field::family_phone).empty() || form_.consent || !consent.word.word.empty()) {
        out.lines.push_back(std::move(consent));
    }
    WalkLine why{.kind = WalkLine::Kind::choices, .title = text("guide.check_in.reason")};
    for (const auto reason : kReasons) {
        why.buttons.push_back(choice("reason." + CheckInReason::Value_Name(reason), name_of(reason),
                                     Choice::reason, reason, form_.reason == reason));
    }
    out.lines.push_back(std::move(why));
    WalkLine filled{.kind = WalkLine::Kind::choices, .title = text("guide.check_in.filled_by")};
    for (const auto by : {FilledBy::guide, FilledBy::self}) {
        filled.buttons.push_back(choice("filled_by." + FilledBy::Value_Name(by), name_of(by),
                                        Choice::filled_by, by, form_.filled_by == by));
    }
    filled.word = told(Choice::read_back);
    if (form_.filled_by == FilledBy::guide) {
        filled.buttons.push_back(choice("read_back", text("guide.check_in.read_back"),
                                        Choice::read_back, 0, form_.read_back));
    }
    out.lines.push_back(std::move(filled));
    add_resting(out);
    for (std::size_t i = 0; i < out.lines.size(); ++i) {
        const auto& line = out.lines[i];
        const bool wrong = line.word.gravity == Gravity::bad ||
                           std::any_of(line.fields.begin(), line.fields.end(),
                                       [](const auto& one) { return !one.error.empty(); });
        if (wrong && out.show < 0) out.show = static_cast<int>(i);
    }
    out.foot = {{"check_in.send",
                 text("guide.check_in.send"),
                 {Walk::check_in},
                 WalkButton::Look::primary,
                 false,
                 off(),
                 "F5"}};
}

// Who rests until the second measurement.
void WalkModel::add_resting(WalkPage& out) const {
    for (const auto& one : guide().check_ins()) {
        if (one.state() != CheckInState::resting) continue;
        WalkLine line{
            .title = one.masked_name(),
            .word = {format("guide.check_in.resting", {{"time", time_.clock_of(one.at_ms())}}),
                     Gravity::warning}};
        line.buttons = {{"measure." + std::to_string(one.id()),
                         text("guide.check_in.measure"),
                         {Walk::measure, "", one.id()}}};
        out.lines.push_back(std::move(line));
    }
}

void WalkModel::add_checked_in(WalkPage& out) const {
    out.id = "checked_in";
    if (!check_in_) return;
    const auto& one = *check_in_;
    out.title = format("guide.check_in.done", {{"name", one.masked_name()}});
    const std::string off = this->off();
    if (one.state() == CheckInState::resting) {
        out.lines.push_back({.title = text("guide.check_in.rest"),
                             .word = {text("guide.check_in.rest_how"), Gravity::warning}});
        out.foot = {{"measure",
                     text("guide.check_in.measure"),
                     {Walk::measure, "", one.id()},
                     WalkButton::Look::primary,
                     false,
                     off,
                     "Enter"}};
    } else if (one.state() == CheckInState::at_seat) {
        out.lines.push_back({.title = text("guide.check_in.at_seat"),
                             .word = {text("guide.check_in.at_seat_how"), Gravity::warning}});
    } else {
        out.lines.push_back({.title = text("guide.check_in.number"),
                             .word = {std::to_string(one.id()), Gravity::good}});
    }
    if (one.state() != CheckInState::resting) {
        out.foot.push_back({"ticket_for",
                            text("guide.check_in.ticket"),
                            {Walk::ticket_for, "", one.id()},
                            WalkButton::Look::primary,
                            false,
                            off,
                            "Enter"});
        out.foot.push_back({"open_case",
                            text("guide.check_in.case"),
                            {Walk::page, "opening"},
                            WalkButton::Look::plain,
                            false,
                            off,
                            "F6"});
    }
    out.foot.push_back({"check_in.next",
                        text("guide.check_in.next"),
                        {Walk::next_check_in},
                        WalkButton::Look::quiet,
                        false,
                        "",
                        "F9"});
}

void WalkModel::add_measuring(WalkPage& out) const {
    out.id = "measuring";
    out.title = text("guide.check_in.measure_title");
    std::string name;
    if (check_in_ && check_in_->id() == measuring_) name = check_in_->masked_name();
    for (const auto& one : guide().check_ins()) {
        if (one.id() == measuring_) name = one.masked_name();
    }
    out.lines.push_back(
        {.title = name, .word = {text("guide.check_in.measure_how"), Gravity::plain}});
    WalkField again = field_of(Field::again, text("guide.person.temperature"), 12);
    again.first = true;
    again.last = true;
    WalkLine line{.kind = WalkLine::Kind::fields};
    line.fields = {again};
    out.lines.push_back(std::move(line));
    out.foot = {{"measure.send",
                 text("guide.check_in.measured"),
                 {Walk::measure_again},
                 WalkButton::Look::primary,
                 false,
                 off(),
                 "Enter"}};
}

}  // namespace hall::guide
