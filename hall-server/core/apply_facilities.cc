// Loans, stock, help and consultations.
#include "hall-server/core/applying.h"

namespace hall::core {

void Applying::operator()(const protocol::AssistanceGiven&) const {}

void Applying::operator()(const protocol::ConsultationGiven&) const {}

void Applying::operator()(const protocol::ConsultationAnswered&) const {}

void Applying::operator()(const protocol::FacilityLent&) const {}

void Applying::operator()(const protocol::FacilityReturned&) const {}

void Applying::operator()(const protocol::StockSet&) const {}

void Applying::operator()(const protocol::StockTaken&) const {}

}  // namespace hall::core
