// MemoryHall: the real core of the hall, in memory, as a lane sees it. A day is open, one service,
// one window, one printer "ticket". Any thread.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "hall-server/core/hall.h"
#include "printers/agent/lane.h"
#include "protocol/check.h"

namespace hall::tests {

class MemoryHall {
  public:
    MemoryHall() {
        protocol::Command install;
        protocol::HallRules& rules = *install.mutable_install_rules()->mutable_rules();
        rules.set_hall_code("hengzhou");
        rules.set_hall_name("横州市社会保险服务大厅");
        auto& service = *rules.add_services();
        service.set_code("pension");
        service.set_letter("A");
        service.set_name("城乡居民养老保险待遇申领");
        auto& category = *rules.add_categories();
        category.set_code("80plus");
        category.set_credit_ms(40 * 60'000);
        auto& window = *rules.add_windows();
        window.set_number(1);
        window.add_services("pension");
        window.set_zone("hall");
        rules.add_zones()->set_code("hall");
        rules.add_printers()->set_name("ticket");
        rules.add_groups()->set_letter("A");
        rules.set_credit_limit_ms(60 * 60'000);
        rules.set_ticket_printer("ticket");
        send(install);
        protocol::Command plan;
        protocol::DayPlan& day = *plan.mutable_plan_day()->mutable_plan();
        day.set_date("2026-11-24");
        day.set_day(20'781);
        day.set_opens(true);
        day.set_early_waiting_at_ms(now_ms_);
        day.set_opening_at_ms(now_ms_);
        day.set_closing_at_ms(now_ms_ + 8 * 3'600'000);
        day.set_extension_end_at_ms(now_ms_ + 9 * 3'600'000);
        day.set_midnight_at_ms(now_ms_ + 14 * 3'600'000);
        day.set_utc_offset_s(8 * 3'600);
        send(plan);
        protocol::Command open;
        open.mutable_open_hall();
        send(open);
        protocol::Command window_open;
        window_open.mutable_open_window()->set_window(1);
        send(window_open);
    }

    // As the server answers: refusals are answers, an unreachable server is an error.
    client::Answer send(const protocol::Command& command) {
        const std::lock_guard lock(mutex_);
        if (unreachable_) return tl::unexpected(Error{"server_unreachable", "switched off"});
        protocol::Reply reply;
        now_ms_ += 10;
        const core::Actor actor{"printd", ""};
        const auto events = hall_.decide(command, actor, now_ms_);
        if (!events) {
            *reply.mutable_refusal() = events.error();
            return reply;
        }
        for (const protocol::Event& event : *events) {
            hall_.apply(event, hall_.seq() + 1, now_ms_, actor);
        }
        hall_.describe(command, *events, now_ms_, reply);
        return reply;
    }

    // The number of a new ticket, whose slip is now to be printed.
    std::string issue(bool green = false) {
        protocol::Command command;
        command.mutable_issue_ticket()->add_services("pension");
        if (green) command.mutable_issue_ticket()->add_categories("80plus");
        const client::Answer answer = send(command);
        HALL_CHECK(answer && answer->has_ticket());
        return answer->ticket().number();
    }

    protocol::PrintJob print_of(const std::string& number) {
        protocol::Query query;
        query.mutable_print_list();
        const std::lock_guard lock(mutex_);
        protocol::Reply reply;
        hall_.answer(query, now_ms_, reply);
        for (const auto& job : reply.print_jobs().print_jobs()) {
            if (job.number() == number) return job;
        }
        return {};
    }

    protocol::PrinterState::Value printer_state() {
        const std::lock_guard lock(mutex_);
        return hall_.printer_view(now_ms_).printers(0).state();
    }

    // Until switched on again nobody gets an answer.
    void set_unreachable(bool unreachable) {
        const std::lock_guard lock(mutex_);
        unreachable_ = unreachable;
    }

    printers::agent::HallPort port() {
        printers::agent::HallPort port;
        port.send = [this](const protocol::Command& command, const std::string&) {
            return send(command);
        };
        port.newest = [this] {
            const std::lock_guard lock(mutex_);
            return std::make_shared<const protocol::PrinterView>(hall_.printer_view(now_ms_));
        };
        return port;
    }

  private:
    std::mutex mutex_;
    core::Hall hall_;
    std::int64_t now_ms_ = 1'795'484'520'000;  // 2026-11-24 09:42 in Nanning
    bool unreachable_ = false;
};

}  // namespace hall::tests
