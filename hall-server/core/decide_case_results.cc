// How escort cases end: the result, telling it, the rating, the follow-up.
#include "hall-server/core/decide.h"

namespace hall::core {

using protocol::RefusalCode;

Decision decide(const Ask&, const protocol::SetResult&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::TellResult&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::RateCase&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::AnswerFollowUp&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::CloseCase&) {
    return Refuse(RefusalCode::malformed_request);
}

Decision decide(const Ask&, const protocol::PrintCasePaper&) {
    return Refuse(RefusalCode::malformed_request);
}

}  // namespace hall::core
