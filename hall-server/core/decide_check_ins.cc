// Manual check-ins (无码通行 手工登记), and what the vault is told to forget.
#include "hall-server/core/decide.h"

namespace hall::core {

using protocol::RefusalCode;

Decision decide(const Ask&, const protocol::AddCheckIn&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::MeasureAgain&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::CorrectCheckIn&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::ForgetPerson&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::Unmask&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::PurgeVault&) {
    return Refuse(RefusalCode::malformed_request);
}

}  // namespace hall::core
