#include "ticketing/waiting_queues.h"

#include <algorithm>
#include <numeric>
#include <queue>

#include "protocol/check.h"

namespace hall::ticketing {

namespace {

bool contains(const std::vector<std::string>& list, const std::string& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

bool able(const Ability& ability, const NeedSignature& need) {
    if (need.step_free && !ability.step_free) return false;
    if (!need.language.empty() && !contains(ability.languages, need.language)) return false;
    return contains(ability.services, need.service);
}

}  // namespace

void WaitingQueues::set_ability(uint32_t window, Ability ability) {
    Window& entry = windows_[window];
    entry.ability = std::move(ability);
    entry.serves.clear();
    for (SignatureId id = 0; id < signatures_.size(); ++id) {
        Signature& signature = signatures_[id];
        signature.windows = able_windows(signature.need);
        if (able(entry.ability, signature.need)) entry.serves.push_back(id);
    }
}

void WaitingQueues::set_open(uint32_t window, bool open) {
    windows_.at(window).open = open;
}

void WaitingQueues::clear() {
    signatures_.clear();
    ids_.clear();
    windows_.clear();
    size_ = 0;
}

SignatureId WaitingQueues::signature(const NeedSignature& need) {
    auto found = ids_.find(need);
    if (found != ids_.end()) return found->second;
    HALL_CHECK(signatures_.size() < kSignaturesMax);
    auto id = static_cast<SignatureId>(signatures_.size());
    signatures_.push_back(Signature{need, able_windows(need), {}, {}});
    ids_.emplace(need, id);
    for (uint32_t number : signatures_.back().windows) windows_.at(number).serves.push_back(id);
    return id;
}

std::optional<SignatureId> WaitingQueues::find_signature(const NeedSignature& need) const {
    auto found = ids_.find(need);
    if (found == ids_.end()) return std::nullopt;
    return found->second;
}

void WaitingQueues::insert(SignatureId signature, const Waiting& waiting, bool green) {
    Signature& entry = signatures_.at(signature);
    HALL_CHECK(entry.all.insert({waiting.key, waiting.ticket}).second);
    if (green) entry.green.insert({waiting.key, waiting.ticket});
    ++size_;
}

void WaitingQueues::erase(SignatureId signature, const Key& key, bool green) {
    Signature& entry = signatures_.at(signature);
    HALL_CHECK(entry.all.erase(key));
    if (green) entry.green.erase(key);
    --size_;
}

std::optional<Waiting> WaitingQueues::best_for(uint32_t window) const {
    auto found = windows_.find(window);
    if (found == windows_.end()) return std::nullopt;
    std::optional<Waiting> best;
    for (SignatureId id : found->second.serves) {
        const Tree& tree = signatures_[id].all;
        if (tree.empty()) continue;
        auto first = tree.begin();
        if (!best || first->first < best->key) best = Waiting{first->first, first->second};
    }
    return best;
}

std::vector<Waiting> WaitingQueues::merge_first(const std::vector<SignatureId>& ids,
                                                size_t limit) const {
    struct Head {
        Tree::const_iterator at;
        Tree::const_iterator end;
    };
    auto later = [](const Head& a, const Head& b) { return b.at->first < a.at->first; };
    std::priority_queue<Head, std::vector<Head>, decltype(later)> heads(later);
    for (SignatureId id : ids) {
        const Tree& tree = signatures_[id].all;
        if (!tree.empty()) heads.push(Head{tree.begin(), tree.end()});
    }
    std::vector<Waiting> first;
    while (!heads.empty() && first.size() < limit) {
        Head head = heads.top();
        heads.pop();
        first.push_back(Waiting{head.at->first, head.at->second});
        if (++head.at != head.end) heads.push(head);
    }
    return first;
}

std::vector<Waiting> WaitingQueues::first_for(uint32_t window, size_t limit) const {
    auto found = windows_.find(window);
    if (found == windows_.end()) return {};
    return merge_first(found->second.serves, limit);
}

size_t WaitingQueues::count_for(uint32_t window) const {
    auto found = windows_.find(window);
    if (found == windows_.end()) return 0;
    size_t count = 0;
    for (SignatureId id : found->second.serves) count += signatures_[id].all.size();
    return count;
}

std::vector<Waiting> WaitingQueues::first(size_t limit) const {
    std::vector<SignatureId> ids(signatures_.size());
    std::iota(ids.begin(), ids.end(), SignatureId{0});
    return merge_first(ids, limit);
}

std::vector<std::pair<NeedSignature, uint32_t>> WaitingQueues::sizes() const {
    std::vector<std::pair<NeedSignature, uint32_t>> sizes;
    for (const Signature& entry : signatures_) {
        sizes.emplace_back(entry.need, static_cast<uint32_t>(entry.all.size()));
    }
    return sizes;
}

bool WaitingQueues::can_serve(uint32_t window, const NeedSignature& need) const {
    auto found = windows_.find(window);
    return found != windows_.end() && able(found->second.ability, need);
}

std::vector<uint32_t> WaitingQueues::able_windows(const NeedSignature& need) const {
    std::vector<uint32_t> numbers;
    for (const auto& [number, window] : windows_) {
        if (able(window.ability, need)) numbers.push_back(number);
    }
    return numbers;
}

std::vector<uint32_t> WaitingQueues::windows_for(const NeedSignature& need) const {
    auto id = find_signature(need);
    return id ? signatures_[*id].windows : able_windows(need);
}

std::vector<uint32_t> WaitingQueues::open_windows_for(const NeedSignature& need) const {
    std::vector<uint32_t> numbers = windows_for(need);
    std::erase_if(numbers, [this](uint32_t number) { return !windows_.at(number).open; });
    return numbers;
}

std::vector<SignatureId> WaitingQueues::sharing(const NeedSignature& need) const {
    std::vector<uint32_t> usable = open_windows_for(need);
    if (usable.empty()) usable = windows_for(need);
    std::vector<bool> taken(signatures_.size(), false);
    for (uint32_t number : usable) {
        for (SignatureId id : windows_.at(number).serves) taken[id] = true;
    }
    std::vector<SignatureId> ids;
    for (SignatureId id = 0; id < taken.size(); ++id) {
        if (taken[id]) ids.push_back(id);
    }
    return ids;
}

Ahead WaitingQueues::ahead(const NeedSignature& need, const Key& key) const {
    Ahead count;
    for (SignatureId id : sharing(need)) {
        count.all += static_cast<uint32_t>(signatures_[id].all.order_of_key(key));
        count.green += static_cast<uint32_t>(signatures_[id].green.order_of_key(key));
    }
    return count;
}

std::optional<int64_t> WaitingQueues::third_v_ms(const NeedSignature& need) const {
    if (open_windows_for(need).empty()) return std::nullopt;
    std::vector<Waiting> first = merge_first(sharing(need), 3);
    if (first.empty()) return std::nullopt;
    return first.back().key.v_ms;
}

}  // namespace hall::ticketing
