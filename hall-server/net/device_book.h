// DeviceBook: the devices that may connect, for the ZAP thread and the loop.
//
// Every function may be called from any thread.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "hall-server/service/hall_service.h"
#include "protocol/views.pb.h"

namespace hall::net {

class DeviceBook {
  public:
    // `first_admin_key` (Z85) is always enrolled, as the admin kFirstAdmin; empty = none.
    explicit DeviceBook(std::string first_admin_key);

    // Takes the hall's list. True when a device that was in the book is gone or has another key,
    // role or window: its live sessions must end.
    bool replace(const std::vector<protocol::Device>& devices);

    // The name of the device with this public key (Z85).
    std::optional<std::string> name_of_key(const std::string& key) const;

    // Who a device is; a role `unknown` when the book has no such name.
    service::Sender sender(const std::string& name) const;

    bool is_first_admin_key(const std::string& key) const;

  private:
    const std::string first_admin_key_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, protocol::Device> by_name_;
    std::unordered_map<std::string, std::string> name_by_key_;
};

}  // namespace hall::net
