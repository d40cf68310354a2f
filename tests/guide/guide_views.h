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
