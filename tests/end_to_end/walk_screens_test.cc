// The elder's story of the README at the real windows: a guide, a clerk and a supervisor do it with
// keys and clicks on three screens, and a visitor rates on one of them. The screens stay on while
// the server stops for the night and starts again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>

#include "tests/stage/driven_screen.h"
#include "tests/stage/leaks.h"
#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"
#include "tests/stage/wire_tap.h"

namespace hall::end_to_end {
namespace {

namespace fs = std::filesystem;
using protocol::CaseStage;
using stage::DrivenScreen;
using stage::eventually;
using stage::must_do;
using stage::RunningHall;

// Nobody's: made for this test.
const std::string kName = "韦阿𠮷";
const std::string kMasked = "韦*𠮷";
const std::string kPhone = "13907715566";
const std::string kAnswer = "已上门道歉";

class WalkScreens : public testing::Test {
  protected:
    static RunningHall::Options county() {
        RunningHall::Options options;
        options.hall = stage::county_hall_toml();
        options.clock = "2026-11-23T07:40,1";
        return options;
    }

    WalkScreens() {
        hall_.enrol("guide", protocol::Role::guide);
        hall_.enrol("clerk", protocol::Role::clerk, 1);
        hall_.enrol("supervisor", protocol::Role::supervisor);
        staff("g1", "黄引导", "guide", "246802");
        staff("c1", "覃窗口", "clerk", "135790");
        staff("s1", "陆主任", "supervisor", "975310");
        guide_ = screen("guide", {});
        clerk_ = screen("clerk", {"--window", "1"});
        supervisor_ = screen("supervisor", {});
    }

    std::unique_ptr<DrivenScreen> screen(const std::string& device, stage::Command words) {
        // What would be heard is written to a file, as it is played.
        stage::Command command = {"/usr/bin/env",
                                  "SDL_AUDIODRIVER=disk",
                                  "SDL_DISKAUDIOFILE=" + sound_of(device),
                                  stage::program("hall-" + device),
                                  "--server",
                                  "tcp://127.0.0.1:" + std::to_string(tap_.port()),
                                  "--keys",
                                  hall_.keys_folder(device)};
        for (auto& word : words) command.push_back(std::move(word));
        return std::make_unique<DrivenScreen>("hall-" + device, command, screens_.path());
    }
    std::string sound_of(const std::string& device) const {
        return (screens_ / (device + ".raw")).string();
    }
    // Longer than between two calls, and than the card's silence before it is closed.
    bool is_quiet(const std::string& device) const {
        const auto size = fs::file_size(sound_of(device));
        std::this_thread::sleep_for(std::chrono::milliseconds(3'500));
        return fs::file_size(sound_of(device)) == size;
    }
    bool heard_at(const std::string& device) const {
        const std::string sound = stage::read_file(sound_of(device));
        return std::any_of(sound.begin(), sound.end(), [](char byte) { return byte != 0; });
    }
    void staff(const std::string& number, const std::string& name, const std::string& rank,
               const std::string& pin) {
        const fs::path file = pins_ / number;
        stage::write_file(file, pin + "\n");
        fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
        for (const stage::Command& words :
             {stage::Command{"staff", "add", number, "--name", name, "--rank", rank},
              stage::Command{"staff", "set-pin", number, "--new-pin-file", file.string()}}) {
            const auto done = hall_.hallctl(words);
            ASSERT_EQ(done.exit_code, 0) << done.errors;
        }
    }
    protocol::Case her_case() {
        protocol::Query query;
        if (case_ == 0) {
            query.mutable_case_list();
            const auto cases = must_do(admin_.ask(query)).cases();
            if (cases.cases_size() == 0) return {};
            case_ = cases.cases(0).id();
        }
        query.mutable_case_file()->set_case_id(case_);
        return must_do(admin_.ask(query)).case_file();
    }
    // Its state by name.
    std::string ticket(const std::string& number) {
        protocol::Query query;
        query.mutable_ticket()->set_number(number);
        return protocol::TicketState::Value_Name(stage::must(admin_.ask(query)).ticket().state());
    }
    // Lent and not back yet.
    int loans() {
        protocol::Query query;
        query.mutable_facility_list();
        return must_do(admin_.ask(query)).facilities().loans_size();
    }
    // On her wristband; empty: she has none.
    std::string token() {
        protocol::Query query;
        query.mutable_wristband_list();
        const auto bands = must_do(admin_.ask(query)).wristbands();
        return bands.wristbands_size() == 0 ? "" : bands.wristbands(0).token();
    }
    void scan_at(const std::string& station) {
        stage::Command command = {stage::program("hall-wristband"), "--station", station,
                                  "--device", "-"};
        for (const auto& word : hall_.words_for("guide")) command.push_back(word);
        const auto scanned = stage::run(command, token() + "\n");
        EXPECT_EQ(scanned.exit_code, 0) << scanned.output << scanned.errors;
    }
    bool at(CaseStage::Value stage) {
        return eventually([&] { return her_case().stage() == stage; });
    }
    void server_starts_again(const std::string& clock) {
        hall_.stop();
        hall_.start_at(clock);
    }
    // In the dialog of the clerk's and the supervisor's console.
    void sign_on(DrivenScreen& console, const std::string& number, const std::string& pin,
                 const std::string& name) {
        ASSERT_TRUE(console.shows("签到"));
        ASSERT_TRUE(console.press("Home"));
        write_pin(console, number, pin, name);
    }
    static void write_pin(DrivenScreen& console, const std::string& number, const std::string& pin,
                          const std::string& name) {
        ASSERT_TRUE(console.shows("工号"));
        ASSERT_TRUE(console.write(number));
        ASSERT_TRUE(console.press("Tab"));
        ASSERT_TRUE(console.write(pin));
        ASSERT_TRUE(console.press("Return"));
        ASSERT_TRUE(console.shows(name)) << console.drawn();
    }
    void guide_signs_on() {
        ASSERT_TRUE(guide_->press("F1"));
        ASSERT_TRUE(guide_->shows("签到"));
        ASSERT_TRUE(guide_->press("8"));
        write_pin(*guide_, "g1", "246802", "黄引导 在岗");
    }
    void go_home() {
        ASSERT_TRUE(eventually([&] {
            if (guide_->drawn().find("nav.menu") != std::string::npos) return true;
            guide_->press("Escape");
            return false;
        })) << guide_->drawn();
    }
    // From the case to the ticket at the window.
    void clerk_goes_back() {
        ASSERT_TRUE(clerk_->press_until("Escape", [&] {
            return clerk_->drawn().find("\"finish\"") != std::string::npos;
        })) << clerk_->drawn();
    }
    // What this key opens has something to click at.
    void clerk_opens(const std::string& key, const std::string& target) {
        ASSERT_TRUE(clerk_->press_until(key, [&] {
            return clerk_->drawn().find("\"" + target + "\"") != std::string::npos;
        })) << clerk_->drawn();
    }
    void show_her_case() {
        go_home();
        ASSERT_TRUE(guide_->press("F10"));
        ASSERT_TRUE(guide_->click("case." + std::to_string(her_case().id()))) << guide_->drawn();
        ASSERT_TRUE(guide_->shows("case.emergency")) << guide_->drawn();
    }

    void checks_in();
    void gets_a_case_and_a_band();
    void walks_from_station_to_station();
    void feels_dizzy();
    void borrows_glasses();
    void is_offered_to_the_clerk();
    void is_handed_over_and_back();
    void gives_the_glasses_back();
    void is_called();
    void is_told_what_is_missing();
    void comes_back_with_it();
    void gets_her_result();
    void rates_and_is_called_on();

    RunningHall hall_{county()};
    stage::WireTap tap_{hall_.port(), 3};
    stage::Folder pins_;
    stage::Folder screens_;
    client::CommandClient admin_{hall_.admin()};
    uint64_t case_ = 0;  // hers, once it is open
    std::unique_ptr<DrivenScreen> guide_;
    std::unique_ptr<DrivenScreen> clerk_;
    std::unique_ptr<DrivenScreen> supervisor_;
};

// Monday, 07:40: no smartphone, so the guide writes her down and reads it back.
void WalkScreens::checks_in() {
    ASSERT_TRUE(guide_->shows("养老")) << guide_->log() << guide_->drawn();
    guide_signs_on();
    ASSERT_TRUE(guide_->press("F9"));
    ASSERT_TRUE(guide_->shows("手工登记"));
    ASSERT_TRUE(guide_->write(kName));
    ASSERT_TRUE(guide_->press("Tab"));
    ASSERT_TRUE(guide_->write(kPhone));
    ASSERT_TRUE(guide_->shows(kName)) << guide_->drawn();
    ASSERT_TRUE(guide_->click("reason.no_smartphone"));
    ASSERT_TRUE(guide_->press_until("F5", [&] {
        return guide_->drawn().find("念给本人听") != std::string::npos;
    })) << "it must be read back first";
    ASSERT_TRUE(guide_->click("read_back"));
    guide_->keep("story_1_check_in");
    ASSERT_TRUE(guide_->press_until("F5", [&] {
        return guide_->drawn().find(kMasked) != std::string::npos;
    })) << guide_->drawn();
    EXPECT_TRUE(guide_->shows_no_more(kPhone));
    guide_->keep("story_2_checked_in");
}

void WalkScreens::gets_a_case_and_a_band() {
    ASSERT_TRUE(guide_->press("Return"));
    ASSERT_TRUE(guide_->click("service.pension_claim")) << guide_->drawn();
    ASSERT_TRUE(guide_->click("category.80plus")) << guide_->drawn();
    guide_->keep("story_3_early_waiting");
    ASSERT_TRUE(guide_->press("Return"));
    ASSERT_TRUE(guide_->shows("A001")) << guide_->drawn();
    guide_->keep("story_4_registered");

    // Her number, her check-in and what she came for are there already.
    ASSERT_TRUE(guide_->press("F1"));
    ASSERT_TRUE(guide_->press("2"));
    ASSERT_TRUE(guide_->shows("开立办件:一对一陪办")) << guide_->drawn();
    guide_->keep("story_5_opening");
    ASSERT_TRUE(guide_->press("F5"));
    ASSERT_TRUE(at(CaseStage::reception)) << guide_->drawn();
    EXPECT_EQ(her_case().number(), "A001");
    EXPECT_EQ(her_case().escort(), "g1");
    ASSERT_TRUE(guide_->click("print.band")) << guide_->drawn();
    ASSERT_TRUE(eventually([&] { return !token().empty(); }));
    guide_->keep("story_6_case");
}

void WalkScreens::walks_from_station_to_station() {
    go_home();
    ASSERT_TRUE(guide_->shows("08:3")) << "the screens go on with the new server";
    show_her_case();
    ASSERT_TRUE(guide_->press("F5"));
    ASSERT_TRUE(at(CaseStage::consultation)) << guide_->drawn();
    scan_at("copier");
    ASSERT_TRUE(at(CaseStage::copying));
    ASSERT_TRUE(guide_->shows("进入填报表单")) << guide_->drawn();
    ASSERT_TRUE(guide_->press("F5"));
    ASSERT_TRUE(at(CaseStage::form_filling)) << guide_->drawn();
    guide_->keep("story_7_form");
}

// Her guide calls for help, the clerk's console says so over its page and answers, all is well.
void WalkScreens::feels_dizzy() {
    sign_on(*clerk_, "c1", "135790", "覃窗口");
    ASSERT_TRUE(guide_->click("case.emergency")) << guide_->drawn();
    ASSERT_TRUE(guide_->shows("人在哪里")) << guide_->drawn();
    ASSERT_TRUE(guide_->press("2"));
    ASSERT_TRUE(guide_->shows("摔倒")) << guide_->drawn();
    ASSERT_TRUE(guide_->press_until("3", [&] {
        return clerk_->drawn().find("alarm.acknowledge") != std::string::npos;
    })) << clerk_->drawn();
    EXPECT_TRUE(supervisor_->shows("alarm.acknowledge"));
    for (const char* device : {"guide", "clerk", "supervisor"}) {
        EXPECT_TRUE(eventually([&] { return heard_at(device); })) << device << " is silent";
    }
    clerk_->keep("story_8_alarm");
    EXPECT_TRUE(clerk_->shows_no_more("摔倒")) << "a visitor may look at this screen";
    // A banner is answered once it could be read.
    ASSERT_TRUE(clerk_->press_until("F11", [&] {
        return clerk_->drawn().find("alarm.acknowledge") == std::string::npos;
    })) << clerk_->drawn();
    EXPECT_TRUE(clerk_->shows("摔倒")) << "who goes reads what it is";
    ASSERT_TRUE(supervisor_->shows_no_more("alarm.acknowledge"));
    EXPECT_TRUE(eventually([&] { return is_quiet("supervisor"); })) << "somebody goes";
    clerk_->keep("story_8_page");
    ASSERT_TRUE(guide_->shows("覃窗口")) << guide_->drawn();
    guide_->keep("story_8_emergency");
    ASSERT_TRUE(guide_->click("alarm.step.0")) << guide_->drawn();
    ASSERT_TRUE(guide_->shows("黄引导")) << guide_->drawn();
    ASSERT_TRUE(guide_->click("alarm.end")) << guide_->drawn();
    ASSERT_TRUE(guide_->shows("结果怎样")) << guide_->drawn();
    EXPECT_TRUE(guide_->press_until("1", [&] {
        return clerk_->drawn().find("alarm.show") == std::string::npos;
    })) << clerk_->drawn();
}

// The forms have small print.
void WalkScreens::borrows_glasses() {
    go_home();
    ASSERT_TRUE(guide_->press("F1"));
    ASSERT_TRUE(guide_->press("6"));
    ASSERT_TRUE(guide_->shows("老花镜")) << guide_->drawn();
    ASSERT_TRUE(guide_->click("lend.glasses_200")) << guide_->drawn();
    ASSERT_TRUE(eventually([&] { return loans() == 1; })) << guide_->drawn();
    guide_->keep("story_8_loans");
}

// Her guide is needed at the entrance: the clerk is asked to take the case, and may decline.
void WalkScreens::is_offered_to_the_clerk() {
    show_her_case();
    ASSERT_TRUE(guide_->click("hand_over.c1")) << guide_->drawn();
    ASSERT_TRUE(eventually([&] { return her_case().offered_to() == "c1"; })) << guide_->drawn();
    EXPECT_EQ(her_case().escort(), "g1") << "until it is accepted the first one keeps it";
    guide_->keep("story_8_offered");
}

// The clerk takes the case while she is at the window, and gives it back to the guide.
void WalkScreens::is_handed_over_and_back() {
    ASSERT_TRUE(clerk_->press("k"));
    ASSERT_TRUE(clerk_->press_until("a", [&] { return her_case().escort() == "c1"; }))
        << clerk_->drawn();
    clerk_opens("h", "option.g1");
    clerk_->keep("story_9_hand_over");
    ASSERT_TRUE(clerk_->click("option.g1"));
    ASSERT_TRUE(eventually([&] { return her_case().offered_to() == "g1"; })) << clerk_->drawn();
    clerk_goes_back();
    go_home();
    ASSERT_TRUE(guide_->press("F1"));
    ASSERT_TRUE(guide_->press("4"));
    ASSERT_TRUE(guide_->shows(kMasked)) << guide_->drawn();
    guide_->keep("story_9_inbox");
    ASSERT_TRUE(guide_->click("accept." + std::to_string(case_))) << guide_->drawn();
    ASSERT_TRUE(eventually([&] { return her_case().escort() == "g1"; })) << guide_->drawn();
}

void WalkScreens::gives_the_glasses_back() {
    go_home();
    ASSERT_TRUE(guide_->press("F1"));
    ASSERT_TRUE(guide_->press("6"));
    ASSERT_TRUE(guide_->click("return.1")) << guide_->drawn();
    ASSERT_TRUE(eventually([&] { return loans() == 0; })) << guide_->drawn();
}

void WalkScreens::is_called() {
    ASSERT_TRUE(clerk_->press("o"));
    ASSERT_TRUE(clerk_->shows("A001")) << clerk_->drawn();
    ASSERT_TRUE(clerk_->press("space"));
    ASSERT_TRUE(clerk_->shows("正在呼叫")) << clerk_->drawn();
    ASSERT_TRUE(clerk_->press_until("Return", [&] { return ticket("A001") == "serving"; }));
    clerk_->keep("story_8_serving");
}

// One material is missing: she is told once, with everything else that is.
void WalkScreens::is_told_what_is_missing() {
    ASSERT_TRUE(clerk_->press("k"));
    ASSERT_TRUE(clerk_->press("n"));
    clerk_->keep("story_9_notice");
    ASSERT_TRUE(clerk_->press_until("Return", [&] { return her_case().waiting_for_visitor(); }))
        << clerk_->drawn();
    clerk_goes_back();
    ASSERT_TRUE(clerk_->press_until("Return", [&] { return ticket("A001") == "done"; }))
        << clerk_->drawn();
}

void WalkScreens::comes_back_with_it() {
    go_home();
    guide_signs_on();
    ASSERT_TRUE(guide_->press("1"));
    ASSERT_TRUE(guide_->press("a"));
    ASSERT_TRUE(guide_->press("Return"));
    ASSERT_TRUE(eventually([&] { return ticket("A001") == "waiting"; })) << guide_->drawn();
    show_her_case();
    // Whose ticket was issued last nobody knows: it is written.
    ASSERT_TRUE(guide_->click("case.ticket")) << guide_->drawn();
    ASSERT_TRUE(guide_->write("A001"));
    ASSERT_TRUE(guide_->click("attach")) << guide_->drawn();
    ASSERT_TRUE(eventually([&] { return her_case().number() == "A001"; })) << guide_->drawn();
    const protocol::Case waiting = her_case();
    for (const auto& material : waiting.materials()) {
        if (!material.asked() || material.received()) continue;
        ASSERT_TRUE(guide_->click("receive." + material.code())) << guide_->drawn();
    }
    ASSERT_TRUE(eventually([&] { return !her_case().waiting_for_visitor(); })) << guide_->drawn();
    guide_->keep("story_10_back_again");
}

void WalkScreens::gets_her_result() {
    sign_on(*clerk_, "c1", "135790", "覃窗口");
    ASSERT_TRUE(clerk_->press("o"));
    ASSERT_TRUE(clerk_->shows("A001")) << clerk_->drawn();
    ASSERT_TRUE(clerk_->press("space"));
    ASSERT_TRUE(clerk_->press_until("Return", [&] { return ticket("A001") == "serving"; }));
    ASSERT_TRUE(clerk_->press("k"));
    ASSERT_TRUE(
        clerk_->press_until("Return", [&] { return her_case().stage() >= CaseStage::acceptance; }));
    ASSERT_TRUE(
        clerk_->press_until("Return", [&] { return her_case().stage() >= CaseStage::processing; }));
    clerk_->keep("story_11_processing");
    clerk_opens("Return", "option.approved");
    clerk_->keep("story_12_result");
    ASSERT_TRUE(clerk_->click("option.approved"));
    ASSERT_TRUE(eventually([&] { return her_case().result() == protocol::CaseResult::approved; }));
}

// The result is told, she rates on the clerk's turned screen, the supervisor rings her up.
void WalkScreens::rates_and_is_called_on() {
    clerk_opens("Return", "option.window");
    clerk_->keep("story_13_tell");
    ASSERT_TRUE(clerk_->click("option.window"));
    ASSERT_TRUE(clerk_->click("option.understood")) << clerk_->drawn();
    ASSERT_TRUE(eventually([&] { return her_case().told_at_ms() != 0; })) << clerk_->drawn();
    clerk_opens("r", "grade.2");
    ASSERT_TRUE(clerk_->click("grade.2")) << clerk_->drawn();
    clerk_->keep("story_14_rating");
    ASSERT_TRUE(clerk_->click("confirm"));
    ASSERT_TRUE(eventually([&] { return her_case().grade() == 2; })) << clerk_->drawn();

    sign_on(*supervisor_, "s1", "975310", "陆主任");
    ASSERT_TRUE(supervisor_->press("F3"));
    ASSERT_TRUE(supervisor_->press("1"));
    ASSERT_TRUE(supervisor_->write(kAnswer));
    supervisor_->keep("story_15_follow_up");
    ASSERT_TRUE(supervisor_->press_until("Return", [&] { return !her_case().follow_up_open(); }))
        << supervisor_->drawn();
    show_her_case();
    ASSERT_TRUE(guide_->click("case.close")) << guide_->drawn();
    ASSERT_TRUE(eventually([&] { return her_case().closed(); })) << guide_->drawn();
    guide_->keep("story_16_closed");
}

TEST_F(WalkScreens, TheElderIsWalkedThroughByKeysAndClicks) {
    ASSERT_NO_FATAL_FAILURE(checks_in());
    ASSERT_NO_FATAL_FAILURE(gets_a_case_and_a_band());
    server_starts_again("2026-11-23T08:31,1");
    ASSERT_NO_FATAL_FAILURE(walks_from_station_to_station());
    ASSERT_NO_FATAL_FAILURE(feels_dizzy());
    ASSERT_NO_FATAL_FAILURE(borrows_glasses());
    ASSERT_NO_FATAL_FAILURE(is_offered_to_the_clerk());
    ASSERT_NO_FATAL_FAILURE(is_called());
    ASSERT_NO_FATAL_FAILURE(is_handed_over_and_back());
    ASSERT_NO_FATAL_FAILURE(is_told_what_is_missing());
    ASSERT_NO_FATAL_FAILURE(gives_the_glasses_back());
    server_starts_again("2026-11-24T09:00,1");
    ASSERT_NO_FATAL_FAILURE(comes_back_with_it());
    ASSERT_NO_FATAL_FAILURE(gets_her_result());
    ASSERT_NO_FATAL_FAILURE(rates_and_is_called_on());
    std::string said;
    for (auto* console : {guide_.get(), clerk_.get(), supervisor_.get()}) {
        EXPECT_EQ(console->stop(), 0);
        said += console->log();
    }
    hall_.stop();
    const std::vector<std::string> secrets = {kName,    kPhone,   kAnswer, "黄引导",
                                              "246802", "135790", "975310"};
    EXPECT_THAT(stage::leaks(secrets, hall_.folder(), tap_.captured() + said),
                ::testing::IsEmpty());
}

}  // namespace
}  // namespace hall::end_to_end
