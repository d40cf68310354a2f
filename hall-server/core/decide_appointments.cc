// Appointments (预约): slots, booking, cancelling; the days ahead.
#include "hall-server/core/decide.h"

namespace hall::core {

using protocol::RefusalCode;

Decision decide(const Ask&, const protocol::BookAppointment&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::CancelAppointment&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::PlanAhead& command) {
    protocol::Event event;
    *event.mutable_ahead_planned()->mutable_plans() = command.plans();
    return Events{event};
}

}  // namespace hall::core
