// Emergencies (突发疾病) and drills.
#include "hall-server/core/decide.h"

namespace hall::core {

using protocol::RefusalCode;

Decision decide(const Ask&, const protocol::RaiseEmergency&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::AcknowledgeEmergency&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::DoEmergencyStep&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::CloseEmergency&) {
    return Refuse(RefusalCode::malformed_request);
}

}  // namespace hall::core
