// Enrolled devices.
#include "hall-server/core/applying.h"

namespace hall::core {

using protocol::Phase;
using protocol::PrintState;
using protocol::TicketState;
using protocol::WindowState;

void Applying::operator()(const protocol::DeviceEnrolled& event) const {
    state::Device& entry = *hall.data.add_devices();
    entry.set_name(event.name());
    entry.set_role(event.role());
    entry.set_public_key(event.public_key());
    entry.set_window(event.window());
    hall.data.set_devices_version(hall.data.devices_version() + 1);
}

void Applying::operator()(const protocol::DeviceRevoked& event) const {
    auto& devices = *hall.data.mutable_devices();
    for (int i = 0; i < devices.size(); ++i) {
        if (devices.Get(i).name() != event.name()) continue;
        devices.DeleteSubrange(i, 1);
        break;
    }
    hall.data.set_devices_version(hall.data.devices_version() + 1);
}

}  // namespace hall::core
