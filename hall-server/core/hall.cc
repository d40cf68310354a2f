#include "hall-server/core/hall.h"

#include <algorithm>

#include "hall-server/core/apply.h"
#include "hall-server/core/care.h"
#include "hall-server/core/cases.h"
#include "hall-server/core/decide.h"
#include "hall-server/core/hall_state.h"

namespace hall::core {

using protocol::Command;
using protocol::RefusalCode;

bool retry_helps(RefusalCode::Value code) {
    switch (static_cast<int>(code)) {
        case RefusalCode::storage_unavailable:
        case RefusalCode::server_busy:
        case RefusalCode::not_open:
        case RefusalCode::day_not_planned:
        case RefusalCode::tickets_at_windows:
        case RefusalCode::not_early_waiting:
        case RefusalCode::no_seat_free:
        case RefusalCode::ticket_at_window:
        case RefusalCode::window_not_open:
        case RefusalCode::window_busy:
        case RefusalCode::nobody_eligible:
        case RefusalCode::too_early_to_miss:
        case RefusalCode::too_early_to_recall:
        case RefusalCode::print_in_progress:
        case RefusalCode::too_early_to_choose:
        case RefusalCode::slot_full:
        case RefusalCode::rating_open:
        case RefusalCode::pin_locked:
        case RefusalCode::too_many_sign_ons:
        case RefusalCode::cases_open:
        case RefusalCode::nothing_left:
        case RefusalCode::vault_unavailable:
            return true;
    }
    return false;
}

std::string who_text(const Actor& actor) {
    return actor.person.empty() ? actor.device : actor.device + "/" + actor.person;
}

Refuse::Refuse(RefusalCode::Value code) {
    refusal_.set_code(code);
    refusal_.set_retry(retry_helps(code));
}
Refuse& Refuse::number(const std::string& value) {
    refusal_.set_number(value);
    return *this;
}
Refuse& Refuse::window(uint32_t value) {
    refusal_.set_window(value);
    return *this;
}
Refuse& Refuse::next_number(const std::string& value) {
    refusal_.set_next_number(value);
    return *this;
}
Refuse& Refuse::field(const std::string& value) {
    // Cut between characters: half of one would make the whole reply unreadable (proto3 strings
    // are UTF-8).
    size_t size = std::min(value.size(), kTextMax);
    while (size < value.size() && size > 0 && (value[size] & 0xC0) == 0x80) --size;
    refusal_.set_field(value.substr(0, size));
    return *this;
}
Refuse& Refuse::wait_ms(int64_t value) {
    refusal_.set_wait_ms(value);
    return *this;
}

Hall::Hall() : state_(std::make_unique<HallState>()) {
    state_->data.set_next_key_serial(1);
    state_->data.set_next_print_job(1);
    state_->data.set_next_appointment(1);
}
Hall::~Hall() = default;
Hall::Hall(Hall&&) noexcept = default;
Hall& Hall::operator=(Hall&&) noexcept = default;

Decision Hall::decide(const Command& command, const Actor& actor, int64_t now_ms) const {
    Ask ask{*state_, now_ms, actor};
    switch (command.body_case()) {
        case protocol::Command::kOpenHall:
            return core::decide(ask, command.open_hall());
        case protocol::Command::kCloseHall:
            return core::decide(ask, command.close_hall());
        case protocol::Command::kExtendHall:
            return core::decide(ask, command.extend_hall());
        case protocol::Command::kStartEarlyWaiting:
            return core::decide(ask, command.start_early_waiting());
        case protocol::Command::kIssueTicket:
            return core::decide(ask, command.issue_ticket());
        case protocol::Command::kRegisterEarlyWaiting:
            return core::decide(ask, command.register_early_waiting());
        case protocol::Command::kCancelTicket:
            return core::decide(ask, command.cancel_ticket());
        case protocol::Command::kStepOut:
            return core::decide(ask, command.step_out());
        case protocol::Command::kReturnTicket:
            return core::decide(ask, command.return_ticket());
        case protocol::Command::kOpenWindow:
            return core::decide(ask, command.open_window());
        case protocol::Command::kPauseWindow:
            return core::decide(ask, command.pause_window());
        case protocol::Command::kCloseWindow:
            return core::decide(ask, command.close_window());
        case protocol::Command::kCallNext:
            return core::decide(ask, command.call_next());
        case protocol::Command::kCallTicket:
            return core::decide(ask, command.call_ticket());
        case protocol::Command::kRecall:
            return core::decide(ask, command.recall());
        case protocol::Command::kMarkMissed:
            return core::decide(ask, command.mark_missed());
        case protocol::Command::kStartService:
            return core::decide(ask, command.start_service());
        case protocol::Command::kFinishService:
            return core::decide(ask, command.finish_service());
        case protocol::Command::kSendOnErrand:
            return core::decide(ask, command.send_on_errand());
        case protocol::Command::kTransfer:
            return core::decide(ask, command.transfer());
        case protocol::Command::kNextService:
            return core::decide(ask, command.next_service());
        case protocol::Command::kRetryPrint:
            return core::decide(ask, command.retry_print());
        case protocol::Command::kTestPrint:
            return core::decide(ask, command.test_print());
        case protocol::Command::kPrintGuide:
            return core::decide(ask, command.print_guide());
        case protocol::Command::kClaimPrint:
            return core::decide(ask, command.claim_print());
        case protocol::Command::kReportPrint:
            return core::decide(ask, command.report_print());
        case protocol::Command::kReportPrinter:
            return core::decide(ask, command.report_printer());
        case protocol::Command::kEnrolDevice:
            return core::decide(ask, command.enrol_device());
        case protocol::Command::kRevokeDevice:
            return core::decide(ask, command.revoke_device());
        case protocol::Command::kInstallRules:
            return core::decide(ask, command.install_rules());
        case protocol::Command::kPlanDay:
            return core::decide(ask, command.plan_day());
        case protocol::Command::kTick:
            return core::decide(ask, command.tick());
        case protocol::Command::kNoteClockStep:
            return core::decide(ask, command.note_clock_step());
        case protocol::Command::kChooseAtClosing:
            return core::decide(ask, command.choose_at_closing());
        case protocol::Command::kImportPaper:
            return core::decide(ask, command.import_paper());
        case protocol::Command::kBookAppointment:
            return core::decide(ask, command.book_appointment());
        case protocol::Command::kCancelAppointment:
            return core::decide(ask, command.cancel_appointment());
        case protocol::Command::kReserveWindow:
            return core::decide(ask, command.reserve_window());
        case protocol::Command::kPlanAhead:
            return core::decide(ask, command.plan_ahead());
        case protocol::Command::kOpenCase:
            return core::decide(ask, command.open_case());
        case protocol::Command::kEnterStage:
            return core::decide(ask, command.enter_stage());
        case protocol::Command::kLeaveStage:
            return core::decide(ask, command.leave_stage());
        case protocol::Command::kReceiveMaterial:
            return core::decide(ask, command.receive_material());
        case protocol::Command::kAskMaterial:
            return core::decide(ask, command.ask_material());
        case protocol::Command::kAttachTicket:
            return core::decide(ask, command.attach_ticket());
        case protocol::Command::kHandOver:
            return core::decide(ask, command.hand_over());
        case protocol::Command::kAcceptHandOver:
            return core::decide(ask, command.accept_hand_over());
        case protocol::Command::kSetResult:
            return core::decide(ask, command.set_result());
        case protocol::Command::kTellResult:
            return core::decide(ask, command.tell_result());
        case protocol::Command::kRateCase:
            return core::decide(ask, command.rate_case());
        case protocol::Command::kAnswerFollowUp:
            return core::decide(ask, command.answer_follow_up());
        case protocol::Command::kCloseCase:
            return core::decide(ask, command.close_case());
        case protocol::Command::kPrintCasePaper:
            return core::decide(ask, command.print_case_paper());
        case protocol::Command::kPrintWristband:
            return core::decide(ask, command.print_wristband());
        case protocol::Command::kScanCode:
            return core::decide(ask, command.scan_code());
        case protocol::Command::kRevokeWristband:
            return core::decide(ask, command.revoke_wristband());
        case protocol::Command::kAddCheckIn:
            return core::decide(ask, command.add_check_in());
        case protocol::Command::kMeasureAgain:
            return core::decide(ask, command.measure_again());
        case protocol::Command::kCorrectCheckIn:
            return core::decide(ask, command.correct_check_in());
        case protocol::Command::kCorrectPerson:
            return core::decide(ask, command.correct_person());
        case protocol::Command::kForgetPerson:
            return core::decide(ask, command.forget_person());
        case protocol::Command::kUnmask:
            return core::decide(ask, command.unmask());
        case protocol::Command::kPurgeVault:
            return core::decide(ask, command.purge_vault());
        case protocol::Command::kRaiseEmergency:
            return core::decide(ask, command.raise_emergency());
        case protocol::Command::kAcknowledgeEmergency:
            return core::decide(ask, command.acknowledge_emergency());
        case protocol::Command::kDoEmergencyStep:
            return core::decide(ask, command.do_emergency_step());
        case protocol::Command::kCloseEmergency:
            return core::decide(ask, command.close_emergency());
        case protocol::Command::kRecordAssistance:
            return core::decide(ask, command.record_assistance());
        case protocol::Command::kRecordConsultation:
            return core::decide(ask, command.record_consultation());
        case protocol::Command::kAnswerConsultation:
            return core::decide(ask, command.answer_consultation());
        case protocol::Command::kLendFacility:
            return core::decide(ask, command.lend_facility());
        case protocol::Command::kReturnLoan:
            return core::decide(ask, command.return_loan());
        case protocol::Command::kSetStock:
            return core::decide(ask, command.set_stock());
        case protocol::Command::kTakeStock:
            return core::decide(ask, command.take_stock());
        case protocol::Command::kAddStaff:
            return core::decide(ask, command.add_staff());
        case protocol::Command::kRemoveStaff:
            return core::decide(ask, command.remove_staff());
        case protocol::Command::kSetPin:
            return core::decide(ask, command.set_pin());
        case protocol::Command::kSignOn:
            return core::decide(ask, command.sign_on());
        case protocol::Command::kGoOffDuty:
            return core::decide(ask, command.go_off_duty());
        case protocol::Command::kRecordTraining:
            return core::decide(ask, command.record_training());
        case Command::BODY_NOT_SET:
            break;
    }
    return Refuse(RefusalCode::malformed_request);
}

void Hall::apply(const protocol::Event& event, uint64_t seq, int64_t at_ms, const Actor& actor) {
    core::apply(*state_, event, seq, at_ms, actor);
}

std::optional<int64_t> Hall::next_deadline_ms() const {
    return next_tick_ms(*state_);
}

bool Hall::needs_day_plan(int64_t now_ms) const {
    return state_->data.plan().date().empty() || now_ms >= state_->data.plan().midnight_at_ms();
}

uint64_t Hall::seq() const {
    return state_->data.seq();
}
int64_t Hall::last_at_ms() const {
    return state_->data.last_at_ms();
}
const protocol::HallRules& Hall::rules() const {
    return state_->data.rules();
}
const protocol::DayPlan& Hall::plan() const {
    return state_->data.plan();
}

state::Hall Hall::snapshot() const {
    return state_->data;
}

Hall Hall::restore(const state::Hall& snapshot) {
    Hall hall;
    hall.state_->data = snapshot;
    hall.state_->reindex();
    return hall;
}

uint64_t Hall::next_record() const {
    return std::max<uint64_t>(state_->data.next_record(), 1);
}

std::string Hall::signed_on_at(const std::string& device) const {
    const state::Staff* last = nullptr;
    for (const state::Staff& entry : state_->data.staff()) {
        if (!entry.on_duty() || entry.device() != device) continue;
        if (last == nullptr || entry.since_ms() >= last->since_ms()) last = &entry;
    }
    return last == nullptr ? "" : last->number();
}

std::optional<state::Staff> Hall::staff(const std::string& number) const {
    const state::Staff* found = find_staff(*state_, number);
    if (found == nullptr) return std::nullopt;
    return *found;
}

std::optional<state::CheckIn> Hall::check_in(uint64_t id) const {
    const state::CheckIn* found = find_check_in(*state_, id);
    if (found == nullptr) return std::nullopt;
    return *found;
}

std::optional<state::Case> Hall::case_file(uint64_t id) const {
    const state::Case* found = find_case(*state_, id);
    if (found == nullptr) return std::nullopt;
    return *found;
}

uint64_t Hall::person_record(const protocol::Unmask& unmask) const {
    return core::person_record(*state_, unmask.check_in(), unmask.case_id(), unmask.consultation());
}

std::vector<protocol::Device> Hall::devices() const {
    std::vector<protocol::Device> devices;
    for (const state::Device& entry : state_->data.devices()) {
        protocol::Device& device = devices.emplace_back();
        device.set_name(entry.name());
        device.set_role(entry.role());
        device.set_public_key(entry.public_key());
        device.set_window(entry.window());
    }
    return devices;
}

uint64_t Hall::devices_version() const {
    return state_->data.devices_version();
}

std::vector<std::string> Hall::zones() const {
    std::vector<std::string> codes;
    for (const auto& zone : state_->data.rules().zones()) codes.push_back(zone.code());
    return codes;
}

std::vector<uint32_t> Hall::windows() const {
    std::vector<uint32_t> numbers;
    for (const auto& window : state_->data.windows()) numbers.push_back(window.number());
    return numbers;
}

}  // namespace hall::core
