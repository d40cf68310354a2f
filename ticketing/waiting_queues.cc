#include "ticketing/waiting_queues.h"

#include <algorithm>
#include <numeric>
#include <queue>
#include <set>
#include <tuple>

#include "protocol/check.h"

namespace hall::ticketing {

namespace {

bool contains(const std::vector<std::string>& list, const std::string& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

bool able(const Ability& ability, const NeedSignature& need) {
    if (need.step_free && !ability.step_free) return false;
    bool understood = need.language.empty() || contains(ability.languages, need.language) ||
                      (need.interpreted && contains(ability.interprets, need.language));
    return understood && contains(ability.services, need.service);
}

}  // namespace

size_t WaitingQueues::tier_of(int64_t credit_ms) {
    auto found = std::find(tiers_.begin(), tiers_.end(), credit_ms);
    if (found != tiers_.end()) return static_cast<size_t>(found - tiers_.begin());
    HALL_CHECK(size_ == 0);
    tiers_.push_back(credit_ms);
    for (Signature& signature : signatures_) signature.tiers.resize(tiers_.size());
    return tiers_.size() - 1;
}

void WaitingQueues::count_unreserved(Signature& signature) const {
    signature.unreserved_open = 0;
    for (uint32_t number : signature.windows) {
        const Window& window = windows_.at(number);
        if (window.open && !window.tier) ++signature.unreserved_open;
    }
}

void WaitingQueues::set_ability(uint32_t window, Ability ability) {
    Window& entry = windows_[window];
    entry.tier.reset();
    if (ability.reserved_credit_ms > 0) entry.tier = tier_of(ability.reserved_credit_ms);
    entry.ability = std::move(ability);
    entry.serves.clear();
    for (SignatureId id = 0; id < signatures_.size(); ++id) {
        Signature& signature = signatures_[id];
        signature.windows = able_windows(signature.need);
        if (able(entry.ability, signature.need)) entry.serves.push_back(id);
        count_unreserved(signature);
    }
}

void WaitingQueues::set_open(uint32_t window, bool open) {
    Window& entry = windows_.at(window);
    if (entry.open == open) return;
    entry.open = open;
    for (SignatureId id : entry.serves) count_unreserved(signatures_[id]);
}

void WaitingQueues::clear() {
    tiers_ = {1};
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
    Signature& entry = signatures_.emplace_back();
    entry.need = need;
    entry.windows = able_windows(need);
    entry.tiers.resize(tiers_.size());
    count_unreserved(entry);
    ids_.emplace(need, id);
    for (uint32_t number : entry.windows) windows_.at(number).serves.push_back(id);
    return id;
}

std::optional<SignatureId> WaitingQueues::find_signature(const NeedSignature& need) const {
    auto found = ids_.find(need);
    if (found == ids_.end()) return std::nullopt;
    return found->second;
}

void WaitingQueues::insert(SignatureId signature, const Waiting& waiting, int64_t credit_ms) {
    Signature& entry = signatures_.at(signature);
    HALL_CHECK(entry.all.insert({waiting.key, waiting.ticket}).second);
    for (size_t tier = 0; tier < tiers_.size(); ++tier) {
        if (credit_ms >= tiers_[tier]) entry.tiers[tier].insert({waiting.key, waiting.ticket});
    }
    ++size_;
}

void WaitingQueues::erase(SignatureId signature, const Key& key, int64_t credit_ms) {
    Signature& entry = signatures_.at(signature);
    HALL_CHECK(entry.all.erase(key));
    for (size_t tier = 0; tier < tiers_.size(); ++tier) {
        if (credit_ms >= tiers_[tier]) HALL_CHECK(entry.tiers[tier].erase(key));
    }
    --size_;
}

const WaitingQueues::Tree& WaitingQueues::first_choice(const Window& window,
                                                       const Signature& signature) const {
    bool reserved = window.tier && signature.unreserved_open > 0;
    return reserved ? signature.tiers[*window.tier] : signature.all;
}

std::optional<Waiting> WaitingQueues::best_for(uint32_t window) const {
    auto found = windows_.find(window);
    if (found == windows_.end()) return std::nullopt;
    std::optional<Waiting> best;
    for (SignatureId id : found->second.serves) {
        const Tree& tree = first_choice(found->second, signatures_[id]);
        if (tree.empty()) continue;
        auto first = tree.begin();
        if (!best || first->first < best->key) best = Waiting{first->first, first->second};
    }
    return best || !found->second.tier ? best : smallest_for(window);
}

std::optional<Waiting> WaitingQueues::smallest_for(uint32_t window) const {
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

std::vector<const WaitingQueues::Tree*> WaitingQueues::trees_of(
    const std::vector<SignatureId>& ids) const {
    std::vector<const Tree*> trees;
    for (SignatureId id : ids) trees.push_back(&signatures_[id].all);
    return trees;
}

std::vector<Waiting> WaitingQueues::merge_first(const std::vector<const Tree*>& trees, size_t limit,
                                                const Key* before) const {
    struct Head {
        Tree::const_iterator at;
        Tree::const_iterator end;
    };
    auto later = [](const Head& a, const Head& b) { return b.at->first < a.at->first; };
    std::priority_queue<Head, std::vector<Head>, decltype(later)> heads(later);
    for (const Tree* tree : trees) {
        if (!tree->empty()) heads.push(Head{tree->begin(), tree->end()});
    }
    std::vector<Waiting> first;
    while (!heads.empty() && first.size() < limit) {
        Head head = heads.top();
        heads.pop();
        if (before != nullptr && !(head.at->first < *before)) break;
        first.push_back(Waiting{head.at->first, head.at->second});
        if (++head.at != head.end) heads.push(head);
    }
    return first;
}

std::vector<Waiting> WaitingQueues::first_for(uint32_t window, size_t limit) const {
    auto found = windows_.find(window);
    if (found == windows_.end()) return {};
    return merge_first(trees_of(found->second.serves), limit);
}

WaitingQueues::Calls WaitingQueues::calls_of(const Window& window, size_t limit) const {
    std::vector<const Tree*> firsts;
    for (SignatureId id : window.serves) firsts.push_back(&first_choice(window, signatures_[id]));
    Calls found;
    found.calls = merge_first(firsts, limit);
    found.own = found.calls.size();
    if (!window.tier || found.own == limit) return found;
    std::set<Key> there;
    for (const Waiting& call : found.calls) there.insert(call.key);
    for (const Waiting& other : merge_first(trees_of(window.serves), limit)) {
        if (found.calls.size() == limit) break;
        if (there.insert(other.key).second) found.calls.push_back(other);
    }
    return found;
}

WaitingQueues::Rank WaitingQueues::rank(const IdleWindow& idle, bool for_others,
                                        const std::vector<std::string>& prefers) const {
    const Ability& ability = windows_.at(idle.window).ability;
    bool speaks = std::any_of(prefers.begin(), prefers.end(), [&](const std::string& tag) {
        return contains(ability.languages, tag);
    });
    return {for_others, ability.services.size(), !speaks, idle.since_ms, idle.window};
}

std::optional<uint32_t> WaitingQueues::window_for(SignatureId signature, int64_t credit_ms,
                                                  const std::vector<IdleWindow>& idle,
                                                  const std::vector<std::string>& prefers) const {
    const Signature& entry = signatures_.at(signature);
    std::optional<Rank> best;
    for (const IdleWindow& one : idle) {
        if (!std::binary_search(entry.windows.begin(), entry.windows.end(), one.window)) continue;
        const Window& window = windows_.at(one.window);
        bool for_others =
            window.tier && entry.unreserved_open > 0 && credit_ms < tiers_[*window.tier];
        Rank mine = rank(one, for_others, prefers);
        if (!best || mine < *best) best = mine;
    }
    if (!best) return std::nullopt;
    return std::get<uint32_t>(*best);
}

std::vector<Offer> WaitingQueues::offers(const std::vector<IdleWindow>& idle,
                                         const Prefers& prefers) const {
    struct Choice {
        IdleWindow window;
        Calls calls;
        size_t next = 0;
        const Waiting* front() const {
            return next < calls.calls.size() ? &calls.calls[next] : nullptr;
        }
    };
    // A window is passed over at most once for every other one, so as many of its calls as there
    // are idle windows are enough.
    std::vector<Choice> choices;
    for (const IdleWindow& window : idle) {
        auto found = windows_.find(window.window);
        if (found == windows_.end() || size_ == 0) continue;
        choices.push_back({window, calls_of(found->second, idle.size())});
    }
    std::set<Key> taken;
    std::vector<Offer> offers;
    while (true) {
        std::optional<Waiting> first;
        for (Choice& choice : choices) {
            while (choice.front() && taken.count(choice.front()->key) > 0) ++choice.next;
            if (choice.front() && (!first || choice.front()->key < first->key)) {
                first = *choice.front();
            }
        }
        if (!first) break;
        const std::vector<std::string> languages = prefers(first->ticket);
        std::optional<Rank> best;
        auto asked = choices.end();
        for (auto choice = choices.begin(); choice != choices.end(); ++choice) {
            if (!choice->front() || choice->front()->key != first->key) continue;
            Rank mine = rank(choice->window, choice->next >= choice->calls.own, languages);
            if (best && *best < mine) continue;
            best = mine;
            asked = choice;
        }
        offers.push_back({asked->window.window, *first});
        taken.insert(first->key);
        choices.erase(asked);
    }
    return offers;
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
    return merge_first(trees_of(ids), limit);
}

std::vector<Waiting> WaitingQueues::first_of(const NeedSignature& need, size_t limit) const {
    auto id = find_signature(need);
    return id ? merge_first({&signatures_[*id].all}, limit) : std::vector<Waiting>();
}

std::vector<Waiting> WaitingQueues::first_ahead(const NeedSignature& need, const Key& key,
                                                size_t limit) const {
    return merge_first(trees_of(sharing(need)), limit, &key);
}

std::vector<std::pair<NeedSignature, uint32_t>> WaitingQueues::sizes() const {
    std::vector<std::pair<NeedSignature, uint32_t>> sizes;
    for (const Signature& entry : signatures_) {
        sizes.emplace_back(entry.need, static_cast<uint32_t>(entry.all.size()));
    }
    return sizes;
}

bool WaitingQueues::spares(uint32_t window) const {
    const Window& mine = windows_.at(window);
    const uint32_t itself = mine.open && !mine.tier ? 1 : 0;
    for (SignatureId id : mine.serves) {
        const Signature& entry = signatures_[id];
        bool plain = entry.need.language.empty() && !entry.need.step_free;
        if (plain && entry.unreserved_open == itself) return false;
    }
    return true;
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
        count.green += static_cast<uint32_t>(signatures_[id].tiers[0].order_of_key(key));
    }
    return count;
}

std::optional<int64_t> WaitingQueues::third_v_ms(const NeedSignature& need) const {
    if (open_windows_for(need).empty()) return std::nullopt;
    std::vector<Waiting> first = merge_first(trees_of(sharing(need)), 3);
    if (first.empty()) return std::nullopt;
    return first.back().key.v_ms;
}

}  // namespace hall::ticketing
