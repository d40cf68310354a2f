// Slips written on paper while the system was down.
#include "hall-server/core/decide.h"

namespace hall::core {

using protocol::RefusalCode;

Decision decide(const Ask&, const protocol::ImportPaper&) {
    return Refuse(RefusalCode::malformed_request);
}

}  // namespace hall::core
