// One case: its stage, materials, result, hand-over and papers.
#include <algorithm>

#include "displays/console/next_dates.h"
#include "displays/console/result_words.h"
#include "displays/guide/walk_model.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::guide {

using protocol::Case;
using protocol::CaseResult;
using protocol::CaseStage;
using protocol::Command;
using protocol::Paper;
using protocol::Proxy;
using protocol::RatingState;
using protocol::Reason;
using protocol::StageOutcome;
using protocol::TellWay;
using wording::format;
using wording::name_of;
using wording::text;

namespace {

// What to print of a case's service rather than of the case.
constexpr const char* kGuide = "guide";

}  // namespace

void WalkModel::took_case(const Case& file) {
    if (case_.id != 0 && file.id() != case_.id) return;
    case_.id = file.id();
    case_.file = file;
    case_.stage = 0;
}

// To go to a stage: on, over others with a reason, or back with a reason.
Command WalkModel::stage_command(int stage, int reason) const {
    Command command;
    const auto to = static_cast<CaseStage::Value>(stage);
    const auto why = static_cast<Reason::Value>(reason);
    if (case_.file && stage < case_.file->stage()) {
        auto& leave = *command.mutable_leave_stage();
        leave.set_case_id(case_.id);
        leave.set_outcome(StageOutcome::sent_back);
        leave.set_to(to);
        leave.set_reason(why);
        return command;
    }
    command.mutable_enter_stage()->set_case_id(case_.id);
    command.mutable_enter_stage()->set_stage(to);
    command.mutable_enter_stage()->set_skip_reason(why);
    return command;
}

void WalkModel::act_case(const WalkAct& act, std::int64_t now_ms) {
    if (!case_.file) return;
    const Case& one = *case_.file;
    // What was seen when it was pressed: a later press is another wish.
    const std::string situation = "case " + std::to_string(one.id()) + " at " +
                                  std::to_string(one.stage()) + " " +
                                  std::to_string(cases().head().seq());
    Command command;
    const auto with_id = [&](auto* body) {
        body->set_case_id(one.id());
        return body;
    };
    if (act.what == Walk::enter_stage) {
        const bool straight = act.number == one.next_stage() || act.number == one.stage();
        if (!straight) {
            case_.stage = case_.stage == act.number ? 0 : act.number;
            return;
        }
        case_.stage = 0;
        command = stage_command(act.number, Reason::unspecified);
    } else if (act.what == Walk::skip_with) {
        if (case_.stage == 0) return;
        command = stage_command(case_.stage, act.number);
    } else if (act.what == Walk::leave_stage) {
        with_id(command.mutable_leave_stage())->set_outcome(StageOutcome::done);
    } else if (act.what == Walk::set_result) {
        case_.result = act.number;
        if (act.number != CaseResult::approved) return;
        with_id(command.mutable_set_result())->set_result(CaseResult::approved);
    } else if (act.what == Walk::confirm_result) {
        auto* result = with_id(command.mutable_set_result());
        result->set_result(static_cast<CaseResult::Value>(case_.result));
        result->set_note(text_of(Field::reason));
        result->set_remedy(text_of(Field::remedy));
        result->set_office(text_of(Field::office));
    } else if (act.what == Walk::tell_result) {
        auto* told = with_id(command.mutable_tell_result());
        told->set_how(static_cast<TellWay::Value>(act.number));
        told->set_understood(case_.understood);
    } else if (act.what == Walk::receive || act.what == Walk::give_back) {
        case_.missing.erase(act.value);
        auto* material = with_id(command.mutable_receive_material());
        material->set_material(act.value);
        material->set_returned(act.what == Walk::give_back);
    } else if (act.what == Walk::mark_missing) {
        if (case_.missing.erase(act.value) == 0) case_.missing.insert(act.value);
        return;
    } else if (act.what == Walk::ask_material) {
        return show(Page::notice);
    } else if (act.what == Walk::tell_missing) {
        auto* ask = with_id(command.mutable_ask_material());
        for (const std::string& code : missing_of(one)) ask->add_materials(code);
        ask->set_next_date(case_.next_date);
    } else if (act.what == Walk::hand_over) {
        with_id(command.mutable_hand_over())->set_to(act.value);
    } else if (act.what == Walk::attach_ticket) {
        with_id(command.mutable_attach_ticket())->set_number(text_of(Field::attached));
    } else if (act.what == Walk::print && act.number == Paper::band) {
        with_id(command.mutable_print_wristband());
    } else if (act.what == Walk::print && act.value == kGuide) {
        command.mutable_print_guide()->set_service(one.service());
    } else if (act.what == Walk::print) {
        with_id(command.mutable_print_case_paper())
            ->set_paper(static_cast<Paper::Value>(act.number));
    } else {
        with_id(command.mutable_close_case());
    }
    send(command, situation, now_ms);
}

namespace {

WalkButton case_button(const std::string& id, const std::string& label, WalkAct act,
                       const std::string& off) {
    return {id, label, std::move(act), WalkButton::Look::plain, false, off};
}

std::string stages_passed(const Case& one) {
    std::string out;
    for (const auto& visit : one.visits()) {
        if (visit.outcome() == StageOutcome::under_way) continue;
        if (!out.empty()) out += text("console.comma");
        out += name_of(visit.stage());
        if (visit.outcome() != StageOutcome::done) out += "(" + name_of(visit.outcome()) + ")";
    }
    return out;
}

}  // namespace

void WalkModel::add_stages(WalkPage& out, const Case& one) const {
    const std::string off = this->off();
    WalkLine line{.kind = WalkLine::Kind::choices, .title = text("guide.case.stages")};
    for (int stage = CaseStage::reception; stage <= CaseStage::feedback; ++stage) {
        const auto value = static_cast<CaseStage::Value>(stage);
        WalkButton button{"stage." + CaseStage::Value_Name(value),
                          name_of(value),
                          {Walk::enter_stage, "", 0, stage}};
        button.look = stage == case_.stage ? WalkButton::Look::primary : WalkButton::Look::choice;
        button.on = stage == one.stage();
        button.disabled = off;
        button.key = std::to_string(stage);
        line.buttons.push_back(std::move(button));
    }
    const std::string passed = stages_passed(one);
    if (!passed.empty()) line.word = {passed, Gravity::waiting};
    out.lines.push_back(std::move(line));
    if (case_.stage == 0) return;
    const bool back = case_.stage < one.stage();
    const auto name = name_of(static_cast<CaseStage::Value>(case_.stage));
    WalkLine why{.kind = WalkLine::Kind::choices,
                 .title = text(back ? "guide.case.back_why" : "guide.case.skip_why")};
    why.word = {format(back ? "guide.case.goes_back" : "guide.case.skips_to", {{"stage", name}}),
                Gravity::warning};
    const auto add = [&](Reason::Value reason) {
        why.buttons.push_back(case_button("why." + Reason::Value_Name(reason), name_of(reason),
                                          {Walk::skip_with, "", 0, reason}, off));
    };
    for (const auto reason : {Reason::not_needed, Reason::done_elsewhere}) {
        if (!back) add(reason);
    }
    for (const auto reason : {Reason::material_missing, Reason::form_wrong}) {
        if (back) add(reason);
    }
    add(Reason::other);
    out.show = static_cast<int>(out.lines.size());
    out.lines.push_back(std::move(why));
}

void WalkModel::add_result(WalkPage& out, const Case& one) const {
    const std::string off = this->off();
    if (one.stage() == CaseStage::processing && one.result() == CaseResult::none) {
        WalkLine line{.kind = WalkLine::Kind::choices, .title = text("guide.case.result")};
        for (const auto result :
             {CaseResult::approved, CaseResult::not_approved, CaseResult::referred}) {
            WalkButton button =
                case_button("result." + CaseResult::Value_Name(result), name_of(result),
                            {Walk::set_result, "", 0, result}, off);
            if (case_.result == result) button.look = WalkButton::Look::primary;
            line.buttons.push_back(std::move(button));
        }
        out.lines.push_back(std::move(line));
        if (case_.result != CaseResult::not_approved && case_.result != CaseResult::referred)
            return;
        WalkLine words{.kind = WalkLine::Kind::fields};
        if (case_.result == CaseResult::not_approved) {
            words.fields = {field_of(Field::reason, text("guide.case.why_not"), 2'000),
                            field_of(Field::remedy, text("guide.case.remedy"), 2'000)};
        } else {
            words.fields = {field_of(Field::office, text("guide.case.office"), 200)};
        }
        words.fields.front().first = true;
        out.show = static_cast<int>(out.lines.size());
        out.lines.push_back(std::move(words));
        return;
    }
    if (one.result() == CaseResult::none) return;
    for (auto& said : console::result_words(one)) {
        out.lines.push_back({.title = said.title, .word = {said.words}});
    }
    if (one.told_at_ms() == 0) {
        WalkLine line{.kind = WalkLine::Kind::choices,
                      .title = name_of(one.result()),
                      .word = {text("guide.case.tell"), Gravity::warning}};
        line.buttons.push_back({"understood",
                                text("guide.case.understood"),
                                {Walk::choose, "", static_cast<std::uint64_t>(Choice::understood)},
                                WalkButton::Look::choice,
                                case_.understood});
        for (const auto how : {TellWay::window, TellWay::phone, TellWay::home}) {
            line.buttons.push_back(case_button("tell." + TellWay::Value_Name(how), name_of(how),
                                               {Walk::tell_result, "", 0, how}, off));
        }
        out.lines.push_back(std::move(line));
        return;
    }
    std::string rating = name_of(one.rating());
    if (one.rating() == RatingState::given && one.grade() >= 1 && one.grade() <= 5) {
        rating = wording::name_of_grade(one.grade());
    }
    WalkLine line{
        .title = name_of(one.result()),
        .word = {format("guide.case.told", {{"how", name_of(one.told_how())}, {"rating", rating}}),
                 Gravity::plain}};
    if (one.follow_up_open()) {
        line.word = {format("guide.case.follow_up", {{"date", one.follow_up_by()}}),
                     Gravity::warning};
    }
    if (!one.closed()) {
        line.buttons = {
            case_button("case.close", text("guide.case.close"), {Walk::close_case}, off)};
    }
    out.lines.push_back(std::move(line));
}

void WalkModel::add_materials(WalkPage& out, const Case& one) const {
    const std::string off = this->off();
    for (const auto& material : one.materials()) {
        WalkLine line{.title = material.name()};
        if (material.proved_by_data()) {
            line.word = {text("guide.material.proved"), Gravity::good};
            out.lines.push_back(std::move(line));
            continue;
        }
        if (material.returned()) {
            line.word = {text("guide.material.returned"), Gravity::good};
        } else if (material.received()) {
            line.word = {format("guide.material.received",
                                {{"time", time_.clock_of(material.received_at_ms())}}),
                         Gravity::good};
            line.buttons = {case_button("back." + material.code(), text("guide.material.give_back"),
                                        {Walk::give_back, material.code()}, off)};
        } else {
            line.word = material.asked()
                            ? Word{text("guide.material.asked"), Gravity::warning}
                            : Word{text(material.conditional() ? "guide.material.conditional"
                                                               : "guide.material.needed"),
                                   Gravity::plain};
            line.buttons = {
                case_button("receive." + material.code(), text("guide.material.receive"),
                            {Walk::receive, material.code()}, off),
                {"missing." + material.code(),
                 text("guide.material.missing"),
                 {Walk::mark_missing, material.code()},
                 WalkButton::Look::choice,
                 case_.missing.count(material.code()) != 0}};
        }
        out.lines.push_back(std::move(line));
    }
}

// As the hall tells it: all that is not here yet, of what depends only what was marked or asked for
// before.
std::vector<std::string> WalkModel::missing_of(const Case& one) const {
    std::vector<std::string> out;
    for (const auto& material : one.materials()) {
        if (material.received() || material.proved_by_data()) continue;
        const bool marked = case_.missing.count(material.code()) != 0;
        if (!material.conditional() || material.asked() || marked) out.push_back(material.code());
    }
    return out;
}

// Read before it is told and printed: it is told once.
void WalkModel::add_notice(WalkPage& out) const {
    out.id = "notice";
    out.title = text("guide.notice.title");
    if (!case_.file) return;
    const Case& one = *case_.file;
    const auto missing = missing_of(one);
    for (const auto& material : one.materials()) {
        if (material.received() || material.proved_by_data()) continue;
        const bool told =
            std::find(missing.begin(), missing.end(), material.code()) != missing.end();
        WalkLine line{.title = material.name()};
        line.word = told ? Word{text("guide.notice.told"), Gravity::warning}
                         : Word{text("guide.material.conditional"), Gravity::plain};
        if (material.conditional() && !material.asked()) {
            line.buttons = {{"missing." + material.code(),
                             text("guide.material.missing"),
                             {Walk::mark_missing, material.code()},
                             WalkButton::Look::choice,
                             told}};
        }
        out.lines.push_back(std::move(line));
    }
    WalkLine when{.kind = WalkLine::Kind::choices, .title = text("console.date.when")};
    for (const auto& date : console::next_dates(care())) {
        when.buttons.push_back(
            {"next_date." + date.value,
             date.label,
             {Walk::choose, date.value, static_cast<std::uint64_t>(Choice::next_date)},
             WalkButton::Look::choice,
             case_.next_date == date.value});
    }
    out.lines.push_back(std::move(when));
    const std::string nothing = missing.empty() ? text("guide.notice.nothing") : std::string();
    out.foot = {{"notice.send",
                 format("guide.notice.send", {{"count", std::to_string(missing.size())}}),
                 {Walk::tell_missing},
                 WalkButton::Look::primary,
                 false,
                 off().empty() ? nothing : off(),
                 "Enter"}};
}

void WalkModel::add_handing_over(WalkPage& out, const Case& one) const {
    const std::string off = this->off();
    const std::string id = std::to_string(one.id());
    if (offered_to_me(one)) {
        WalkLine line{.title = text("guide.case.hand_over"),
                      .word = {format("guide.inbox.from_to", {{"from", person(one.escort())},
                                                              {"to", person(one.offered_to())}}),
                               Gravity::warning}};
        line.buttons = {{"accept." + id,
                         text("guide.inbox.accept"),
                         {Walk::accept, "", one.id()},
                         WalkButton::Look::primary,
                         false,
                         off},
                        {"decline." + id,
                         text("guide.inbox.decline"),
                         {Walk::decline, "", one.id()},
                         WalkButton::Look::plain,
                         false,
                         off}};
        out.lines.insert(out.lines.begin() + 1, std::move(line));
        return;
    }
    WalkLine line{.kind = WalkLine::Kind::choices, .title = text("guide.case.hand_over")};
    if (!one.offered_to().empty()) {
        line.word = {format("guide.case.offered", {{"name", person(one.offered_to())}}),
                     Gravity::waiting};
    }
    for (const auto& staff : cases().staff()) {
        if (staff.number() == one.escort()) continue;
        line.buttons.push_back(
            {"hand_over." + staff.number(),
             format("guide.case.load", {{"name", person(staff.number())},
                                        {"count", std::to_string(staff.open_cases())}}),
             {Walk::hand_over, staff.number()},
             WalkButton::Look::choice,
             staff.number() == one.offered_to(),
             off});
    }
    if (line.buttons.empty()) line.word = {text("guide.case.nobody_on_duty"), Gravity::waiting};
    out.lines.push_back(std::move(line));
}

// Who comes for it, and what was noted when it was opened.
void WalkModel::add_about(WalkPage& out, const Case& one) const {
    std::string who;
    const auto add = [&](const std::string& words) {
        if (words.empty()) return;
        if (!who.empty()) who += text("guide.and");
        who += words;
    };
    const bool proxy = one.proxy() == Proxy::free || one.proxy() == Proxy::letter;
    if (proxy) add(text("guide.proxy." + Proxy::Value_Name(one.proxy())));
    if (!one.relation().empty()) {
        add(format("guide.case.relation", {{"relation", one.relation()}}));
    }
    if (one.own_wish()) add(text("guide.opening.own_wish"));
    if (!who.empty()) out.lines.push_back({.title = text("guide.needs.who"), .word = {who}});
    if (!one.note().empty()) {
        out.lines.push_back({.title = text("guide.person.note"), .word = {one.note()}});
    }
}

void WalkModel::add_case(WalkPage& out, std::int64_t now_ms) const {
    out.id = "case";
    if (!case_.file) {
        out.title = format("guide.case.id", {{"id", std::to_string(case_.id)}});
        out.empty = text("guide.case.asking");
        return;
    }
    const Case& one = *case_.file;
    const std::string off = this->off();
    const CaseCard card = card_of(one, now_ms);
    // Without a ticket its head is the case's own number.
    out.title =
        one.number().empty()
            ? card.head
            : format("guide.case.title", {{"id", std::to_string(one.id())}, {"head", card.head}});
    WalkLine head{.title = card.service};
    head.word = {name_of(one.stage()) + text("guide.and") + card.foot, Gravity::plain};
    if (!one.promised_by().empty() && one.result() == CaseResult::none) {
        head.word.word +=
            text("guide.and") + format("guide.case.promised", {{"date", one.promised_by()}});
    }
    if (!card.mark.word.empty()) {
        head.word = {card.mark.word + text("guide.and") + head.word.word, card.mark.gravity};
    }
    head.buttons = {case_button("case.emergency", text("console.alarm.raise"),
                                {Walk::emergency, "", one.id()}, "")};
    out.lines.push_back(std::move(head));
    add_about(out, one);
    if (one.closed()) {
        add_result(out, one);
        return;
    }
    add_stages(out, one);
    add_result(out, one);
    add_materials(out, one);
    add_handing_over(out, one);
    WalkLine papers{.kind = WalkLine::Kind::choices, .title = text("guide.case.papers")};
    for (const auto paper : {Paper::band, Paper::form, Paper::notice}) {
        papers.buttons.push_back(case_button("print." + Paper::Value_Name(paper), name_of(paper),
                                             {Walk::print, "", 0, paper}, off));
    }
    papers.buttons.push_back(
        case_button("print.guide", text("guide.case.paper_guide"), {Walk::print, kGuide}, off));
    out.lines.push_back(std::move(papers));
    if (one.number().empty()) {
        WalkLine ticket{.kind = WalkLine::Kind::fields};
        ticket.fields = {field_of(Field::attached, text("guide.case.attach"), 40)};
        ticket.fields.front().id = "case.ticket";
        ticket.buttons = {
            case_button("attach", text("guide.case.attach_it"), {Walk::attach_ticket}, off)};
        out.lines.push_back(std::move(ticket));
    }
    const auto next = one.next_stage();
    if (case_.result == CaseResult::not_approved || case_.result == CaseResult::referred) {
        out.foot.push_back({"result.confirm",
                            text("guide.case.confirm_result"),
                            {Walk::confirm_result},
                            WalkButton::Look::primary,
                            false,
                            off,
                            "F5"});
    } else if (next != CaseStage::unknown) {
        out.foot.push_back({"case.next",
                            format("guide.case.enter", {{"stage", name_of(next)}}),
                            {Walk::enter_stage, "", 0, next},
                            WalkButton::Look::primary,
                            false,
                            off,
                            "F5"});
    }
    if (one.stage_under_way() && one.stage() != CaseStage::processing &&
        one.stage() != CaseStage::feedback) {
        out.foot.push_back({"case.leave",
                            text("guide.case.leave"),
                            {Walk::leave_stage},
                            WalkButton::Look::plain,
                            false,
                            off,
                            "F6"});
    }
    if (!one.materials().empty() && one.result() == CaseResult::none) {
        const auto missing = missing_of(one);
        const std::string nothing = missing.empty() ? text("guide.notice.nothing") : std::string();
        out.foot.push_back({"case.ask",
                            format("guide.case.ask", {{"count", std::to_string(missing.size())}}),
                            {Walk::ask_material},
                            WalkButton::Look::plain,
                            false,
                            off.empty() ? nothing : off,
                            "F7"});
    }
}

}  // namespace hall::guide
