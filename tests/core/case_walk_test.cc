// 100,000 random commands over some hundred cases and two months: the hall and a second, simple
// model must accept and refuse the same, and stand where the other stands.
#include <random>

#include "hall-server/core/apply.h"
#include "hall-server/core/cases.h"
#include "hall-server/core/local_date.h"
#include "tests/core/case_model.h"

namespace hall::core {
namespace {

constexpr int kCommands = 100'000;
constexpr int kCommandsPerDay = 1'600;
constexpr size_t kOpenCases = 300;

// The hall twice: as its users see it, and with its indexes in the open.
class Walk {
  public:
    explicit Walk(uint32_t seed) : random_(seed), now_ms_(time_ms("09:00")) {
        restore(CaseHall().hall().snapshot());
    }

    void run() {
        for (int i = 1; i <= kCommands && !testing::Test::HasFailure(); ++i) {
            if (i % kCommandsPerDay == 0) next_day();
            move_to(now_ms_ + static_cast<int64_t>(random_() % 15'000));
            step();
            if (i % 500 == 0) compare_all();
            if (i % 5'000 == 0) compare_with_restored();
        }
        compare_all();
        compare_with_restored();
    }

    const std::map<RefusalCode::Value, int>& refused() const { return refused_; }
    int accepted() const { return accepted_; }
    const std::map<int, int>& ended() const { return ended_; }

  private:
    uint32_t below(uint32_t limit) { return static_cast<uint32_t>(random_() % limit); }
    bool one_in(uint32_t chance) { return below(chance) == 0; }
    template <typename List>
    auto any_of(const List& list) {
        auto it = list.begin();
        std::advance(it, below(static_cast<uint32_t>(list.size())));
        return *it;
    }

    void restore(const state::Hall& data) {
        live_.data = data;
        live_.reindex();
        hall_ = Hall::restore(data);
    }

    void apply_all(const Events& events, const Actor& actor) {
        for (const Event& event : events) {
            apply(live_, event, live_.data.seq() + 1, now_ms_, actor);
            hall_.apply(event, hall_.seq() + 1, now_ms_, actor);
        }
    }

    void move_to(int64_t target_ms) {
        for (int ticks = 0; *hall_.next_deadline_ms() <= target_ms; ++ticks) {
            ASSERT_LT(ticks, 10'000) << "deadlines never end";
            now_ms_ = std::max(now_ms_, *hall_.next_deadline_ms());
            Command command = tick();
            if (hall_.needs_day_plan(now_ms_)) command = plan_day(case_plan(++day_));
            apply_all(*hall_.decide(command, {"server", ""}, now_ms_), {"server", ""});
            // Lapsed before the midnight at which closed cases go.
            model_.tick(now_ms_);
            if (command.has_plan_day()) model_.new_day(day_);
        }
        now_ms_ = target_ms;
    }

    // In the morning everybody signs on again, as on the day before.
    void next_day() {
        move_to(time_ms("09:00", day_ + 1));
        state::Hall data = live_.data;
        state::Hall fresh;
        add_staff_and_devices(fresh);
        *data.mutable_staff() = fresh.staff();
        restore(data);
        tickets_.clear();
    }

    Actor some_actor() {
        static const std::vector<Actor> kActors{
            {"guide-1", "g1"}, {"guide-1", "g1"}, {"guide-2", "g2"}, {"guide-2", "g2"},
            {"clerk-1", "c1"}, {"super-1", "s1"}, {"guide-1", "s1"}, {"kiosk-1", ""},
            {"scanner-1", ""}, {"local", ""},     {"guide-1", ""}};
        return any_of(kActors);
    }

    // What would be done next with the case, if nobody erred.
    Command sensible(uint64_t id, const ModelCase& entry) {
        if (entry.waits && !one_in(4)) return receive(id, any_of(entry.asked));
        if (one_in(12)) return ask_for(id, {}, "缺材料");
        if (entry.at < 6) return enter(id, static_cast<CaseStage::Value>(entry.at + 1));
        if (entry.at == 6)
            return core::set_result(id, static_cast<CaseResult::Value>(1 + below(3)));
        if (entry.told_ms == 0) return some_telling(id);
        // Every second visitor never answers.
        if (entry.rating == RatingState::invited && id % 2 == 0) return rate(id, 1 + below(5));
        if (entry.follows_up()) return answer(id);
        return close_case(id);
    }

    // With a day to come again, which may be a day off.
    Command some_notice(uint64_t id, const Words& materials, const std::string& note) {
        Command command = ask_for(id, materials, note);
        if (one_in(2)) return command;
        command.mutable_ask_material()->set_next_date(
            date_text(day_ + static_cast<uint32_t>(below(10))));
        return command;
    }

    // Who had not understood is told again.
    Command some_telling(uint64_t id) {
        Command command = tell(id);
        command.mutable_tell_result()->set_understood(one_in(2));
        return command;
    }

    Command some_rating(uint64_t id) {
        Command command = rate(id, below(7));
        command.mutable_rate_case()->set_on_visitor_page(one_in(3));
        return command;
    }

    Command wild(uint64_t id) {
        const auto stage = static_cast<CaseStage::Value>(below(9));
        const auto reason = one_in(3) ? Reason::unspecified : Reason::not_needed;
        static const Words kPapers{"id", "photo", "hukou", "agreement", "diploma", ""};
        static const Words kNumbers{"g1", "g2", "c1", "s1", "g9", "g7", ""};
        const std::string note = one_in(2) ? "" : "话";
        switch (below(16)) {
            case 0:
            case 1:
                return enter(id, stage, reason);
            case 2:
            case 3:
                return leave(id, static_cast<StageOutcome::Value>(below(5)), reason, stage);
            case 4:
                return receive(id, any_of(kPapers), one_in(2));
            case 5:
                return some_notice(id, one_in(2) ? Words{} : Words{any_of(kPapers)}, note);
            case 6:
                return attach(id, some_ticket());
            case 7:
                return hand_over(id, any_of(kNumbers));
            case 8:
                return core::accept(id, one_in(3));
            case 9:
                return core::set_result(id, static_cast<CaseResult::Value>(1 + below(3)));
            case 10:
                return some_telling(id);
            case 11:
                return some_rating(id);
            case 12:
                return one_in(2) ? answer(id, note) : close_case(id);
            case 13:
                return band(id, ++bands_);
            case 14:
                return one_in(6) ? revoke_band(some_code()) : scan(some_code(), some_station());
            default:
                return scan(some_code(), some_station());
        }
    }

    std::string some_ticket() { return tickets_.empty() || one_in(9) ? "A999" : any_of(tickets_); }
    std::string some_station() {
        static const Words kStationsTried{"door",   "copy",    "form", "accept", "accept",
                                          "accept", "process", "back", "desk",   "cellar"};
        return any_of(kStationsTried);
    }
    std::string some_code() {
        if (one_in(3) || live_.data.wristbands().empty()) return some_ticket();
        return any_of(live_.data.wristbands()).token();
    }

    Command some_command() {
        if (one_in(12) && model_.cases().size() < kOpenCases) return some_opening();
        if (one_in(25)) return some_issue();
        if (one_in(60) && !tickets_.empty()) return cancel(any_of(tickets_));
        if (model_.cases().empty() || one_in(40)) return wild(below(9'999));
        uint64_t id = any_of(model_.cases()).first;
        // Those who only wait for a rating or the night are left alone most of the time.
        auto rests = [&] {
            const ModelCase& entry = model_.cases().at(id);
            return entry.closed || entry.rating == RatingState::invited;
        };
        for (int i = 0; i < 6 && rests(); ++i) id = any_of(model_.cases()).first;
        return one_in(2) ? wild(id) : sensible(id, model_.cases().at(id));
    }

    Command some_opening() {
        static const Words kServicesTried{"pension", "pension", "pension", "medical",
                                          "card",    "jobs",    "tax"};
        Command command = begin_case(any_of(kServicesTried), one_in(2) ? "" : some_ticket());
        command.mutable_open_case()->set_proxy(static_cast<protocol::Proxy::Value>(below(3)));
        command.mutable_open_case()->set_own_wish(one_in(2));
        if (one_in(2)) command.mutable_open_case()->set_relation("女儿");
        return command;
    }

    Command some_issue() {
        if (one_in(2)) return issue(one_in(2) ? Words{"pension"} : Words{"medical", "jobs"});
        const uint64_t id = model_.cases().empty() ? 1 : any_of(model_.cases()).first;
        return one_in(4) ? issue_for(id, "pension") : issue_for(id);
    }

    void step() {
        const Command command = some_command();
        if (command.has_cancel_ticket()) {
            const std::string number = command.cancel_ticket().number();
            if (live_.ticket(*live_.find_ticket(number)).state() != TicketState::waiting) return;
        }
        const Actor actor = some_actor();
        SCOPED_TRACE(actor.device + "/" + actor.person + " " + command.ShortDebugString());
        const CaseModel::Reasons reasons = model_.step(command, actor, now_ms_);
        Decision decision = hall_.decide(command, actor, now_ms_);
        if (!decision) {
            ASSERT_TRUE(reasons.count(decision.error().code()) > 0)
                << "the hall refuses: " << decision.error().ShortDebugString();
            ++refused_[decision.error().code()];
            return;
        }
        ASSERT_TRUE(reasons.empty())
            << "the hall accepts, the model: " << RefusalCode::Value_Name(*reasons.begin());
        ++accepted_;
        apply_all(*decision, actor);
        model_.issued(*decision, command);
        for (const Event& event : *decision) {
            if (event.has_ticket_issued()) tickets_.push_back(event.ticket_issued().number());
            if (const uint64_t id = active_case(event)) compare(id);
        }
    }

    void compare(uint64_t id) {
        const state::Case* theirs = find_case(live_, id);
        auto ours = model_.cases().find(id);
        ASSERT_TRUE(theirs != nullptr && ours != model_.cases().end()) << id;
        ASSERT_EQ(CaseModel::difference(ours->second, *theirs), "") << id;
        ASSERT_FALSE(theirs->escort().empty());
        ASSERT_NE(theirs->escort(), theirs->offered_to());
        ASSERT_GE(theirs->promised_by_day(), promises_[id]) << "taken forward";
        promises_[id] = theirs->promised_by_day();
        if (!theirs->closed()) return;
        ASSERT_NE(theirs->told_at_ms(), 0);
        ASSERT_TRUE(theirs->rating() == RatingState::given ||
                    theirs->rating() == RatingState::lapsed);
        ASSERT_FALSE(follow_up_open(*theirs));
        ++ended_[theirs->rating()];
    }

    void compare_all() {
        std::map<std::string, uint32_t> load;
        std::map<std::string, uint32_t> offered;
        std::map<std::string, std::set<uint64_t>> on;
        ASSERT_EQ(static_cast<size_t>(live_.data.cases_size()), model_.cases().size());
        for (const auto& [id, entry] : model_.cases()) {
            ASSERT_EQ(CaseModel::difference(entry, *find_case(live_, id)), "") << id;
            if (entry.closed) continue;
            ++load[entry.escort];
            if (!entry.offered.empty()) ++offered[entry.offered];
            if (!entry.number.empty()) on[entry.number].insert(id);
        }
        EXPECT_EQ(load, live_.load);
        EXPECT_EQ(offered, live_.offered);
        EXPECT_EQ(on, live_.cases_on);
    }

    void compare_with_restored() {
        HallState fresh;
        fresh.data = live_.data;
        fresh.reindex();
        EXPECT_EQ(fresh.case_index, live_.case_index);
        EXPECT_EQ(fresh.wristband_index, live_.wristband_index);
        EXPECT_EQ(fresh.cases_on, live_.cases_on);
        EXPECT_EQ(fresh.shown_at, live_.shown_at);
        EXPECT_EQ(fresh.load, live_.load);
        EXPECT_EQ(fresh.offered, live_.offered);
        EXPECT_EQ(fresh.rating_deadlines, live_.rating_deadlines);
        EXPECT_EQ(case_difference(hall_, Hall::restore(hall_.snapshot()), now_ms_), "");
        EXPECT_EQ(bytes_of(hall_), live_.data.SerializeAsString());
    }

    std::mt19937 random_;
    Hall hall_;
    HallState live_;
    CaseModel model_;
    int64_t now_ms_ = 0;
    uint32_t day_ = kFirstDay;
    uint32_t bands_ = 0;
    Words tickets_;
    std::map<uint64_t, uint32_t> promises_;
    std::map<RefusalCode::Value, int> refused_;
    int accepted_ = 0;
    std::map<int, int> ended_;  // closed cases by their rating
};

TEST(CaseWalk, TheHallAndASimpleModelAgreeForAHundredThousandCommands) {
    Walk walk(20'261'123);
    walk.run();
    // The walk went everywhere.
    EXPECT_GT(walk.accepted(), kCommands / 3);
    auto ended = walk.ended();
    RecordProperty("accepted", walk.accepted());
    RecordProperty("closed", ended[RatingState::given] + ended[RatingState::lapsed]);
    EXPECT_GT(ended[RatingState::given], 100);
    EXPECT_GT(ended[RatingState::lapsed], 100);
    std::set<RefusalCode::Value> never;
    const auto* codes = RefusalCode::Value_descriptor();
    for (int i = 0; i < codes->value_count(); ++i) {
        const auto code = static_cast<RefusalCode::Value>(codes->value(i)->number());
        if (code >= 200 && code <= 239 && walk.refused().count(code) == 0) never.insert(code);
    }
    // Words that the walk's commands always have, and a hall that it does not fill.
    EXPECT_EQ(never, (std::set<RefusalCode::Value>{RefusalCode::remedy_missing,
                                                   RefusalCode::office_missing,
                                                   RefusalCode::too_many_cases}));
}

TEST(CaseList, TenThousandOpenCasesAreListedWhole) {
    state::Hall data = CaseHall().hall().snapshot();
    for (int i = 0; i < 60; ++i) {  // a whole catalogue
        auto* service = data.mutable_rules()->add_services();
        service->set_code("service_" + std::to_string(i));
        service->set_letter("E");
        service->set_name("事项");
    }
    state::Case entry;
    entry.set_escort("g1");
    entry.set_opened_at_ms(time_ms("09:00"));
    auto* visit = entry.add_visits();
    visit->set_stage(CaseStage::reception);
    visit->set_by("g1");
    visit->set_entered_at_ms(time_ms("09:00"));
    entry.set_promised_by_day(kFirstDay + 5);
    for (uint64_t id = 1; id <= 10'000; ++id) {
        entry.set_id(id);
        entry.set_service("service_" + std::to_string(id % 60));
        *data.add_cases() = entry;
    }
    data.set_next_case(10'001);
    const Hall hall = Hall::restore(data);
    protocol::Query query;
    query.mutable_case_list();
    protocol::Reply reply;
    hall.answer(query, time_ms("09:00"), reply);
    ASSERT_EQ(reply.cases().cases_size(), 10'000);
    for (int i = 0; i < 10'000; i += 997) {
        EXPECT_EQ(reply.cases().cases(i).service_name(), "事项");
        EXPECT_EQ(reply.cases().cases(i).stage(), CaseStage::reception);
    }
}

}  // namespace
}  // namespace hall::core
