// The last quarter of an hour: what becomes of those who still wait.
#include "hall-server/core/decide.h"

namespace hall::core {

using protocol::RefusalCode;

Decision decide(const Ask&, const protocol::ChooseAtClosing&) {
    return Refuse(RefusalCode::malformed_request);
}

}  // namespace hall::core
