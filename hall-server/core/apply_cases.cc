// Escort cases and their wristbands.
#include "hall-server/core/applying.h"

namespace hall::core {

void Applying::end_case_day() const {}

void Applying::operator()(const protocol::CaseOpened&) const {}

void Applying::operator()(const protocol::CaseStageEntered&) const {}

void Applying::operator()(const protocol::CaseStageLeft&) const {}

void Applying::operator()(const protocol::CasePromised&) const {}

void Applying::operator()(const protocol::MaterialReceived&) const {}

void Applying::operator()(const protocol::MaterialAsked&) const {}

void Applying::operator()(const protocol::CaseTicketAttached&) const {}

void Applying::operator()(const protocol::CaseOffered&) const {}

void Applying::operator()(const protocol::CaseHandedOver&) const {}

void Applying::operator()(const protocol::CaseDecided&) const {}

void Applying::operator()(const protocol::ResultTold&) const {}

void Applying::operator()(const protocol::CaseRated&) const {}

void Applying::operator()(const protocol::RatingLapsed&) const {}

void Applying::operator()(const protocol::FollowUpAnswered&) const {}

void Applying::operator()(const protocol::CaseClosed&) const {}

void Applying::operator()(const protocol::WristbandIssued&) const {}

void Applying::operator()(const protocol::WristbandRevoked&) const {}

void Applying::operator()(const protocol::CodeScanned&) const {}

}  // namespace hall::core
