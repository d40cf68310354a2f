#include "tests/core/random_day.h"

namespace hall::core {

namespace {

const Words kServices{"pension", "medical", "card", "jobs"};

}  // namespace

RandomDay::RandomDay(uint64_t seed, const DayOptions& options)
    : random_(seed),
      options_(options),
      rules_(random_rules()),
      hall_(rules_, test_plan(), options.check_every),
      auditor_(options.order != nullptr ? DayAuditor(options.order) : DayAuditor()) {}

int64_t RandomDay::below(int64_t end) {
    // Not uniform_int_distribution: the same seed shall be the same day with every library.
    return static_cast<int64_t>(random_() % static_cast<uint64_t>(end));
}

// Random skills, and a last window that serves everybody, so that no need is without one.
protocol::HallRules RandomDay::random_rules() {
    protocol::HallRules rules = test_rules();
    auto last = static_cast<int>(1 + below(5));
    rules.mutable_windows()->DeleteSubrange(last, 5 - last);
    for (int i = 0; i < last; ++i) {
        auto& window = *rules.mutable_windows(i);
        bool all = i + 1 == last;
        window.clear_services();
        window.clear_languages();
        for (const auto& code : kServices) {
            if (all || chance_of(50)) window.add_services(code);
        }
        for (const char* tag : {"cmn", "za", "yue"}) {
            if (all || chance_of(50)) window.add_languages(tag);
        }
        window.set_step_free(all || chance_of(50));
        window.clear_interprets();
        if (chance_of(30)) window.add_interprets("za");
    }
    if (options_.adjust != nullptr) options_.adjust(rules);
    return rules;
}

Command RandomDay::random_ticket() {
    Command command;
    auto& ticket = *command.mutable_issue_ticket();
    ticket.add_services(one_of(kServices));
    if (chance_of(15) && ticket.services(0) != "jobs") ticket.add_services("jobs");
    if (chance_of(50)) {
        auto categories = rules_.categories_size();
        ticket.add_categories(rules_.categories(static_cast<int>(below(categories))).code());
    }
    if (chance_of(10)) ticket.set_must_speak(chance_of(50) ? "za" : "cmn");
    if (chance_of(10)) ticket.set_step_free(true);
    ticket.set_no_print(chance_of(50));
    if (auditor_.phase() != Phase::early_waiting) return command;
    Command early;
    *early.mutable_register_early_waiting()->mutable_ticket() = ticket;
    early.mutable_register_early_waiting()->set_seat(chance_of(20));
    return early;
}

Command RandomDay::at_window(uint32_t window) {
    switch (auditor_.state_at(window)) {
        case TicketState::called:
            if (options_.returns && chance_of(50))
                return chance_of(50) ? recall(window) : miss(window);
            return start(window);
        case TicketState::serving:
            if (options_.returns && chance_of(15)) return errand(window);
            if (options_.returns && chance_of(10)) return transfer(window, one_of(kServices));
            if (options_.returns && chance_of(30)) return next_service(window);
            return finish(window);
        default:
            break;
    }
    if (chance_of(4)) return chance_of(50) ? close_window(window) : pause_window(window);
    if (chance_of(10)) return open_window(window);
    if (options_.returns && chance_of(3)) {
        return reserve(window, chance_of(50) ? 0 : 5 * (1 + below(4)) * kMinuteMs);
    }
    auto waiting = auditor_.numbers({TicketState::waiting});
    if (options_.returns && chance_of(3) && !waiting.empty()) {
        return call_ticket(window, one_of(waiting));
    }
    return call_next(window);
}

Command RandomDay::about_the_away() {
    auto away =
        auditor_.numbers({TicketState::missed, TicketState::on_errand, TicketState::stepped_out});
    if (!away.empty() && chance_of(60)) return come_back(one_of(away));
    auto waiting = auditor_.numbers({TicketState::waiting});
    if (waiting.empty()) return random_ticket();
    return chance_of(80) ? step_out(one_of(waiting)) : cancel(one_of(waiting));
}

Command RandomDay::about_prints() {
    auto job = static_cast<uint64_t>(1 + below(10));
    switch (below(4)) {
        case 0:
            return retry_print(job, chance_of(50) ? "back" : "");
        case 1:
            return report(job, static_cast<PrintState::Value>(3 + below(3)));
        default:
            return claim(job);
    }
}

Command RandomDay::random_step() {
    auto window = static_cast<uint32_t>(1 + below(rules_.windows_size()));
    int64_t kind = below(100);
    if (kind < 40) return random_ticket();
    if (kind < 85) return at_window(window);
    if (kind < 92 && options_.returns) return about_the_away();
    if (kind < 96) return about_prints();
    if (kind < 97 && options_.rules_change) {
        protocol::HallRules changed = random_rules();
        // Windows may not vanish or appear here: the day's steps name them.
        if (changed.windows_size() != rules_.windows_size()) return open_window(window);
        return install(changed);
    }
    if (kind < 98 && options_.order == nullptr) {
        if (chance_of(20)) return close_hall();
        if (chance_of(50)) return open_hall();
        return extend_hall(time_ms("16:30") + below(7) * 20 * kMinuteMs);
    }
    return open_window(window);
}

void RandomDay::audit() {
    const auto& log = hall_.log();
    for (; seen_ < log.size(); ++seen_) {
        calls_ += log[seen_].event.has_ticket_called() ? 1 : 0;
        auditor_.see(log[seen_]);
    }
}

void RandomDay::run() {
    hall_.at_ms(time_ms("07:40") + below(2 * kHourMs));
    for (int step = 0; step < options_.steps && complaint().empty(); ++step) {
        hall_.at_ms(hall_.now_ms() + below(4) * (1 + below(90)) * kSecondMs);
        audit();
        hall_.tries(random_step());
        audit();
    }
    if (!complaint().empty() || options_.order != nullptr) return;
    hall_.on_next_day("07:00");
    audit();
}

}  // namespace hall::core
