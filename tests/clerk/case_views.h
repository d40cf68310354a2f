// Sample cases and care views for the clerk's tests.
#pragma once

#include <memory>

#include "displays/console/alarm_model.h"
#include "tests/clerk/clerk_views.h"

namespace hall::clerk {

inline void add_material(protocol::Case& file, const std::string& code, const std::string& name) {
    auto* material = file.add_materials();
    material->set_code(code);
    material->set_name(name);
}

// Case 118 of A023, accepted since twelve minutes: one material here, one back with its owner, one
// missing, one only if needed, one proved by data.
inline void fill_case(protocol::Case& file) {
    file.set_id(118);
    file.set_service("pension_alive");
    file.set_service_name("养老保险待遇领取资格认证");
    file.set_number("A023");
    file.set_masked_name("王*明");
    file.set_escort("G03");
    file.set_escort_name("李华");
    file.set_stage(protocol::CaseStage::acceptance);
    file.set_stage_entered_at_ms(kNineFortyTwo - 12 * kMinuteMs);
    file.set_stage_under_way(true);
    file.set_next_stage(protocol::CaseStage::processing);
    add_material(file, "id_card", "居民身份证");
    add_material(file, "bank_card", "本人银行卡或存折复印件");
    add_material(file, "photo", "近期免冠照片");
    add_material(file, "letter", "授权委托书(由亲友代办时)");
    add_material(file, "residence", "常住人口登记信息");
    file.mutable_materials(0)->set_received(true);
    file.mutable_materials(1)->set_received(true);
    file.mutable_materials(1)->set_returned(true);
    file.mutable_materials(3)->set_conditional(true);
    file.mutable_materials(4)->set_proved_by_data(true);
}

inline protocol::ClerkView with_case() {
    auto view = serving_window();
    view.mutable_head()->set_date("2026-11-24");
    fill_case(*view.add_cases());
    return view;
}

// In processing, nothing missing.
inline protocol::ClerkView with_processing() {
    auto view = with_case();
    auto& file = *view.mutable_cases(0);
    file.set_stage(protocol::CaseStage::processing);
    file.set_next_stage(protocol::CaseStage::feedback);
    file.mutable_materials(2)->set_received(true);
    return view;
}

// The result was told and understood, and the rating is invited.
inline protocol::ClerkView with_told() {
    auto view = with_processing();
    auto& file = *view.mutable_cases(0);
    file.set_stage(protocol::CaseStage::feedback);
    file.set_next_stage(protocol::CaseStage::unknown);
    file.set_result(protocol::CaseResult::approved);
    file.set_told_at_ms(kNineFortyTwo - kMinuteMs);
    file.set_understood(true);
    file.set_rating(protocol::RatingState::invited);
    return view;
}

inline protocol::CareView quiet_hall() {
    protocol::CareView view;
    view.mutable_head()->set_server_time_ms(kNineFortyTwo);
    view.mutable_head()->set_utc_offset_s(8 * 3600);
    const char* places[][2] = {{"entrance", "入口"}, {"hall", "等候区"}, {"self", "自助区"}};
    for (const auto& place : places) {
        view.add_places(place[0]);
        view.add_place_names(place[1]);
    }
    for (const char* day : {"2026-11-25", "2026-11-30"}) view.add_open_days(day);
    const char* staff[][2] = {{"G03", "李华"}, {"C02", "陈静"}, {"S01", "黄国强"}};
    for (const auto& one : staff) {
        auto* person = view.add_staff();
        person->set_number(one[0]);
        person->set_name(one[1]);
        person->set_rank(protocol::StaffRank::clerk);
        person->set_on_duty(true);
        person->set_open_cases(2);
    }
    view.set_staff_count(static_cast<std::uint32_t>(view.staff_size()));
    return view;
}

inline void add_emergency(protocol::CareView& view, std::uint64_t id, const std::string& name,
                          protocol::EmergencyState::Value state) {
    auto* one = view.add_emergencies();
    one->set_id(id);
    one->set_place(name);
    one->set_place_name(name);
    one->set_state(state);
    one->set_raised_at_ms(kNineFortyTwo - static_cast<std::int64_t>(id) * kMinuteMs);
    // What the service fills in for those who may read it; the kind is never on the banner.
    one->set_kind("胸痛");
    one->add_responders("S01");
    one->add_responder_names("黄国强");
    view.set_emergency_count(static_cast<std::uint32_t>(view.emergencies_size()));
}

inline console::AlarmModel::Newest newest_care(protocol::CareView view,
                                               client::FeedState state = client::FeedState::live) {
    console::AlarmModel::Newest out;
    out.view = std::make_shared<const protocol::CareView>(std::move(view));
    out.state = state;
    return out;
}

}  // namespace hall::clerk
