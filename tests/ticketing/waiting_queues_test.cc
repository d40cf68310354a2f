// WaitingQueues against the simplest thing that could be right: one list, searched every time.
#include "ticketing/waiting_queues.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <random>

namespace hall::ticketing {
namespace {

const std::vector<std::string> kServices{"pension", "medical", "card"};
const std::vector<std::string> kLanguages{"", "cmn", "za"};

struct PlainTicket {
    NeedSignature need;
    Key key;
    TicketHandle ticket = 0;
    bool green = false;
};

struct PlainWindow {
    Ability ability;
    bool open = false;
    bool can(const NeedSignature& need) const {
        auto has = [](const auto& list, const auto& value) {
            return std::count(list.begin(), list.end(), value) > 0;
        };
        return has(ability.services, need.service) && (ability.step_free || !need.step_free) &&
               (need.language.empty() || has(ability.languages, need.language));
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
};

struct Both {
    WaitingQueues queues;
    PlainHall plain;
    std::mt19937_64 chance;
    uint64_t serial = 0;

    explicit Both(uint64_t seed) : chance(seed) {
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
        ability.step_free = below(2) == 0;
        queues.set_ability(window, ability);
        plain.windows[window].ability = ability;
    }
    NeedSignature any_need() { return {kServices[below(3)], kLanguages[below(3)], below(3) == 0}; }
    void step() {
        switch (below(8)) {
            case 0:
            case 1:
            case 2:
            case 3: {
                PlainTicket ticket{any_need(),
                                   {below(50), below(50), ++serial},
                                   static_cast<TicketHandle>(serial),
                                   below(3) == 0};
                queues.insert(queues.signature(ticket.need), {ticket.key, ticket.ticket},
                              ticket.green);
                plain.waiting.push_back(ticket);
                break;
            }
            case 4:
            case 5: {
                if (plain.waiting.empty()) break;
                auto at = plain.waiting.begin() + below(static_cast<int64_t>(plain.waiting.size()));
                queues.erase(*queues.find_signature(at->need), at->key, at->green);
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
            if (best) RC_ASSERT(best->ticket == mine.front().ticket);
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
            expected.green += ticket.green ? 1 : 0;
        }
        Ahead ahead = queues.ahead(need, key);
        RC_ASSERT(ahead.all == expected.all);
        RC_ASSERT(ahead.green == expected.green);
        std::sort(sharing.begin(), sharing.end());
        auto third = queues.third_v_ms(need);
        RC_ASSERT(third.has_value() == (any_open && !sharing.empty()));
        if (third) RC_ASSERT(*third == sharing[std::min<size_t>(2, sharing.size() - 1)].v_ms);
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

TEST(WaitingQueues, AWindowTakesTheSmallestKeyAmongAllItsNeeds) {
    WaitingQueues queues;
    queues.set_ability(1, {{"pension", "medical"}, {"cmn"}, false});
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
    queues.set_ability(1, {{"card"}, {}, false});
    queues.insert(queues.signature({"pension", "", false}), {{1, 1, 1}, 1}, false);
    EXPECT_FALSE(queues.best_for(1));
    queues.set_ability(1, {{"pension"}, {}, false});
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
