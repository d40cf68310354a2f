#include "tests/core/test_hall.h"

#include <map>
#include <set>

namespace hall::core {

namespace {

constexpr int64_t kLocalMinusUtcMs = 8 * kHourMs;

void add_service(protocol::HallRules& rules, const char* code, const char* letter,
                 const char* name) {
    auto* service = rules.add_services();
    service->set_code(code);
    service->set_letter(letter);
    service->set_name(name);
    service->set_expected_ms(15 * kMinuteMs);
    auto* group = rules.add_groups();
    group->set_letter(letter);
    group->set_name(name);
}

void add_category(protocol::HallRules& rules, const char* code, int64_t minutes, bool by_sight) {
    auto* category = rules.add_categories();
    category->set_code(code);
    category->set_name(code);
    category->set_credit_ms(minutes * kMinuteMs);
    category->set_by_sight(by_sight);
}

void add_window(protocol::HallRules& rules, const Words& services, const Words& languages,
                bool step_free, const char* zone) {
    auto* window = rules.add_windows();
    window->set_number(static_cast<uint32_t>(rules.windows_size()));
    for (const auto& code : services) window->add_services(code);
    for (const auto& tag : languages) window->add_languages(tag);
    window->set_step_free(step_free);
    window->set_zone(zone);
}

void add_zone(protocol::HallRules& rules, const char* code, uint32_t seats, bool early_waiting) {
    auto* zone = rules.add_zones();
    zone->set_code(code);
    zone->set_name(code);
    zone->set_seats(seats);
    zone->set_early_waiting(early_waiting);
}

}  // namespace

protocol::HallRules test_rules() {
    protocol::HallRules rules;
    rules.set_hall_code("TEST");
    rules.set_hall_name("测试大厅");
    rules.set_language_wait_ms(10 * kMinuteMs);
    add_service(rules, "pension", "A", "养老");
    add_service(rules, "medical", "B", "医保");
    add_service(rules, "card", "C", "社保卡");
    add_service(rules, "jobs", "D", "就业");
    add_category(rules, "80plus", 20, true);
    add_category(rules, "70plus", 10, true);
    add_category(rules, "60plus", 5, false);
    add_category(rules, "disabled", 15, false);
    add_category(rules, "with_infant", 15, true);
    add_category(rules, "serviceman", 0, false);
    add_window(rules, {"pension", "medical"}, {"cmn", "za"}, true, "east");
    add_window(rules, {"pension"}, {"cmn", "yue"}, false, "east");
    add_window(rules, {"medical", "card"}, {"cmn"}, true, "west");
    add_window(rules, {"jobs"}, {"cmn"}, false, "west");
    add_window(rules, {"pension", "medical", "card", "jobs"}, {"cmn"}, false, "west");
    add_zone(rules, "entrance", 0, false);
    add_zone(rules, "early", 2, true);
    add_zone(rules, "east", 0, false);
    add_zone(rules, "west", 0, false);
    for (const char* name : {"front", "back"}) rules.add_printers()->set_name(name);
    rules.mutable_printers(0)->set_fallback("back");
    rules.set_credit_limit_ms(20 * kMinuteMs);
    rules.set_missed_calls(3);
    rules.set_missed_spacing_ms(20 * kSecondMs);
    rules.set_missed_total_ms(60 * kSecondMs);
    rules.set_missed_return_ms(20 * kMinuteMs);
    rules.set_step_out_ms(15 * kMinuteMs);
    rules.set_step_out_times(2);
    rules.set_ticket_printer("front");
    rules.set_appointment_lead_ms(10 * kMinuteMs);
    rules.set_appointment_grace_ms(15 * kMinuteMs);
    return rules;
}

protocol::HallRules rules_with_appointments() {
    protocol::HallRules rules = test_rules();
    rules.set_slot_ms(30 * kMinuteMs);
    rules.set_slot_places(2);
    rules.set_days_ahead(7);
    rules.set_closing_offer_ms(15 * kMinuteMs);
    return rules;
}

int64_t time_ms(const std::string& clock, uint32_t day) {
    int64_t seconds = clock.size() > 5 ? std::stoi(clock.substr(6, 2)) : 0;
    return int64_t{day} * kDayMs - kLocalMinusUtcMs + std::stoi(clock.substr(0, 2)) * kHourMs +
           std::stoi(clock.substr(3, 2)) * kMinuteMs + seconds * kSecondMs;
}

int64_t tuesday(const std::string& clock) {
    return time_ms(clock, kTuesday);
}

protocol::DayPlan test_plan(uint32_t day, bool opens) {
    protocol::DayPlan plan;
    uint32_t of_november = 23 + day - kFirstDay;
    plan.set_date(of_november <= 30 ? "2026-11-" + std::to_string(of_november)
                                    : "day " + std::to_string(day));
    plan.set_day(day);
    plan.set_opens(opens);
    plan.set_midnight_at_ms(time_ms("24:00", day));
    plan.set_next_opening_at_ms(time_ms("08:30", day + 1));
    plan.set_utc_offset_s(static_cast<int32_t>(kLocalMinusUtcMs / kSecondMs));
    if (!opens) return plan;
    plan.set_early_waiting_at_ms(time_ms("07:30", day));
    plan.set_opening_at_ms(time_ms("08:30", day));
    plan.set_closing_at_ms(time_ms("17:00", day));
    plan.set_extension_end_at_ms(time_ms("18:00", day));
    return plan;
}

Command issue(const Words& services, const Words& categories) {
    Command command;
    auto* ticket = command.mutable_issue_ticket();
    for (const auto& code : services) ticket->add_services(code);
    for (const auto& code : categories) ticket->add_categories(code);
    return command;
}
Command issue(const std::string& service, const Words& categories) {
    return issue(Words{service}, categories);
}
Command enter_early(const std::string& service, const Words& categories, bool seat) {
    Command command;
    *command.mutable_register_early_waiting()->mutable_ticket() =
        issue(service, categories).issue_ticket();
    command.mutable_register_early_waiting()->set_seat(seat);
    return command;
}
Command cancel(const std::string& number, Reason::Value reason) {
    Command command;
    command.mutable_cancel_ticket()->set_number(number);
    command.mutable_cancel_ticket()->set_reason(reason);
    return command;
}
Command step_out(const std::string& number) {
    Command command;
    command.mutable_step_out()->set_number(number);
    return command;
}
Command come_back(const std::string& number) {
    Command command;
    command.mutable_return_ticket()->set_number(number);
    return command;
}
Command book(const std::string& service, int64_t slot_ms, const Words& categories, bool print) {
    Command command;
    auto* wish = command.mutable_book_appointment();
    *wish->mutable_ticket() = issue(service, categories).issue_ticket();
    wish->set_slot_ms(slot_ms);
    wish->set_by_phone(!print);
    return command;
}
Command cancel_appointment(uint64_t appointment) {
    Command command;
    command.mutable_cancel_appointment()->set_appointment(appointment);
    return command;
}
Command check_in(uint64_t appointment, const Words& services) {
    Command command = issue(services);
    command.mutable_issue_ticket()->set_appointment(appointment);
    return command;
}
Command choose(const std::string& number, protocol::ClosingChoice::Value choice) {
    Command command;
    command.mutable_choose_at_closing()->set_number(number);
    command.mutable_choose_at_closing()->set_choice(choice);
    return command;
}
Command open_window(uint32_t window) {
    Command command;
    command.mutable_open_window()->set_window(window);
    return command;
}
Command pause_window(uint32_t window, Reason::Value reason) {
    Command command;
    command.mutable_pause_window()->set_window(window);
    command.mutable_pause_window()->set_reason(reason);
    return command;
}
Command close_window(uint32_t window) {
    Command command;
    command.mutable_close_window()->set_window(window);
    return command;
}
Command reserve(uint32_t window, int64_t credit_ms) {
    Command command;
    command.mutable_reserve_window()->set_window(window);
    command.mutable_reserve_window()->set_credit_ms(credit_ms);
    return command;
}

Command call_next(uint32_t window, const std::string& offered) {
    Command command;
    command.mutable_call_next()->set_window(window);
    command.mutable_call_next()->set_offered(offered);
    return command;
}
Command call_ticket(uint32_t window, const std::string& number, Reason::Value reason) {
    Command command;
    command.mutable_call_ticket()->set_window(window);
    command.mutable_call_ticket()->set_number(number);
    command.mutable_call_ticket()->set_reason(reason);
    return command;
}
Command recall(uint32_t window) {
    Command command;
    command.mutable_recall()->set_window(window);
    return command;
}
Command miss(uint32_t window) {
    Command command;
    command.mutable_mark_missed()->set_window(window);
    return command;
}
Command start(uint32_t window) {
    Command command;
    command.mutable_start_service()->set_window(window);
    return command;
}
Command finish(uint32_t window) {
    Command command;
    command.mutable_finish_service()->set_window(window);
    return command;
}
Command errand(uint32_t window) {
    Command command;
    command.mutable_send_on_errand()->set_window(window);
    return command;
}
Command transfer(uint32_t window, const std::string& service) {
    Command command;
    command.mutable_transfer()->set_window(window);
    command.mutable_transfer()->set_service(service);
    return command;
}
Command next_service(uint32_t window) {
    Command command;
    command.mutable_next_service()->set_window(window);
    return command;
}
Command open_hall() {
    Command command;
    command.mutable_open_hall();
    return command;
}
Command close_hall() {
    Command command;
    command.mutable_close_hall();
    return command;
}
Command extend_hall(int64_t until_ms) {
    Command command;
    command.mutable_extend_hall()->set_until_ms(until_ms);
    return command;
}
Command start_early_waiting() {
    Command command;
    command.mutable_start_early_waiting();
    return command;
}
Command retry_print(uint64_t job, const std::string& printer) {
    Command command;
    command.mutable_retry_print()->set_job(job);
    command.mutable_retry_print()->set_printer(printer);
    return command;
}
Command print_guide(const std::string& service, const std::string& printer) {
    Command command;
    command.mutable_print_guide()->set_service(service);
    command.mutable_print_guide()->set_printer(printer);
    return command;
}
Command test_print(const std::string& printer) {
    Command command;
    command.mutable_test_print()->set_printer(printer);
    return command;
}
Command claim(uint64_t job) {
    Command command;
    command.mutable_claim_print()->set_job(job);
    return command;
}
Command report(uint64_t job, PrintState::Value verdict, protocol::PrinterState::Value cause) {
    Command command;
    command.mutable_report_print()->set_job(job);
    command.mutable_report_print()->set_verdict(verdict);
    command.mutable_report_print()->set_cause(cause);
    return command;
}
Command report_printer(const std::string& printer, protocol::PrinterState::Value state) {
    Command command;
    command.mutable_report_printer()->set_printer(printer);
    command.mutable_report_printer()->set_state(state);
    return command;
}
Command enrol(const std::string& name, char key_letter, uint32_t window) {
    Command command;
    command.mutable_enrol_device()->set_name(name);
    command.mutable_enrol_device()->set_role(protocol::Role::clerk);
    command.mutable_enrol_device()->set_public_key(std::string(40, key_letter));
    command.mutable_enrol_device()->set_window(window);
    return command;
}
Command revoke(const std::string& name) {
    Command command;
    command.mutable_revoke_device()->set_name(name);
    return command;
}
Command install(const protocol::HallRules& rules) {
    Command command;
    *command.mutable_install_rules()->mutable_rules() = rules;
    return command;
}
Command plan_day(const protocol::DayPlan& plan) {
    Command command;
    *command.mutable_plan_day()->mutable_plan() = plan;
    return command;
}
Command plan_ahead(uint32_t days, uint32_t day) {
    Command command;
    command.mutable_plan_ahead();
    for (uint32_t next = day + 1; next <= day + days; ++next) {
        const bool weekend = (next - kFirstDay) % 7 >= 5;
        *command.mutable_plan_ahead()->add_plans() = test_plan(next, !weekend);
    }
    return command;
}
Command tick() {
    Command command;
    command.mutable_tick();
    return command;
}

protocol::ImportPaper::Slip paper_slip(const std::string& number, const std::string& service,
                                       int64_t arrived_ms, const Words& categories) {
    protocol::ImportPaper::Slip slip;
    slip.set_number(number);
    slip.add_services(service);
    for (const auto& code : categories) slip.add_categories(code);
    slip.set_arrived_ms(arrived_ms);
    return slip;
}
protocol::ImportPaper::Slip served_slip(const std::string& number, const std::string& service,
                                        int64_t arrived_ms) {
    protocol::ImportPaper::Slip slip = paper_slip(number, service, arrived_ms);
    slip.set_served(true);
    return slip;
}
Command import_paper(const std::vector<protocol::ImportPaper::Slip>& slips) {
    Command command;
    auto* batch = command.mutable_import_paper();
    for (const auto& slip : slips) *batch->add_slips() = slip;
    return command;
}

std::string bytes_of(const Hall& hall) {
    return hall.snapshot().SerializeAsString();
}

Hall replay(const std::vector<LoggedEvent>& log) {
    Hall hall;
    for (const LoggedEvent& entry : log) {
        hall.apply(entry.event, hall.seq() + 1, entry.at_ms, entry.actor);
    }
    return hall;
}

std::string difference(const Hall& a, const Hall& b, int64_t now_ms) {
    if (bytes_of(a) != bytes_of(b)) return "snapshot";
    if (a.next_deadline_ms() != b.next_deadline_ms()) return "next deadline";
    auto same = [](const auto& x, const auto& y) {
        return x.SerializeAsString() == y.SerializeAsString();
    };
    if (!same(a.guide_view(now_ms), b.guide_view(now_ms))) return "guide view";
    if (!same(a.printer_view(now_ms), b.printer_view(now_ms))) return "printer view";
    if (!same(a.care_view(now_ms), b.care_view(now_ms))) return "care view";
    for (const std::string& zone : a.zones()) {
        if (!same(*a.board_view(zone, now_ms), *b.board_view(zone, now_ms))) return "board " + zone;
    }
    for (uint32_t window : a.windows()) {
        if (!same(*a.clerk_view(window, now_ms), *b.clerk_view(window, now_ms))) {
            return "clerk view " + std::to_string(window);
        }
    }
    protocol::Query queries[9];
    queries[0].mutable_status();
    queries[1].mutable_ticket_list();
    queries[2].mutable_window_list();
    queries[3].mutable_print_list();
    queries[4].mutable_printer_list();
    queries[5].mutable_device_list();
    queries[6].mutable_report();
    queries[7].mutable_appointment_list();
    queries[8].mutable_slot_list()->set_service("pension");
    for (const protocol::Query& query : queries) {
        protocol::Reply of_a;
        protocol::Reply of_b;
        a.answer(query, now_ms, of_a);
        b.answer(query, now_ms, of_b);
        if (!same(of_a, of_b)) return "answer to " + query.ShortDebugString();
    }
    return "";
}

std::string contradiction(const Hall& hall) {
    const state::Hall data = hall.snapshot();
    std::map<std::string, uint32_t> holder;
    for (const auto& window : data.windows()) {
        bool busy =
            window.state() == WindowState::calling || window.state() == WindowState::serving;
        if (busy == window.ticket().empty()) {
            return "window " + std::to_string(window.number()) + " and its ticket";
        }
        if (busy && !holder.emplace(window.ticket(), window.number()).second) {
            return "two windows hold " + window.ticket();
        }
    }
    uint32_t done = 0;
    std::set<std::string> numbers;
    std::set<uint64_t> serials;
    for (const auto& ticket : data.tickets()) {
        if (!numbers.insert(ticket.number()).second) return "twice: " + ticket.number();
        if (!serials.insert(ticket.key_serial()).second) return "key of " + ticket.number();
        bool held = ticket.state() == TicketState::called || ticket.state() == TicketState::serving;
        auto found = holder.find(ticket.number());
        if (held != (found != holder.end())) return "held: " + ticket.number();
        if (ticket.window() != (held ? found->second : 0)) return "window of " + ticket.number();
        bool early = data.phase() != Phase::open && data.phase() != Phase::extended;
        if (ticket.state() == TicketState::registered && !early) {
            return "registered in an open hall: " + ticket.number();
        }
        if (ticket.service_index() >= static_cast<uint32_t>(ticket.services_size())) {
            return "service of " + ticket.number();
        }
        done += ticket.state() == TicketState::done ? 1 : 0;
    }
    if (done != data.done()) return "count of done";
    protocol::Query query;
    query.mutable_status();
    protocol::Reply reply;
    hall.answer(query, data.last_at_ms(), reply);
    const auto& status = reply.status();
    std::map<int, uint32_t> count;
    for (const auto& ticket : data.tickets()) ++count[ticket.state()];
    uint32_t away = count[TicketState::missed] + count[TicketState::on_errand] +
                    count[TicketState::stepped_out];
    if (status.waiting() != count[TicketState::waiting] || status.away() != away ||
        status.called() != count[TicketState::called] ||
        status.serving() != count[TicketState::serving] ||
        status.registered() != count[TicketState::registered]) {
        return "counts of the status";
    }
    return "";
}

TestHall::TestHall(const protocol::HallRules& rules, const protocol::DayPlan& plan,
                   uint32_t check_every)
    : now_ms_(time_ms("06:00", plan.day())), day_(plan.day()), check_every_(check_every) {
    does(install(rules));
    does(plan_day(plan));
}

TestHall& TestHall::with_days_ahead() {
    plans_ahead_ = true;
    does(plan_ahead(7, day_));
    return *this;
}

TestHall& TestHall::at(const std::string& clock) {
    return at_ms(time_ms(clock, day_));
}

TestHall& TestHall::on_next_day(const std::string& clock) {
    return at_ms(time_ms(clock, day_ + 1));
}

TestHall& TestHall::at_ms(int64_t target_ms) {
    EXPECT_GE(target_ms, now_ms_) << "the clock of a test never goes back";
    for (int ticks = 0; ticks < 10'000; ++ticks) {
        int64_t deadline_ms = *hall_.next_deadline_ms();
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

TestHall& TestHall::by(const std::string& device, const std::string& person) {
    actor_ = {device, person};
    return *this;
}

// Every deadline leads somewhere: an event, or a later deadline.
void TestHall::run_deadline() {
    Command command = tick();
    if (hall_.needs_day_plan(now_ms_)) command = plan_day(test_plan(++day_));
    Decision decision = hall_.decide(command, {"server", ""}, now_ms_);
    ASSERT_TRUE(decision);
    apply(*decision, {"server", ""});
    if (command.has_plan_day() && plans_ahead_) {
        apply(*hall_.decide(plan_ahead(7, day_), {"server", ""}, now_ms_), {"server", ""});
    }
    if (decision->empty()) {
        ASSERT_GT(*hall_.next_deadline_ms(), now_ms_) << "a deadline with nothing to do";
    }
}

Decision TestHall::tries(const Command& command) {
    bool checked = ++steps_ % check_every_ == 0;
    std::string before = checked ? bytes_of(hall_) : "";
    Decision decision = hall_.decide(command, actor_, now_ms_);
    if (checked) {
        EXPECT_EQ(before, bytes_of(hall_)) << "decide() changed the hall";
    }
    if (!decision) return decision;
    apply(*decision, actor_);
    reply_.Clear();
    hall_.describe(command, *decision, now_ms_, reply_);
    return decision;
}

Events TestHall::does(const Command& command) {
    Decision decision = tries(command);
    if (decision) return *decision;
    ADD_FAILURE() << command.ShortDebugString()
                  << " was refused: " << decision.error().ShortDebugString();
    return {};
}

protocol::Refusal TestHall::refuses(const Command& command, RefusalCode::Value code) {
    Decision decision = tries(command);
    if (!decision) {
        EXPECT_EQ(RefusalCode::Value_Name(decision.error().code()), RefusalCode::Value_Name(code))
            << command.ShortDebugString();
        protocol::Refusal read;
        EXPECT_TRUE(read.ParseFromString(decision.error().SerializeAsString()));
        return decision.error();
    }
    ADD_FAILURE() << command.ShortDebugString() << " was not refused";
    return {};
}

void TestHall::apply(const Events& events, const Actor& actor) {
    for (const Event& event : events) {
        hall_.apply(event, hall_.seq() + 1, now_ms_, actor);
        log_.push_back({event, now_ms_, actor});
    }
    if (steps_ % check_every_ == 0) check();
}

void TestHall::check() {
    ASSERT_EQ(contradiction(hall_), "");
    ASSERT_EQ(difference(hall_, Hall::restore(hall_.snapshot()), now_ms_), "");
}

state::Ticket TestHall::ticket(const std::string& number) const {
    const state::Hall data = hall_.snapshot();
    for (const auto& entry : data.tickets()) {
        if (entry.number() == number) return entry;
    }
    return {};
}

WindowState::Value TestHall::window(uint32_t number) const {
    const state::Hall data = hall_.snapshot();
    for (const auto& entry : data.windows()) {
        if (entry.number() == number) return entry.state();
    }
    return WindowState::unknown;
}

state::Appointment TestHall::appointment(uint64_t id) const {
    const state::Hall data = hall_.snapshot();
    for (const auto& entry : data.appointments()) {
        if (entry.appointment() == id) return entry;
    }
    return {};
}

std::vector<protocol::Slot> TestHall::slots(const std::string& service,
                                            const std::string& date) const {
    protocol::Query query;
    query.mutable_slot_list()->set_service(service);
    query.mutable_slot_list()->set_date(date);
    protocol::Reply reply;
    hall_.answer(query, now_ms_, reply);
    EXPECT_TRUE(reply.has_slots()) << reply.ShortDebugString();
    return {reply.slots().slots().begin(), reply.slots().slots().end()};
}

state::Print TestHall::print(uint64_t job) const {
    const state::Hall data = hall_.snapshot();
    for (const auto& entry : data.prints()) {
        if (entry.job() == job) return entry;
    }
    return {};
}

protocol::Ticket TestHall::shown(const std::string& number) const {
    protocol::Query query;
    query.mutable_ticket()->set_number(number);
    query.mutable_ticket()->set_keys(true);
    protocol::Reply reply;
    hall_.answer(query, now_ms_, reply);
    return reply.ticket();
}

protocol::DayReport TestHall::report(const std::string& date) const {
    protocol::Query query;
    query.mutable_report()->set_date(date);
    protocol::Reply reply;
    hall_.answer(query, now_ms_, reply);
    EXPECT_FALSE(reply.has_refusal()) << reply.refusal().ShortDebugString();
    return reply.report();
}

std::vector<LoggedEvent> TestHall::log_from(size_t index) const {
    return {log_.begin() + static_cast<std::ptrdiff_t>(index), log_.end()};
}

void TestHall::miss_whoever_is_next(uint32_t window) {
    does(call_next(window));
    for (int i = 0; i < 2; ++i) after_s(20).does(recall(window));
    after_s(20).does(miss(window));
}

void TestHall::serve_next(uint32_t window) {
    does(call_next(window));
    does(start(window));
}

void OpenHallTest::SetUp() {
    hall.at("09:00");
    for (uint32_t window = 1; window <= 5; ++window) hall.does(open_window(window));
}

}  // namespace hall::core
