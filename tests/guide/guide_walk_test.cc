// Check-in, cases, loans and duty: what a guide's taps come to.
#include <gtest/gtest.h>

#include <functional>

#include "displays/guide/guide_model.h"
#include "tests/guide/walk_views.h"

namespace hall::guide {
namespace {

using protocol::CaseResult;
using protocol::CaseStage;
using protocol::CheckInReason;
using protocol::CheckInState;
using protocol::FilledBy;
using protocol::Paper;
using protocol::Reason;
using protocol::RefusalCode;
using protocol::StageOutcome;
using Choice = WalkModel::Choice;
using Field = WalkModel::Field;

struct GuideWalk : testing::Test {
    GuideModel model{{"入口", ""}};
    std::int64_t now = 1'000'000;
    protocol::GuideView guide = open_hall();
    protocol::CareView care = some_care();
    protocol::CasesView cases = some_cases();

    GuideWalk() { come(); }
    void come() {
        const auto newest_guide = newest(guide);
        model.take(newest_guide, now);
        model.walk().take(newest_guide, live(care), live(cases), now);
    }
    WalkPicture picture() const { return model.picture(now).walk; }
    void walk(WalkAct act) { model.act(Act{.what = Do::walk, .walk = std::move(act)}, now); }
    void write(Field field, const std::string& text) {
        walk({Walk::wrote, text, static_cast<std::uint64_t>(field)});
    }
    void choose(Choice choice, int number = 0, const std::string& value = "") {
        walk({Walk::choose, value, static_cast<std::uint64_t>(choice), number});
    }
    // Presses a button that the page really has.
    void press(const std::string& id) {
        const WalkPicture now_shown = picture();
        const WalkButton* found = nullptr;
        const auto look = [&](const std::vector<WalkButton>& buttons) {
            for (const auto& button : buttons) {
                if (button.id == id) found = &button;
            }
        };
        look(now_shown.keys);
        look(now_shown.page.foot);
        look(now_shown.board.foot);
        for (const auto& line : now_shown.page.lines) look(line.buttons);
        ASSERT_NE(found, nullptr) << id;
        ASSERT_EQ(found->disabled, "") << id;
        walk(found->act);
    }
    console::Sending sent() {
        auto sending = model.walk().outgoing();
        EXPECT_TRUE(sending.has_value());
        return sending.value_or(console::Sending{});
    }
    protocol::Command command() { return sent().command; }
    console::Sending sign_on_sent() {
        auto sending = model.desk().sign_on.outgoing();
        EXPECT_TRUE(sending.has_value());
        return sending.value_or(console::Sending{});
    }
    void answer(const protocol::Reply& reply) { model.walk().answered(reply); }
    void refuse(RefusalCode::Value code, const std::string& field = "") {
        protocol::Reply reply;
        reply.mutable_refusal()->set_code(code);
        reply.mutable_refusal()->set_field(field);
        answer(reply);
    }
    const WalkField* field(Field which) const {
        static WalkPage page;
        page = picture().page;
        for (const auto& line : page.lines) {
            for (const auto& one : line.fields) {
                if (one.field == static_cast<std::uint64_t>(which)) return &one;
            }
        }
        return nullptr;
    }
    bool says(const std::string& words) const {
        const WalkPicture shown = picture();
        if (shown.page.message.word.find(words) != std::string::npos) return true;
        if (shown.page.title.find(words) != std::string::npos) return true;
        for (const auto& line : shown.page.lines) {
            if (line.word.word.find(words) != std::string::npos) return true;
            if (line.title.find(words) != std::string::npos) return true;
        }
        return false;
    }
    void sign_on() {
        sign_on_after([&] { walk({Walk::page, "sign_on"}); });
    }
    void sign_on_from(const std::string& button) {
        sign_on_after([&] { press(button); });
    }
    void sign_on_after(const std::function<void()>& opens) {
        opens();
        write(Field::staff, "G01");
        write(Field::pin, "2580");
        press("sign_on");
        sign_on_sent();
        protocol::Reply reply;
        reply.mutable_staff()->set_number("G01");
        reply.mutable_staff()->set_name("李娜");
        reply.mutable_staff()->set_device("device-G01");
        model.walk().sign_on_answered(reply);
    }
    void close() { model.act(Act{Do::close}, now); }
    void tell_case(const protocol::Case& file) {
        protocol::Query query;
        query.mutable_case_file()->set_case_id(file.id());
        protocol::Reply reply;
        *reply.mutable_case_file() = file;
        model.walk().told(query, reply);
    }
    // A ticket for nobody who was checked in.
    void issue(const std::string& number) {
        model.act({Do::service, "card_new"}, now);
        model.act({Do::issue}, now);
        ASSERT_TRUE(model.outgoing().has_value());
        auto reply = issued(number, 7);
        reply.mutable_ticket()->set_services(0, "card_new");
        model.answered(reply, now);
    }
    // The page of a case with its materials.
    void at_case(std::uint64_t id) {
        walk({Walk::show_case, "", id});
        const auto query = model.walk().asking();
        ASSERT_TRUE(query.has_value());
        EXPECT_EQ(query->case_file().case_id(), id);
        protocol::Reply reply;
        for (const auto& one : cases.cases()) {
            if (one.id() == id) *reply.mutable_case_file() = with_materials(one);
        }
        model.walk().told(*query, reply);
    }
};

TEST_F(GuideWalk, ACheckInSendsAllThatWasWrittenAsItWasWritten) {
    press("nav.check_in");
    write(Field::name, "𠮷·阿依 古丽");
    write(Field::phone, "138 7711 2233");
    write(Field::identity, "452124195102030017");
    write(Field::note, "听力不好");
    choose(Choice::reason, CheckInReason::no_smartphone);
    choose(Choice::read_back);
    press("check_in.send");
    const auto sent = command().add_check_in();
    EXPECT_EQ(sent.person().name(), "𠮷·阿依 古丽");
    EXPECT_EQ(sent.person().phone(), "138 7711 2233");
    EXPECT_EQ(sent.person().identity(), "452124195102030017");
    EXPECT_EQ(sent.note(), "听力不好");
    EXPECT_EQ(sent.reason(), CheckInReason::no_smartphone);
    EXPECT_EQ(sent.filled_by(), FilledBy::guide);
    EXPECT_TRUE(sent.read_back());
    EXPECT_EQ(sent.temperature_tenths(), 0U);
}

TEST_F(GuideWalk, ARefusalStandsBesideItsFieldAndNothingIsLost) {
    press("nav.check_in");
    write(Field::name, "王明");
    write(Field::identity, "452124195102030018");
    press("check_in.send");
    sent();
    refuse(RefusalCode::identity_number_invalid, "identity");
    EXPECT_NE(field(Field::identity)->error.find("身份证"), std::string::npos);
    EXPECT_EQ(field(Field::name)->text, "王明");
    EXPECT_EQ(field(Field::identity)->text, "452124195102030018");
    EXPECT_EQ(picture().page.message.word, "") << "said once, where it belongs";
    EXPECT_EQ(picture().page.show, 1) << "the line with the field has to be seen";
    write(Field::identity, "452124195102030017");
    EXPECT_EQ(field(Field::identity)->error, "") << "it is being corrected";
}

TEST_F(GuideWalk, EveryRefusalOfACheckInHasItsPlace) {
    press("nav.check_in");
    write(Field::name, "王明");
    write(Field::family_phone, "1");
    const auto refused_with = [&](RefusalCode::Value code, const std::string& name = "") {
        press("check_in.send");
        sent();
        refuse(code, name);
    };
    refused_with(RefusalCode::name_missing);
    EXPECT_NE(field(Field::name)->error, "");
    refused_with(RefusalCode::contact_missing);
    EXPECT_NE(field(Field::phone)->error, "");
    EXPECT_EQ(field(Field::name)->error, "") << "the next answer replaces the one before";
    refused_with(RefusalCode::phone_invalid, "family_phone");
    EXPECT_NE(field(Field::family_phone)->error, "");
    refused_with(RefusalCode::text_too_long, "person.township");
    EXPECT_NE(field(Field::township)->error, "");
    refused_with(RefusalCode::read_back_missing);
    EXPECT_TRUE(says("念给本人听"));
    refused_with(RefusalCode::consent_missing);
    EXPECT_TRUE(says("征得本人同意"));
    refused_with(RefusalCode::too_many_check_ins);
    EXPECT_NE(picture().page.message.word, "") << "about no field";
}

TEST_F(GuideWalk, WhatWasWrittenStaysWithoutAnAnswer) {
    press("nav.check_in");
    write(Field::name, "王明");
    press("check_in.send");
    const std::string id = sent().command_id;
    model.walk().answered(tl::unexpected(Error{"server_unreachable", ""}));
    EXPECT_EQ(field(Field::name)->text, "王明");
    press("check_in.send");
    EXPECT_EQ(sent().command_id, id) << "asked again, done once";
}

TEST_F(GuideWalk, AfterACheckInTheNextTicketIsForThatVisitor) {
    press("nav.check_in");
    write(Field::name, "王小明");
    press("check_in.send");
    sent();
    answer(checked_in(9, "王*明", CheckInState::complete));
    EXPECT_TRUE(says("王*明"));
    EXPECT_FALSE(says("王小明")) << "masked from then on";
    press("ticket_for");
    EXPECT_FALSE(picture().page.open);
    EXPECT_NE(model.picture(now).message.word.find("给王*明取号"), std::string::npos);
    model.act({Do::service, "card_new"}, now);
    EXPECT_NE(model.picture(now).message.word.find("王*明"), std::string::npos);
    model.act({Do::issue}, now);
    const auto sending = model.outgoing();
    ASSERT_TRUE(sending.has_value());
    EXPECT_EQ(sending->command.issue_ticket().check_in(), 9U);
    auto reply = issued("B024", 7);
    reply.mutable_ticket()->set_services(0, "card_new");
    model.answered(reply, now);
    model.act({Do::service, "card_new"}, now);
    model.act({Do::issue}, now);
    EXPECT_EQ(model.outgoing()->command.issue_ticket().check_in(), 0U) << "the next is another";
    // A case is opened with both.
    walk({Walk::page, "opening"});
    press("opening.send");
    const auto opening = command().open_case();
    EXPECT_EQ(opening.number(), "B024");
    EXPECT_EQ(opening.check_in(), 9U);
    EXPECT_EQ(opening.service(), "card_new");
    EXPECT_FALSE(opening.has_person());
}

TEST_F(GuideWalk, TheFormOfTheNextVisitorIsEmpty) {
    press("nav.check_in");
    write(Field::name, "王小明");
    choose(Choice::reason, CheckInReason::no_code);
    choose(Choice::read_back);
    press("check_in.send");
    sent();
    answer(checked_in(9, "王*明", CheckInState::complete));
    press("check_in.next");
    EXPECT_EQ(field(Field::name)->text, "");
    press("check_in.send");
    const auto sent = command().add_check_in();
    EXPECT_FALSE(sent.read_back());
    EXPECT_EQ(sent.reason(), CheckInReason::unspecified);
}

TEST_F(GuideWalk, AFormThatIsLeftIsAskedAboutOnceAndThenGone) {
    guide.set_entry_check(protocol::EntryCheck::temperature);
    come();
    press("nav.check_in");
    close();
    EXPECT_FALSE(picture().page.open) << "nothing was written: nothing is asked";
    press("nav.check_in");
    write(Field::name, "王小明");
    write(Field::phone, "13877112233");
    write(Field::temperature, "36.5");
    choose(Choice::consent);
    choose(Choice::read_back);
    close();
    EXPECT_TRUE(says("再按一次 Esc 放弃"));
    EXPECT_EQ(field(Field::name)->text, "王小明");
    write(Field::township, "大新乡");
    close();
    EXPECT_TRUE(picture().page.open) << "written on: asked anew";
    close();
    EXPECT_FALSE(picture().page.open);
    walk({Walk::page, "opening"});
    for (const Field one : {Field::name, Field::phone, Field::township}) {
        EXPECT_EQ(field(one)->text, "");
    }
    close();
    press("nav.check_in");
    press("check_in.send");
    const auto sent = command().add_check_in();
    EXPECT_EQ(sent.person().name(), "");
    EXPECT_EQ(sent.temperature_tenths(), 0U);
    EXPECT_FALSE(sent.person().family_consent());
    EXPECT_FALSE(sent.read_back());
}

TEST_F(GuideWalk, ASecondMeasurementAsksBeforeAFormIsLeft) {
    auto* resting = guide.add_check_ins();
    resting->set_id(9);
    resting->set_state(CheckInState::resting);
    come();
    press("nav.check_in");
    write(Field::name, "王小明");
    press("measure.9");
    EXPECT_EQ(field(Field::name)->text, "王小明");
    press("measure.9");
    EXPECT_NE(field(Field::again), nullptr);
}

TEST_F(GuideWalk, NothingOfAPersonIsLeftAfterACaseWasOpened) {
    walk({Walk::page, "opening"});
    write(Field::name, "王小明");
    write(Field::phone, "13877112233");
    write(Field::township, "大新乡");
    write(Field::number, "A003");
    write(Field::case_note, "听力不好");
    choose(Choice::service, 0, "card_new");
    choose(Choice::proxy, protocol::Proxy::free);
    write(Field::relation, "女儿");
    press("opening.send");
    const auto opening = command().open_case();
    EXPECT_EQ(opening.note(), "听力不好");
    EXPECT_EQ(opening.relation(), "女儿");
    protocol::Reply reply;
    *reply.mutable_case_file() = cases.cases(0);
    answer(reply);
    EXPECT_EQ(field(Field::attached)->text, "");
    for (const char* page : {"check_in", "opening"}) {
        walk({Walk::page, page});
        for (const auto& line : picture().page.lines) {
            for (const auto& one : line.fields) EXPECT_EQ(one.text, "") << page << one.caption;
        }
    }
    EXPECT_NE(picture().page.foot.front().disabled, "") << "no service is chosen either";
}

TEST_F(GuideWalk, ATicketIsFilledInForTheOpeningRightAfterItAndNowhereElse) {
    issue("B024");
    walk({Walk::page, "loans"});
    EXPECT_EQ(field(Field::borrower)->text, "");
    at_case(1);
    EXPECT_EQ(field(Field::attached)->text, "");
    walk({Walk::page, "opening"});
    EXPECT_EQ(field(Field::number)->text, "B024");
    close();
    EXPECT_FALSE(says("再按一次")) << "the hall wrote it, not the guide";
    walk({Walk::page, "opening"});
    EXPECT_EQ(field(Field::number)->text, "") << "the next one is of somebody else";
    close();
    issue("B025");
    now += 10 * kMinuteMs;
    come();
    walk({Walk::page, "opening"});
    EXPECT_EQ(field(Field::number)->text, "") << "that visitor is long gone";
}

TEST_F(GuideWalk, ForAnotherVisitorTheOpeningBeginsAnew) {
    press("nav.check_in");
    write(Field::name, "王小明");
    press("check_in.send");
    sent();
    answer(checked_in(9, "王*明", CheckInState::complete));
    press("open_case");
    EXPECT_TRUE(says("王*明"));
    press("opening.other");
    EXPECT_FALSE(says("王*明"));
    ASSERT_NE(field(Field::name), nullptr);
    EXPECT_TRUE(field(Field::name)->first);
    EXPECT_EQ(field(Field::number)->text, "");
}

TEST_F(GuideWalk, WhatIsChangedAfterItWasReadBackIsReadBackAgain) {
    press("nav.check_in");
    write(Field::name, "王小明");
    choose(Choice::read_back);
    write(Field::name, "王小明");
    press("check_in.send");
    EXPECT_TRUE(command().add_check_in().read_back()) << "the same";
    refuse(RefusalCode::contact_missing);
    write(Field::phone, "13877112233");
    EXPECT_TRUE(says("请再读给本人听一遍"));
    press("check_in.send");
    EXPECT_FALSE(command().add_check_in().read_back());
    refuse(RefusalCode::read_back_missing);
    choose(Choice::read_back);
    EXPECT_FALSE(says("请再读给本人听一遍"));
}

TEST_F(GuideWalk, WithoutASignOnNobodysOffersAreMine) {
    EXPECT_EQ(picture().keys.back().label, "更多");
    press("nav.board");
    EXPECT_EQ(picture().board.columns[2].cards[1].mark.word, "交接待接收");
    walk({Walk::page, "inbox"});
    EXPECT_TRUE(picture().page.lines.empty());
    EXPECT_EQ(picture().page.empty, "先签到,才知道哪些是交给您的");
    sign_on_from("inbox.sign_on");
    EXPECT_EQ(picture().page.id, "inbox") << "back where it was needed";
    press("accept.3");
}

TEST_F(GuideWalk, WhoMustSignOnComesBackToTheCaseAndLosesNothing) {
    at_case(2);
    write(Field::attached, "A023");
    press("case.next");
    sent();
    refuse(RefusalCode::sign_on_needed);
    EXPECT_TRUE(says("签到"));
    sign_on_from("sign_on.first");
    EXPECT_EQ(picture().page.id, "case");
    EXPECT_EQ(picture().page.message.word, "");
    press("case.next");
    EXPECT_EQ(command().enter_stage().stage(), CaseStage::form_filling);
}

TEST_F(GuideWalk, ACaseTellsWhoComesForItAndWhatWasNoted) {
    at_case(2);
    auto file = with_materials(cases.cases(1));
    file.set_proxy(protocol::Proxy::letter);
    file.set_relation("女儿");
    file.set_own_wish(true);
    file.set_note("听力不好");
    tell_case(file);
    EXPECT_TRUE(says("授权代理"));
    EXPECT_TRUE(says("与本人关系:女儿"));
    EXPECT_TRUE(says("本人意愿"));
    EXPECT_TRUE(says("听力不好"));
}

TEST_F(GuideWalk, ACaseWithoutATicketSaysItsNumberOnce) {
    at_case(1);
    EXPECT_EQ(picture().page.title, "办件 1 王*明");
    at_case(2);
    EXPECT_EQ(picture().page.title, "办件 2 B012 王*明");
}

TEST_F(GuideWalk, TemperatureIsAskedForOnlyWhereTheHallWantsIt) {
    press("nav.check_in");
    EXPECT_EQ(field(Field::temperature), nullptr);
    guide.set_entry_check(protocol::EntryCheck::temperature);
    come();
    ASSERT_NE(field(Field::temperature), nullptr);
    for (const auto& [written, tenths] : std::map<std::string, std::uint32_t>{{"36.5", 365},
                                                                              {"36。5", 365},
                                                                              {"365", 365},
                                                                              {"36", 360},
                                                                              {"37.35", 373},
                                                                              {"", 0},
                                                                              {"abc", 0}}) {
        write(Field::temperature, written);
        press("check_in.send");
        EXPECT_EQ(command().add_check_in().temperature_tenths(), tenths) << written;
        refuse(RefusalCode::temperature_out_of_range);
        EXPECT_NE(field(Field::temperature)->error, "") << written;
    }
}

TEST_F(GuideWalk, AHighTemperatureRestsAndIsMeasuredAgain) {
    guide.set_entry_check(protocol::EntryCheck::temperature);
    auto* resting = guide.add_check_ins();
    resting->set_id(9);
    resting->set_masked_name("王*明");
    resting->set_state(CheckInState::resting);
    resting->set_at_ms(kNineFortyTwo);
    come();
    press("nav.check_in");
    EXPECT_TRUE(says("休息中"));
    press("measure.9");
    EXPECT_TRUE(says("王*明"));
    write(Field::again, "37.8");
    press("measure.send");
    const auto sent = command().measure_again();
    EXPECT_EQ(sent.check_in(), 9U);
    EXPECT_EQ(sent.temperature_tenths(), 378U);
    answer(checked_in(9, "王*明", CheckInState::at_seat));
    EXPECT_TRUE(says("就座办理"));
    press("ticket_for");
}

TEST_F(GuideWalk, TheBoardHasAColumnAStageWithWhatNeedsAHand) {
    sign_on();
    press("nav.board");
    const auto board = picture().board;
    ASSERT_EQ(board.columns.size(), 7U);
    EXPECT_EQ(board.columns[0].title, "接待");
    EXPECT_EQ(board.columns[6].title, "反馈");
    const auto& copying = board.columns[2];
    ASSERT_EQ(copying.cards.size(), 2U);
    EXPECT_EQ(copying.count, "2");
    EXPECT_EQ(copying.cards[0].head, "B012 王*明");
    EXPECT_EQ(copying.cards[0].foot, "李娜·6 分钟");
    EXPECT_EQ(copying.cards[0].mark.word, "待群众补材料");
    EXPECT_TRUE(copying.cards[0].mine);
    EXPECT_EQ(copying.cards[1].mark.word, "待我接收");
    EXPECT_EQ(board.columns[5].cards[0].mark.word, "超期");
    EXPECT_EQ(board.columns[5].cards[0].mark.gravity, Gravity::bad);
    now += 5 * kMinuteMs;
    EXPECT_EQ(picture().board.columns[2].cards[0].foot, "李娜·11 分钟");
}

TEST_F(GuideWalk, OneTapEntersTheNextStage) {
    at_case(2);
    press("case.next");
    const auto sent = command().enter_stage();
    EXPECT_EQ(sent.case_id(), 2U);
    EXPECT_EQ(sent.stage(), CaseStage::form_filling);
    EXPECT_EQ(sent.skip_reason(), Reason::unspecified);
    refuse(RefusalCode::case_waits_for_visitor);
    EXPECT_EQ(picture().page.message.gravity, Gravity::bad);
}

TEST_F(GuideWalk, FurtherAheadAsksWhyAndBackAsksWhy) {
    at_case(2);
    press("stage.acceptance");
    EXPECT_FALSE(model.walk().outgoing().has_value());
    EXPECT_TRUE(says("直接到受理"));
    press("why.not_needed");
    const auto skip = command().enter_stage();
    EXPECT_EQ(skip.stage(), CaseStage::acceptance);
    EXPECT_EQ(skip.skip_reason(), Reason::not_needed);
    refuse(RefusalCode::case_waits_for_visitor);
    press("stage.consultation");
    EXPECT_TRUE(says("退回到答疑"));
    press("why.material_missing");
    const auto back = command().leave_stage();
    EXPECT_EQ(back.outcome(), StageOutcome::sent_back);
    EXPECT_EQ(back.to(), CaseStage::consultation);
    EXPECT_EQ(back.reason(), Reason::material_missing);
}

TEST_F(GuideWalk, MaterialsAreAChecklistAndAllThatIsMissingIsToldAtOnce) {
    at_case(2);
    EXPECT_TRUE(says("数据共享可证明,不用交"));
    press("receive.photo");
    EXPECT_EQ(command().receive_material().material(), "photo");
    answer(protocol::Reply{});
    press("back.id_card");
    EXPECT_TRUE(command().receive_material().returned());
    answer(protocol::Reply{});
    press("missing.application");
    press("missing.proxy_letter");
    press("missing.proxy_letter");
    press("missing.photo");
    press("case.ask");
    press("next_date.2026-11-26");
    press("notice.send");
    const auto ask = command().ask_material();
    ASSERT_EQ(ask.materials_size(), 2);
    EXPECT_EQ(ask.next_date(), "2026-11-26");
    EXPECT_EQ(ask.materials(0), "photo");
    EXPECT_EQ(ask.materials(1), "application");
    refuse(RefusalCode::second_notice_needs_supervisor);
    EXPECT_EQ(picture().page.message.gravity, Gravity::bad);
    close();
    EXPECT_EQ(picture().page.foot.back().label, "一次性告知 2") << "a refusal keeps the ticks";
}

TEST_F(GuideWalk, ANoticeIsReadBeforeItIsTold) {
    at_case(2);
    EXPECT_EQ(picture().page.foot.back().label, "一次性告知 2")
        << "what would be told, unmarked too";
    press("case.ask");
    EXPECT_FALSE(model.walk().outgoing().has_value());
    EXPECT_TRUE(says("近期一寸免冠白底照片"));
    EXPECT_TRUE(says("社会保障卡申领登记表"));
    EXPECT_FALSE(says("居民身份证")) << "it is here already";
    EXPECT_FALSE(says("户口簿")) << "proved by data";
    EXPECT_EQ(picture().page.foot.front().label, "告知并打印(共 2 项)");
    press("missing.proxy_letter");
    EXPECT_EQ(picture().page.foot.front().label, "告知并打印(共 3 项)");
    press("notice.send");
    EXPECT_EQ(command().ask_material().materials_size(), 3);
    protocol::Reply reply;
    *reply.mutable_case_file() = with_materials(cases.cases(1));
    answer(reply);
    EXPECT_TRUE(says("已一次性告知"));
    EXPECT_EQ(picture().page.id, "case");
}

TEST_F(GuideWalk, WhereNothingIsMissingThereIsNoNotice) {
    at_case(2);
    auto file = with_materials(cases.cases(1));
    for (auto& material : *file.mutable_materials()) material.set_received(true);
    tell_case(file);
    EXPECT_EQ(picture().page.foot.back().label, "一次性告知 0");
    EXPECT_EQ(picture().page.foot.back().disabled, "材料已齐,没有要补的");
}

TEST_F(GuideWalk, ACaseThatChangedIsAskedForAnew) {
    at_case(2);
    EXPECT_FALSE(model.walk().asking().has_value());
    come();
    EXPECT_FALSE(model.walk().asking().has_value()) << "nothing changed";
    cases.mutable_cases(1)->set_waiting_for_visitor(false);
    come();
    EXPECT_TRUE(model.walk().asking().has_value());
}

TEST_F(GuideWalk, AHandOverIsOfferedToWhoIsOnDutyAndAcceptedInTheInbox) {
    sign_on();
    at_case(1);
    press("hand_over.G02");
    EXPECT_EQ(command().hand_over().to(), "G02");
    answer(protocol::Reply{});
    EXPECT_TRUE(says("已请韦国强接收"));
    EXPECT_EQ(picture().keys.back().label, "待接收 1");
    walk({Walk::page, "inbox"});
    press("accept.3");
    auto sent = command().accept_hand_over();
    EXPECT_EQ(sent.case_id(), 3U);
    EXPECT_FALSE(sent.decline());
    refuse(RefusalCode::not_offered);
    press("decline.3");
    EXPECT_TRUE(command().accept_hand_over().decline());
}

TEST_F(GuideWalk, NotApprovedNeedsItsWordsFirst) {
    at_case(5);
    press("result.not_approved");
    EXPECT_FALSE(model.walk().outgoing().has_value());
    write(Field::reason, "缴费年限不足");
    press("result.confirm");
    auto sent = command().set_result();
    EXPECT_EQ(sent.result(), CaseResult::not_approved);
    EXPECT_EQ(sent.note(), "缴费年限不足");
    refuse(RefusalCode::remedy_missing);
    EXPECT_NE(field(Field::remedy)->error, "");
    EXPECT_EQ(field(Field::reason)->text, "缴费年限不足");
}

TEST_F(GuideWalk, WhoTellsTheResultReadsWhyAndWhatCanBeDone) {
    at_case(5);
    protocol::Reply reply;
    *reply.mutable_case_file() = with_materials(cases.cases(4));
    auto& file = *reply.mutable_case_file();
    file.set_stage(CaseStage::feedback);
    file.set_result(CaseResult::not_approved);
    file.set_result_note("缴费年限不足");
    file.set_remedy("可补缴后再办");
    protocol::Query query;
    query.mutable_case_file()->set_case_id(file.id());
    model.walk().told(query, reply);
    EXPECT_TRUE(says("缴费年限不足"));
    EXPECT_TRUE(says("可补缴后再办"));
}

TEST_F(GuideWalk, ApprovedIsOneTapAndThenItIsTold) {
    at_case(5);
    press("result.approved");
    EXPECT_EQ(command().set_result().result(), CaseResult::approved);
    protocol::Reply reply;
    *reply.mutable_case_file() = with_materials(cases.cases(4));
    reply.mutable_case_file()->set_result(CaseResult::approved);
    reply.mutable_case_file()->set_stage(CaseStage::feedback);
    answer(reply);
    EXPECT_TRUE(says("结果还没有告知"));
    press("understood");
    press("tell.phone");
    const auto told = command().tell_result();
    EXPECT_EQ(told.how(), protocol::TellWay::phone);
    EXPECT_TRUE(told.understood());
}

TEST_F(GuideWalk, PapersAndTicketsOfACase) {
    at_case(1);
    press("print.band");
    EXPECT_EQ(command().print_wristband().case_id(), 1U);
    answer(protocol::Reply{});
    press("print.form");
    EXPECT_EQ(command().print_case_paper().paper(), Paper::form);
    answer(protocol::Reply{});
    press("print.guide");
    EXPECT_EQ(command().print_guide().service(), cases.cases(0).service());
    answer(protocol::Reply{});
    write(Field::attached, "A023");
    press("attach");
    EXPECT_EQ(command().attach_ticket().number(), "A023");
    refuse(RefusalCode::case_other_service);
    EXPECT_NE(field(Field::attached)->error, "");
}

// Emergencies are AlarmModel's (tests/console): here, how a guide comes to them.
TEST_F(GuideWalk, AnEmergencyOfACaseIsRaisedForItWhileAnotherCommandIsOnItsWay) {
    at_case(2);
    press("receive.photo");
    sent();
    press("case.emergency");
    const auto alarm = [&] { return model.picture(now).alarm; };
    ASSERT_EQ(alarm().dialog, console::AlarmDialog::place);
    model.act(Act{.what = Do::alarm, .alarm = {console::AlarmDo::place, "waiting"}}, now);
    now += console::kAlarmSettleMs;
    model.act(Act{.what = Do::alarm, .alarm = {console::AlarmDo::kind, alarm().options[2].value}},
              now);
    const auto sending = model.desk().alarm.outgoing();
    ASSERT_TRUE(sending.has_value());
    const auto raise = sending->command.raise_emergency();
    EXPECT_EQ(raise.case_id(), 2U);
    EXPECT_EQ(raise.place(), "waiting");
    EXPECT_EQ(raise.kind(), "摔倒");
}

TEST_F(GuideWalk, LoansAreLentAndReturnedAndEmptyStockSaysWhy) {
    walk({Walk::page, "loans"});
    EXPECT_TRUE(says("可借 3,共 5"));
    EXPECT_TRUE(says("空座 5,共 8"));
    EXPECT_TRUE(says("2026-10-01 已到期"));
    write(Field::borrower, "A031");
    press("lend.glasses_200");
    auto lend = command().lend_facility();
    EXPECT_EQ(lend.facility(), "glasses_200");
    EXPECT_EQ(lend.number(), "A031");
    answer(protocol::Reply{});
    EXPECT_EQ(field(Field::borrower)->text, "");
    press("lend.water");
    EXPECT_EQ(command().take_stock().count(), 1U);
    answer(protocol::Reply{});
    press("return.71");
    EXPECT_EQ(command().return_loan().loan(), 71U);
    for (const auto& line : picture().page.lines) {
        for (const auto& button : line.buttons) {
            if (button.id == "lend.wheelchair" || button.id == "lend.first_aid") {
                EXPECT_NE(button.disabled, "") << button.id;
            }
        }
    }
}

TEST_F(GuideWalk, HelpAtAMachineIsThreeTaps) {
    walk({Walk::page, "help"});
    press("machine.self_service");
    press("task.authenticate");
    press("help.record");
    const auto sent = command().record_assistance();
    EXPECT_EQ(sent.machine(), "self_service");
    EXPECT_EQ(sent.task(), "authenticate");
    EXPECT_EQ(sent.minutes(), 5U);
}

TEST_F(GuideWalk, APinTravelsOnceAndIsNeverKept) {
    walk({Walk::page, "sign_on"});
    write(Field::staff, "G01");
    for (const char* digit : {"2", "5", "8", "0"}) press(std::string("digit.") + digit);
    press("sign_on");
    const console::Sending sending = sign_on_sent();
    EXPECT_TRUE(sending.command.has_sign_on());
    EXPECT_EQ(sending.as.staff, "G01");
    EXPECT_EQ(sending.as.pin, "2580");
    EXPECT_EQ(sending.command.DebugString().find("2580"), std::string::npos);
    EXPECT_EQ(field(Field::pin)->text, "");
    protocol::Reply reply;
    reply.mutable_refusal()->set_code(RefusalCode::pin_wrong);
    model.walk().sign_on_answered(reply);
    EXPECT_NE(field(Field::pin)->error, "");
    EXPECT_EQ(field(Field::staff)->text, "G01");
}

TEST_F(GuideWalk, WhoIsOnDutyIsInTheHeaderUntilOffDuty) {
    sign_on();
    EXPECT_EQ(picture().who, "李娜 在岗");
    walk({Walk::page, "sign_on"});
    press("off_duty");
    EXPECT_EQ(sign_on_sent().command.go_off_duty().staff(), "G01");
    protocol::Reply reply;
    reply.mutable_refusal()->set_code(RefusalCode::cases_open);
    model.walk().sign_on_answered(reply);
    EXPECT_EQ(picture().who, "李娜 在岗");
    EXPECT_EQ(picture().page.message.gravity, Gravity::bad);
    care.clear_staff();
    cases.clear_staff();
    come();
    EXPECT_EQ(picture().who, "") << "signed off elsewhere";
}

TEST_F(GuideWalk, NothingIsSentWhileTheLinkIsDown) {
    press("nav.check_in");
    const auto old = newest(guide, client::FeedState::stale);
    model.take(old, now);
    model.walk().take(old, live(care), live(cases), now);
    EXPECT_NE(picture().page.foot.front().disabled, "");
    walk({Walk::check_in});
    EXPECT_FALSE(model.walk().outgoing().has_value());
}

}  // namespace
}  // namespace hall::guide
