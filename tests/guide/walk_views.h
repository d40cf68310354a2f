// A morning of walking with people: cases in every stage, colleagues on duty, things lent.
#pragma once

#include <memory>

#include "displays/guide/walk_model.h"
#include "tests/guide/guide_views.h"

namespace hall::guide {

inline void add_staff(google::protobuf::RepeatedPtrField<protocol::Staff>& list,
                      const std::string& number, const std::string& name, std::uint32_t cases) {
    auto* staff = list.Add();
    staff->set_number(number);
    staff->set_name(name);
    staff->set_rank(protocol::StaffRank::guide);
    staff->set_on_duty(true);
    staff->set_device("device-" + number);
    staff->set_open_cases(cases);
}

inline protocol::Case& add_case(protocol::CasesView& view, std::uint64_t id,
                                protocol::CaseStage::Value stage, const std::string& escort) {
    auto* one = view.add_cases();
    one->set_id(id);
    one->set_service("card_new");
    one->set_service_name("社会保障卡申领");
    one->set_number(id % 2 == 0 ? "B0" + std::to_string(10 + id) : "");
    one->set_masked_name(id % 3 == 0 ? "欧阳*" : "王*明");
    one->set_escort(escort);
    one->set_stage(stage);
    one->set_next_stage(stage == protocol::CaseStage::feedback
                            ? protocol::CaseStage::unknown
                            : static_cast<protocol::CaseStage::Value>(stage + 1));
    one->set_stage_entered_at_ms(kNineFortyTwo - static_cast<std::int64_t>(id) * 3 * kMinuteMs);
    one->set_stage_under_way(true);
    view.set_case_count(view.case_count() + 1);
    for (auto& column : *view.mutable_columns()) {
        if (column.stage() == stage) {
            column.set_count(column.count() + 1);
            return *one;
        }
    }
    auto* column = view.add_columns();
    column->set_stage(stage);
    column->set_count(1);
    return *one;
}

inline protocol::CasesView some_cases() {
    protocol::CasesView view;
    view.mutable_head()->set_seq(40);
    view.mutable_head()->set_date("2026-11-24");
    add_staff(*view.mutable_staff(), "G01", "李娜", 2);
    add_staff(*view.mutable_staff(), "G02", "韦国强", 3);
    add_staff(*view.mutable_staff(), "G03", "黄美玲", 0);
    add_case(view, 1, protocol::CaseStage::reception, "G01");
    add_case(view, 2, protocol::CaseStage::copying, "G01").set_waiting_for_visitor(true);
    add_case(view, 3, protocol::CaseStage::copying, "G02").set_offered_to("G01");
    add_case(view, 4, protocol::CaseStage::form_filling, "G02").set_stage_under_way(false);
    add_case(view, 5, protocol::CaseStage::processing, "G02").set_overdue(true);
    add_case(view, 6, protocol::CaseStage::feedback, "G03");
    view.set_overdue(1);
    view.set_waiting_for_visitor(1);
    const char* services[][2] = {{"pension_claim", "城乡居民基本养老保险待遇申领"},
                                 {"card_new", "社会保障卡申领"},
                                 {"medical", "异地就医备案"}};
    for (const auto& one : services) {
        auto* item = view.add_services();
        item->set_code(one[0]);
        item->set_name(one[1]);
    }
    return view;
}

inline protocol::Case with_materials(protocol::Case one) {
    const auto add = [&](const char* code, const char* name) {
        auto* material = one.add_materials();
        material->set_code(code);
        material->set_name(name);
        return material;
    };
    auto* id_card = add("id_card", "居民身份证");
    id_card->set_received(true);
    id_card->set_received_at_ms(kNineFortyTwo - 10 * kMinuteMs);
    add("photo", "近期一寸免冠白底照片")->set_asked(true);
    add("application", "社会保障卡申领登记表");
    add("household", "户口簿")->set_proved_by_data(true);
    add("proxy_letter", "授权委托书")->set_conditional(true);
    auto* visit = one.add_visits();
    visit->set_stage(protocol::CaseStage::reception);
    visit->set_outcome(protocol::StageOutcome::done);
    visit = one.add_visits();
    visit->set_stage(protocol::CaseStage::consultation);
    visit->set_outcome(protocol::StageOutcome::skipped);
    return one;
}

inline protocol::Facility& add_facility(protocol::CareView& view, const std::string& code,
                                        const std::string& name, protocol::FacilityKind::Value kind,
                                        std::uint32_t count, std::uint32_t lent) {
    auto* one = view.add_facilities();
    one->set_code(code);
    one->set_name(name);
    one->set_kind(kind);
    one->set_count(count);
    one->set_lent(lent);
    return *one;
}

inline protocol::CareView some_care() {
    protocol::CareView view;
    for (const char* day : {"2026-11-25", "2026-11-26", "2026-11-30"}) view.add_open_days(day);
    view.mutable_head()->set_seq(40);
    add_staff(*view.mutable_staff(), "G01", "李娜", 2);
    add_staff(*view.mutable_staff(), "G02", "韦国强", 3);
    add_staff(*view.mutable_staff(), "G03", "黄美玲", 0);
    const char* places[][2] = {{"entrance", "入口"},
                               {"early", "提前等候区"},
                               {"waiting", "等候区"},
                               {"self_service", "自助服务区"},
                               {"seats", "爱心专座"}};
    for (const auto& one : places) {
        view.add_places(one[0]);
        view.add_place_names(one[1]);
    }
    add_facility(view, "glasses_200", "老花镜 200 度", protocol::FacilityKind::lent, 5, 2);
    add_facility(view, "wheelchair", "轮椅", protocol::FacilityKind::lent, 1, 1);
    add_facility(view, "water", "饮用水", protocol::FacilityKind::consumable, 24, 0)
        .set_expires("2027-03-01");
    add_facility(view, "first_aid", "急救箱纱布", protocol::FacilityKind::consumable, 3, 0)
        .set_expires("2026-10-01");
    view.mutable_facilities(3)->set_expired(true);
    add_facility(view, "love_seat", "爱心专座", protocol::FacilityKind::seat, 8, 3);
    auto* loan = view.add_loans();
    loan->set_id(71);
    loan->set_facility("wheelchair");
    loan->set_name("轮椅");
    loan->set_number("A012");
    loan->set_lent_at_ms(kNineFortyTwo - 30 * kMinuteMs);
    view.set_loan_count(1);
    return view;
}

inline protocol::Emergency& add_emergency(protocol::CareView& view, std::uint64_t id) {
    auto* one = view.add_emergencies();
    one->set_id(id);
    one->set_state(protocol::EmergencyState::raised);
    one->set_place("waiting");
    one->set_place_name("等候区");
    one->set_kind("胸闷胸痛");
    one->set_raised_at_ms(kNineFortyTwo);
    for (const char* step : {"拨打 120", "取自动体外除颤器(AED)", "疏散围观、清出通道", "通知家属",
                             "到门口接应救护车"}) {
        one->add_steps()->set_text(step);
    }
    one->add_responders("G02");
    one->add_responder_names("韦国强");
    view.set_emergency_count(view.emergency_count() + 1);
    return *one;
}

template <typename View>
client::Newest<View> live(View view) {
    client::Newest<View> out;
    out.view = std::make_shared<const View>(std::move(view));
    out.state = client::FeedState::live;
    return out;
}

inline protocol::Reply checked_in(std::uint64_t id, const std::string& masked_name,
                                  protocol::CheckInState::Value state) {
    protocol::Reply reply;
    auto* one = reply.mutable_check_in();
    one->set_id(id);
    one->set_masked_name(masked_name);
    one->set_state(state);
    return reply;
}

}  // namespace hall::guide
