#include "displays/guide/slot_list.h"

#include <algorithm>
#include <set>
#include <utility>

namespace hall::guide {

void SlotList::ask(const std::string& service) {
    if (service != service_) clear();
    service_ = service;
    wanted_ = true;
    waiting_ = true;
    problem_.reset();
}

std::optional<protocol::Query> SlotList::asking() {
    if (!std::exchange(wanted_, false)) return std::nullopt;
    protocol::Query query;
    query.mutable_slot_list()->set_service(service_);
    return query;
}

void SlotList::told(const std::string& service, const client::Answer& answer) {
    if (service != service_ || wanted_) return;
    waiting_ = false;
    if (!answer || !answer->has_slots()) {
        problem_ = answer;
        return;
    }
    problem_.reset();
    slots_.assign(answer->slots().slots().begin(), answer->slots().slots().end());
    if (const auto* slot = chosen(); !slot || slot->free() == 0) chosen_ms_ = 0;
    const auto all = days();
    if (std::find(all.begin(), all.end(), day_) != all.end()) return;
    const auto* free = first_after("");
    day_ = free ? free->date() : all.empty() ? std::string() : all.front();
}

std::vector<std::string> SlotList::days() const {
    std::set<std::string> out;  // ISO dates: their order is the calendar's
    for (const auto& slot : slots_) out.insert(slot.date());
    return {out.begin(), out.end()};
}

SlotList::DayPlaces SlotList::places(const std::string& date) const {
    DayPlaces out;
    for (const auto& slot : slots_) {
        if (slot.date() != date) continue;
        if (out.first_ms == 0 || slot.slot_ms() < out.first_ms) out.first_ms = slot.slot_ms();
        out.free += slot.free();
    }
    return out;
}

void SlotList::choose_day(const std::string& date) {
    day_ = date;
    if (const auto* slot = chosen(); slot && slot->date() != date) chosen_ms_ = 0;
}

std::vector<const protocol::Slot*> SlotList::slots() const {
    std::vector<const protocol::Slot*> out;
    for (const auto& slot : slots_) {
        if (slot.date() == day_) out.push_back(&slot);
    }
    return out;
}

void SlotList::choose(std::int64_t slot_ms) {
    const auto* slot = find(slot_ms);
    if (!slot || slot->free() == 0) return;
    chosen_ms_ = chosen_ms_ == slot_ms ? 0 : slot_ms;
}

const protocol::Slot* SlotList::first_after(const std::string& today) const {
    const protocol::Slot* out = nullptr;
    for (const auto& slot : slots_) {
        if (slot.free() == 0 || slot.date() <= today) continue;
        if (!out || slot.slot_ms() < out->slot_ms()) out = &slot;
    }
    return out;
}

const protocol::Slot* SlotList::find(std::int64_t slot_ms) const {
    for (const auto& slot : slots_) {
        if (slot_ms != 0 && slot.slot_ms() == slot_ms) return &slot;
    }
    return nullptr;
}

}  // namespace hall::guide
