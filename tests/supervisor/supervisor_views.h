// A sample view for the supervisor's tests: something in every section.
#pragma once

#include <memory>

#include "displays/supervisor/supervisor_model.h"

namespace hall::supervisor {

// 2026-11-24 09:42 in China.
inline constexpr std::int64_t kNineFortyTwo = 1'795'484'520'000;
inline constexpr std::int64_t kMinuteMs = 60'000;

inline void fill_case(protocol::Case& file, std::uint64_t id) {
    file.set_id(id);
    file.set_service_name("养老保险待遇领取资格认证");
    file.set_masked_name("王*明");
    file.set_escort("G03");
    file.set_escort_name("李华");
    file.set_stage(protocol::CaseStage::processing);
    file.set_promised_by("2026-11-20");
    file.set_overdue(true);
}

inline protocol::Emergency& add_emergency(protocol::SupervisorView& view, std::uint64_t id,
                                          protocol::EmergencyState::Value state) {
    auto& one = *view.add_emergencies();
    one.set_id(id);
    one.set_place("hall");
    one.set_place_name("等候区");
    one.set_number("A017");
    one.set_state(state);
    one.set_raised_at_ms(kNineFortyTwo - 3 * kMinuteMs);
    one.set_kind("胸痛");
    for (const char* step : {"拨打 120", "取除颤仪", "清出通道"}) one.add_steps()->set_text(step);
    one.mutable_steps(0)->set_done_at_ms(kNineFortyTwo);
    return one;
}

inline protocol::SupervisorView busy_day() {
    protocol::SupervisorView view;
    auto& head = *view.mutable_head();
    head.set_seq(40);
    head.set_server_time_ms(kNineFortyTwo);
    head.set_utc_offset_s(8 * 3600);
    head.set_hall_name("南宁市社保服务大厅");
    for (std::uint64_t id = 101; id < 113; ++id) fill_case(*view.add_overdue(), id);
    view.set_overdue_count(15);
    add_emergency(view, 7, protocol::EmergencyState::acknowledged).set_acknowledged_by("S01");
    add_emergency(view, 5, protocol::EmergencyState::closed)
        .set_outcome(protocol::EmergencyOutcome::recovered);
    view.mutable_emergencies(1)->set_drill(true);
    auto& question = *view.add_overrides();
    question.set_kind(protocol::DayReport::Question::out_of_order);
    question.set_number("A031");
    question.set_window(3);
    question.set_at_ms(kNineFortyTwo - 20 * kMinuteMs);
    question.set_actor("supervisor-1/S01");
    question.set_reason(protocol::Reason::frail);
    view.set_override_count(1);
    auto& follow_up = *view.add_follow_ups();
    fill_case(follow_up, 96);
    follow_up.set_overdue(false);
    follow_up.set_grade(2);
    follow_up.set_follow_up_open(true);
    follow_up.set_follow_up_by("2026-11-27");
    view.set_follow_up_count(1);
    auto& unrated = *view.add_unrated();
    fill_case(unrated, 99);
    unrated.set_told_at_ms(kNineFortyTwo - 71 * 60 * kMinuteMs);
    for (const auto state : {protocol::PrinterState::ok, protocol::PrinterState::paper_out}) {
        auto& printer = *view.add_printers();
        printer.set_name(state == protocol::PrinterState::ok ? "entrance" : "counter");
        printer.set_state(state);
        printer.set_waiting_jobs(2);
        printer.set_fallback("office");
    }
    for (std::uint32_t number = 1; number <= 12; ++number) {
        auto& window = *view.add_windows();
        window.set_number(number);
        window.set_state(number % 3 == 0 ? protocol::WindowState::paused
                                         : protocol::WindowState::serving);
        window.set_pause_reason(protocol::Reason::meal);
        window.set_ticket_number(number % 3 == 0 ? "" : "A0" + std::to_string(20 + number));
        window.set_served_today(10 + number);
    }
    for (int i = 0; i < 4; ++i) {
        auto& staff = *view.add_staff();
        staff.set_number("G0" + std::to_string(i));
        staff.set_name("李华");
        staff.set_rank(protocol::StaffRank::guide);
        staff.set_device("guide-" + std::to_string(i));
        staff.set_on_duty(true);
        staff.set_open_cases(static_cast<std::uint32_t>(i));
        staff.set_offered_cases(i == 2 ? 1 : 0);
        staff.set_training_current(i % 2 == 0);
    }
    auto& loan = *view.add_overdue_loans();
    loan.set_name("轮椅");
    loan.set_number("A011");
    loan.set_lent_at_ms(kNineFortyTwo - 90 * kMinuteMs);
    loan.set_by("guide-1/G01");
    auto& consultation = *view.add_consultations();
    consultation.set_id(31);
    consultation.set_service_name("企业职工基本养老保险视同缴费年限认定");
    consultation.set_masked_name("韦*芳");
    consultation.set_owner_name("陈静");
    consultation.set_office("市人社局养老保险科");
    consultation.set_answer_by("2026-11-23");
    consultation.set_overdue(true);
    return view;
}

inline SupervisorModel::Newest newest(protocol::SupervisorView view,
                                      client::FeedState state = client::FeedState::live) {
    SupervisorModel::Newest out;
    out.view = std::make_shared<const protocol::SupervisorView>(std::move(view));
    out.state = state;
    return out;
}

inline console::AlarmModel::Newest care_of(const protocol::SupervisorView& view) {
    protocol::CareView care;
    *care.mutable_head() = view.head();
    care.add_places("hall");
    care.add_place_names("等候区");
    for (const auto& one : view.emergencies()) {
        if (one.state() != protocol::EmergencyState::closed) *care.add_emergencies() = one;
    }
    *care.mutable_staff() = view.staff();
    care.set_staff_count(static_cast<std::uint32_t>(view.staff_size()));
    care.set_emergency_count(static_cast<std::uint32_t>(care.emergencies_size()));
    console::AlarmModel::Newest out;
    out.view = std::make_shared<const protocol::CareView>(std::move(care));
    out.state = client::FeedState::live;
    return out;
}

}  // namespace hall::supervisor
