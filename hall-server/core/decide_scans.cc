// Wristbands and what a scanned code does to a case.
#include "hall-server/core/decide.h"

namespace hall::core {

using protocol::RefusalCode;

Decision decide(const Ask&, const protocol::PrintWristband&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::ScanCode&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::RevokeWristband&) {
    return Refuse(RefusalCode::malformed_request);
}

}  // namespace hall::core
