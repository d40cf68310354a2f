// Staff, their duty and training.
#include "hall-server/core/applying.h"

namespace hall::core {

void Applying::operator()(const protocol::StaffAdded&) const {}

void Applying::operator()(const protocol::StaffRemoved&) const {}

void Applying::operator()(const protocol::StaffPinSet&) const {}

void Applying::operator()(const protocol::StaffSignedOn&) const {}

void Applying::operator()(const protocol::StaffOffDuty&) const {}

void Applying::operator()(const protocol::StaffTrained&) const {}

}  // namespace hall::core
