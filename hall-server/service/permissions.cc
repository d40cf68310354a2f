#include "hall-server/service/permissions.h"

#include <fmt/format.h>
#include <google/protobuf/message.h>

#include <string>

#include "protocol/body.h"
#include "protocol/check.h"

namespace hall::service {
namespace {

using protocol::Command;
using protocol::Query;
using protocol::Role;

// A set of roles; admin is in every one.
using Roles = uint32_t;

constexpr Roles bit(Role::Value role) {
    return 1U << static_cast<unsigned>(role);
}

constexpr Roles kAdmin = bit(Role::admin);
constexpr Roles kSupervisor = kAdmin | bit(Role::supervisor);
constexpr Roles kGuide = kSupervisor | bit(Role::guide);
constexpr Roles kClerk = kSupervisor | bit(Role::clerk);
constexpr Roles kStaff = kGuide | kClerk;
constexpr Roles kPrinter = kSupervisor | bit(Role::printer);
constexpr Roles kFeed = kSupervisor | bit(Role::feed);
constexpr Roles kEverybody = kStaff | kPrinter | kFeed | bit(Role::board) | bit(Role::kiosk) |
                             bit(Role::scanner) | bit(Role::pager);
constexpr Roles kNobody = 0;

// Every case has a row; a new one does not compile until it has.
Roles roles_of(Command::BodyCase command) {
    switch (command) {
        case Command::kOpenHall:
        case Command::kCloseHall:
        case Command::kExtendHall:
        case Command::kStartEarlyWaiting:
            return kSupervisor;

        case Command::kIssueTicket:
        case Command::kRegisterEarlyWaiting:
        case Command::kCancelTicket:
        case Command::kStepOut:
        case Command::kChooseAtClosing:
        case Command::kBookAppointment:
        case Command::kCancelAppointment:
            return kGuide;
        case Command::kImportPaper:
            return kSupervisor;
        case Command::kReturnTicket:
            return kStaff;  // whoever the visitor comes back to

        case Command::kOpenWindow:
        case Command::kPauseWindow:
        case Command::kCloseWindow:
        case Command::kCallNext:
        case Command::kRecall:
        case Command::kMarkMissed:
        case Command::kStartService:
        case Command::kFinishService:
        case Command::kSendOnErrand:
        case Command::kTransfer:
        case Command::kNextService:
            return kClerk;
        case Command::kCallTicket:  // out of order
        case Command::kReserveWindow:
            return kSupervisor;

        case Command::kRetryPrint:
        case Command::kTestPrint:
            return kGuide;
        case Command::kClaimPrint:
        case Command::kReportPrint:
        case Command::kReportPrinter:
            return kPrinter;

        case Command::kEnrolDevice:
        case Command::kRevokeDevice:
            return kAdmin;

        case Command::kAddCheckIn:
        case Command::kMeasureAgain:
        case Command::kCorrectCheckIn:
        case Command::kCorrectPerson:
        case Command::kForgetPerson:
        case Command::kOpenCase:
        case Command::kPrintWristband:
        case Command::kRevokeWristband:
        case Command::kRecordAssistance:
            return kGuide;
        case Command::kUnmask:
        case Command::kEnterStage:
        case Command::kLeaveStage:
        case Command::kReceiveMaterial:
        case Command::kAskMaterial:
        case Command::kAttachTicket:
        case Command::kHandOver:
        case Command::kAcceptHandOver:
        case Command::kSetResult:
        case Command::kTellResult:
        case Command::kAnswerFollowUp:
        case Command::kCloseCase:
        case Command::kPrintCasePaper:
        case Command::kPrintGuide:
        case Command::kAcknowledgeEmergency:
        case Command::kDoEmergencyStep:
        case Command::kCloseEmergency:
        case Command::kRecordConsultation:
        case Command::kAnswerConsultation:
        case Command::kLendFacility:
        case Command::kReturnLoan:
        case Command::kSetStock:
        case Command::kTakeStock:
        case Command::kSetPin:
        case Command::kSignOn:
        case Command::kGoOffDuty:
            return kStaff;
        case Command::kRateCase:  // a visitor-facing device
            return kStaff | bit(Role::kiosk);
        case Command::kRaiseEmergency:
            return kStaff | bit(Role::scanner) | bit(Role::pager);
        case Command::kScanCode:
            return kStaff | bit(Role::scanner);
        case Command::kPurgeVault:
        case Command::kAddStaff:
        case Command::kRemoveStaff:
        case Command::kRecordTraining:
            return kSupervisor;

        case Command::kInstallRules:
        case Command::kPlanDay:
        case Command::kPlanAhead:
        case Command::kTick:
        case Command::kNoteClockStep:
        case Command::BODY_NOT_SET:
            return kNobody;
    }
    return kNobody;
}

Roles roles_of(Query::BodyCase query) {
    switch (query) {
        case Query::kStatus:
            return kEverybody;
        case Query::kPlace:
            return kStaff | bit(Role::board) | bit(Role::kiosk);
        case Query::kSlotList:
        case Query::kAppointmentList:
            return kStaff;
        case Query::kTicket:
        case Query::kTicketList:
        case Query::kWindowList:
            return kStaff;
        case Query::kCaseFile:
        case Query::kCaseList:
        case Query::kCheckInList:
        case Query::kEmergencyList:
        case Query::kFacilityList:
        case Query::kStaffList:
        case Query::kConsultationList:
        case Query::kWristbandList:
            return kStaff;
        case Query::kCatalogue:
            return kStaff | bit(Role::kiosk);
        case Query::kPrintList:
        case Query::kPrinterList:
            return kStaff | kPrinter;
        case Query::kDeviceList:
            return kAdmin;
        case Query::kEvents:
            return kFeed;
        case Query::kLogVerify:
        case Query::kLogDigest:
        case Query::kReport:
        case Query::kLedger:
            return kSupervisor;
        case Query::BODY_NOT_SET:
            return kNobody;
    }
    return kNobody;
}

// The field that says which window a command is about, or nothing when it is about none.
const google::protobuf::FieldDescriptor* window_field(Command::BodyCase command) {
    const auto* body = Command::descriptor()->FindFieldByNumber(command);
    return body == nullptr ? nullptr : body->message_type()->FindFieldByName("window");
}

uint32_t window_of(const Command& command) {
    return static_cast<uint32_t>(protocol::number_in(*protocol::body_of(command), "window"));
}

protocol::Refusal refusal(std::string_view what, uint32_t own_window) {
    protocol::Refusal refused;
    refused.set_code(protocol::RefusalCode::role_not_allowed);
    refused.set_field(std::string(what));
    refused.set_window(own_window);
    return refused;
}

std::string_view case_name(const google::protobuf::Message& message) {
    const auto* field = protocol::body_field(message);
    return field != nullptr ? std::string_view(field->name()) : std::string_view();
}

}  // namespace

bool is_internal(Command::BodyCase command) {
    return command != Command::BODY_NOT_SET && roles_of(command) == kNobody;
}

Grant grant(Role::Value role, Command::BodyCase command) {
    const Roles roles = roles_of(command);
    if ((roles & bit(role)) == 0) return Grant::no;
    const bool of_a_window = window_field(command) != nullptr;
    return role == Role::clerk && of_a_window ? Grant::own_window : Grant::yes;
}

Grant grant(Role::Value role, Query::BodyCase query) {
    return (roles_of(query) & bit(role)) != 0 ? Grant::yes : Grant::no;
}

std::optional<protocol::Refusal> check_permission(Role::Value role, uint32_t window,
                                                  const protocol::Request& request) {
    if (request.has_query()) {
        const Query& query = request.query();
        if (grant(role, query.body_case()) == Grant::yes) return std::nullopt;
        return refusal(case_name(query), 0);
    }
    HALL_CHECK(request.has_command());
    const Command& command = request.command();
    switch (grant(role, command.body_case())) {
        case Grant::yes:
            return std::nullopt;
        case Grant::no:
            return refusal(case_name(command), 0);
        case Grant::own_window:
            break;
    }
    if (window == 0 || window_of(command) == window) return std::nullopt;
    return refusal(case_name(command), window);
}

std::optional<protocol::Refusal> check_rank(protocol::StaffRank::Value rank,
                                            const Command& command) {
    using protocol::StaffRank;
    const Roles roles = roles_of(command.body_case());
    StaffRank::Value needed = StaffRank::unknown;
    if (roles == kClerk) needed = StaffRank::clerk;
    if (roles == kSupervisor) needed = StaffRank::supervisor;
    if (roles == kAdmin) needed = StaffRank::admin;
    if (rank >= needed) return std::nullopt;
    protocol::Refusal refused;
    refused.set_code(protocol::RefusalCode::rank_not_allowed);
    refused.set_field(std::string(case_name(command)));
    return refused;
}

bool may_watch(Role::Value role, uint32_t window, std::string_view topic) {
    constexpr std::string_view kClerkTopic = "clerk:";
    Roles roles = kNobody;
    if (topic == "guide|") roles = kGuide;
    if (topic == "printer|") roles = kPrinter;
    if (topic == "events|") roles = kFeed;
    if (topic == "care|" || topic == "cases|") roles = kStaff;
    if (topic == "supervisor|") roles = kSupervisor;
    if (topic.substr(0, kClerkTopic.size()) == kClerkTopic) roles = kClerk;
    if ((roles & bit(role)) == 0) return false;
    if (role != Role::clerk || window == 0 || roles != kClerk) return true;
    return topic == fmt::format("clerk:{}|", window);
}

}  // namespace hall::service
