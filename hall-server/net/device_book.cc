#include "hall-server/net/device_book.h"

#include <utility>

#include "hall-server/net/gate.h"

namespace hall::net {
namespace {

bool same(const protocol::Device& a, const protocol::Device& b) {
    return a.public_key() == b.public_key() && a.role() == b.role() && a.window() == b.window();
}

}  // namespace

DeviceBook::DeviceBook(std::string first_admin_key)
    : first_admin_key_(std::move(first_admin_key)) {}

bool DeviceBook::replace(const std::vector<protocol::Device>& devices) {
    std::unordered_map<std::string, protocol::Device> by_name;
    std::unordered_map<std::string, std::string> name_by_key;
    for (const auto& device : devices) {
        // The log may be older than the first admin's file: the file wins.
        if (device.name() == kFirstAdmin || device.public_key() == first_admin_key_) continue;
        by_name.emplace(device.name(), device);
        name_by_key.emplace(device.public_key(), device.name());
    }
    const std::lock_guard lock(mutex_);
    bool somebody_left = false;
    for (const auto& [name, device] : by_name_) {
        const auto found = by_name.find(name);
        somebody_left = somebody_left || found == by_name.end() || !same(found->second, device);
    }
    by_name_ = std::move(by_name);
    name_by_key_ = std::move(name_by_key);
    return somebody_left;
}

bool DeviceBook::is_first_admin_key(const std::string& key) const {
    return !first_admin_key_.empty() && key == first_admin_key_;
}

std::optional<std::string> DeviceBook::name_of_key(const std::string& key) const {
    if (is_first_admin_key(key)) return kFirstAdmin;
    const std::lock_guard lock(mutex_);
    const auto found = name_by_key_.find(key);
    if (found == name_by_key_.end()) return std::nullopt;
    return found->second;
}

service::Sender DeviceBook::sender(const std::string& name) const {
    service::Sender sender;
    sender.device = name;
    if (name == kFirstAdmin && !first_admin_key_.empty()) {
        sender.role = protocol::Role::admin;
        return sender;
    }
    const std::lock_guard lock(mutex_);
    const auto found = by_name_.find(name);
    if (found == by_name_.end()) return sender;
    sender.role = found->second.role();
    sender.window = found->second.window();
    return sender;
}

}  // namespace hall::net
