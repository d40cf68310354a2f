// Check-ins, emergencies, facilities, consultations and staff as people see them.
#include "hall-server/core/care.h"
#include "hall-server/core/view_rows.h"

namespace hall::core {

void fill_check_ins(const HallState&, protocol::GuideView&) {}

void fill_staff(const HallState&, const state::Staff&, protocol::Staff&) {}

void fill_emergency(const HallState&, const state::Emergency&, protocol::Emergency&) {}

void fill_loan(const HallState&, const state::Loan&, protocol::Loan&) {}

void fill_consultation(const HallState&, const state::Consultation&, protocol::Consultation&) {}

bool describe_care(const HallState&, const protocol::Command&, const Events&, int64_t,
                   protocol::Reply&) {
    return false;
}

void answer_check_ins(const HallState&, const protocol::CheckInListQuery&, protocol::Reply&) {}

void answer_emergencies(const HallState&, const protocol::EmergencyListQuery&, protocol::Reply&) {}

void answer_facilities(const HallState&, protocol::Reply&) {}

void answer_staff(const HallState&, protocol::Reply&) {}

void answer_consultations(const HallState&, const protocol::ConsultationListQuery&,
                          protocol::Reply&) {}

protocol::CareView Hall::care_view(int64_t now_ms) const {
    protocol::CareView view;
    fill_head(*state_, now_ms, *view.mutable_head());
    return view;
}

}  // namespace hall::core
