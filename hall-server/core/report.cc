// The day report: what a day was like, and every decision in it that a person could question.
#include "hall-server/core/decide.h"
#include "hall-server/core/view_rows.h"

namespace hall::core {

void answer_report(const HallState&, const protocol::ReportQuery& query, int64_t,
                   protocol::Reply& reply) {
    *reply.mutable_refusal() =
        Refuse(protocol::RefusalCode::day_not_kept).field(query.date()).refusal();
}

}  // namespace hall::core
