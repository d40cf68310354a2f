// The simulation: properties of the policy on random days, and what is the same for every seed.
#include "sim/simulation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "sim/scenario.h"
#include "sim/summary.h"
#include "tests/sim/scenarios.h"

namespace hall::sim {
namespace {

// P5 (policy.md): no window idles while somebody waits whom it could serve. And P1: who starts has
// the smallest key of those its window can serve; not at reserved windows, which are outside it.
class Auditor final : public Watcher {
  public:
    void started(const Started& start) override { starts.push_back(start); }
    void settled(Ticks now, const ticketing::WaitingQueues& queues,
                 const std::vector<ticketing::IdleWindow>& idle) override {
        for (const auto& window : idle) {
            const auto waiting = queues.smallest_for(window.window);
            ASSERT_FALSE(waiting) << "window " << window.window << " idles at " << now;
        }
        ++instants;
        longest = std::max(longest, queues.size());
    }
    std::vector<Started> starts;
    std::size_t instants = 0;
    std::size_t longest = 0;
};

// A hall of three services and four windows, drawn: skills, shifts, absences, patience, chains,
// slots, languages, a reserved window.
std::string random_hall(Chance& chance) {
    std::string text =
        "[run]\ndays = 1\n[hours]\nearly_waiting = \"08:00\"\nopening = \"09:00\"\n"
        "closing = \"12:00\"\nextension_until = \"13:00\"\n[missed]\n"
        "back_share = 0.7\nback_after = { kind = \"exponential\", mean_min = 15 }\n";
    for (const char* code : {"a", "b", "c"}) {
        text += std::string("[[service]]\ncode = \"") + code + "\"\n" +
                "time = { kind = \"lognormal\", mean_min = 5, cv = 0.9 }\n";
        if (*code != 'c' && chance.happens(0.3)) text += "then = \"c\"\n";
    }
    for (const char* name : {"80plus", "70plus", "other"}) {
        text += std::string("[[class]]\nname = \"") + name + "\"\n" +
                "credit_min = " + std::to_string(chance.below(21)) + "\n" +
                "missed_share = 0.1\nslots = { share = 0.2 }\n" +
                "patience = { kind = \"exponential\", mean_min = 90 }\n" +
                "profile = { from = \"08:00\", step_min = 60, per_hour = [" +
                std::to_string(chance.below(20)) + ", 20, 10, 5] }\n";
        if (chance.happens(0.5)) {
            text +=
                "[[class.need]]\nservice = \"a\"\n[[class.need]]\nservice = \"b\"\n"
                "must_speak = \"za\"\n";
        }
    }
    // The first window can do everything, so that everybody has one.
    text += "[[window]]\nnumber = 1\nlanguages = [\"za\"]\n";
    for (int number = 2; number <= 4; ++number) {
        text += "[[window]]\nnumber = " + std::to_string(number) + "\nservices = [\"" +
                std::string(1, static_cast<char>('a' + chance.below(3))) + "\"]\n";
        if (chance.happens(0.5)) text += "languages = [\"za\"]\n";
        if (chance.happens(0.5))
            text += "hours = [[\"09:00\", \"10:30\"], [\"11:00\", \"12:00\"]]\n";
        if (chance.happens(0.2)) text += "reserved_credit_min = 10\n";
    }
    return text;
}

TEST(Simulation, NoWindowIdlesWhileAnEligibleTicketWaits) {
    constexpr int kDays = 10'000;
    Chance chance(20'261'125);
    std::size_t longest = 0;
    for (int day = 0; day < kDays; ++day) {
        const std::string text = random_hall(chance);
        Scenario scenario = scenario_from(text);
        scenario.policy = static_cast<Policy>(day % 3);
        Tally tally(scenario);
        Auditor auditor;
        simulate(scenario, chance.bits(), 0, 1, tally, &auditor);
        ASSERT_FALSE(testing::Test::HasFatalFailure()) << text;
        // Nobody is lost: everybody who came was served, left, missed or was sent home.
        uint64_t gone = 0;
        for (const ClassTally& one : tally.classes) {
            for (const Histogram& group : one.waits) gone += group.count();
            gone += one.abandoned + one.unserved + one.lost;
        }
        ASSERT_EQ(gone, tally.arrivals) << text;
        longest = std::max(longest, auditor.longest);
    }
    EXPECT_GT(longest, 20U);  // the days were crowded
}

std::vector<Ticks> start_times(Scenario scenario, Policy policy, Ticks credit) {
    scenario.policy = policy;
    scenario.classes[0].credit = credit;
    scenario.rules.limit_ms = credit;
    Tally tally(scenario);
    Auditor auditor;
    simulate(scenario, 5, 0, 1, tally, &auditor);
    std::vector<Ticks> times;
    for (const Started& start : auditor.starts) times.push_back(start.at);
    return times;
}

// P6, exactly: with service times attached to the k-th start, who waits changes, when windows start
// does not.
TEST(Simulation, StartTimesAreTheSameForEveryCredit) {
    Scenario scenario = scenario_from(two_classes(0.45, 0.45, 1));
    scenario.service_times = ServiceTimes::by_start;
    scenario.visitors = 20'000;
    const auto plain = start_times(scenario, Policy::fifo, 0);
    ASSERT_GT(plain.size(), 19'000U);
    for (const Ticks credit : {kSecond, kHour, 5 * kHour, 1000 * kHour}) {
        auto credited = start_times(scenario, Policy::credited, credit);
        // Which visitors are counted last may differ, and with it how long the run goes on.
        const std::size_t both = std::min(plain.size(), credited.size());
        ASSERT_GT(both, 19'000U);
        EXPECT_TRUE(std::equal(plain.begin(), plain.begin() + static_cast<std::ptrdiff_t>(both),
                               credited.begin()))
            << credit;
    }
    EXPECT_EQ(start_times(scenario, Policy::strict, kHour).at(10'000), plain.at(10'000));
}

// P7: without credits first come is first served; with credits beyond any wait the class decides.
TEST(Simulation, CreditsOfZeroAreFirstComeAndEndlessOnesAreStrict) {
    Scenario scenario = scenario_from(two_classes(0.45, 0.45, 0));
    scenario.visitors = 20'000;
    const auto order = [](Scenario one, Policy policy) {
        one.policy = policy;
        Tally tally(one);
        Auditor auditor;
        simulate(one, 5, 0, 1, tally, &auditor);
        std::vector<uint64_t> serials;
        for (const Started& start : auditor.starts) serials.push_back(start.key.serial);
        return serials;
    };
    const auto plain = order(scenario, Policy::credited);
    EXPECT_EQ(plain, order(scenario, Policy::fifo));
    EXPECT_TRUE(std::is_sorted(plain.begin(), plain.end()));
    scenario.classes[0].credit = scenario.rules.limit_ms = 1'000'000 * kHour;
    EXPECT_EQ(order(scenario, Policy::credited), order(scenario, Policy::strict));
    EXPECT_NE(order(scenario, Policy::credited), plain);
}

TEST(Simulation, SameSeedSameBytesAndAnotherSeedOthers) {
    const Scenario scenario = scenario_from(two_classes(0.4, 0.4, 1));
    const auto json = [&](uint64_t seed) {
        Scenario small = scenario;
        small.visitors = 2'000;
        return to_json(summarise(small, run_all(small, seed, 3), seed, 3));
    };
    EXPECT_EQ(json(7), json(7));
    EXPECT_NE(json(7), json(8));
}

// The policies meet the same people with the same service times.
TEST(Simulation, PoliciesAreComparedOnTheSamePeople) {
    Scenario scenario = scenario_from(two_classes(0.45, 0.45, 1));
    scenario.visitors = 50'000;
    const auto all = [&](Policy policy) {
        Scenario one = scenario;
        one.policy = policy;
        return summarise(one, run_all(one, 3, 2), 3, 2);
    };
    const Summary plain = all(Policy::fifo);
    const Summary strict = all(Policy::strict);
    EXPECT_EQ(plain.classes[0].n, strict.classes[0].n);
    EXPECT_LT(strict.classes[0].wait_mean_s.value, 0.5 * plain.classes[0].wait_mean_s.value);
    EXPECT_NEAR(plain.all->wait_mean_s.value / strict.all->wait_mean_s.value, 1, 0.02);
}

// A day by hand: one window, ten minutes each; 09:00 opens, two came early.
TEST(Simulation, DayIsCountedAsByHand) {
    const std::string folder = testing::TempDir();
    Scenario scenario = scenario_from(
        "[run]\n[hours]\nearly_waiting = \"08:00\"\nopening = \"09:00\"\nclosing = \"10:00\"\n"
        "extension_until = \"10:05\"\n"
        "[arrivals]\ntrace = { file = \"" +
        trace_file(
            "day.csv",
            "arrive,class\n07:30,b\n08:10,a\n09:05,b\n09:15,a\n09:35,b\n09:50,b\n10:00,a\n") +
        "\" }\n[[service]]\ncode = \"s\"\ntime = { kind = \"deterministic\", mean_min = 12 }\n"
        "[[class]]\nname = \"a\"\ncredit_min = 15\nshare = 0.5\n[[class]]\nname = \"b\"\n"
        "[[window]]\nnumber = 3\n");
    const Summary sum = summarise(scenario, run_all(scenario, 1, 1), 1, 1);
    // Waits count from 09:00. b 07:30 stands from 08:00, but a's credit makes it 07:55: a 09:00, b
    // 09:12, a (09:15, as if 09:00) 09:24, b (09:05) 09:36, b (09:35) 09:48, b (09:50) 10:00; 10:00
    // is after closing.
    EXPECT_EQ(sum.turned_away, 1U);
    EXPECT_EQ(sum.classes[0].n, 2U);
    EXPECT_DOUBLE_EQ(sum.classes[0].wait_mean_s.value, (0 + 9) * 60 / 2.0);
    EXPECT_EQ(sum.classes[1].n, 4U);
    EXPECT_DOUBLE_EQ(sum.classes[1].wait_mean_s.value, (12 + 31 + 13 + 10) * 60 / 4.0);
    EXPECT_DOUBLE_EQ(sum.classes[1].wait_max_s, 31 * 60);
    EXPECT_DOUBLE_EQ(sum.overtime_s.value, 12 * 60);
    EXPECT_DOUBLE_EQ(sum.windows[0].utilisation.value, 1.0);
}

TEST(Simulation, WhoIsLeftAtTheEndOfTheExtensionIsCounted) {
    Scenario scenario = scenario_from(
        "[run]\ndays = 2\n[hours]\nopening = \"09:00\"\nclosing = \"10:00\"\n"
        "extension_until = \"10:30\"\n[[service]]\ncode = \"s\"\n"
        "time = { kind = \"deterministic\", mean_min = 30 }\n[[class]]\nname = \"a\"\n"
        "profile = { from = \"09:00\", per_hour = [60] }\n[[window]]\nnumber = 1\n");
    const Summary sum = summarise(scenario, run_all(scenario, 1, 1), 1, 1);
    EXPECT_EQ(sum.classes[0].n, 6U);  // three a day: the fourth would start after 10:30
    EXPECT_EQ(sum.classes[0].n + sum.classes[0].unserved, sum.arrivals);
    scenario.stop_at_closing = true;
    const Summary stopped = summarise(scenario, run_all(scenario, 1, 1), 1, 1);
    EXPECT_LT(stopped.classes[0].n, sum.classes[0].n);
}

// Counts of a step are as spread as the scenario says.
TEST(Arrivals, DispersionIsVarianceOverMean) {
    for (const double dispersion : {1.0, 5.0}) {
        Scenario scenario = scenario_from(
            "[run]\ndays = 1\n[hours]\nopening = \"09:00\"\nclosing = \"11:00\"\n[arrivals]\n"
            "profile = { from = \"09:00\", step_min = 30, per_hour = [40, 40, 0, 40] }\n"
            "dispersion = " +
            std::to_string(dispersion) +
            "\n[[service]]\ncode = \"s\"\n"
            "time = { kind = \"deterministic\", mean_min = 1 }\n[[class]]\nname = \"a\"\n"
            "[[window]]\nnumber = 1\n");
        Arrivals arrivals(scenario, 9);
        constexpr int kDays = 4'000;
        double sum = 0;
        double squares = 0;
        for (int day = 0; day < kDays; ++day) {
            double first = 0;
            for (arrivals.begin_day(0, 0); arrivals.next(); arrivals.advance()) {
                const Ticks at = arrivals.next()->at - 9 * kHour;
                ASSERT_FALSE(at >= kHour && at < kHour + 30 * kMinute);
                first += at < 30 * kMinute ? 1 : 0;
            }
            sum += first;
            squares += first * first;
        }
        const double mean = sum / kDays;
        EXPECT_NEAR(mean, 20, 0.6);
        EXPECT_NEAR((squares / kDays - mean * mean) / mean, dispersion, 0.08 * dispersion);
    }
}

}  // namespace
}  // namespace hall::sim
