// WaitingQueues against the simplest thing that could be right: one list, searched every time.
#include "ticketing/waiting_queues.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <random>

namespace hall::ticketing {
namespace {

const std::vector<std::string> kServices{"pension", "medical", "card"};
const std::vector<std::string> kLanguages{"", "cmn", "za"};
constexpr std::array<int64_t, 3> kCredits{0, 5, 20};

struct PlainTicket {
    NeedSignature need;
    Key key;
    TicketHandle ticket = 0;
    int64_t credit_ms = 0;
};

struct PlainWindow {
    Ability ability;
    bool open = false;
    bool can(const NeedSignature& need) const {
        auto has = [](const auto& list, const auto& value) {
            return std::count(list.begin(), list.end(), value) > 0;
        };
        return has(ability.services, need.service) && (ability.step_free || !need.step_free) &&
               (need.language.empty() || has(ability.languages, need.language) ||
                (need.interpreted && has(ability.interprets, need.language)));
    }
};

struct PlainHall {
    std::map<uint32_t, PlainWindow> windows;
    std::vector<PlainTicket> waiting;

    bool share(const NeedSignature& a, const NeedSignature& b) const {
        bool any_open = false;
        for (const auto& [number, window] : windows) any_open |= window.open && window.can(a);
        for (const auto& [number, window] : windows) {
            if ((window.open || !any_open) && window.can(a) && window.can(b)) return true;
        }
        return false;
    }
    std::vector<PlainTicket> in_order(uint32_t window) const {
        std::vector<PlainTicket> mine;
        for (const auto& ticket : waiting) {
            if (windows.at(window).can(ticket.need)) mine.push_back(ticket);
        }
        std::sort(mine.begin(), mine.end(), [](auto& a, auto& b) { return a.key < b.key; });
        return mine;
    }
    // Whether the window looks at this ticket first: always, unless it is reserved for others and
    // an open window that is not can serve the ticket.
    bool there_for(uint32_t window, const PlainTicket& ticket) const {
        if (ticket.credit_ms >= windows.at(window).ability.reserved_credit_ms) return true;
        return std::none_of(windows.begin(), windows.end(), [&](const auto& entry) {
            return entry.second.open && entry.second.ability.reserved_credit_ms == 0 &&
                   entry.second.can(ticket.need);
        });
    }
    std::vector<PlainTicket> calls_of(uint32_t window) const {
        auto mine = in_order(window);
        std::stable_partition(mine.begin(), mine.end(),
                              [&](const PlainTicket& ticket) { return there_for(window, ticket); });
        return mine;
    }
};

struct Both {
    WaitingQueues queues;
    PlainHall plain;
    std::mt19937_64 chance;
    uint64_t serial = 0;

    explicit Both(uint64_t seed) : chance(seed) {
        // Every reserved credit there will be is named while nobody waits.
        for (int64_t credit_ms : kCredits) {
            Ability ability;
            ability.reserved_credit_ms = credit_ms;
            queues.set_ability(1, ability);
        }
        for (uint32_t window = 1; window <= 4; ++window) replace_window(window);
    }
    int64_t below(int64_t end) {
        return std::uniform_int_distribution<int64_t>(0, end - 1)(chance);
    }
    void replace_window(uint32_t window) {
        Ability ability;
        for (const auto& code : kServices) {
            if (below(2) == 0) ability.services.push_back(code);
        }
        for (const char* tag : {"cmn", "za"}) {
            if (below(2) == 0) ability.languages.push_back(tag);
        }
        if (below(2) == 0) ability.interprets.push_back("za");
        ability.step_free = below(2) == 0;
        if (below(3) == 0) ability.reserved_credit_ms = kCredits[static_cast<size_t>(below(3))];
        queues.set_ability(window, ability);
        plain.windows[window].ability = ability;
    }
    NeedSignature any_need() {
        return {kServices[below(3)], kLanguages[below(3)], below(3) == 0, below(3) == 0};
    }
    void step() {
        switch (below(8)) {
            case 0:
            case 1:
            case 2:
            case 3: {
                PlainTicket ticket{any_need(),
                                   {below(50), below(50), ++serial},
                                   static_cast<TicketHandle>(serial),
                                   kCredits[static_cast<size_t>(below(3))]};
                queues.insert(queues.signature(ticket.need), {ticket.key, ticket.ticket},
                              ticket.credit_ms);
                plain.waiting.push_back(ticket);
                break;
            }
            case 4:
            case 5: {
                if (plain.waiting.empty()) break;
                auto at = plain.waiting.begin() + below(static_cast<int64_t>(plain.waiting.size()));
                queues.erase(*queues.find_signature(at->need), at->key, at->credit_ms);
                plain.waiting.erase(at);
                break;
            }
            case 6: {
                auto window = static_cast<uint32_t>(1 + below(4));
                bool open = below(2) == 0;
                queues.set_open(window, open);
                plain.windows[window].open = open;
                break;
            }
            default:
                if (below(10) == 0) replace_window(static_cast<uint32_t>(1 + below(4)));
        }
    }
    void compare() {
        RC_ASSERT(queues.size() == plain.waiting.size());
        for (const auto& [number, window] : plain.windows) {
            auto mine = plain.in_order(number);
            auto best = queues.best_for(number);
            RC_ASSERT(best.has_value() == !mine.empty());
            if (best) RC_ASSERT(best->ticket == plain.calls_of(number).front().ticket);
            auto smallest = queues.smallest_for(number);
            RC_ASSERT(smallest.has_value() == !mine.empty());
            if (smallest) RC_ASSERT(smallest->ticket == mine.front().ticket);
            RC_ASSERT(queues.count_for(number) == mine.size());
            auto first = queues.first_for(number, 5);
            RC_ASSERT(first.size() == std::min<size_t>(5, mine.size()));
            for (size_t i = 0; i < first.size(); ++i) {
                RC_ASSERT(first[i].ticket == mine[i].ticket);
            }
        }
        NeedSignature need = any_need();
        Key key{below(50), below(50), serial / 2};
        std::vector<Key> sharing;
        Ahead expected;
        bool any_open = false;
        for (const auto& [number, window] : plain.windows) {
            any_open |= window.open && window.can(need);
        }
        for (const auto& ticket : plain.waiting) {
            if (!plain.share(need, ticket.need)) continue;
            sharing.push_back(ticket.key);
            if (!(ticket.key < key)) continue;
            ++expected.all;
            expected.green += ticket.credit_ms > 0 ? 1 : 0;
        }
        Ahead ahead = queues.ahead(need, key);
        RC_ASSERT(ahead.all == expected.all);
        RC_ASSERT(ahead.green == expected.green);
        std::sort(sharing.begin(), sharing.end());
        auto third = queues.third_v_ms(need);
        RC_ASSERT(third.has_value() == (any_open && !sharing.empty()));
        if (third) RC_ASSERT(*third == sharing[std::min<size_t>(2, sharing.size() - 1)].v_ms);
        auto ahead_of = queues.first_ahead(need, key, 3);
        RC_ASSERT(ahead_of.size() == std::min<size_t>(3, expected.all));
        for (size_t i = 0; i < ahead_of.size(); ++i) RC_ASSERT(ahead_of[i].key == sharing[i]);
        compare_offers();
    }

    // An offer is good when nobody is offered twice, no window stands idle that could take somebody
    // who is not offered, and no window that would be asked first could still have taken him.
    void compare_offers() {
        std::vector<IdleWindow> idle;
        for (const auto& [number, window] : plain.windows) {
            if (below(3) > 0) idle.push_back({number, below(3)});
        }
        std::map<TicketHandle, std::vector<std::string>> prefers;
        for (const auto& ticket : plain.waiting) {
            if (below(3) == 0) prefers[ticket.ticket] = {"za"};
        }
        std::map<uint32_t, PlainTicket> offered;
        std::set<TicketHandle> taken;
        for (const Offer& offer : queues.offers(idle, [&](TicketHandle t) { return prefers[t]; })) {
            auto ticket = std::find_if(plain.waiting.begin(), plain.waiting.end(),
                                       [&](auto& t) { return t.ticket == offer.waiting.ticket; });
            RC_ASSERT(offered.emplace(offer.window, *ticket).second);
            RC_ASSERT(taken.insert(ticket->ticket).second);
        }
        auto rank = [&](const IdleWindow& one, const PlainTicket& ticket) {
            const Ability& ability = plain.windows.at(one.window).ability;
            bool speaks = !prefers[ticket.ticket].empty() &&
                          std::count(ability.languages.begin(), ability.languages.end(), "za") > 0;
            return std::make_tuple(!plain.there_for(one.window, ticket), ability.services.size(),
                                   !speaks, one.since_ms, one.window);
        };
        for (const IdleWindow& one : idle) {
            auto calls = plain.calls_of(one.window);
            auto mine = offered.find(one.window);
            for (const PlainTicket& call : calls) {
                if (mine != offered.end() && call.ticket == mine->second.ticket) break;
                // Passed over for a window that is asked before this one.
                auto at = std::find_if(offered.begin(), offered.end(), [&](const auto& entry) {
                    return entry.second.ticket == call.ticket;
                });
                RC_ASSERT(at != offered.end());
                auto other = std::find_if(idle.begin(), idle.end(), [&](const IdleWindow& window) {
                    return window.window == at->first;
                });
                RC_ASSERT(rank(*other, call) < rank(one, call));
            }
        }
    }
};

TEST(WaitingQueues, AgreeWithASearchedListWhateverHappens) {
    EXPECT_TRUE(rc::check([](uint64_t seed) {
        Both both(seed);
        for (int i = 0; i < 120; ++i) {
            both.step();
            if (i % 4 == 0) both.compare();
        }
        both.compare();
    }));
}

Ability can(std::vector<std::string> services, std::vector<std::string> languages = {},
            int64_t reserved_credit_ms = 0) {
    Ability ability;
    ability.services = std::move(services);
    ability.languages = std::move(languages);
    ability.reserved_credit_ms = reserved_credit_ms;
    return ability;
}

TEST(WaitingQueues, TheOfferGoesToFewestServicesThenThePreferredLanguageThenTheLongestIdle) {
    WaitingQueues queues;
    queues.set_ability(1, can({"pension", "card"}, {"cmn", "za"}));
    queues.set_ability(2, can({"pension"}, {"cmn"}));
    queues.set_ability(3, can({"pension"}, {"cmn", "za"}));
    const SignatureId pension = queues.signature({"pension", "", false});
    queues.insert(pension, {{10, 10, 1}, 7}, 0);
    std::vector<std::string> prefers;
    auto asked = [&](std::vector<IdleWindow> idle) {
        auto offers = queues.offers(idle, [&](TicketHandle) { return prefers; });
        EXPECT_EQ(queues.window_for(pension, 0, idle, prefers), offers.at(0).window);
        return offers.at(0).window;
    };
    EXPECT_EQ(asked({{1, 5}, {2, 9}}), 2U);          // fewest services, though idle for less long
    EXPECT_EQ(asked({{1, 5}, {2, 9}, {3, 8}}), 3U);  // the longest idle of two alike
    prefers = {"za"};
    EXPECT_EQ(asked({{1, 5}, {2, 7}, {3, 8}}), 3U);  // speaks it
    EXPECT_EQ(asked({{1, 5}, {2, 7}}), 2U);          // services count before languages
}

TEST(WaitingQueues, AReservedWindowServesItsOwnFirstAndTheOthersWhenNoneWaits) {
    WaitingQueues queues;
    queues.set_ability(1, can({"pension"}, {}, 15));
    queues.set_ability(2, can({"pension"}));
    queues.set_open(1, true);
    queues.set_open(2, true);
    const SignatureId pension = queues.signature({"pension", "", false});
    queues.insert(pension, {{10, 10, 1}, 1}, 0);
    queues.insert(pension, {{20, 35, 2}, 2}, 15);
    EXPECT_EQ(queues.best_for(1)->ticket, 2U);
    EXPECT_EQ(queues.smallest_for(1)->ticket, 1U);
    EXPECT_EQ(queues.best_for(2)->ticket, 1U);
    EXPECT_EQ(*queues.window_for(pension, 0, {{1, 0}, {2, 9}}, {}), 2U);
    queues.erase(pension, {20, 35, 2}, 15);
    EXPECT_EQ(queues.best_for(1)->ticket, 1U);
    // The ordinary window closes: nobody may be left without one.
    queues.insert(pension, {{20, 35, 2}, 2}, 15);
    queues.set_open(2, false);
    EXPECT_EQ(queues.best_for(1)->ticket, 1U);
    EXPECT_FALSE(queues.spares(1));
    queues.set_open(2, true);
    EXPECT_TRUE(queues.spares(1));
    EXPECT_FALSE(queues.spares(2));
}

TEST(WaitingQueues, AnInterpreterDoesOnlyOnceTheWaitIsEased) {
    WaitingQueues queues;
    Ability line = can({"pension"}, {"cmn"});
    line.interprets = {"za"};
    queues.set_ability(1, line);
    EXPECT_FALSE(queues.can_serve(1, {"pension", "za", false}));
    EXPECT_TRUE(queues.can_serve(1, {"pension", "za", false, true}));
    EXPECT_FALSE(queues.can_serve(1, {"pension", "yue", false, true}));
}

TEST(WaitingQueues, AWindowTakesTheSmallestKeyAmongAllItsNeeds) {
    WaitingQueues queues;
    queues.set_ability(1, can({"pension", "medical"}, {"cmn"}));
    queues.insert(queues.signature({"medical", "", false}), {{30, 30, 1}, 1}, false);
    queues.insert(queues.signature({"pension", "cmn", false}), {{20, 40, 2}, 2}, true);
    queues.insert(queues.signature({"pension", "za", false}), {{10, 10, 3}, 3}, false);
    queues.insert(queues.signature({"pension", "", true}), {{5, 5, 4}, 4}, false);
    ASSERT_TRUE(queues.best_for(1));
    EXPECT_EQ(queues.best_for(1)->ticket, 2U);
    EXPECT_FALSE(queues.best_for(9));
    EXPECT_EQ(queues.count_for(9), 0U);
}

TEST(WaitingQueues, AWindowDeclaredAnewServesTheNeedsThatWaitAlready) {
    WaitingQueues queues;
    queues.set_ability(1, can({"card"}));
    queues.insert(queues.signature({"pension", "", false}), {{1, 1, 1}, 1}, false);
    EXPECT_FALSE(queues.best_for(1));
    queues.set_ability(1, can({"pension"}));
    EXPECT_TRUE(queues.best_for(1));
    EXPECT_EQ(queues.windows_for({"pension", "", false}), std::vector<uint32_t>{1});
    EXPECT_TRUE(queues.open_windows_for({"pension", "", false}).empty());
}

TEST(WaitingQueuesDeathTest, TakingOutWhoDoesNotWaitEndsTheProcess) {
    WaitingQueues queues;
    SignatureId id = queues.signature({"pension", "", false});
    EXPECT_DEATH(queues.erase(id, {1, 1, 1}, false), "check failed");
    queues.insert(id, {{1, 1, 1}, 1}, false);
    EXPECT_DEATH(queues.insert(id, {{1, 1, 1}, 2}, false), "check failed");
}

}  // namespace
}  // namespace hall::ticketing
