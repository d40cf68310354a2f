// A county hall's morning as the guide's view shows it.
#pragma once

#include <memory>

#include "displays/guide/guide_model.h"

namespace hall::guide {

// 2026-11-24 09:42 in China.
inline constexpr std::int64_t kNineFortyTwo = 1'795'484'520'000;
inline constexpr std::int64_t kMinuteMs = 60'000;

inline protocol::GuideView open_hall() {
    protocol::GuideView view;
    auto& head = *view.mutable_head();
    head.set_seq(40);
    head.set_server_time_ms(kNineFortyTwo);
    head.set_utc_offset_s(8 * 3600);
    head.set_date("2026-11-24");
    head.set_phase(protocol::Phase::open);
    view.set_opening_at_ms(kNineFortyTwo - 72 * kMinuteMs);
    view.set_closing_at_ms(kNineFortyTwo + 468 * kMinuteMs);
    view.set_next_opening_at_ms(kNineFortyTwo + (24 * 60 - 72) * kMinuteMs);
    view.set_waiting_count(14);
    const char* services[][3] = {
        {"pension_claim", "领养老金", "A"},    {"pension_alive", "资格认证", "A"},
        {"retirement", "办退休", "C"},         {"survivors", "遗属待遇", "C"},
        {"pension_transfer", "养老转移", "C"}, {"card_new", "办社保卡", "B"},
        {"card_replace", "补换社保卡", "B"},   {"card_password", "重置密码", "B"},
        {"enrol_resident", "居民参保", "D"},   {"enrol_flexible", "灵活就业参保", "D"},
        {"unemployment", "失业金", "D"},       {"consultation", "咨询", "E"}};
    std::uint32_t ahead = 3;
    for (const auto& one : services) {
        auto* service = view.add_services();
        service->set_code(one[0]);
        service->set_name(std::string("城乡居民") + one[1]);
        service->set_short_name(one[1]);
        service->set_letter(one[2]);
        service->set_ahead(ahead++);
        service->set_windows_open(2);
    }
    struct Category {
        const char* code;
        const char* name;
        int minutes;
        bool by_sight;
    };
    for (const Category& one :
         {Category{"serviceman", "现役及退役军人", 0, false},
          Category{"80plus", "80 岁以上", 20, false}, Category{"70plus", "70 至 79 岁", 10, false},
          Category{"60plus", "60 至 69 岁", 5, false}, Category{"disabled", "残疾人", 15, true},
          Category{"pregnant", "孕妇", 15, true}, Category{"infant", "带婴幼儿", 15, true}}) {
        auto* category = view.add_categories();
        category->set_code(one.code);
        category->set_name(one.name);
        category->set_credit_ms(one.minutes * kMinuteMs);
        category->set_by_sight(one.by_sight);
    }
    for (const char* name : {"entrance", "self-service"}) {
        auto* printer = view.add_printers();
        printer->set_name(name);
        printer->set_state(protocol::PrinterState::ok);
        printer->set_fallback(std::string(name) == "entrance" ? "self-service" : "entrance");
    }
    return view;
}

// With all that the ticketing policy shows: waits, languages, appointments, notices.
inline protocol::GuideView busy_hall() {
    protocol::GuideView view = open_hall();
    for (auto& service : *view.mutable_services()) {
        service.set_wait_low_ms((service.ahead() / 5 * 5 + 5) * kMinuteMs);
        service.set_wait_high_ms((service.ahead() / 5 * 5 + 15) * kMinuteMs);
    }
    for (const char* tag : {"cmn-x-guiliu", "hak", "yue", "za"}) view.add_languages(tag);
    view.set_gives_appointments(true);
    view.set_proxy_inherits(true);
    view.set_reserve_advised(true);
    view.add_looks()->set_number("A023");
    view.mutable_looks(0)->set_window(2);
    auto* row = view.add_unspoken();
    row->set_number("A012");
    row->set_must_speak("za");
    view.set_unspoken_count(1);
    return view;
}

// A slot of half an hour, `slots` half hours after nine.
inline protocol::Appointment& add_appointment(protocol::GuideView& view, std::uint64_t id,
                                              int slots) {
    auto* one = view.add_appointments();
    one->set_appointment(id);
    one->set_state(protocol::AppointmentState::booked);
    one->set_kind(protocol::AppointmentKind::booked);
    one->set_date("2026-11-24");
    one->set_slot_ms(kNineFortyTwo + (slots * 30 - 42) * kMinuteMs);
    one->set_slot_end_ms(one->slot_ms() + 30 * kMinuteMs);
    one->set_grace_until_ms(one->slot_ms() + 15 * kMinuteMs);
    one->add_services("retirement");
    one->add_service_names("城乡居民办退休");
    one->set_green(true);
    view.set_appointment_count(view.appointment_count() + 1);
    return *one;
}

inline protocol::WaitingRow& add_closing_offer(
    protocol::GuideView& view, const std::string& number,
    protocol::ClosingChoice::Value choice = protocol::ClosingChoice::undecided) {
    auto* row = view.add_closing_offers();
    row->set_number(number);
    row->set_green(true);
    row->set_service_name("资格认证");
    row->set_state(protocol::TicketState::waiting);
    row->set_closing_choice(choice);
    if (choice == protocol::ClosingChoice::undecided) {
        view.set_undecided_count(view.undecided_count() + 1);
    }
    return *row;
}

inline void add_slot(protocol::SlotList& list, const std::string& date, std::int64_t slot_ms,
                     std::uint32_t free, bool off_peak = false) {
    auto* slot = list.add_slots();
    slot->set_date(date);
    slot->set_slot_ms(slot_ms);
    slot->set_slot_end_ms(slot_ms + 30 * kMinuteMs);
    slot->set_places(4);
    slot->set_free(free);
    slot->set_off_peak(off_peak);
}

// As the hall answers: off-peak first, full ones last. Tomorrow's 08:30 and 09:00 are not off-peak.
inline protocol::Reply some_slots() {
    constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;
    constexpr std::int64_t kHalfPastEight = kNineFortyTwo - 72 * kMinuteMs;
    protocol::Reply reply;
    auto& list = *reply.mutable_slots();
    const char* dates[] = {"2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"};
    for (int day = 0; day < 4; ++day) {
        const auto at = [&](int slot) {
            return kHalfPastEight + day * kDayMs + slot * 30 * kMinuteMs;
        };
        for (int slot = 10; slot < 14; ++slot) add_slot(list, dates[day], at(slot), 4, true);
        for (int slot = day == 0 ? 3 : 0; slot < 10; ++slot)
            add_slot(list, dates[day], at(slot), 2);
        add_slot(list, dates[day], at(15), 0);
    }
    return reply;
}

inline protocol::Reply booked(std::uint64_t id, std::int64_t slot_ms) {
    protocol::Reply reply;
    auto* appointment = reply.mutable_appointment();
    appointment->set_appointment(id);
    appointment->set_kind(protocol::AppointmentKind::booked);
    appointment->set_slot_ms(slot_ms);
    appointment->set_slot_end_ms(slot_ms + 30 * kMinuteMs);
    appointment->add_services("pension_claim");
    appointment->add_service_names("城乡居民领养老金");
    return reply;
}

inline protocol::GuideView early_hall() {
    protocol::GuideView view = open_hall();
    view.mutable_head()->set_phase(protocol::Phase::early_waiting);
    view.set_seats(8);
    view.set_seats_free(3);
    return view;
}

inline void add_print(protocol::GuideView& view, std::uint64_t job, const std::string& number,
                      protocol::PrintState::Value state,
                      protocol::PrinterState::Value cause = protocol::PrinterState::unknown) {
    auto* print = view.add_prints();
    print->set_job(job);
    print->set_number(number);
    print->set_printer("entrance");
    print->set_state(state);
    print->set_cause(cause);
    print->set_attempt(1);
    print->set_requested_at_ms(view.head().server_time_ms());
}

inline void add_away(protocol::GuideView& view, const std::string& number,
                     protocol::TicketState::Value state) {
    auto* row = view.add_away();
    row->set_number(number);
    row->set_green(true);
    row->set_service_name("资格认证");
    row->set_state(state);
    view.set_away_count(view.away_count() + 1);
}

inline GuideModel::Newest newest(protocol::GuideView view,
                                 client::FeedState state = client::FeedState::live) {
    GuideModel::Newest out;
    out.view = std::make_shared<const protocol::GuideView>(std::move(view));
    out.state = state;
    return out;
}

inline protocol::Reply issued(const std::string& number, std::uint64_t job) {
    protocol::Reply reply;
    auto* ticket = reply.mutable_ticket();
    ticket->set_number(number);
    ticket->set_green(true);
    ticket->set_ahead(5);
    ticket->add_services("pension_claim");
    ticket->set_service_name("城乡居民领养老金");
    ticket->set_print_job(job);
    return reply;
}

}  // namespace hall::guide
