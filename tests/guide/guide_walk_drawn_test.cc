// The pages of walking with a person as they are really drawn: legible, uncut, every target large
// enough for a finger, and an alarm in the very next picture.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>

#include "displays/guide/guide_screen.h"
#include "displays/kit/picture.h"
#include "tests/console/drawn_rules.h"
#include "tests/console/held_way.h"
#include "tests/guide/walk_views.h"

namespace hall::guide {
namespace {

using kit::Key;
using protocol::CheckInState;
using protocol::RefusalCode;

struct Size {
    int width = 1366;
    int height = 768;
    float scale = 1;
};

struct DrawnWalk : testing::TestWithParam<Size> {
    Size size = GetParam();
    std::unique_ptr<kit::Shell> shell =
        console::shell_without_display(size.width, size.height, size.scale);
    protocol::GuideView guide = busy_hall();
    protocol::CareView care = some_care();
    protocol::CasesView cases = some_cases();
    console::HeldWay hall;
    console::HeldWay alarms;
    GuideScreen screen{{[this] { return newest_care; }, hall, alarms},
                       {[this] { return newest_guide; }, [this] { return newest_cases; }},
                       {"入口引导区", ""}};
    GuideModel::Newest newest_guide;
    WalkModel::NewestCare newest_care;
    WalkModel::NewestCases newest_cases;

    DrawnWalk() { come(); }
    void come() {
        newest_guide = newest(guide);
        newest_care = live(care);
        newest_cases = live(cases);
        settle();
    }
    void settle() { console::settle(*shell, screen); }
    void press(Key key) {
        shell->press(key);
        settle();
    }
    void write(const std::string& text) {
        shell->write({.text = text});
        settle();
    }
    // A page turn that Tab would not make: through the pages until it is there.
    void tap(const std::string& id) {
        for (int page = 0; page < 12 && console::target_of(shell->drawn(), id) == nullptr; ++page) {
            press(Key::page_down);
        }
        const auto* target = console::target_of(shell->drawn(), id);
        ASSERT_NE(target, nullptr) << id;
        shell->click(target->box.centre_x(), target->box.centre_y());
        settle();
    }
    void refuse(RefusalCode::Value code) {
        protocol::Reply reply;
        reply.mutable_refusal()->set_code(code);
        hall.answer(reply);
        settle();
    }
    void answer(const protocol::Reply& reply) {
        hall.answer(reply);
        settle();
    }
    // With HALL_PICTURES=FOLDER each is kept as a picture to look at.
    void expect_well(const std::string& when) {
        SCOPED_TRACE(when);
        console::expect_drawn_well(shell->drawn(), {size.scale, 60});
        EXPECT_NE(console::target_of(shell->drawn(), "alarm.raise"), nullptr)
            << "help is one tap away";
        if (const char* folder = std::getenv("HALL_PICTURES")) {
            const std::string name = std::to_string(size.width) + "x" +
                                     std::to_string(static_cast<int>(size.scale * 100)) + " " +
                                     when;
            ASSERT_TRUE(
                kit::write_png(shell->picture(), std::string(folder) + "/" + name + ".png"));
        }
    }
    // Every page of a long one.
    void expect_pages_well(const std::string& when) {
        expect_well(when);
        for (int page = 2; page < 8; ++page) {
            const auto before = shell->drawn().texts.size();
            const std::string first = shell->drawn().texts.back().string;
            press(Key::page_down);
            if (shell->drawn().texts.size() == before &&
                shell->drawn().texts.back().string == first) {
                break;
            }
            expect_well(when + " page " + std::to_string(page));
        }
        for (int page = 0; page < 8; ++page) press(Key::page_up);
    }
    void expect_all_reached_by_tab() {
        const std::size_t targets = shell->drawn().targets.size();
        std::set<std::string> focused;
        for (std::size_t i = 0; i < targets; ++i) {
            press(Key::tab);
            for (const auto& target : shell->drawn().targets) {
                if (target.focused) focused.insert(target.id);
            }
        }
        EXPECT_EQ(focused.count("alarm.raise"), 0U) << "F12 alone: nobody comes to it by going on";
        EXPECT_EQ(focused.size() + 1, targets);
    }
    void at_case(std::uint64_t id) {
        press(Key::f10);
        for (const auto& one : cases.cases()) {
            if (one.id() == id && size.scale >= 1.5F) {
                press(static_cast<Key>(static_cast<int>(Key::d0) + one.stage()));
            }
        }
        tap("case." + std::to_string(id));
        ASSERT_FALSE(hall.asked.empty());
        protocol::Reply reply;
        for (const auto& one : cases.cases()) {
            if (one.id() == id) *reply.mutable_case_file() = with_materials(one);
        }
        hall.tell(reply);
        settle();
    }
};

TEST_P(DrawnWalk, TheHomeScreenHasItsKeys) {
    expect_well("home");
    press(Key::f1);
    expect_well("menu");
    expect_all_reached_by_tab();
}

TEST_P(DrawnWalk, ACheckInIsWrittenWithTheKeyboardAlone) {
    press(Key::f9);
    expect_pages_well("check-in");
    write("𠮷·阿依古丽");
    press(Key::tab);
    write("13877112233");
    expect_well("written");
    EXPECT_TRUE(console::says(shell->drawn(), "𠮷·阿依古丽"));
    press(Key::f5);
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_EQ(hall.sent[0].command.add_check_in().person().name(), "𠮷·阿依古丽");
    EXPECT_EQ(hall.sent[0].command.add_check_in().person().phone(), "13877112233");
    refuse(RefusalCode::identity_number_invalid);
    expect_well("refused");
    EXPECT_TRUE(console::says(shell->drawn(), "✕ 身份证号码不对")) << "its page is turned to";
    press(Key::f5);
    answer(checked_in(9, "阿*丽", CheckInState::complete));
}

// Whatever the size: on through all fields and pages, and nothing but the form has changed.
TEST_P(DrawnWalk, EnterGoesThroughAFormAndNeverRaisesAnAlarm) {
    press(Key::f9);
    const std::vector<std::string> words = {
        "王小明", "13877112233", "大新乡", "452124195102030017", "13900001111", "1"};
    for (const auto& word : words) {
        write(word);
        press(Key::enter);
    }
    for (int i = 0; i < 6; ++i) {
        press(Key::enter);
        press(Key::d1);
    }
    EXPECT_TRUE(console::says(shell->drawn(), "手工登记"));
    EXPECT_FALSE(console::says(shell->drawn(), "人在哪里"));
    EXPECT_TRUE(alarms.sent.empty());
    press(Key::f5);
    ASSERT_EQ(hall.sent.size(), 1U);
    const auto& check_in = hall.sent[0].command.add_check_in();
    EXPECT_EQ(check_in.person().name(), "王小明");
    EXPECT_EQ(check_in.person().phone(), "13877112233");
    EXPECT_EQ(check_in.person().township(), "大新乡");
    EXPECT_EQ(check_in.person().identity(), "452124195102030017");
    EXPECT_EQ(check_in.person().family_phone(), "13900001111");
}

TEST_P(DrawnWalk, LettersInAFieldAreNobodysKeys) {
    press(Key::f9);
    for (const Key key : {Key::n, Key::d1, Key::space}) press(key);
    EXPECT_TRUE(console::says(shell->drawn(), "手工登记"));
    EXPECT_TRUE(hall.sent.empty());
    press(Key::escape);
    EXPECT_FALSE(console::says(shell->drawn(), "手工登记"));
    EXPECT_TRUE(console::says(shell->drawn(), "出号"));
}

TEST_P(DrawnWalk, AfterACheckInEnterIssuesForThatVisitor) {
    press(Key::f9);
    write("王小明");
    press(Key::f5);
    answer(checked_in(9, "王*明", CheckInState::complete));
    expect_well("checked in");
    press(Key::enter);
    EXPECT_TRUE(console::says(shell->drawn(), "给王*明取号"));
    // The picture after a page has closed takes no clicks yet: one more, as the hall goes on.
    guide.set_waiting_count(guide.waiting_count() + 1);
    come();
    expect_well("home for a visitor");
}

TEST_P(DrawnWalk, RestAndSeatAreLegible) {
    guide.set_entry_check(protocol::EntryCheck::temperature);
    auto* one = guide.add_check_ins();
    one->set_id(9);
    one->set_masked_name("王*明");
    one->set_state(CheckInState::resting);
    one->set_at_ms(kNineFortyTwo);
    come();
    press(Key::f9);
    expect_pages_well("check-in with temperature");
    press(Key::f5);
    ASSERT_FALSE(hall.sent.empty());
    answer(checked_in(9, "王*明", CheckInState::resting));
    expect_well("rest first");
    press(Key::enter);
    write("36.9");
    expect_well("measured again");
    press(Key::enter);
    ASSERT_EQ(hall.sent.size(), 2U);
    EXPECT_EQ(hall.sent[1].command.measure_again().temperature_tenths(), 369U);
    answer(checked_in(9, "王*明", CheckInState::at_seat));
    expect_well("at the seat");
}

TEST_P(DrawnWalk, TheBoardIsLegible) {
    for (std::uint64_t id = 10; id < 30; ++id) {
        add_case(cases, id, static_cast<protocol::CaseStage::Value>(1 + id % 7),
                 id % 2 == 0 ? "G01" : "G02");
    }
    come();
    press(Key::f10);
    expect_pages_well("board");
    expect_all_reached_by_tab();
}

TEST_P(DrawnWalk, ACaseIsLegible) {
    at_case(2);
    expect_pages_well("case");
    tap("stage.acceptance");
    expect_well("skipping");
}

TEST_P(DrawnWalk, ANoticeIsLegibleBeforeItIsTold) {
    at_case(2);
    press(Key::f7);
    expect_pages_well("notice");
    EXPECT_TRUE(hall.sent.empty());
    press(Key::enter);
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_EQ(hall.sent[0].command.ask_material().materials_size(), 2);
}

TEST_P(DrawnWalk, WhoMustSignOnFindsTheWayOnTheCase) {
    at_case(2);
    press(Key::f5);
    ASSERT_EQ(hall.sent.size(), 1U);
    refuse(RefusalCode::sign_on_needed);
    expect_well("sign on first");
    press(Key::f8);
    expect_well("signing on for a case");
    press(Key::escape);
    EXPECT_TRUE(console::says(shell->drawn(), "一次性告知"));
}

TEST_P(DrawnWalk, AFormWithWritingAsksBeforeItIsLeft) {
    press(Key::f9);
    write("王小明");
    press(Key::escape);
    expect_well("leaving");
    EXPECT_TRUE(console::says(shell->drawn(), "再按一次 Esc 放弃"));
    press(Key::escape);
    EXPECT_FALSE(console::says(shell->drawn(), "手工登记"));
    press(Key::f9);
    EXPECT_FALSE(console::says(shell->drawn(), "王小明"));
}

TEST_P(DrawnWalk, ForAnotherVisitorTheFirstFieldIsWrittenIn) {
    press(Key::f9);
    write("王小明");
    press(Key::f5);
    answer(checked_in(9, "王*明", CheckInState::complete));
    press(Key::f6);
    tap("opening.other");
    write("李四");
    EXPECT_TRUE(console::says(shell->drawn(), "李四"));
    press(Key::f5);
}

TEST_P(DrawnWalk, ALongNameShowsItsFirstAndItsLastCharacterOnTheCard) {
    auto& one = *cases.mutable_cases(1);
    one.set_masked_name("古*********************克");
    come();
    press(Key::f10);
    if (size.scale >= 1.5F) press(Key::d3);
    expect_well("long name");
    bool seen = false;
    for (const auto& text : shell->drawn().texts) {
        if (text.string.find("B012 古") == std::string::npos) continue;
        seen = true;
        EXPECT_NE(text.string.find("克"), std::string::npos) << text.string;
        EXPECT_FALSE(text.elided) << text.string;
    }
    EXPECT_TRUE(seen);
}

TEST_P(DrawnWalk, AResultWithItsWordsIsLegible) {
    at_case(5);
    tap("result.not_approved");
    expect_well("not approved");
    tap("result.confirm");
    ASSERT_EQ(hall.sent.size(), 1U);
    refuse(RefusalCode::remedy_missing);
    expect_well("remedy missing");
}

TEST_P(DrawnWalk, InboxMineAndOpeningAreLegible) {
    press(Key::f1);
    press(Key::d4);
    expect_pages_well("inbox");
    press(Key::escape);
    press(Key::f1);
    press(Key::d5);
    expect_well("mine");
    press(Key::escape);
    press(Key::f1);
    press(Key::d2);
    expect_pages_well("opening");
}

TEST_P(DrawnWalk, ThreeTapsOrThreeKeysRaiseAnEmergency) {
    press(Key::f12);
    expect_pages_well("emergency where");
    tap("option.waiting");
    expect_pages_well("emergency what");
    console::read_it();
    press(Key::d1);
    ASSERT_EQ(alarms.sent.size(), 1U);
    EXPECT_EQ(alarms.sent[0].command.raise_emergency().place(), "waiting");
    EXPECT_EQ(alarms.sent[0].command.raise_emergency().kind(), "晕倒");
}

TEST_P(DrawnWalk, TheAlarmIsInTheNextPictureOnEveryPage) {
    const std::vector<std::vector<Key>> pages = {{},        {Key::f9}, {Key::f10}, {Key::f1},
                                                 {Key::f5}, {Key::f6}, {Key::n}};
    for (const auto& keys : pages) {
        for (const Key key : keys) press(key);
        add_emergency(care, 5);
        newest_care = live(care);
        const auto before = shell->pictures_drawn();
        ASSERT_TRUE(shell->turn(screen, 0).has_value());
        EXPECT_EQ(shell->pictures_drawn(), before + 1);
        EXPECT_TRUE(console::says(shell->drawn(), "突发疾病 · 等候区"));
        settle();
        expect_well("alarm over page " + std::to_string(&keys - pages.data()));
        care = some_care();
        come();
        EXPECT_FALSE(console::says(shell->drawn(), "突发疾病"));
        for (int i = 0; i < 3; ++i) press(Key::escape);
    }
}

TEST_P(DrawnWalk, AnEmergencyIsFollowedToItsEnd) {
    add_emergency(care, 5).set_escalated(true);
    come();
    console::read_it();
    press(Key::f11);
    expect_pages_well("open emergency");
    ASSERT_EQ(alarms.sent.size(), 1U);
    EXPECT_EQ(alarms.sent[0].command.acknowledge_emergency().emergency(), 5U);
    auto& one = *care.mutable_emergencies(0);
    one.set_state(protocol::EmergencyState::acknowledged);
    one.set_acknowledged_by("G01");
    protocol::Reply reply;
    reply.set_seq(1'000);
    *reply.mutable_emergency() = one;
    alarms.answer(reply);
    one.mutable_steps(0)->set_done_at_ms(kNineFortyTwo);
    one.mutable_steps(0)->set_by("G01");
    come();
    expect_pages_well("acknowledged");
    press(Key::e);
    expect_pages_well("outcome");
    console::read_it();
    press(Key::d2);
    ASSERT_EQ(alarms.sent.size(), 2U);
    EXPECT_EQ(alarms.sent[1].command.close_emergency().outcome(),
              protocol::EmergencyOutcome::hospital);
}

TEST_P(DrawnWalk, LoansHelpAndDutyAreLegible) {
    press(Key::f1);
    press(Key::d6);
    expect_pages_well("loans");
    press(Key::escape);
    press(Key::f1);
    press(Key::d7);
    expect_pages_well("help");
    press(Key::escape);
    press(Key::f1);
    press(Key::d8);
    expect_pages_well("sign on");
    write("G01");
    press(Key::enter);
    write("2580");
    EXPECT_FALSE(console::says(shell->drawn(), "2580"));
    expect_well("PIN written");
    press(Key::enter);
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_EQ(hall.sent[0].as.pin, "2580");
    protocol::Reply wrong;
    wrong.mutable_refusal()->set_code(RefusalCode::pin_wrong);
    hall.answer(wrong);
    console::settle(*shell, screen);
    expect_well("PIN wrong");
}

// At one size: what a name is made of does not depend on it.
struct DrawnNames : DrawnWalk {};

TEST_P(DrawnNames, RareNamesAndHostileNotesAreDrawnAsTheyAre) {
    at_case(2);
    const protocol::Case before = with_materials(cases.cases(1));
    for (const char* file : {"rare_names.txt", "rare_characters.txt", "blns.txt"}) {
        std::ifstream in(std::string(HALL_SOURCE_DIR "/tests/data/") + file);
        for (std::string line; std::getline(in, line);) {
            if (line.empty() || line[0] == '#') continue;
            protocol::Reply reply;
            *reply.mutable_case_file() = before;
            if (line.size() <= 120) reply.mutable_case_file()->set_masked_name(line);
            reply.mutable_case_file()->set_note(line);
            hall.tell(reply);
            settle();
            EXPECT_TRUE(console::says(shell->drawn(), "环节")) << line;
            if (std::string(file) != "blns.txt") {
                EXPECT_TRUE(console::says(shell->drawn(), line)) << line;
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(OneSize, DrawnNames, testing::Values(Size{1366, 768, 1}));

INSTANTIATE_TEST_SUITE_P(Sizes, DrawnWalk,
                         testing::Values(Size{1366, 768, 1}, Size{1366, 768, 2},
                                         Size{1920, 1080, 1}, Size{1920, 1080, 1.5F}),
                         [](const auto& test) {
                             return std::to_string(test.param.width) + "At" +
                                    std::to_string(static_cast<int>(test.param.scale * 100));
                         });

}  // namespace
}  // namespace hall::guide
