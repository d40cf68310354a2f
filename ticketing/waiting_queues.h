// WaitingQueues: everybody who waits, ordered by key, and which window may take whom.
//
// Tickets with the same need (service, language, step-free) wait in one ordered set, a signature.
// A window takes the smallest key among the signatures it can serve: O(G) for its G signatures, at
// any length of the queues. Counting the people ahead is a separate question, O(G log n).
//
// Pure and deterministic; one thread. Used by the core and by the simulator.
#pragma once

#include <cstdint>
#include <ext/pb_ds/assoc_container.hpp>
#include <ext/pb_ds/tree_policy.hpp>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ticketing/credited_arrival.h"

namespace hall::ticketing {

// What a ticket needs of a window.
struct NeedSignature {
    std::string service;
    std::string language;  // BCP-47 tag that must be spoken; empty = any
    bool step_free = false;

    auto operator<=>(const NeedSignature&) const = default;
};

// What a window can do.
struct Ability {
    std::vector<std::string> services;
    std::vector<std::string> languages;
    bool step_free = false;
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

class WaitingQueues {
  public:
    // 400 services, in any of 16 languages or none, step-free or not: 13,600 needs.
    static constexpr size_t kSignaturesMax = 16'384;

    // Declares or replaces a window. Windows start closed.
    void set_ability(uint32_t window, Ability ability);
    void set_open(uint32_t window, bool open);
    // Forgets windows, signatures and tickets.
    void clear();

    // The id of a need, made on first use. REQUIRES: fewer than kSignaturesMax distinct needs,
    // which the limits on services and languages of a hall file guarantee.
    SignatureId signature(const NeedSignature& need);
    std::optional<SignatureId> find_signature(const NeedSignature& need) const;

    void insert(SignatureId signature, const Waiting& waiting, bool green);
    // REQUIRES: the key waits in this signature.
    void erase(SignatureId signature, const Key& key, bool green);

    // The smallest key that `window` can serve, whether the window is open or not.
    std::optional<Waiting> best_for(uint32_t window) const;
    // The first `limit` that `window` can serve, in order.
    std::vector<Waiting> first_for(uint32_t window, size_t limit) const;
    size_t count_for(uint32_t window) const;
    // The first `limit` of everybody, in order.
    std::vector<Waiting> first(size_t limit) const;
    // How many wait with each need; needs that nobody waits with may be among them, with 0.
    std::vector<std::pair<NeedSignature, uint32_t>> sizes() const;

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

    size_t size() const { return size_; }

  private:
    using Tree = __gnu_pbds::tree<Key, TicketHandle, std::less<>, __gnu_pbds::rb_tree_tag,
                                  __gnu_pbds::tree_order_statistics_node_update>;
    struct Signature {
        NeedSignature need;
        std::vector<uint32_t> windows;  // that can serve it, ascending
        Tree all;
        Tree green;
    };
    struct Window {
        Ability ability;
        bool open = false;
        std::vector<SignatureId> serves;  // ascending
    };

    std::vector<uint32_t> able_windows(const NeedSignature& need) const;
    std::vector<SignatureId> sharing(const NeedSignature& need) const;
    std::vector<Waiting> merge_first(const std::vector<SignatureId>& ids, size_t limit) const;

    std::vector<Signature> signatures_;
    std::map<NeedSignature, SignatureId> ids_;
    std::map<uint32_t, Window> windows_;
    size_t size_ = 0;
};

}  // namespace hall::ticketing
