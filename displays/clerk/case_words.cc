// The picture that CaseDesk gives: every word about a case on the clerk's screen.
#include <algorithm>

#include "displays/clerk/case_desk.h"
#include "displays/console/next_dates.h"
#include "displays/console/result_words.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::clerk {

using console::Gravity;
using console::Word;
using protocol::Case;
using protocol::CaseResult;
using protocol::CaseStage;
using protocol::RatingState;
using protocol::TellWay;
using wording::format;
using wording::name_of;
using wording::text;

namespace {

std::string span_text(std::int64_t span_ms) {
    const std::int64_t minutes = console::minutes_of(span_ms);
    const std::int64_t hours = minutes / 60;
    if (hours >= 24) {
        return format("clerk.case.for_days", {{"count", std::to_string(hours / 24)}});
    }
    if (hours >= 1) return format("clerk.case.for_hours", {{"count", std::to_string(hours)}});
    return format("clerk.case.for_minutes", {{"count", std::to_string(minutes)}});
}

std::string number_of(const Case& file) {
    return format("clerk.case.number", {{"number", std::to_string(file.id())}});
}

std::string title_of(const Case& file) {
    const std::string number = number_of(file);
    return file.masked_name().empty() ? number : number + " · " + file.masked_name();
}

Word stage_of(const Case& file) {
    if (file.closed()) return {text("clerk.case.closed"), Gravity::good};
    const std::string step = format(
        "clerk.case.stage", {{"stage", name_of(file.stage())},
                             {"step", std::to_string(static_cast<int>(file.stage()))},
                             {"count", std::to_string(static_cast<int>(CaseStage::feedback))}});
    if (!file.stage_under_way()) {
        return {step + " · " + name_of(protocol::StageOutcome::done), Gravity::waiting};
    }
    return {step, Gravity::plain};
}

Word result_word(const Case& file) {
    if (file.result() == CaseResult::none) return {};
    std::string word = name_of(file.result());
    if (file.told_at_ms() == 0) return {word + " · " + text("clerk.case.untold"), Gravity::warning};
    if (!file.understood()) {
        return {word + " · " + text("clerk.case.not_understood"), Gravity::warning};
    }
    if (file.rating() == RatingState::given) {
        word += " · " + wording::name_of_grade(file.grade());
    } else {
        word += " · " + name_of(file.rating());
    }
    // Green is for what the visitor came for.
    if (file.result() == CaseResult::approved) return {word, Gravity::good};
    return {word, file.result() == CaseResult::not_approved ? Gravity::warning : Gravity::waiting};
}

// Who comes for whom, and what was asked about it.
std::string who_of(const Case& file) {
    std::string out;
    const auto add = [&](const std::string& word) {
        if (!word.empty()) out += (out.empty() ? "" : " · ") + word;
    };
    const protocol::Proxy::Value proxy = file.proxy();
    if (proxy == protocol::Proxy::free || proxy == protocol::Proxy::letter) {
        add(text("guide.proxy." + protocol::Proxy::Value_Name(proxy)));
    }
    add(file.relation());
    if (file.own_wish()) add(text("clerk.case.own_wish"));
    if (!file.must_speak().empty()) {
        add(format("clerk.must_speak",
                   {{"language", wording::name_of_language(file.must_speak())}}));
    }
    return out;
}

// One under the other.
std::string reasons_of(const Case& file) {
    std::string out;
    for (const auto& said : console::result_words(file)) {
        out += (out.empty() ? "" : "\n") + said.title + ":" + said.words;
    }
    return out;
}

}  // namespace

std::vector<Word> CaseDesk::marks_of(const Case& file) const {
    std::vector<Word> out;
    if (file.overdue()) out.push_back({text("clerk.case.overdue"), Gravity::bad});
    if (file.waiting_for_visitor()) {
        out.push_back({text("clerk.case.waiting"), Gravity::warning});
    }
    if (!file.offered_to().empty()) {
        out.push_back({format("clerk.case.offered", {{"staff", person(file.offered_to())}}),
                       Gravity::waiting});
    }
    if (drafts_.count(file.id()) > 0) out.push_back({text("clerk.case.draft"), Gravity::waiting});
    if (file.follow_up_open()) out.push_back({text("clerk.case.follow_up"), Gravity::warning});
    if (const Word result = result_word(file); !result.word.empty()) out.push_back(result);
    return out;
}

CaseCard CaseDesk::card_of(const Case& file, const console::HallTime& time,
                           std::int64_t now_ms) const {
    CaseCard out;
    out.id = std::to_string(file.id());
    out.number = number_of(file);
    out.title = title_of(file);
    out.service = file.service_name();
    out.who = who_of(file);
    out.stage = stage_of(file);
    out.marks = marks_of(file);
    const std::string escort = file.escort_name().empty() ? file.escort() : file.escort_name();
    if (!escort.empty()) out.facts = format("clerk.case.escort", {{"staff", escort}});
    if (!file.closed() && time.known()) {
        const std::string span = span_text(time.utc_ms(now_ms) - file.stage_entered_at_ms());
        out.facts +=
            (out.facts.empty() ? "" : " · ") + format("clerk.case.in_stage", {{"span", span}});
    }
    if (!file.promised_by().empty() && file.result() == CaseResult::none) {
        out.facts += (out.facts.empty() ? "" : " · ") +
                     format("clerk.case.promised", {{"date", file.promised_by()}});
    }
    return out;
}

void CaseDesk::add_materials(CasePicture& out, const Case& file) const {
    int needed = 0;
    int here = 0;
    for (const auto& material : file.materials()) {
        MaterialLine line;
        line.code = material.code();
        line.name = material.name().empty() ? material.code() : material.name();
        const bool counts =
            !material.proved_by_data() && (!material.conditional() || material.asked());
        needed += counts ? 1 : 0;
        here += counts && material.received() ? 1 : 0;
        if (material.proved_by_data()) {
            line.state = {text("clerk.material.by_data"), Gravity::good};
        } else if (material.returned()) {
            line.state = {text("clerk.material.returned"), Gravity::good};
        } else if (material.received()) {
            line.state = {text("clerk.material.received"), Gravity::good};
            line.press = CaseDo::give_back;
            line.label = text("clerk.material.give_back");
        } else {
            line.press = CaseDo::receive;
            line.label = text("clerk.material.receive");
            if (material.asked()) {
                line.state = {text("clerk.material.asked"), Gravity::warning};
            } else if (material.conditional()) {
                line.state = {text("clerk.material.if_needed"), Gravity::waiting};
            } else {
                line.state = {text("clerk.material.missing"), Gravity::waiting};
            }
        }
        out.materials.push_back(std::move(line));
    }
    out.materials_title = format(
        "clerk.materials", {{"here", std::to_string(here)}, {"count", std::to_string(needed)}});
    out.materials_empty = text("clerk.materials.none");
}

CaseStep CaseDesk::step_of(CaseDo what, const std::string& off) const {
    const Case& file = *current();
    CaseStep out{what, "", "", off};
    switch (what) {
        case CaseDo::enter:
            out.label = format("clerk.case.enter", {{"stage", name_of(file.next_stage())}});
            if (file.waiting_for_visitor() && off.empty()) {
                out.disabled = text("clerk.case.waits");
            }
            break;
        case CaseDo::ask_result:
            out.label = text("clerk.case.result");
            break;
        case CaseDo::ask_notice:
            out.label = text("clerk.case.notice");
            if (file.notices() > 0) {
                out.detail =
                    format("clerk.case.noticed", {{"count", std::to_string(file.notices())}});
            }
            break;
        case CaseDo::ask_tell:
            out.label = text(file.told_at_ms() == 0 ? "clerk.case.tell" : "clerk.case.tell_again");
            break;
        case CaseDo::rate:
            out.label = text("clerk.case.rate");
            out.disabled.clear();  // the page says itself what it can send
            break;
        case CaseDo::finish:
            out.label = text("clerk.case.finish");
            break;
        case CaseDo::ask_hand_over:
            out.label = text("clerk.case.hand_over");
            break;
        case CaseDo::accept:
            out.label = text("clerk.case.accept");
            out.detail = format("clerk.case.offered", {{"staff", person(file.offered_to())}});
            break;
        case CaseDo::decline:
            out.label = text("clerk.case.decline");
            break;
        case CaseDo::open:
        case CaseDo::close:
        case CaseDo::other:
        case CaseDo::receive:
        case CaseDo::give_back:
        case CaseDo::mark:
        case CaseDo::on_date:
        case CaseDo::tell_notice:
        case CaseDo::result:
        case CaseDo::send_form:
        case CaseDo::tell:
        case CaseDo::understood:
        case CaseDo::explain:
        case CaseDo::hand_over:
        case CaseDo::dismiss:
            break;
    }
    return out;
}

void CaseDesk::add_notice(CasePicture& out, const Case& file) const {
    std::size_t told = 0;
    for (const auto& material : file.materials()) {
        if (material.received() || material.proved_by_data()) continue;
        NoticeLine line{material.code(), material.name(), !material.conditional(), false};
        // What was asked for and is not here is told again.
        line.always = line.always || material.asked();
        line.marked = line.always || marked_.count(material.code()) > 0;
        told += line.marked ? 1 : 0;
        out.notice.push_back(std::move(line));
    }
    // First what is said in any case.
    std::stable_sort(out.notice.begin(), out.notice.end(),
                     [](const auto& a, const auto& b) { return a.always > b.always; });
    if (care_) out.dates = console::next_dates(*care_);
    out.date = date_;
    out.notice_send = format("clerk.notice.send", {{"count", std::to_string(told)}});
    if (told == 0) out.notice_off = text("clerk.notice.nothing");
}

void CaseDesk::add_dialog(CasePicture& out, const Case& file) const {
    out.dialog = dialog_;
    out.note = written(CaseField::note);
    out.remedy = written(CaseField::remedy);
    out.office = written(CaseField::office);
    const std::string number = std::to_string(file.id());
    switch (dialog_) {
        case CaseDialog::none:
            return;
        case CaseDialog::second_notice:
            out.dialog_title = text("clerk.notice.second.title");
            out.form_send = text("clerk.notice.second.on");
            if (!form_complete()) out.form_off = text("clerk.notice.second");
            return;
        case CaseDialog::notice:
            out.dialog_title = text("clerk.notice.title");
            add_notice(out, file);
            return;
        case CaseDialog::result:
            out.dialog_title = format("clerk.case.result.title", {{"number", number}});
            for (const CaseResult::Value result :
                 {CaseResult::approved, CaseResult::not_approved, CaseResult::referred}) {
                out.options.push_back({CaseResult::Value_Name(result), name_of(result), ""});
            }
            return;
        case CaseDialog::approve:
            out.dialog_title = text("clerk.case.approve.title");
            out.about = format("clerk.case.approve.missing", {{"materials", missing()}});
            // A second press of the same digit goes back.
            out.options = {{kBack, text("clerk.case.approve.back"), ""},
                           {CaseResult::Value_Name(CaseResult::approved),
                            text("clerk.case.approve.anyway"), ""}};
            return;
        case CaseDialog::not_approved:
            out.dialog_title = text("clerk.case.not_approved.title");
            out.form_send = text("clerk.case.send_result");
            if (!form_complete()) out.form_off = text("clerk.case.not_approved.off");
            return;
        case CaseDialog::referred:
            out.dialog_title = text("clerk.case.referred.title");
            out.form_send = text("clerk.case.send_result");
            if (!form_complete()) out.form_off = text("clerk.case.referred.off");
            return;
        case CaseDialog::tell:
            out.dialog_title =
                format("clerk.case.tell.title", {{"result", name_of(file.result())}});
            out.about = reasons_of(file);
            for (const TellWay::Value way : {TellWay::window, TellWay::phone, TellWay::home}) {
                out.options.push_back({TellWay::Value_Name(way), name_of(way), ""});
            }
            return;
        case CaseDialog::understood:
            out.dialog_title = text("clerk.case.understood.title");
            out.about = reasons_of(file);
            out.options = {{"understood", text("clerk.case.understood"), ""},
                           {"explain", text("clerk.case.explain"), ""}};
            return;
        case CaseDialog::hand_over:
            out.dialog_title = format("clerk.case.hand_over.title", {{"number", number}});
            if (!care_) return;
            for (const auto& staff : care_->staff()) {
                if (staff.number() == file.escort()) continue;
                const std::string name =
                    staff.name().empty() ? staff.number() : staff.name() + " " + staff.number();
                const std::string load =
                    format("clerk.case.load", {{"count", std::to_string(staff.open_cases())}});
                out.options.push_back({staff.number(), name, name_of(staff.rank()) + " · " + load});
            }
            return;
    }
}

void CaseDesk::add_to(CasePicture& out, const console::HallTime& time, std::int64_t now_ms,
                      const std::string& off) const {
    for (const Case& file : cases_) out.cards.push_back(card_of(file, time, now_ms));
    const Case* file = current();
    if (!file) return;
    out.open = open_;
    out.card = card_of(*file, time, now_ms);
    add_materials(out, *file);
    for (const CaseDo what : possible()) out.steps.push_back(step_of(what, off));
    if (cases_.size() > 1) {
        out.others = format("clerk.case.others", {{"count", std::to_string(cases_.size() - 1)}});
    }
    add_dialog(out, *file);
}

}  // namespace hall::clerk
