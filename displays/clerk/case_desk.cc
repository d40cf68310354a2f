#include "displays/clerk/case_desk.h"

#include <algorithm>
#include <utility>

namespace hall::clerk {

using protocol::Case;
using protocol::CaseResult;
using protocol::CaseStage;
using protocol::Command;
using protocol::RatingState;
using protocol::TellWay;

void CaseDesk::take(const protocol::ClerkView& view) {
    if (view.head().seq() < seq_) return;  // an answer told more
    seq_ = view.head().seq();
    cases_.assign(view.cases().begin(), view.cases().end());
    if (find(selected_) != nullptr) return;
    // Another visitor: what was open was about somebody else.
    selected_ = cases_.empty() ? 0 : cases_.front().id();
    open_ = false;
    show(CaseDialog::none);
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
    if (dialog != CaseDialog::none) return;
    marked_.clear();
    date_.clear();
    note_.clear();
    remedy_.clear();
    office_.clear();
    way_ = TellWay::unknown;
}

void CaseDesk::write(CaseField field, std::string text) {
    switch (field) {
        case CaseField::note:
            note_ = std::move(text);
            return;
        case CaseField::remedy:
            remedy_ = std::move(text);
            return;
        case CaseField::office:
            office_ = std::move(text);
            return;
    }
}

const std::string& CaseDesk::written(CaseField field) const {
    switch (field) {
        case CaseField::note:
            return note_;
        case CaseField::remedy:
            return remedy_;
        case CaseField::office:
            return office_;
    }
    return note_;
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
    if (has_result && file->told_at_ms() == 0) out.push_back(CaseDo::ask_tell);
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
            return command_of(act);
        case CaseDo::tell:
            if (TellWay::Value_Parse(act.value, &way_)) show(CaseDialog::understood);
            return std::nullopt;
        case CaseDo::dismiss:
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
    if (current()->notices() > 0 && note_.empty()) return std::nullopt;
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
    ask.set_note(note_);
    if (ask.materials().empty()) return std::nullopt;
    return out;
}

bool CaseDesk::form_complete() const {
    if (dialog_ == CaseDialog::referred) return !office_.empty();
    if (dialog_ == CaseDialog::second_notice) return !note_.empty();
    return !note_.empty() && !remedy_.empty();
}

std::optional<Command> CaseDesk::result() const {
    if (!form_complete()) return std::nullopt;
    Command out;
    auto& set = *out.mutable_set_result();
    set.set_case_id(selected_);
    if (dialog_ == CaseDialog::referred) {
        set.set_result(CaseResult::referred);
        set.set_office(office_);
        return out;
    }
    set.set_result(CaseResult::not_approved);
    set.set_note(note_);
    set.set_remedy(remedy_);
    return out;
}

void CaseDesk::done(const Command& command, const protocol::Reply& reply) {
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
