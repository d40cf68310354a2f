// A window's morning as the clerk's view shows it.
#pragma once

#include <memory>

#include "displays/clerk/clerk_model.h"

namespace hall::clerk {

// 2026-11-24 09:42 in China.
inline constexpr std::int64_t kNineFortyTwo = 1'795'484'520'000;
inline constexpr std::int64_t kMinuteMs = 60'000;

inline void fill_ticket(protocol::Ticket& ticket, const std::string& number) {
    ticket.set_number(number);
    ticket.set_green(true);
    ticket.set_credit_ms(20 * kMinuteMs);
    ticket.set_entered_at_ms(kNineFortyTwo - 7 * kMinuteMs);
    ticket.set_waited_ms(7 * kMinuteMs);
    ticket.set_locked_after_ms(kNineFortyTwo - 61 * kMinuteMs);
    ticket.set_claim(protocol::Claim::credit);
    ticket.set_wait_low_ms(1 * kMinuteMs);
    ticket.set_wait_high_ms(4 * kMinuteMs);
    ticket.add_services("pension_alive");
    ticket.set_service_name("养老保险待遇领取资格认证");
    ticket.set_state(protocol::TicketState::waiting);
}

inline void add_row(google::protobuf::RepeatedPtrField<protocol::WaitingRow>& rows,
                    const std::string& number, int minutes,
                    protocol::TicketState::Value state = protocol::TicketState::waiting) {
    auto* row = rows.Add();
    row->set_number(number);
    row->set_green(minutes % 2 == 1);
    row->set_service_name("资格认证");
    row->set_entered_at_ms(kNineFortyTwo - minutes * kMinuteMs);
    row->set_state(state);
}

// Window 2, open and free, 14 waiting, A024 next.
inline protocol::ClerkView idle_window() {
    protocol::ClerkView view;
    auto& head = *view.mutable_head();
    head.set_seq(40);
    head.set_server_time_ms(kNineFortyTwo);
    head.set_utc_offset_s(8 * 3600);
    head.set_phase(protocol::Phase::open);
    auto& window = *view.mutable_window();
    window.set_number(2);
    window.set_state(protocol::WindowState::idle);
    for (const char* code : {"pension_claim", "pension_alive"}) window.add_services(code);
    for (const char* tag : {"cmn", "za"}) window.add_languages(tag);
    window.set_served_today(31);
    window.set_offer("A024");
    fill_ticket(*view.mutable_offer(), "A024");
    for (int i = 0; i < 14; ++i) {
        add_row(*view.mutable_waiting(), "A0" + std::to_string(24 + i), 24 - i);
    }
    view.set_waiting_count(14);
    const char* services[][2] = {{"pension_claim", "领养老金"},
                                 {"pension_alive", "资格认证"},
                                 {"retirement", "办退休"},
                                 {"card_new", "办社保卡"}};
    for (const auto& one : services) {
        auto* service = view.add_services();
        service->set_code(one[0]);
        service->set_name(one[1]);
    }
    view.mutable_services(0)->add_windows(2);
    view.mutable_services(3)->add_windows(5);
    view.mutable_services(3)->add_windows(6);
    return view;
}

inline protocol::ClerkView at_window(protocol::WindowState::Value state,
                                     protocol::TicketState::Value ticket_state) {
    protocol::ClerkView view = idle_window();
    view.mutable_window()->set_state(state);
    view.mutable_window()->set_ticket_number("A023");
    auto& current = *view.mutable_current();
    fill_ticket(current, "A023");
    current.set_state(ticket_state);
    current.set_window(2);
    current.set_calls(1);
    return view;
}

// A023 called once, just now.
inline protocol::ClerkView calling_window() {
    auto view = at_window(protocol::WindowState::calling, protocol::TicketState::called);
    view.set_recall_from_ms(kNineFortyTwo + 20'000);
    view.set_missed_from_ms(kNineFortyTwo + 60'000);
    view.set_calls_before_missed(2);
    return view;
}

// A023 is served since six minutes.
inline protocol::ClerkView serving_window() {
    auto view = at_window(protocol::WindowState::serving, protocol::TicketState::serving);
    view.mutable_current()->set_started_at_ms(kNineFortyTwo - 6 * kMinuteMs);
    return view;
}

inline ClerkModel::Newest newest(protocol::ClerkView view,
                                 client::FeedState state = client::FeedState::live) {
    ClerkModel::Newest out;
    out.view = std::make_shared<const protocol::ClerkView>(std::move(view));
    out.state = state;
    return out;
}

}  // namespace hall::clerk
