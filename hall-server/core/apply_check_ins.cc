// Check-ins, and which days the vault keeps.
#include "hall-server/core/applying.h"

namespace hall::core {

void Applying::end_care_day() const {}

void Applying::operator()(const protocol::CheckedIn&) const {}

void Applying::operator()(const protocol::CheckInMeasured&) const {}

void Applying::operator()(const protocol::CheckInCorrected&) const {}

void Applying::operator()(const protocol::PersonForgotten&) const {}

void Applying::operator()(const protocol::PersonUnmasked&) const {}

void Applying::operator()(const protocol::VaultDaysDestroyed&) const {}

}  // namespace hall::core
