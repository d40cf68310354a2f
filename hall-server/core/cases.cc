#include "hall-server/core/cases.h"

namespace hall::core {

std::string worker(const Actor& actor) {
    return actor.person.empty() ? actor.device : actor.person;
}

const state::Case* find_case(const HallState& hall, uint64_t id) {
    auto found = hall.case_index.find(id);
    return found == hall.case_index.end() ? nullptr : &hall.data.cases(found->second);
}

uint64_t active_case(const protocol::Event& event) {
    using protocol::Event;
    switch (static_cast<int>(event.body_case())) {
        case Event::kCaseOpened:
            return event.case_opened().case_id();
        case Event::kCaseStageEntered:
            return event.case_stage_entered().case_id();
        case Event::kCaseStageLeft:
            return event.case_stage_left().case_id();
        case Event::kCasePromised:
            return event.case_promised().case_id();
        case Event::kMaterialReceived:
            return event.material_received().case_id();
        case Event::kMaterialAsked:
            return event.material_asked().case_id();
        case Event::kCaseTicketAttached:
            return event.case_ticket_attached().case_id();
        case Event::kCaseOffered:
            return event.case_offered().case_id();
        case Event::kCaseHandedOver:
            return event.case_handed_over().case_id();
        case Event::kCaseDecided:
            return event.case_decided().case_id();
        case Event::kResultTold:
            return event.result_told().case_id();
        case Event::kCaseRated:
            return event.case_rated().case_id();
        case Event::kRatingLapsed:
            return event.rating_lapsed().case_id();
        case Event::kFollowUpAnswered:
            return event.follow_up_answered().case_id();
        case Event::kCaseClosed:
            return event.case_closed().case_id();
        case Event::kWristbandIssued:
            return event.wristband_issued().case_id();
        case Event::kCodeScanned:
            return event.code_scanned().case_id();
    }
    return 0;
}

const state::Wristband* find_wristband(const HallState& hall, const std::string& token) {
    auto found = hall.wristband_index.find(token);
    return found == hall.wristband_index.end() ? nullptr : &hall.data.wristbands(found->second);
}

void index_cases(HallState& hall) {
    hall.case_index.clear();
    hall.wristband_index.clear();
    hall.cases_on.clear();
    hall.load.clear();
    hall.offered.clear();
    hall.rating_deadlines.clear();
}

Events case_deadlines(const Ask&) {
    return {};
}
std::optional<int64_t> next_case_deadline_ms(const HallState&) {
    return std::nullopt;
}
}  // namespace hall::core
