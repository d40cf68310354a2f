#include "hall-server/core/hall.h"

#include <algorithm>

#include "hall-server/core/apply.h"
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
            return true;
    }
    return false;
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
