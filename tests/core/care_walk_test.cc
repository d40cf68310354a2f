// A random walk over check-ins, emergencies, loans, help and staff while tickets are called and
// served, against a second, much simpler idea of what becomes of them; and nothing private in the
// log.
#include <functional>
#include <map>
#include <random>
#include <set>

#include "tests/core/care_hall.h"

namespace hall::core {
namespace {

using protocol::CheckInState;
using protocol::EmergencyOutcome;
using protocol::EmergencyState;
using protocol::VaultKind;

constexpr int kCommands = 30'000;
constexpr int kCommandsPerDay = 1'000;
constexpr uint32_t kDaysKept = 5;
constexpr int64_t kAckMs = 30 * kSecondMs;

protocol::HallRules walk_rules() {
    protocol::HallRules rules = care_rules();
    for (auto& retention : *rules.mutable_retention()) retention.set_days(kDaysKept);
    return rules;
}

// What a person with pencil and paper would write down.
struct Model {
    struct Person {
        CheckInState::Value state = CheckInState::complete;
        uint32_t day = 0;     // of the check-in
        uint32_t sealed = 0;  // of its record
    };
    struct Alarm {
        EmergencyState::Value state = EmergencyState::raised;
        bool drill = false;
        bool escalated = false;
        int64_t raised_ms = 0;
        std::set<uint32_t> steps;
        std::set<std::string> people;
        std::string names;  // a ticket of today, which it keeps from being called
    };
    struct Loan {
        std::string facility;
        bool out = true;
        bool overdue = false;
    };
    struct Worker {
        bool on_duty = false;
        bool trained = false;
    };

    uint32_t day = kFirstDay;
    std::map<uint64_t, Person> people;
    std::map<uint64_t, Alarm> alarms;
    std::map<std::string, TicketState::Value> held;  // tickets, and where they were
    std::map<uint64_t, Loan> loans;
    std::map<std::string, Worker> workers;
    std::set<std::pair<uint32_t, VaultKind::Value>> vault;
    uint32_t water = 3;
    uint64_t last_person = 0;
    uint64_t last_alarm = 0;
    uint64_t last_loan = 0;

    void seal(VaultKind::Value kind) { vault.emplace(day, kind); }

    uint32_t out(const std::string& facility) const {
        uint32_t count = 0;
        for (const auto& [id, loan] : loans) count += loan.out && loan.facility == facility;
        return count;
    }

    void escalate(int64_t now_ms) {
        for (auto& [id, alarm] : alarms) {
            if (alarm.state == EmergencyState::raised && now_ms >= alarm.raised_ms + kAckMs) {
                alarm.escalated = true;
            }
        }
    }

    void close() {
        for (auto& [id, loan] : loans) loan.overdue |= loan.out;
        std::erase_if(vault, [](const auto& key) { return key.second == VaultKind::temperature; });
    }

    // By an alarm that is still open.
    bool is_named(const std::string& number) const {
        return std::any_of(alarms.begin(), alarms.end(), [&](const auto& entry) {
            return entry.second.state != EmergencyState::closed && entry.second.names == number;
        });
    }

    void end_day() {
        close();
        ++day;
        std::erase_if(loans, [](const auto& entry) {
            return !entry.second.out || entry.second.facility == "seat";
        });
        std::erase_if(
            alarms, [](const auto& entry) { return entry.second.state == EmergencyState::closed; });
        for (auto& [id, alarm] : alarms) alarm.names.clear();  // its day took the ticket
        held.clear();
        for (auto& [number, worker] : workers) worker.on_duty = false;
        const auto due = [&](uint32_t sealed) { return sealed + kDaysKept <= day; };
        std::erase_if(people, [&](const auto& entry) { return due(entry.second.sealed); });
        std::erase_if(vault, [&](const auto& key) {
            return key.second != VaultKind::staff && due(key.first);
        });
    }
};

class Walk {
  public:
    explicit Walk(uint64_t seed) : random_(seed), hall_(walk_rules(), test_plan(), 97) {
        hall_.at("07:35");
        for (const char* number : {"g-1", "g-2", "s-1"}) {
            const bool supervisor = number[0] == 's';
            hall_.does(add_staff(
                number, supervisor ? protocol::StaffRank::supervisor : protocol::StaffRank::guide));
            model_.workers[number];
        }
        hall_.does(enrol_as("desk-1", protocol::Role::guide, 'a'));
        hall_.does(enrol_as("desk-2", protocol::Role::guide, 'b'));
        model_.seal(VaultKind::staff);
        watch();
    }

    void run(int commands) {
        for (int i = 0; i < commands && !testing::Test::HasFailure(); ++i) {
            const int of_day = i % kCommandsPerDay;
            if (of_day == 0 && i > 0) {
                hall_.on_next_day("07:35");
                numbers_.clear();
            }
            if (of_day == 100) hall_.at("08:31");
            if (of_day == 850) hall_.at("16:40");
            hall_.after_s(below(of_day < 850 ? 15 : 25));
            watch();
            step();
            watch();
            if (i % 7 == 0) compare();
        }
        compare();
    }

    const TestHall& hall() const { return hall_; }
    const std::map<std::string, int>& outcomes() const { return outcomes_; }

  private:
    int64_t below(int64_t end) {
        return static_cast<int64_t>(random_() % static_cast<uint64_t>(end));
    }
    bool chance_of(int percent) { return below(100) < percent; }
    // Mostly an id that was given, sometimes one that was not.
    uint64_t some_id(uint64_t last) {
        if (chance_of(5)) return last + 1 + static_cast<uint64_t>(below(3));
        const auto back = static_cast<uint64_t>(below(12));
        return back < last ? last - back : last;
    }
    std::string some_number() {
        if (numbers_.empty() || chance_of(10)) return chance_of(50) ? "" : "A999";
        const auto back = static_cast<size_t>(below(12));
        return numbers_[numbers_.size() - 1 - std::min(back, numbers_.size() - 1)];
    }
    std::string secret(const char* what) { return what + std::to_string(++secrets_); }

    // What the clock did: the hall closed, a day ended.
    void watch() {
        for (; seen_ < hall_.log().size(); ++seen_) {
            const LoggedEvent& entry = hall_.log()[seen_];
            model_.escalate(entry.at_ms - 1);
            if (entry.event.has_day_ended()) model_.end_day();
            const auto& changed = entry.event.phase_changed();
            if (entry.event.has_phase_changed() && changed.phase() == Phase::closed) model_.close();
            if (entry.event.has_ticket_carried_over() || entry.event.has_ticket_cancelled()) {
                lose(entry.event.has_ticket_cancelled()
                         ? entry.event.ticket_cancelled().number()
                         : entry.event.ticket_carried_over().number());
            }
            for (const char* word : {kSecret, kPhone, kFamilyPhone, kIdentity}) {
                ASSERT_EQ(entry.event.SerializeAsString().find(word), std::string::npos)
                    << entry.event.ShortDebugString();
            }
        }
        model_.escalate(hall_.now_ms());
    }

    void lose(const std::string& number) { model_.held.erase(number); }

    // Does it and expects what the model says: the refusal, or none.
    bool expect(const Command& command, RefusalCode::Value code) {
        const Decision decision = hall_.tries(command);
        const RefusalCode::Value got = decision ? RefusalCode::unknown : decision.error().code();
        EXPECT_EQ(RefusalCode::Value_Name(got), RefusalCode::Value_Name(code))
            << command.ShortDebugString();
        ++outcomes_[RefusalCode::Value_Name(got)];
        if (!decision) {
            EXPECT_EQ(decision.error().SerializeAsString().find(kSecret), std::string::npos);
        }
        return got == RefusalCode::unknown && code == got;
    }

    void step() {
        switch (below(16)) {
            case 0:
            case 1:
                return check_somebody_in();
            case 2:
                return about_a_person();
            case 3:
                return raise();
            case 4:
                return about_an_alarm();
            case 5:
                return end_an_alarm();
            case 6:
                return lend_something();
            case 7:
                return return_something();
            case 8:
                return about_stock();
            case 9:
                return about_staff();
            case 10:
                return help();
            default:
                return about_tickets();
        }
    }

    void check_somebody_in() {
        const std::vector<uint32_t> readings{0, 290, 366, 366, 366, 372, 373, 390, 460};
        const uint32_t tenths = readings[static_cast<size_t>(below(9))];
        Command command = check_in_person(secret("visitor-"), tenths);
        auto& person = *command.mutable_add_check_in()->mutable_person();
        RefusalCode::Value code = RefusalCode::unknown;
        if (tenths == 0) code = RefusalCode::temperature_needed;
        if (tenths == 290 || tenths == 460) code = RefusalCode::temperature_out_of_range;
        if (chance_of(5)) {
            command.mutable_add_check_in()->set_read_back(false);
            code = RefusalCode::read_back_missing;
        }
        if (chance_of(5)) {
            person.set_family_consent(false);
            code = RefusalCode::consent_missing;
        }
        if (chance_of(5)) {
            person.clear_name();
            code = RefusalCode::name_missing;
        }
        if (!expect(command, code)) return;
        model_.people[++model_.last_person] = {
            tenths >= 373 ? CheckInState::resting : CheckInState::complete, model_.day, model_.day};
        model_.seal(VaultKind::check_in);
        model_.seal(VaultKind::temperature);
    }

    void about_a_person() {
        const uint64_t id = some_id(model_.last_person);
        auto found = model_.people.find(id);
        RefusalCode::Value code = RefusalCode::unknown;
        if (found == model_.people.end()) {
            code = RefusalCode::unknown_check_in;
        } else if (found->second.state == CheckInState::forgotten) {
            code = RefusalCode::check_in_forgotten;
        }
        const bool usable = code == RefusalCode::unknown;
        switch (below(4)) {
            case 0: {
                const bool hot = chance_of(40);
                if (usable && (found->second.state != CheckInState::resting ||
                               found->second.day != model_.day)) {
                    code = RefusalCode::not_resting;
                }
                if (!expect(measure(id, hot ? 381 : 368), code)) return;
                found->second.state = hot ? CheckInState::at_seat : CheckInState::complete;
                return model_.seal(VaultKind::temperature);
            }
            case 1:
                if (!expect(correct(id, kPhone), code)) return;
                found->second.sealed = model_.day;
                return model_.seal(VaultKind::check_in);
            case 2:
                if (!chance_of(30)) return;
                if (expect(forget(id), code)) found->second.state = CheckInState::forgotten;
                return;
            default: {
                if (code == RefusalCode::check_in_forgotten) code = RefusalCode::nothing_sealed;
                if (id == 0) code = RefusalCode::value_out_of_range;
                const bool note = chance_of(50);
                const std::string why = note ? secret("why-") : "";
                if (!expect(unmask(id, protocol::UnmaskPurpose::complaint, why), code)) return;
                if (note) model_.seal(VaultKind::note);
            }
        }
    }

    void raise() {
        if (!chance_of(60)) return;
        const bool is_drill = chance_of(25);
        const std::string number = chance_of(70) ? some_number() : "";
        const std::string kind = is_drill || chance_of(30) ? "" : secret("kind-");
        Command command = emergency(chance_of(50) ? "east" : "window:2", number, kind);
        command.mutable_raise_emergency()->set_drill(is_drill);
        const state::Ticket ticket = hall_.ticket(number);
        const bool known = number.empty() || !ticket.number().empty();
        RefusalCode::Value code = known ? RefusalCode::unknown : RefusalCode::unknown_ticket;
        if (known && model_.alarms.size() >= kEmergenciesMax) {
            code = RefusalCode::too_many_emergencies;
        }
        if (!expect(command, code)) return;
        Model::Alarm& alarm = model_.alarms[++model_.last_alarm];
        alarm.drill = is_drill;
        alarm.raised_ms = hall_.now_ms();
        if (!kind.empty()) model_.seal(VaultKind::emergency);
        const std::set<TicketState::Value> over{TicketState::done, TicketState::cancelled,
                                                TicketState::appointment, TicketState::closed_out,
                                                TicketState::held};
        if (number.empty() || is_drill) return;
        alarm.names = number;
        if (over.count(ticket.state()) > 0) return;
        model_.held[number] = ticket.state();
        EXPECT_EQ(hall_.state(number), TicketState::held);
        if (ticket.window() != 0) {
            EXPECT_EQ(hall_.window(ticket.window()), WindowState::idle);
        }
    }

    RefusalCode::Value code_of_alarm(uint64_t id) const {
        auto found = model_.alarms.find(id);
        if (found == model_.alarms.end()) return RefusalCode::unknown_emergency;
        return found->second.state == EmergencyState::closed ? RefusalCode::emergency_closed
                                                             : RefusalCode::unknown;
    }

    void about_an_alarm() {
        const uint64_t id = chance_of(50) ? oldest_alarm() : some_id(model_.last_alarm);
        RefusalCode::Value code = code_of_alarm(id);
        auto found = model_.alarms.find(id);
        const std::string who = chance_of(50) ? "g-1" : "g-2";
        hall_.by("desk-1", who);
        if (chance_of(50)) {
            if (code == RefusalCode::unknown &&
                found->second.state == EmergencyState::acknowledged) {
                code = RefusalCode::emergency_acknowledged;
            }
            if (expect(acknowledge(id), code)) {
                found->second.state = EmergencyState::acknowledged;
                found->second.people.insert(who);
            }
        } else {
            const auto step = static_cast<uint32_t>(below(5));
            if (code == RefusalCode::unknown && (step == 0 || step > 3)) {
                code = RefusalCode::unknown_step;
            } else if (code == RefusalCode::unknown && found->second.steps.count(step) > 0) {
                code = RefusalCode::step_already_done;
            }
            if (expect(do_step(id, step), code)) {
                found->second.steps.insert(step);
                found->second.people.insert(who);
            }
        }
        hall_.by("guide-1");
    }

    // Where a ticket must be once nothing holds it.
    static TicketState::Value released(TicketState::Value from, Phase::Value phase) {
        if (from == TicketState::called || from == TicketState::serving)
            return TicketState::waiting;
        const bool open = phase == Phase::open || phase == Phase::extended;
        if (from == TicketState::registered && open) return TicketState::waiting;
        return from;
    }

    // The oldest open one; 0 when there is none.
    uint64_t oldest_alarm() const {
        for (const auto& [id, alarm] : model_.alarms) {
            if (alarm.state != EmergencyState::closed) return id;
        }
        return 0;
    }

    void end_an_alarm() {
        const uint64_t id = chance_of(50) ? oldest_alarm() : some_id(model_.last_alarm);
        RefusalCode::Value code = code_of_alarm(id);
        auto found = model_.alarms.find(id);
        EmergencyOutcome::Value outcome = EmergencyOutcome::hospital;
        if (chance_of(10)) {
            outcome = EmergencyOutcome::unknown;
            if (code == RefusalCode::unknown) code = RefusalCode::outcome_missing;
        }
        const bool note = chance_of(50);
        const std::string words = note ? secret("what-") : "";
        const uint64_t key_serial =
            code == RefusalCode::unknown ? hall_.ticket(found->second.names).key_serial() : 0;
        if (!expect(end_emergency(id, outcome, words), code)) return;
        Model::Alarm& alarm = found->second;
        alarm.state = EmergencyState::closed;
        if (note) model_.seal(VaultKind::emergency);
        for (const std::string& who : alarm.people) model_.workers[who].trained |= alarm.drill;
        const auto from = model_.held.find(alarm.names);
        if (from == model_.held.end() || model_.is_named(alarm.names)) return;
        const state::Ticket ticket = hall_.ticket(alarm.names);
        EXPECT_EQ(ticket.state(), released(from->second, hall_.phase())) << alarm.names;
        EXPECT_EQ(ticket.key_serial(), key_serial);
        model_.held.erase(from);
    }

    void lend_something() {
        const std::vector<std::pair<std::string, uint32_t>> things{
            {"glasses", 2}, {"wheelchair", 1}, {"seat", 1}, {"water", 0}, {"boat", 0}};
        const auto& [code, count] = things[static_cast<size_t>(below(5))];
        RefusalCode::Value refusal = RefusalCode::unknown;
        if (code == "boat") {
            refusal = RefusalCode::unknown_facility;
        } else if (code == "water") {
            refusal = RefusalCode::facility_not_lent;
        } else if (model_.out(code) >= count) {
            refusal = RefusalCode::nothing_left;
        }
        if (expect(lend(code), refusal)) model_.loans[++model_.last_loan].facility = code;
    }

    void return_something() {
        const uint64_t id = some_id(model_.last_loan);
        auto found = model_.loans.find(id);
        RefusalCode::Value code = RefusalCode::unknown;
        if (found == model_.loans.end()) {
            code = RefusalCode::unknown_loan;
        } else if (!found->second.out) {
            code = RefusalCode::loan_returned;
        }
        if (expect(give_back(id), code)) found->second.out = false;
    }

    void about_stock() {
        const auto pieces = static_cast<uint32_t>(below(4) + 1);
        if (chance_of(20)) {
            if (expect(set_stock("water", pieces * 5), RefusalCode::unknown)) {
                model_.water = pieces * 5;
            }
            return;
        }
        const bool enough = model_.water >= pieces;
        if (expect(take("water", pieces),
                   enough ? RefusalCode::unknown : RefusalCode::nothing_left)) {
            model_.water -= pieces;
        }
    }

    void about_staff() {
        const std::string who = chance_of(50) ? "g-1" : (chance_of(50) ? "g-2" : "s-1");
        Model::Worker& worker = model_.workers[who];
        hall_.by(chance_of(50) ? "desk-1" : "desk-2", who);
        if (chance_of(50)) {
            if (expect(sign_on(), RefusalCode::unknown)) worker.on_duty = true;
        } else {
            const bool on_duty = worker.on_duty;
            if (expect(off_duty(), on_duty ? RefusalCode::unknown : RefusalCode::staff_off_duty)) {
                worker.on_duty = false;
            }
        }
        if (chance_of(10) && expect(set_pin(who), RefusalCode::unknown)) {
            model_.seal(VaultKind::staff);
        }
        hall_.by("guide-1");
    }

    void help() {
        const bool note = chance_of(50);
        const std::string words = note ? secret("note-") : "";
        const Command command =
            chance_of(50) ? assist("app", "print", 5, words) : consult("pension", "", "", words);
        if (expect(command, RefusalCode::unknown) && note) model_.seal(VaultKind::note);
    }

    // Whatever comes: the hall's own tests judge it. What tickets do to holds, watch() sees.
    void about_tickets() {
        const auto window = static_cast<uint32_t>(below(5) + 1);
        const uint64_t person = chance_of(30) ? some_id(model_.last_person) : 0;
        Command take_number = issue_for(person, chance_of(70) ? "pension" : "medical");
        if (hall_.phase() == Phase::early_waiting) {
            Command early;
            *early.mutable_register_early_waiting()->mutable_ticket() = take_number.issue_ticket();
            early.mutable_register_early_waiting()->set_seat(chance_of(50));
            take_number = early;
        }
        const std::string number = some_number();
        const std::vector<std::function<Command()>> choices{
            [&] { return take_number; },
            [&] { return take_number; },
            [&] { return open_window(window); },
            [&] { return call_next(window); },
            [&] { return call_next(window); },
            [&] { return start(window); },
            [&] { return start(window); },
            [&] { return finish(window); },
            [&] { return chance_of(50) ? errand(window) : recall(window); },
            [&] { return chance_of(50) ? miss(window) : next_service(window); },
            [&] { return come_back(number); },
            [&] { return step_out(number); },
            [&] { return chance_of(30) ? cancel(number) : come_back(number); },
        };
        const Decision decision = hall_.tries(
            choices[static_cast<size_t>(below(static_cast<int64_t>(choices.size())))]());
        if (!decision) {
            auto found = model_.people.find(person);
            const bool forgotten =
                found != model_.people.end() && found->second.state == CheckInState::forgotten;
            if (decision.error().code() == RefusalCode::unknown_check_in) {
                EXPECT_TRUE(found == model_.people.end());
            }
            if (decision.error().code() == RefusalCode::check_in_forgotten) {
                EXPECT_TRUE(forgotten);
            }
            return;
        }
        for (const Event& event : *decision) {
            if (event.has_ticket_issued()) numbers_.push_back(event.ticket_issued().number());
        }
    }

    void compare() {
        const state::Hall data = hall_.hall().snapshot();
        ASSERT_EQ(static_cast<size_t>(data.check_ins_size()), model_.people.size());
        for (const auto& entry : data.check_ins()) {
            ASSERT_EQ(entry.state(), model_.people.at(entry.id()).state) << entry.id();
            const bool forgotten = entry.state() == CheckInState::forgotten;
            ASSERT_EQ(entry.record() == 0, forgotten) << entry.id();
        }
        ASSERT_EQ(static_cast<size_t>(data.emergencies_size()), model_.alarms.size());
        for (const auto& entry : data.emergencies()) {
            const Model::Alarm& alarm = model_.alarms.at(entry.id());
            ASSERT_EQ(entry.state(), alarm.state) << entry.id();
            ASSERT_EQ(entry.escalated(), alarm.escalated) << entry.id();
            uint32_t done = 0;
            for (const auto& step : entry.steps()) done += step.done_at_ms() != 0;
            ASSERT_EQ(done, alarm.steps.size()) << entry.id();
        }
        ASSERT_EQ(static_cast<size_t>(data.loans_size()), model_.loans.size());
        for (const auto& entry : data.loans()) {
            const Model::Loan& loan = model_.loans.at(entry.id());
            ASSERT_EQ(entry.returned_at_ms() == 0, loan.out) << entry.id();
            ASSERT_EQ(entry.overdue(), loan.overdue) << entry.id();
        }
        for (const auto& entry : data.staff()) {
            const Model::Worker& worker = model_.workers.at(entry.number());
            ASSERT_EQ(entry.on_duty(), worker.on_duty) << entry.number();
            ASSERT_EQ(entry.trained_day() != 0, worker.trained) << entry.number();
        }
        for (const auto& entry : data.stocks()) ASSERT_EQ(entry.count(), model_.water);
        std::set<std::pair<uint32_t, VaultKind::Value>> vault;
        for (const auto& entry : data.vault_days()) vault.emplace(entry.day(), entry.kind());
        ASSERT_EQ(vault, model_.vault);
        uint32_t held = 0;
        for (const auto& ticket : data.tickets()) held += ticket.state() == TicketState::held;
        ASSERT_EQ(held, model_.held.size());
    }

    std::mt19937_64 random_;
    TestHall hall_;
    Model model_;
    size_t seen_ = 0;
    int secrets_ = 0;
    Words numbers_;
    std::map<std::string, int> outcomes_;
};

TEST(CareWalk, ThirtyThousandCommandsAgreeWithPencilAndPaper) {
    Walk walk(20'261'123);
    walk.run(kCommands);
    if (HasFailure()) return;
    // The state that was kept is the log's, and its indexes can be rebuilt.
    EXPECT_EQ(bytes_of(replay(walk.hall().log())), bytes_of(walk.hall().hall()));
    EXPECT_EQ(bytes_of(walk.hall().hall()).find(kSecret), std::string::npos);
    EXPECT_EQ(bytes_of(walk.hall().hall()).find(kPhone), std::string::npos);
    // It went everywhere.
    for (const char* code :
         {"unknown", "unknown_check_in", "check_in_forgotten", "not_resting", "nothing_sealed",
          "temperature_needed", "temperature_out_of_range", "unknown_emergency", "emergency_closed",
          "emergency_acknowledged", "step_already_done", "unknown_step", "outcome_missing",
          "nothing_left", "loan_returned", "unknown_loan", "staff_off_duty"}) {
        EXPECT_GT(walk.outcomes().count(code) ? walk.outcomes().at(code) : 0, 10) << code;
    }
}

}  // namespace
}  // namespace hall::core
