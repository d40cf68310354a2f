// Lent things, stock, help at the machines and consultations.
#include "hall-server/core/decide.h"

namespace hall::core {

using protocol::RefusalCode;

Decision decide(const Ask&, const protocol::RecordAssistance&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::RecordConsultation&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::AnswerConsultation&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::LendFacility&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::ReturnLoan&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::SetStock&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::TakeStock&) {
    return Refuse(RefusalCode::malformed_request);
}

}  // namespace hall::core
