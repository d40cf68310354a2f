// Who is on duty at a console, by what the hall tells and what is pressed.
#include <gtest/gtest.h>

#include "displays/console/sign_on_model.h"

namespace hall::console {
namespace {

using protocol::RefusalCode;

struct SignOn : testing::Test {
    SignOnModel model;
    protocol::CareView care;

    void come(client::FeedState state = client::FeedState::live) {
        model.take({std::make_shared<const protocol::CareView>(care), state, 0});
    }
    void add_on_duty(const std::string& number, const std::string& name,
                     const std::string& device) {
        auto* staff = care.add_staff();
        staff->set_number(number);
        staff->set_name(name);
        staff->set_device(device);
        staff->set_on_duty(true);
        staff->set_rank(protocol::StaffRank::clerk);
        care.set_staff_count(static_cast<std::uint32_t>(care.staff_size()));
    }
    // The hall says what this console is called.
    void named(const std::string& device) {
        ASSERT_TRUE(model.asking().has_value());
        protocol::Reply reply;
        reply.mutable_staff_list()->set_device(device);
        reply.mutable_staff_list()->add_staff();
        model.told(reply);
    }
    void write(const std::string& staff, const std::string& pin) {
        model.act({SignOnDo::open});
        model.act({SignOnDo::write_staff, staff});
        model.act({SignOnDo::write_pin, pin});
    }
    void refuse(RefusalCode::Value code) {
        protocol::Reply reply;
        reply.mutable_refusal()->set_code(code);
        model.answered(reply);
    }
    void accept(const std::string& number, const std::string& name, std::uint64_t seq) {
        protocol::Reply reply;
        reply.set_seq(seq);
        reply.mutable_staff()->set_number(number);
        reply.mutable_staff()->set_name(name);
        reply.mutable_staff()->set_device("w2");
        model.answered(reply);
    }
};

TEST_F(SignOn, AHallWithoutStaffHasNoKeyForIt) {
    come();
    EXPECT_FALSE(model.picture().shown);
}

TEST_F(SignOn, AfterARestartTheHallTellsWhoIsSignedOnHere) {
    add_on_duty("C02", "覃窗口", "w2");
    add_on_duty("C03", "陆窗口", "w3");
    come();
    EXPECT_FALSE(model.picture().anybody) << "not known before the hall has said which device";
    named("w2");
    EXPECT_EQ(model.number(), "C02");
    EXPECT_EQ(model.picture().label, "覃窗口");
    EXPECT_FALSE(model.asking().has_value()) << "asked once";
}

TEST_F(SignOn, TheHallIsAskedAgainWhenItDidNotAnswer) {
    EXPECT_FALSE(model.asking().has_value()) << "nothing is asked before views come";
    come();
    EXPECT_TRUE(model.asking().has_value());
    EXPECT_FALSE(model.asking().has_value());
    model.told(tl::make_unexpected(Error{"no_answer", ""}));
    EXPECT_TRUE(model.asking().has_value());
}

TEST_F(SignOn, AColleagueWhoSignsOnElsewhereIsNoLongerHere) {
    add_on_duty("C02", "覃窗口", "w2");
    come();
    named("w2");
    ASSERT_EQ(model.number(), "C02");
    care.mutable_staff(0)->set_device("w5");
    come();
    EXPECT_EQ(model.number(), "");
}

TEST_F(SignOn, AViewFromBeforeTheSignOnDoesNotUndoIt) {
    care.mutable_head()->set_seq(10);
    come();
    named("w2");
    write("C02", "2580");
    model.act({SignOnDo::sign_on});
    model.outgoing();
    accept("C02", "覃窗口", 11);
    EXPECT_EQ(model.number(), "C02");
    EXPECT_FALSE(model.picture().open);
    care.mutable_head()->set_server_time_ms(1);
    come();
    EXPECT_EQ(model.number(), "C02");
    add_on_duty("C02", "覃窗口", "w2");
    care.mutable_head()->set_seq(11);
    come();
    EXPECT_EQ(model.number(), "C02");
}

TEST_F(SignOn, APinGoesOutOnceAndIsWrittenAnewAfterARefusal) {
    come();
    write("C02", "258");
    model.act({SignOnDo::digit, "0"});
    model.act({SignOnDo::sign_on});
    const auto sending = model.outgoing();
    ASSERT_TRUE(sending.has_value());
    EXPECT_TRUE(sending->command.has_sign_on());
    EXPECT_EQ(sending->as.staff, "C02");
    EXPECT_EQ(sending->as.pin, "2580");
    EXPECT_FALSE(model.outgoing().has_value());
    EXPECT_EQ(model.picture().pin, "");
    EXPECT_NE(model.picture().busy, "");
    refuse(RefusalCode::pin_wrong);
    EXPECT_NE(model.picture().pin_error, "");
    EXPECT_EQ(model.picture().staff, "C02");
    EXPECT_TRUE(model.picture().open);
}

TEST_F(SignOn, ANumberThatNobodyHasIsSaidAtTheNumber) {
    come();
    write("C99", "2580");
    model.act({SignOnDo::sign_on});
    refuse(RefusalCode::unknown_staff);
    EXPECT_NE(model.picture().staff_error, "");
    EXPECT_EQ(model.picture().pin_error, "");
    model.act({SignOnDo::write_staff, "C02"});
    EXPECT_EQ(model.picture().staff_error, "");
}

TEST_F(SignOn, ClosingTheDialogForgetsThePin) {
    come();
    write("C02", "2580");
    model.act({SignOnDo::dismiss});
    model.act({SignOnDo::open});
    EXPECT_EQ(model.picture().pin, "");
}

TEST_F(SignOn, APinWrittenInTheWrongFieldIsForgottenAsWell) {
    come();
    model.act({SignOnDo::open});
    model.act({SignOnDo::write_staff, "2580"});
    model.act({SignOnDo::dismiss});
    model.act({SignOnDo::open});
    EXPECT_EQ(model.picture().staff, "");
}

TEST_F(SignOn, NothingIsSentWithoutNumberAndPin) {
    come();
    write("C02", "");
    EXPECT_NE(model.picture().off, "");
    model.act({SignOnDo::sign_on});
    EXPECT_FALSE(model.outgoing().has_value());
}

TEST_F(SignOn, OffDutyWithOpenCasesSaysWhyAndStays) {
    add_on_duty("C02", "覃窗口", "w2");
    come();
    named("w2");
    model.act({SignOnDo::open});
    model.act({SignOnDo::off_duty});
    const auto sending = model.outgoing();
    ASSERT_TRUE(sending.has_value());
    EXPECT_EQ(sending->command.go_off_duty().staff(), "C02");
    refuse(RefusalCode::cases_open);
    EXPECT_EQ(model.picture().message.gravity, Gravity::bad);
    EXPECT_EQ(model.number(), "C02");
}

TEST_F(SignOn, WhoeverIsRefusedForWantOfASignOnSeesTheDialog) {
    come();
    EXPECT_FALSE(model.picture().shown);
    protocol::Reply reply;
    reply.mutable_refusal()->set_code(RefusalCode::sign_on_needed);
    model.not_done(reply);
    EXPECT_TRUE(model.picture().shown);
    EXPECT_TRUE(model.picture().open);
    EXPECT_NE(model.picture().message.word, "");
}

}  // namespace
}  // namespace hall::console
