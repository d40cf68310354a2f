// WaitingQueues: everybody who waits, ordered by key, and which window may take whom.
//
// Tickets with the same need (service, language, step-free) wait in one ordered set, a signature.
// A window takes the smallest key among the signatures it can serve: O(G) for its G signatures, at
// any length of the queues. Counting the people ahead is a separate question, O(G log n).
//
// A reserved window serves whoever has at least its credit first, and others only when no such
// person waits. A need whose only open windows are reserved is served there as if they were not:
// reserving never leaves anybody without a window.
//
// Pure and deterministic; one thread. Used by the core and by the simulator.
#pragma once

#include <cstdint>
#include <ext/pb_ds/assoc_container.hpp>
#include <ext/pb_ds/tree_policy.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "ticketing/credited_arrival.h"

namespace hall::ticketing {

// What a ticket needs of a window.
struct NeedSignature {
    std::string service;
    std::string language;  // BCP-47 tag that must be spoken; empty = any
    bool step_free = false;
    bool interpreted = false;  // an interpreter or the language line will do for `language`

    auto operator<=>(const NeedSignature&) const = default;
};

// What a window can do.
struct Ability {
    std::vector<std::string> services;
    std::vector<std::string> languages;
    std::vector<std::string> interprets;  // through a named interpreter or the language line
    bool step_free = false;
    int64_t reserved_credit_ms = 0;  // 0 = not reserved
};

using TicketHandle = uint32_t;  // the caller's; WaitingQueues only gives it back
using SignatureId = uint32_t;

struct Waiting {
    Key key;
    TicketHandle ticket = 0;
};

struct Ahead {
    uint32_t all = 0;
    uint32_t green = 0;  // of those, with a credit
};

struct IdleWindow {
    uint32_t window = 0;
    int64_t since_ms = 0;
};

struct Offer {
    uint32_t window = 0;
    Waiting waiting;
};

// The languages that a waiting ticket prefers.
using Prefers = std::function<std::vector<std::string>(TicketHandle)>;

class WaitingQueues {
  public:
    // 400 services, in any of 16 languages or none, step-free or not: 13,600 needs.
    static constexpr size_t kSignaturesMax = 16'384;

    // Declares or replaces a window. Windows start closed. REQUIRES: nobody waits when a reserved
    // credit is named that no window had before.
    void set_ability(uint32_t window, Ability ability);
    void set_open(uint32_t window, bool open);
    // Forgets windows, signatures and tickets.
    void clear();

    // The id of a need, made on first use. REQUIRES: fewer than kSignaturesMax distinct needs,
    // which the limits on services and languages of a hall file guarantee.
    SignatureId signature(const NeedSignature& need);
    std::optional<SignatureId> find_signature(const NeedSignature& need) const;

    void insert(SignatureId signature, const Waiting& waiting, int64_t credit_ms);
    // REQUIRES: the key waits in this signature, with this credit.
    void erase(SignatureId signature, const Key& key, int64_t credit_ms);

    // Whom `window` takes next, whether it is open or not: the smallest key that it can serve, but
    // at a reserved window the smallest among those it is reserved for while there is one.
    std::optional<Waiting> best_for(uint32_t window) const;
    // The smallest key that `window` can serve, reserved or not.
    std::optional<Waiting> smallest_for(uint32_t window) const;
    // The first `limit` that `window` can serve, in the order of their keys.
    std::vector<Waiting> first_for(uint32_t window, size_t limit) const;

    // Whom each idle window is asked to call: the smallest keys first, each at one window. When
    // several could take a ticket it is the one with the fewest services, then one that speaks a
    // preferred language, then the longest idle, then the lowest number; a window that is reserved
    // for others comes after all of them. A window for which nobody is left has no row.
    // Source: policy.md.
    std::vector<Offer> offers(const std::vector<IdleWindow>& idle, const Prefers& prefers) const;
    // The same choice for one ticket: which of the idle windows, if any can serve it.
    std::optional<uint32_t> window_for(SignatureId signature, int64_t credit_ms,
                                       const std::vector<IdleWindow>& idle,
                                       const std::vector<std::string>& prefers) const;

    size_t count_for(uint32_t window) const;
    // The first `limit` of everybody, in order.
    std::vector<Waiting> first(size_t limit) const;
    // The first `limit` with exactly this need, in order.
    std::vector<Waiting> first_of(const NeedSignature& need, size_t limit) const;
    // How many wait with each need; needs that nobody waits with may be among them, with 0.
    std::vector<std::pair<NeedSignature, uint32_t>> sizes() const;

    // Whether every service of `window` has another open window that is not reserved. Rarer needs
    // (a language, step-free) are not asked about: while only reserved windows are open for one, it
    // is served there as if they were not.
    bool spares(uint32_t window) const;

    // Answered from what is known of a signature; a need that was never declared is worked out.
    bool can_serve(uint32_t window, const NeedSignature& need) const;
    std::vector<uint32_t> windows_for(const NeedSignature& need) const;
    std::vector<uint32_t> open_windows_for(const NeedSignature& need) const;

    // Who waits before `key` for a window that a ticket of this need could use: the open ones, or
    // all of them while none of those is open.
    Ahead ahead(const NeedSignature& need, const Key& key) const;

    // v of the third in line among those who share an open window with this need; with fewer, of
    // the last one; nothing when nobody waits (policy.md, missed and back).
    std::optional<int64_t> third_v_ms(const NeedSignature& need) const;
    // The first `limit` who stand before `key` and share a window with this need, in order.
    std::vector<Waiting> first_ahead(const NeedSignature& need, const Key& key, size_t limit) const;

    // Needs, rising, that an open window of this need's can serve as well; of all its windows while
    // none is open. Whoever has one of them may come before or after a ticket with this need.
    std::vector<SignatureId> sharing(const NeedSignature& need) const;

    size_t size() const { return size_; }

  private:
    using Tree = __gnu_pbds::tree<Key, TicketHandle, std::less<>, __gnu_pbds::rb_tree_tag,
                                  __gnu_pbds::tree_order_statistics_node_update>;
    struct Signature {
        NeedSignature need;
        std::vector<uint32_t> windows;  // that can serve it, ascending
        uint32_t unreserved_open = 0;   // of those, open and not reserved
        Tree all;
        std::vector<Tree> tiers;  // by tiers_: those with at least that credit
    };
    struct Window {
        Ability ability;
        bool open = false;
        std::optional<size_t> tier;       // of its reserved credit
        std::vector<SignatureId> serves;  // ascending
    };

    std::vector<uint32_t> able_windows(const NeedSignature& need) const;
    size_t tier_of(int64_t credit_ms);
    void count_unreserved(Signature& signature) const;
    // The tree of a signature that `window` looks at first.
    const Tree& first_choice(const Window& window, const Signature& signature) const;
    // Smallest first: which of two idle windows is asked to take a ticket.
    using Rank = std::tuple<bool, size_t, bool, int64_t, uint32_t>;
    Rank rank(const IdleWindow& idle, bool for_others,
              const std::vector<std::string>& prefers) const;
    std::vector<Waiting> merge_first(const std::vector<const Tree*>& trees, size_t limit,
                                     const Key* before = nullptr) const;
    std::vector<const Tree*> trees_of(const std::vector<SignatureId>& ids) const;
    // The first that `window` would call one after another, and how many of them it is there for.
    struct Calls {
        std::vector<Waiting> calls;
        size_t own = 0;
    };
    Calls calls_of(const Window& window, size_t limit) const;

    std::vector<int64_t> tiers_{1};  // credits: 1 = any, then the reserved ones
    std::vector<Signature> signatures_;
    std::map<NeedSignature, SignatureId> ids_;
    std::map<uint32_t, Window> windows_;
    size_t size_ = 0;
};

}  // namespace hall::ticketing
