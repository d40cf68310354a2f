#include "displays/clerk/case_desk.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "wording/wording.h"

namespace hall::clerk {

using protocol::Case;
using protocol::CaseResult;
using protocol::CaseStage;
using protocol::Command;
using protocol::RatingState;
using protocol::TellWay;
using wording::format;

namespace {

constexpr std::size_t kDraftsMax = 32;

}  // namespace

std::optional<std::string> CaseDesk::take(const protocol::ClerkView& view) {
    if (view.head().seq() < seq_) return std::nullopt;  // an answer told more
    seq_ = view.head().seq();
    const Case* before = current();
    const std::uint64_t left = open_ && before && !before->closed() ? before->id() : 0;
    cases_.assign(view.cases().begin(), view.cases().end());
    for (const Case& file : cases_) {
        if (file.closed()) drafts_.erase(file.id());
    }
    if (find(selected_) != nullptr) return std::nullopt;
    // Another visitor: what was open was about somebody else.
    selected_ = cases_.empty() ? 0 : cases_.front().id();
    open_ = false;
    show(CaseDialog::none);
    if (left == 0) return std::nullopt;
    const bool written = drafts_.count(left) > 0;
    return format(written ? "clerk.case.left_written" : "clerk.case.left",
                  {{"number", std::to_string(left)}});
}

const Case* CaseDesk::find(std::uint64_t id) const {
    const auto it = std::find_if(cases_.begin(), cases_.end(),
                                 [&](const Case& file) { return file.id() == id; });
    return it == cases_.end() ? nullptr : &*it;
}

const Case* CaseDesk::current() const {
    return find(selected_);
}

const Case* CaseDesk::to_rate() const {
    const Case* file = current();
    if (file && file->rating() == RatingState::invited) return file;
    const auto it = std::find_if(cases_.begin(), cases_.end(), [](const Case& one) {
        return one.rating() == RatingState::invited;
    });
    return it == cases_.end() ? nullptr : &*it;
}

const Case::Material* CaseDesk::material(const std::string& code) const {
    const Case* file = current();
    if (!file) return nullptr;
    const auto& all = file->materials();
    const auto it =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.code() == code; });
    return it == all.end() ? nullptr : &*it;
}

void CaseDesk::show(CaseDialog dialog) {
    dialog_ = dialog;
    leaving_ = false;
    if (dialog != CaseDialog::none) return;
    marked_.clear();
    date_.clear();
    way_ = TellWay::unknown;
}

// The texts of the open choice, in the order of their fields.
std::vector<std::string CaseDesk::Draft::*> CaseDesk::texts() const {
    switch (dialog_) {
        case CaseDialog::not_approved:
            return {&Draft::reason, &Draft::remedy};
        case CaseDialog::referred:
            return {&Draft::office};
        case CaseDialog::second_notice:
        case CaseDialog::notice:
            return {&Draft::notice};
        case CaseDialog::none:
        case CaseDialog::result:
        case CaseDialog::approve:
        case CaseDialog::tell:
        case CaseDialog::understood:
        case CaseDialog::hand_over:
            return {};
    }
    return {};
}

const CaseDesk::Draft& CaseDesk::draft() const {
    static const Draft kNone;
    const auto it = drafts_.find(selected_);
    return it == drafts_.end() ? kNone : it->second;
}

void CaseDesk::write(CaseField field, std::string text) {
    if (!current()) return;
    leaving_ = false;
    const auto all = texts();
    const bool second = field == CaseField::remedy && all.size() > 1;
    if (!all.empty()) drafts_[selected_].*(second ? all[1] : all[0]) = std::move(text);
    drop_empty_drafts();
}

const std::string& CaseDesk::written(CaseField field) const {
    switch (field) {
        case CaseField::note:
            return dialog_ == CaseDialog::not_approved ? draft().reason : draft().notice;
        case CaseField::remedy:
            return draft().remedy;
        case CaseField::office:
            return draft().office;
    }
    return draft().notice;
}

bool CaseDesk::anything_written() const {
    const auto all = texts();
    return std::any_of(all.begin(), all.end(), [&](auto text) { return !(draft().*text).empty(); });
}

void CaseDesk::forget() {
    for (const auto text : texts()) (drafts_[selected_].*text).clear();
    drop_empty_drafts();
}

// A console that runs for weeks keeps no more than a day's worth.
void CaseDesk::drop_empty_drafts() {
    for (auto it = drafts_.begin(); it != drafts_.end();) {
        it = it->second.empty() ? drafts_.erase(it) : std::next(it);
    }
    while (drafts_.size() > kDraftsMax) {
        const auto oldest = drafts_.begin();
        drafts_.erase(oldest->first == selected_ ? std::next(oldest) : oldest);
    }
}

std::string CaseDesk::missing() const {
    std::string out;
    const Case* file = current();
    if (!file) return out;
    for (const auto& material : file->materials()) {
        if (material.received() || material.proved_by_data()) continue;
        if (material.conditional() && !material.asked()) continue;
        if (!out.empty()) out += wording::text("console.comma");
        out += material.name().empty() ? material.code() : material.name();
    }
    return out;
}

// A colleague's name, or the number where it is not known.
std::string CaseDesk::person(const std::string& number) const {
    if (!care_) return number;
    for (const auto& staff : care_->staff()) {
        if (staff.number() == number && !staff.name().empty()) return staff.name();
    }
    return number;
}

std::vector<CaseDo> CaseDesk::possible() const {
    const Case* file = current();
    if (!file || file->closed()) return {};
    std::vector<CaseDo> out;
    const bool has_result = file->result() != CaseResult::none;
    const bool at_result = file->stage() == CaseStage::processing && !has_result;
    if (at_result) {
        out.push_back(CaseDo::ask_result);
    } else if (!has_result && file->next_stage() != CaseStage::unknown &&
               file->next_stage() != CaseStage::feedback) {
        out.push_back(CaseDo::enter);
    }
    if (!has_result) out.push_back(CaseDo::ask_notice);
    // It is told until it was understood.
    if (has_result && !(file->told_at_ms() > 0 && file->understood())) {
        out.push_back(CaseDo::ask_tell);
    }
    if (file->rating() == RatingState::invited) out.push_back(CaseDo::rate);
    const bool rated =
        file->rating() == RatingState::given || file->rating() == RatingState::lapsed;
    if (has_result && rated && !file->follow_up_open()) out.push_back(CaseDo::finish);
    // Only who is asked can; the console does not know who that is, the hall does.
    if (!file->offered_to().empty()) {
        out.push_back(CaseDo::accept);
        out.push_back(CaseDo::decline);
    }
    if (!file->escort().empty()) out.push_back(CaseDo::ask_hand_over);
    return out;
}

bool CaseDesk::can(CaseDo what) const {
    const auto steps = possible();
    return std::find(steps.begin(), steps.end(), what) != steps.end();
}

std::optional<Command> CaseDesk::act(const CaseAct& act) {
    if (act.what != CaseDo::dismiss) leaving_ = false;
    switch (act.what) {
        case CaseDo::open: {
            const auto id = act.value.empty() ? selected_ : std::stoull(act.value);
            if (!find(id)) return std::nullopt;
            selected_ = id;
            open_ = true;
            show(CaseDialog::none);
            return std::nullopt;
        }
        case CaseDo::close:
            open_ = false;
            show(CaseDialog::none);
            return std::nullopt;
        case CaseDo::other: {
            const Case* file = current();
            if (!file) return std::nullopt;
            const auto next = static_cast<std::size_t>(file - cases_.data() + 1) % cases_.size();
            selected_ = cases_[next].id();
            show(CaseDialog::none);
            return std::nullopt;
        }
        case CaseDo::ask_notice:
            if (!can(act.what)) return std::nullopt;
            show(current()->notices() > 0 ? CaseDialog::second_notice : CaseDialog::notice);
            return std::nullopt;
        case CaseDo::ask_result:
            if (can(act.what)) show(CaseDialog::result);
            return std::nullopt;
        case CaseDo::ask_tell:
            if (can(act.what)) show(CaseDialog::tell);
            return std::nullopt;
        case CaseDo::ask_hand_over:
            if (can(act.what)) show(CaseDialog::hand_over);
            return std::nullopt;
        case CaseDo::mark:
            if (marked_.erase(act.value) == 0) marked_.insert(act.value);
            return std::nullopt;
        case CaseDo::on_date:
            date_ = act.value;
            return std::nullopt;
        case CaseDo::result:
            if (act.value == "not_approved") {
                show(CaseDialog::not_approved);
                return std::nullopt;
            }
            if (act.value == "referred") {
                show(CaseDialog::referred);
                return std::nullopt;
            }
            if (dialog_ != CaseDialog::approve && !missing().empty()) {
                show(CaseDialog::approve);
                return std::nullopt;
            }
            return command_of(act);
        case CaseDo::tell:
            if (TellWay::Value_Parse(act.value, &way_)) show(CaseDialog::understood);
            return std::nullopt;
        case CaseDo::dismiss:
            if (anything_written() && !leaving_) {
                leaving_ = true;
                return std::nullopt;
            }
            forget();
            show(CaseDialog::none);
            return std::nullopt;
        case CaseDo::rate:  // the page that the visitor sees is not this one's
            return std::nullopt;
        case CaseDo::enter:
        case CaseDo::accept:
        case CaseDo::decline:
        case CaseDo::finish:
            if (!can(act.what)) return std::nullopt;
            return command_of(act);
        case CaseDo::receive:
        case CaseDo::give_back:
        case CaseDo::send_form:
            if (dialog_ != CaseDialog::second_notice) return command_of(act);
            if (form_complete()) show(CaseDialog::notice);
            return std::nullopt;
        case CaseDo::tell_notice:
        case CaseDo::understood:
        case CaseDo::explain:
        case CaseDo::hand_over:
            return command_of(act);
    }
    return std::nullopt;
}

std::optional<Command> CaseDesk::command_of(const CaseAct& act) const {
    const Case* file = current();
    if (!file) return std::nullopt;
    Command out;
    switch (act.what) {
        case CaseDo::enter:
            out.mutable_enter_stage()->set_stage(file->next_stage());
            out.mutable_enter_stage()->set_case_id(file->id());
            break;
        case CaseDo::receive:
        case CaseDo::give_back: {
            const auto* material = this->material(act.value);
            if (!material || material->proved_by_data()) return std::nullopt;
            out.mutable_receive_material()->set_case_id(file->id());
            out.mutable_receive_material()->set_material(act.value);
            out.mutable_receive_material()->set_returned(act.what == CaseDo::give_back);
            break;
        }
        case CaseDo::tell_notice:
            return notice();
        case CaseDo::result:
            out.mutable_set_result()->set_case_id(file->id());
            out.mutable_set_result()->set_result(CaseResult::approved);
            break;
        case CaseDo::send_form:
            return result();
        case CaseDo::understood:
        case CaseDo::explain:
            if (way_ == TellWay::unknown) return std::nullopt;
            out.mutable_tell_result()->set_case_id(file->id());
            out.mutable_tell_result()->set_how(way_);
            out.mutable_tell_result()->set_understood(act.what == CaseDo::understood);
            break;
        case CaseDo::hand_over:
            out.mutable_hand_over()->set_case_id(file->id());
            out.mutable_hand_over()->set_to(act.value);
            break;
        case CaseDo::accept:
        case CaseDo::decline:
            out.mutable_accept_hand_over()->set_case_id(file->id());
            out.mutable_accept_hand_over()->set_decline(act.what == CaseDo::decline);
            break;
        case CaseDo::finish:
            out.mutable_close_case()->set_case_id(file->id());
            break;
        case CaseDo::open:
        case CaseDo::close:
        case CaseDo::other:
        case CaseDo::ask_notice:
        case CaseDo::mark:
        case CaseDo::on_date:
        case CaseDo::ask_result:
        case CaseDo::ask_tell:
        case CaseDo::tell:
        case CaseDo::ask_hand_over:
        case CaseDo::rate:
        case CaseDo::dismiss:
            return std::nullopt;
    }
    return out;
}

std::optional<Command> CaseDesk::notice() const {
    if (current()->notices() > 0 && written(CaseField::note).empty()) return std::nullopt;
    Command out;
    auto& ask = *out.mutable_ask_material();
    ask.set_case_id(selected_);
    for (const auto& material : current()->materials()) {
        if (material.received() || material.proved_by_data()) continue;
        if (!material.conditional() || material.asked() || marked_.count(material.code()) > 0) {
            ask.add_materials(material.code());
        }
    }
    ask.set_next_date(date_);
    if (current()->notices() > 0) ask.set_note(written(CaseField::note));
    if (ask.materials().empty()) return std::nullopt;
    return out;
}

bool CaseDesk::form_complete() const {
    if (dialog_ == CaseDialog::referred) return !written(CaseField::office).empty();
    if (dialog_ == CaseDialog::second_notice) return !written(CaseField::note).empty();
    return !written(CaseField::note).empty() && !written(CaseField::remedy).empty();
}

std::optional<Command> CaseDesk::result() const {
    if (!form_complete()) return std::nullopt;
    Command out;
    auto& set = *out.mutable_set_result();
    set.set_case_id(selected_);
    if (dialog_ == CaseDialog::referred) {
        set.set_result(CaseResult::referred);
        set.set_office(written(CaseField::office));
        return out;
    }
    set.set_result(CaseResult::not_approved);
    set.set_note(written(CaseField::note));
    set.set_remedy(written(CaseField::remedy));
    return out;
}

void CaseDesk::done(const Command& command, const protocol::Reply& reply) {
    if (command.has_set_result()) {
        Draft& draft = drafts_[command.set_result().case_id()];
        draft = {"", "", "", std::move(draft.notice)};
    }
    if (command.has_ask_material()) drafts_[command.ask_material().case_id()].notice.clear();
    drop_empty_drafts();
    if (!command.has_receive_material()) show(CaseDialog::none);
    if (!reply.has_case_file() || reply.seq() < seq_) return;
    seq_ = reply.seq();
    for (Case& file : cases_) {
        if (file.id() != reply.case_file().id()) continue;
        // An answer may come without the checklist and without private words; then the known ones
        // stand until the next view.
        const Case before = std::exchange(file, reply.case_file());
        if (file.materials_size() == 0) *file.mutable_materials() = before.materials();
        if (file.result() != before.result()) continue;
        if (file.result_note().empty()) file.set_result_note(before.result_note());
        if (file.remedy().empty()) file.set_remedy(before.remedy());
        if (file.office().empty()) file.set_office(before.office());
    }
}

}  // namespace hall::clerk
