#include "tests/core/case_hall.h"

#include "hall-server/core/cases.h"
#include "hall-server/core/local_date.h"

namespace hall::core {

namespace {

void add_material(protocol::HallRules::Service& service, const char* code, bool by_data,
                  bool conditional) {
    auto* material = service.add_materials();
    material->set_code(code);
    material->set_name(code);
    material->set_legal_basis("办法第一条");
    material->set_proved_by_data(by_data);
    material->set_conditional(conditional);
}

void add_station(protocol::HallRules& rules, const char* code, CaseStage::Value stage,
                 uint32_t window = 0) {
    auto* station = rules.add_stations();
    station->set_code(code);
    station->set_name(code);
    station->set_stage(stage);
    station->set_window(window);
}

bool works(uint32_t day) {
    return (day - kFirstDay) % 7 < 5;
}

void add_staff(state::Hall& data, const char* number, protocol::StaffRank::Value rank,
               const char* device) {
    auto* entry = data.add_staff();
    entry->set_number(number);
    entry->set_rank(rank);
    entry->set_on_duty(*device != '\0');
    entry->set_device(device);
}

void add_device(state::Hall& data, const char* name, protocol::Role::Value role,
                uint32_t window = 0) {
    auto* entry = data.add_devices();
    entry->set_name(name);
    entry->set_role(role);
    entry->set_window(window);
}

}  // namespace

protocol::HallRules case_rules() {
    protocol::HallRules rules = test_rules();
    auto& pension = *rules.mutable_services(0);
    pension.set_promised_days(5);
    pension.set_guide("一、带身份证。");
    add_material(pension, "id", false, false);
    add_material(pension, "photo", false, false);
    add_material(pension, "hukou", true, false);
    add_material(pension, "agreement", false, true);
    rules.mutable_services(1)->set_proxy(protocol::Proxy::letter);
    rules.mutable_services(1)->set_asks_own_wish(true);
    rules.mutable_services(2)->set_proxy(protocol::Proxy::in_person);
    add_station(rules, "door", CaseStage::reception);
    add_station(rules, "copy", CaseStage::copying);
    add_station(rules, "form", CaseStage::form_filling);
    add_station(rules, "accept", CaseStage::acceptance, 1);
    add_station(rules, "process", CaseStage::processing);
    add_station(rules, "back", CaseStage::feedback);
    add_station(rules, "desk", CaseStage::unknown, 1);
    rules.set_band_printer("back");
    return rules;
}

protocol::DayPlan case_plan(uint32_t day) {
    protocol::DayPlan plan = test_plan(day, works(day));
    plan.set_date(date_text(day));
    for (uint32_t next = day + 1; plan.working_days_size() < 30; ++next) {
        if (works(next)) plan.add_working_days(next);
    }
    return plan;
}

void add_staff_and_devices(state::Hall& data) {
    add_staff(data, "c1", protocol::StaffRank::clerk, "clerk-1");
    add_staff(data, "g1", protocol::StaffRank::guide, "guide-1");
    add_staff(data, "g2", protocol::StaffRank::guide, "guide-2");
    add_staff(data, "g9", protocol::StaffRank::guide, "");
    add_staff(data, "s1", protocol::StaffRank::supervisor, "super-1");
    add_device(data, "guide-1", protocol::Role::guide);
    add_device(data, "guide-2", protocol::Role::guide);
    add_device(data, "clerk-1", protocol::Role::clerk, 1);
    add_device(data, "super-1", protocol::Role::supervisor);
    add_device(data, "scanner-1", protocol::Role::scanner);
    add_device(data, "kiosk-1", protocol::Role::kiosk);
}

std::string random_bytes(uint32_t seed) {
    std::string bytes;
    for (uint32_t i = 0; i < 10; ++i) {
        seed = seed * 1'664'525U + 1'013'904'223U;
        bytes += static_cast<char>(seed >> 24);
    }
    return bytes;
}

Command begin_case(const std::string& service, const std::string& number) {
    Command command;
    command.mutable_open_case()->set_service(service);
    command.mutable_open_case()->set_number(number);
    return command;
}
Command enter(uint64_t id, CaseStage::Value stage, Reason::Value reason) {
    Command command;
    command.mutable_enter_stage()->set_case_id(id);
    command.mutable_enter_stage()->set_stage(stage);
    command.mutable_enter_stage()->set_skip_reason(reason);
    return command;
}
Command leave(uint64_t id, StageOutcome::Value outcome, Reason::Value reason, CaseStage::Value to) {
    Command command;
    auto* body = command.mutable_leave_stage();
    body->set_case_id(id);
    body->set_outcome(outcome);
    body->set_reason(reason);
    body->set_to(to);
    return command;
}
Command send_back_to(uint64_t id, CaseStage::Value to, Reason::Value reason) {
    return leave(id, StageOutcome::sent_back, reason, to);
}
Command receive(uint64_t id, const std::string& material, bool returned) {
    Command command;
    command.mutable_receive_material()->set_case_id(id);
    command.mutable_receive_material()->set_material(material);
    command.mutable_receive_material()->set_returned(returned);
    return command;
}
Command ask_for(uint64_t id, const Words& materials, const std::string& note) {
    Command command;
    command.mutable_ask_material()->set_case_id(id);
    for (const auto& code : materials) command.mutable_ask_material()->add_materials(code);
    command.mutable_ask_material()->set_note(note);
    return command;
}
Command attach(uint64_t id, const std::string& number) {
    Command command;
    command.mutable_attach_ticket()->set_case_id(id);
    command.mutable_attach_ticket()->set_number(number);
    return command;
}
Command hand_over(uint64_t id, const std::string& to) {
    Command command;
    command.mutable_hand_over()->set_case_id(id);
    command.mutable_hand_over()->set_to(to);
    return command;
}
Command accept(uint64_t id, bool decline) {
    Command command;
    command.mutable_accept_hand_over()->set_case_id(id);
    command.mutable_accept_hand_over()->set_decline(decline);
    return command;
}
Command set_result(uint64_t id, CaseResult::Value result) {
    Command command;
    auto* body = command.mutable_set_result();
    body->set_case_id(id);
    body->set_result(result);
    if (result == CaseResult::not_approved) {
        body->set_note("材料不齐");
        body->set_remedy("可以申请复核");
    }
    if (result == CaseResult::referred) body->set_office("区社保中心");
    return command;
}
Command tell(uint64_t id) {
    Command command;
    command.mutable_tell_result()->set_case_id(id);
    command.mutable_tell_result()->set_how(protocol::TellWay::window);
    command.mutable_tell_result()->set_understood(true);
    return command;
}
Command rate(uint64_t id, uint32_t grade) {
    Command command;
    command.mutable_rate_case()->set_case_id(id);
    command.mutable_rate_case()->set_grade(grade);
    return command;
}
Command answer(uint64_t id, const std::string& note) {
    Command command;
    command.mutable_answer_follow_up()->set_case_id(id);
    command.mutable_answer_follow_up()->set_note(note);
    return command;
}
Command close_case(uint64_t id) {
    Command command;
    command.mutable_close_case()->set_case_id(id);
    return command;
}
Command case_paper(uint64_t id, protocol::Paper::Value paper, const std::string& printer) {
    Command command;
    command.mutable_print_case_paper()->set_case_id(id);
    command.mutable_print_case_paper()->set_paper(paper);
    command.mutable_print_case_paper()->set_printer(printer);
    return command;
}
Command band(uint64_t id, uint32_t seed, const std::string& printer) {
    Command command;
    command.mutable_print_wristband()->set_case_id(id);
    command.mutable_print_wristband()->set_randomness(random_bytes(seed));
    command.mutable_print_wristband()->set_printer(printer);
    return command;
}
Command scan(const std::string& code, const std::string& station) {
    Command command;
    command.mutable_scan_code()->set_code(code);
    command.mutable_scan_code()->set_station(station);
    return command;
}
Command revoke_band(const std::string& code) {
    Command command;
    command.mutable_revoke_wristband()->set_code(code);
    return command;
}
Command issue_for(uint64_t id, const std::string& service) {
    Command command = service.empty() ? issue(Words{}) : issue(service);
    command.mutable_issue_ticket()->set_case_id(id);
    return command;
}

std::string case_difference(const Hall& a, const Hall& b, int64_t now_ms) {
    auto same = [](const auto& x, const auto& y) {
        return x.SerializeAsString() == y.SerializeAsString();
    };
    if (!same(a.cases_view(now_ms), b.cases_view(now_ms))) return "cases view";
    if (!same(a.supervisor_view(now_ms), b.supervisor_view(now_ms))) return "supervisor view";
    protocol::Query queries[3];
    queries[0].mutable_case_list();
    queries[1].mutable_wristband_list();
    queries[2].mutable_catalogue();
    for (const protocol::Query& query : queries) {
        protocol::Reply of_a;
        protocol::Reply of_b;
        a.answer(query, now_ms, of_a);
        b.answer(query, now_ms, of_b);
        if (!same(of_a, of_b)) return "answer to " + query.ShortDebugString();
    }
    return difference(a, b, now_ms);
}

CaseHall::CaseHall(const protocol::HallRules& rules) : now_ms_(time_ms("06:00")) {
    apply(*hall_.decide(install(rules), {"server", ""}, now_ms_), {"server", ""});
    apply(*hall_.decide(plan_day(case_plan(day_)), {"server", ""}, now_ms_), {"server", ""});
    rewritten(add_staff_and_devices);
    at("09:00");
}

CaseHall CaseHall::without_staff() {
    CaseHall hall;
    hall.rewritten([](state::Hall& data) {
        data.clear_staff();
        data.clear_devices();
    });
    return std::move(hall.on_device("guide-1"));
}

CaseHall& CaseHall::by(const std::string& person, const std::string& device) {
    actor_ = {device, person};
    return *this;
}

CaseHall& CaseHall::at(const std::string& clock, uint32_t days) {
    const int64_t target_ms = time_ms(clock, kFirstDay + days);
    EXPECT_GE(target_ms, now_ms_) << "the clock of a test never goes back";
    for (int ticks = 0; ticks < 10'000; ++ticks) {
        const int64_t deadline_ms = *hall_.next_deadline_ms();
        if (deadline_ms > target_ms) {
            now_ms_ = target_ms;
            return *this;
        }
        now_ms_ = std::max(now_ms_, deadline_ms);
        run_deadline();
    }
    ADD_FAILURE() << "deadlines never end";
    return *this;
}

// In the morning everybody signs on again, as on the day before.
void CaseHall::sign_on_again(const state::Hall& yesterday) {
    Command command;
    command.mutable_sign_on();
    for (const auto& entry : yesterday.staff()) {
        if (!entry.on_duty()) continue;
        const Actor actor{entry.device(), entry.number()};
        Decision decision = hall_.decide(command, actor, now_ms_);
        ASSERT_TRUE(decision);
        apply(*decision, actor);
    }
}

void CaseHall::run_deadline() {
    Command command = tick();
    if (hall_.needs_day_plan(now_ms_)) command = plan_day(case_plan(++day_));
    const state::Hall before = hall_.snapshot();
    Decision decision = hall_.decide(command, {"server", ""}, now_ms_);
    ASSERT_TRUE(decision);
    apply(*decision, {"server", ""});
    if (command.has_plan_day()) sign_on_again(before);
    if (decision->empty()) {
        ASSERT_GT(*hall_.next_deadline_ms(), now_ms_) << "a deadline with nothing to do";
    }
}

Decision CaseHall::tries(const Command& command) {
    const std::string before = bytes_of(hall_);
    Decision decision = hall_.decide(command, actor_, now_ms_);
    EXPECT_EQ(before, bytes_of(hall_)) << "decide() changed the hall";
    if (!decision) return decision;
    apply(*decision, actor_);
    reply_.Clear();
    hall_.describe(command, *decision, now_ms_, reply_);
    return decision;
}

Events CaseHall::does(const Command& command) {
    Decision decision = tries(command);
    if (decision) return *decision;
    ADD_FAILURE() << command.ShortDebugString()
                  << " was refused: " << decision.error().ShortDebugString();
    return {};
}

protocol::Refusal CaseHall::refuses(const Command& command, RefusalCode::Value code) {
    Decision decision = tries(command);
    if (!decision) {
        EXPECT_EQ(RefusalCode::Value_Name(decision.error().code()), RefusalCode::Value_Name(code))
            << command.ShortDebugString();
        return decision.error();
    }
    ADD_FAILURE() << command.ShortDebugString() << " was not refused";
    return {};
}

void CaseHall::apply(const Events& events, const Actor& actor) {
    for (const Event& event : events) hall_.apply(event, hall_.seq() + 1, now_ms_, actor);
    check();
}

void CaseHall::check() {
    ASSERT_EQ(case_difference(hall_, Hall::restore(hall_.snapshot()), now_ms_), "");
}

state::Case CaseHall::entry(uint64_t id) const {
    const state::Hall data = hall_.snapshot();
    for (const auto& entry : data.cases()) {
        if (entry.id() == id) return entry;
    }
    return {};
}

protocol::Reply CaseHall::answers(const protocol::Query& query) const {
    protocol::Reply reply;
    hall_.answer(query, now_ms_, reply);
    return reply;
}

protocol::Case CaseHall::shown(uint64_t id) const {
    protocol::Query query;
    query.mutable_case_file()->set_case_id(id);
    return answers(query).case_file();
}

std::vector<uint64_t> CaseHall::listed(const protocol::CaseListQuery& filter) const {
    protocol::Query query;
    *query.mutable_case_list() = filter;
    std::vector<uint64_t> ids;
    const protocol::Reply reply = answers(query);
    for (const auto& entry : reply.cases().cases()) ids.push_back(entry.id());
    return ids;
}

void CaseHall::walk_to(uint64_t id, CaseStage::Value stage) {
    for (int next = this->stage(id) + 1; next <= stage; ++next) {
        if (next == CaseStage::feedback) {
            does(set_result(id));
        } else {
            does(enter(id, static_cast<CaseStage::Value>(next)));
        }
    }
}

void CaseHall::told(uint64_t id) {
    walk_to(id, CaseStage::feedback);
    does(tell(id));
}

}  // namespace hall::core
