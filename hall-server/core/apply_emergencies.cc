// Emergencies, and the tickets they hold.
#include "hall-server/core/applying.h"

namespace hall::core {

void Applying::operator()(const protocol::EmergencyRaised&) const {}

void Applying::operator()(const protocol::TicketHeld&) const {}

void Applying::operator()(const protocol::TicketReleased&) const {}

void Applying::operator()(const protocol::EmergencyAcknowledged&) const {}

void Applying::operator()(const protocol::EmergencyEscalated&) const {}

void Applying::operator()(const protocol::EmergencyStepDone&) const {}

void Applying::operator()(const protocol::EmergencyClosed&) const {}

}  // namespace hall::core
