#include "tests/core/elder_story.h"

namespace hall::core {
namespace {

using protocol::CaseStage;
using protocol::VaultKind;

void add_material(protocol::HallRules::Service& service, const char* code, const char* name,
                  bool proved_by_data = false, bool conditional = false) {
    auto* material = service.add_materials();
    material->set_code(code);
    material->set_name(name);
    material->set_proved_by_data(proved_by_data);
    material->set_conditional(conditional);
}

void add_facility(protocol::HallRules& rules, const char* code, protocol::FacilityKind::Value kind,
                  uint32_t count) {
    auto* facility = rules.add_facilities();
    facility->set_code(code);
    facility->set_name(code);
    facility->set_kind(kind);
    facility->set_count(count);
}

void add_station(protocol::HallRules& rules, const char* code, CaseStage::Value stage,
                 uint32_t window) {
    auto* station = rules.add_stations();
    station->set_code(code);
    station->set_name(code);
    station->set_stage(stage);
    station->set_window(window);
}

void keep(protocol::HallRules& rules, VaultKind::Value kind, uint32_t days) {
    auto* row = rules.add_retention();
    row->set_kind(kind);
    row->set_days(days);
}

// Fills one message of a command in place.
template <typename Body, typename Fill>
Command make(Body* (Command::*body)(), Fill fill) {
    Command command;
    fill(*(command.*body)());
    return command;
}

class Story {
  public:
    TestHall tell() {
        staff_comes();
        early_morning();
        hall_.at("08:30");
        stations_and_dizziness();
        at_the_window();
        beside_it();
        tuesday();
        wednesday();
        what_is_left();
        return std::move(hall_);
    }

  private:
    void staff_comes() {
        hall_.by("guide-1").at("07:20");
        add_staff("g1", protocol::StaffRank::guide);
        add_staff("g2", protocol::StaffRank::guide);
        add_staff("c1", protocol::StaffRank::clerk);
        add_staff("s1", protocol::StaffRank::supervisor);
        add_staff("x9", protocol::StaffRank::guide);
        hall_.does(make(&Command::mutable_remove_staff, [](auto& body) { body.set_staff("x9"); }));
        hall_.does(make(&Command::mutable_record_training, [](auto& body) {
            body.set_staff("g2");
            body.set_course("first_aid");
            body.set_date("2026-10-20");
        }));
        sign_on();
    }
    void add_staff(const char* number, protocol::StaffRank::Value rank) {
        hall_.does(make(&Command::mutable_add_staff, [&](auto& body) {
            body.set_staff(number);
            body.set_name("工作人员");
            body.set_rank(rank);
        }));
        hall_.does(make(&Command::mutable_set_pin, [&](auto& body) { body.set_staff(number); }));
    }
    void sign_on() {
        for (const char* who : {"g1", "g2", "c1", "s1"}) {
            as(who).does(make(&Command::mutable_sign_on, [](auto&) {}));
        }
    }
    TestHall& as(const char* who) { return hall_.by(who[0] == 'c' ? "clerk-1" : "guide-1", who); }
    static protocol::Person her() {
        protocol::Person person;
        person.set_name("韦阿𠮷");
        person.set_phone("13907715566");
        person.set_identity("45010319600229001X");
        person.set_family_phone("13807714433");
        person.set_family_consent(true);
        return person;
    }

    void early_morning() {
        as("g1").at("07:40");
        check_in_ = 1;
        hall_.does(make(&Command::mutable_add_check_in, [&](auto& body) {
            *body.mutable_person() = her();
            body.set_temperature_tenths(375);
            body.set_reason(protocol::CheckInReason::no_smartphone);
            body.set_filled_by(protocol::FilledBy::guide);
            body.set_read_back(true);
            body.set_note("耳背");
        }));
        hall_.after_s(600);
        hall_.does(make(&Command::mutable_measure_again, [&](auto& body) {
            body.set_check_in(check_in_);
            body.set_temperature_tenths(366);
        }));
        hall_.does(make(&Command::mutable_correct_check_in, [&](auto& body) {
            body.set_check_in(check_in_);
            body.mutable_person()->set_township("兴宁区");
        }));
        hall_.does(make(&Command::mutable_register_early_waiting, [&](auto& body) {
            body.mutable_ticket()->add_services("pension");
            body.mutable_ticket()->add_categories("80plus");
            body.mutable_ticket()->set_check_in(check_in_);
            body.set_seat(true);
        }));
        hall_.does(make(&Command::mutable_open_case, [&](auto& body) {
            body.set_service("pension");
            body.set_number("A001");
            body.set_check_in(check_in_);
            body.set_must_speak("za");
            body.set_note("请大声慢说");
        }));
        hall_.does(make(&Command::mutable_print_wristband, [](auto& body) {
            body.set_case_id(1);
            body.set_printer("back");
            body.set_randomness("0123456789");
        }));
        lost_ = hall_.reply().wristband().token();
        hall_.does(
            make(&Command::mutable_revoke_wristband, [&](auto& body) { body.set_code(lost_); }));
        hall_.does(make(&Command::mutable_print_wristband, [](auto& body) {
            body.set_case_id(1);
            body.set_printer("back");
            body.set_randomness("abcdefghij");
        }));
        token_ = hall_.reply().wristband().token();
    }

    void enter(CaseStage::Value stage) {
        hall_.does(make(&Command::mutable_enter_stage, [&](auto& body) {
            body.set_case_id(1);
            body.set_stage(stage);
        }));
    }
    void stations_and_dizziness() {
        as("s1").does(open_window(1));
        as("g1").does(make(&Command::mutable_lend_facility, [](auto& body) {
            body.set_facility("glasses");
            body.set_number("A001");
        }));
        enter(CaseStage::consultation);
        hall_.does(make(&Command::mutable_scan_code, [&](auto& body) {
            body.set_code(token_);
            body.set_station("copying");
        }));
        enter(CaseStage::form_filling);
        hall_.after_s(60);
        hall_.does(make(&Command::mutable_raise_emergency, [](auto& body) {
            body.set_place("east");
            body.set_kind("头晕");
            body.set_number("A001");
        }));
        hall_.after_s(31);  // nobody has answered: it escalates
        as("g2").does(make(&Command::mutable_acknowledge_emergency,
                           [](auto& body) { body.set_emergency(1); }));
        hall_.does(make(&Command::mutable_do_emergency_step, [](auto& body) {
            body.set_emergency(1);
            body.set_step(1);
        }));
        hall_.does(make(&Command::mutable_close_emergency, [](auto& body) {
            body.set_emergency(1);
            body.set_outcome(protocol::EmergencyOutcome::recovered);
            body.set_note("喝水休息后好转");
        }));
    }

    void at_the_window() {
        as("g1").does(make(&Command::mutable_hand_over, [](auto& body) {
            body.set_case_id(1);
            body.set_to("g2");
        }));
        as("g2").does(
            make(&Command::mutable_accept_hand_over, [](auto& body) { body.set_case_id(1); }));
        as("c1").does(call_next(1));
        hall_.does(start(1));
        hall_.does(make(&Command::mutable_receive_material, [](auto& body) {
            body.set_case_id(1);
            body.set_material("id_card");
            body.set_returned(true);
        }));
        hall_.does(make(&Command::mutable_leave_stage, [](auto& body) {
            body.set_case_id(1);
            body.set_outcome(protocol::StageOutcome::sent_back);
            body.set_to(CaseStage::copying);
            body.set_reason(Reason::material_missing);
            body.set_note("缺存折复印件");
        }));
        hall_.does(make(&Command::mutable_ask_material, [](auto& body) {
            body.set_case_id(1);
            body.add_materials("bankbook");
            body.set_next_date("2026-11-24");
        }));
        hall_.does(finish(1));
        as("g1").does(make(&Command::mutable_return_loan, [](auto& body) { body.set_loan(1); }));
    }

    // What else a day has.
    void beside_it() {
        as("s1").does(make(&Command::mutable_raise_emergency, [](auto& body) {
            body.set_place("window:2");
            body.set_kind("演练:有人摔倒");
            body.set_drill(true);
        }));
        as("g1").does(make(&Command::mutable_acknowledge_emergency,
                           [](auto& body) { body.set_emergency(2); }));
        hall_.does(make(&Command::mutable_close_emergency, [](auto& body) {
            body.set_emergency(2);
            body.set_outcome(protocol::EmergencyOutcome::practised);
        }));
        hall_.does(make(&Command::mutable_set_stock, [](auto& body) {
            body.set_facility("water");
            body.set_count(24);
            body.set_expires("2027-05-01");
        }));
        hall_.does(make(&Command::mutable_take_stock, [](auto& body) {
            body.set_facility("water");
            body.set_count(2);
        }));
        hall_.does(make(&Command::mutable_record_assistance, [](auto& body) {
            body.set_machine("self_service");
            body.set_task("pension_query");
            body.set_minutes(6);
        }));
        hall_.does(make(&Command::mutable_record_consultation, [](auto& body) {
            body.set_service("pension");
            body.set_owner("s1");
            body.set_answer_by("2026-11-25");
            body.set_note("档案年限有疑问");
        }));
        // Under another number than she thought.
        hall_.does(make(&Command::mutable_correct_person, [](auto& body) {
            body.set_consultation(1);
            body.mutable_person()->set_phone("13977112233");
        }));
        // Another visitor, who wants nothing kept of him.
        hall_.does(make(&Command::mutable_add_check_in, [](auto& body) {
            body.mutable_person()->set_name("王小明");
            body.mutable_person()->set_township("良庆区");
            body.set_temperature_tenths(364);
            body.set_filled_by(protocol::FilledBy::self);
        }));
        hall_.does(make(&Command::mutable_forget_person, [](auto& body) { body.set_check_in(2); }));
        as("g1").does(make(&Command::mutable_go_off_duty, [](auto&) {}));
    }

    void tuesday() {
        hall_.on_next_day("09:00");
        sign_on();
        as("g2").does(make(&Command::mutable_issue_ticket, [](auto& body) {
            body.add_services("pension");
            body.add_categories("80plus");
            body.set_case_id(1);
        }));
        hall_.does(make(&Command::mutable_receive_material, [](auto& body) {
            body.set_case_id(1);
            body.set_material("bankbook");
        }));
        enter(CaseStage::form_filling);
        hall_.does(make(&Command::mutable_print_case_paper, [](auto& body) {
            body.set_case_id(1);
            body.set_paper(protocol::Paper::form);
        }));
        as("s1").does(open_window(1));
        as("c1").does(call_next(1));
        hall_.does(start(1));
        as("g2");
        enter(CaseStage::acceptance);
        enter(CaseStage::processing);
        hall_.after_s(300);
        hall_.does(make(&Command::mutable_set_result, [](auto& body) {
            body.set_case_id(1);
            body.set_result(protocol::CaseResult::approved);
        }));
        as("c1").does(finish(1));
        as("g2").does(make(&Command::mutable_tell_result, [](auto& body) {
            body.set_case_id(1);
            body.set_how(protocol::TellWay::window);
            body.set_understood(true);
        }));
        // On the clerk's screen, which was turned to her.
        as("c1").does(make(&Command::mutable_rate_case, [](auto& body) {
            body.set_case_id(1);
            body.set_grade(2);
            body.set_note("等得太久");
            body.set_on_visitor_page(true);
        }));
        another_case();
    }

    // Of somebody without a ticket, who never rates it.
    void another_case() {
        as("g1").does(make(&Command::mutable_open_case, [](auto& body) {
            body.set_service("card");
            body.mutable_person()->set_name("李大山");
        }));
        hall_.does(make(&Command::mutable_enter_stage, [](auto& body) {
            body.set_case_id(2);
            body.set_stage(CaseStage::processing);
            body.set_skip_reason(Reason::not_needed);
        }));
        hall_.does(make(&Command::mutable_set_result, [](auto& body) {
            body.set_case_id(2);
            body.set_result(protocol::CaseResult::referred);
            body.set_office("银行网点");
        }));
        hall_.does(make(&Command::mutable_tell_result, [](auto& body) {
            body.set_case_id(2);
            body.set_how(protocol::TellWay::phone);
        }));
    }

    void wednesday() {
        hall_.on_next_day("10:00");
        sign_on();
        as("s1").does(make(&Command::mutable_answer_follow_up, [](auto& body) {
            body.set_case_id(1);
            body.set_note("已上门道歉并说明");
        }));
        hall_.does(make(&Command::mutable_answer_consultation, [](auto& body) {
            body.set_consultation(1);
            body.set_note("以档案记载为准");
        }));
        as("g2").does(make(&Command::mutable_close_case, [](auto& body) { body.set_case_id(1); }));
        as("s1").does(make(&Command::mutable_unmask, [](auto& body) {
            body.set_check_in(1);
            body.set_purpose(protocol::UnmaskPurpose::complaint);
        }));
    }

    // The other rating lapses; the check-ins' day is destroyed when its time is over.
    void what_is_left() {
        for (int day = 0; day < 4; ++day) hall_.on_next_day("09:00");
    }

    TestHall hall_{story_rules()};
    uint64_t check_in_ = 0;
    std::string lost_;
    std::string token_;
};

}  // namespace

protocol::HallRules story_rules() {
    protocol::HallRules rules = test_rules();
    auto& pension = *rules.mutable_services(0);
    add_material(pension, "id_card", "身份证");
    add_material(pension, "bankbook", "存折复印件");
    add_material(pension, "photo", "照片", false, true);
    add_material(pension, "household", "户口信息", true);
    pension.set_promised_days(5);
    pension.set_legal_days(20);
    add_facility(rules, "glasses", protocol::FacilityKind::lent, 2);
    add_facility(rules, "water", protocol::FacilityKind::consumable, 0);
    add_station(rules, "copying", CaseStage::copying, 0);
    add_station(rules, "window-1", CaseStage::unknown, 1);
    rules.set_entry_check(protocol::EntryCheck::temperature);
    rules.set_temperature_limit_tenths(373);
    rules.set_emergency_ack_ms(30 * kSecondMs);
    rules.add_emergency_steps("拨打120");
    rules.add_emergency_steps("取来除颤器");
    rules.set_training_days(365);
    keep(rules, VaultKind::check_in, 5);
    keep(rules, VaultKind::case_file, 180);
    rules.set_band_printer("back");
    return rules;
}

TestHall elder_story() {
    return Story().tell();
}

}  // namespace hall::core
