// Who works here: numbers, PINs, duty, training.
#include "hall-server/core/decide.h"

namespace hall::core {

using protocol::RefusalCode;

Decision decide(const Ask&, const protocol::AddStaff&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::RemoveStaff&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::SetPin&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::SignOn&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::GoOffDuty&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::RecordTraining&) {
    return Refuse(RefusalCode::malformed_request);
}

}  // namespace hall::core
