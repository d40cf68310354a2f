// Escort cases, wristbands and the catalogue as people see them.
#include "hall-server/core/cases.h"
#include "hall-server/core/view_rows.h"

namespace hall::core {

void fill_case(const HallState&, const state::Case&, int64_t, CaseDetail, protocol::Case&) {}

void fill_window_cases(const HallState&, uint32_t, int64_t, protocol::ClerkView&) {}

void fill_case_print(const HallState&, const state::Print&, protocol::PrintJob&) {}

void fill_item(const HallState&, const protocol::HallRules::Service&, protocol::CatalogueItem&) {}

bool describe_case(const HallState&, const protocol::Command&, const Events&, int64_t,
                   protocol::Reply&) {
    return false;
}

void answer_case(const HallState&, const protocol::CaseQuery&, int64_t, protocol::Reply&) {}

void answer_cases(const HallState&, const protocol::CaseListQuery&, int64_t, protocol::Reply&) {}

void answer_wristbands(const HallState&, protocol::Reply&) {}

void answer_catalogue(const HallState&, const protocol::CatalogueQuery&, protocol::Reply&) {}

protocol::CasesView Hall::cases_view(int64_t now_ms) const {
    protocol::CasesView view;
    fill_head(*state_, now_ms, *view.mutable_head());
    return view;
}

protocol::SupervisorView Hall::supervisor_view(int64_t now_ms) const {
    protocol::SupervisorView view;
    fill_head(*state_, now_ms, *view.mutable_head());
    return view;
}

}  // namespace hall::core
