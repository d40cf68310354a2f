// Escort cases (一对一 全流程跟踪): opening, stages, materials, hand-over.
#include "hall-server/core/decide.h"

namespace hall::core {

using protocol::RefusalCode;

Decision decide(const Ask&, const protocol::OpenCase&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::EnterStage&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::LeaveStage&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::ReceiveMaterial&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::AskMaterial&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::AttachTicket&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::HandOver&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::AcceptHandOver&) {
    return Refuse(RefusalCode::malformed_request);
}

}  // namespace hall::core
