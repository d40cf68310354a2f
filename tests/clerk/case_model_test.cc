// What a clerk's keys come to for a case.
#include <gtest/gtest.h>

#include "tests/clerk/case_keys.h"

namespace hall::clerk {
namespace {

using protocol::CaseResult;
using protocol::RefusalCode;

TEST_F(CaseKeys, TheCardSaysWhoWhatWhereAndForHowLong) {
    given(with_case());
    const CaseCard card = cases().card;
    EXPECT_EQ(card.title, "办件 118 · 王*明");
    EXPECT_EQ(card.service, "养老保险待遇领取资格认证");
    EXPECT_EQ(card.stage.word, "受理 · 第 5 步,共 7 步");
    EXPECT_EQ(card.facts, "引导 李华 · 本步 12 分");
    EXPECT_TRUE(card.marks.empty());
    EXPECT_FALSE(cases().open);
}

TEST_F(CaseKeys, OverdueAndWaitingAreMarksWithAWord) {
    auto view = with_case();
    view.mutable_cases(0)->set_overdue(true);
    view.mutable_cases(0)->set_waiting_for_visitor(true);
    given(view);
    const auto marks = cases().card.marks;
    ASSERT_EQ(marks.size(), 2U);
    EXPECT_EQ(marks[0], (Word{"超期", Gravity::bad}));
    EXPECT_EQ(marks[1], (Word{"等办事人补材料", Gravity::warning}));
}

TEST_F(CaseKeys, EnterGoesToTheNextStageAndADoublePressIsOne) {
    given(with_case());
    press(CaseDo::enter);
    const auto command = sent();
    EXPECT_EQ(command.enter_stage().case_id(), 118U);
    EXPECT_EQ(command.enter_stage().stage(), protocol::CaseStage::processing);
    answer();
    now += 200;
    press(CaseDo::enter);
    EXPECT_TRUE(nothing_sent());
}

TEST_F(CaseKeys, WhatTheAnswerSaysStandsUntilANewerView) {
    given(with_case());
    press(CaseDo::enter);
    sent();
    protocol::Reply reply;
    reply.set_seq(41);
    *reply.mutable_case_file() = with_processing().cases(0);
    reply.mutable_case_file()->clear_materials();
    answer(reply);
    EXPECT_EQ(first_step(), CaseDo::ask_result);
    EXPECT_EQ(cases().materials.size(), 5U)
        << "an answer without the checklist keeps the known one";
    given(with_case());
    EXPECT_EQ(first_step(), CaseDo::ask_result) << "a view from before the answer";
    auto view = with_case();
    view.mutable_head()->set_seq(42);
    given(view);
    EXPECT_EQ(first_step(), CaseDo::enter);
}

TEST_F(CaseKeys, WhileMaterialIsMissingTheNextStageSaysWhyNot) {
    auto view = with_case();
    view.mutable_cases(0)->set_waiting_for_visitor(true);
    given(view);
    EXPECT_EQ(cases().steps.front().disabled, "等办事人补齐材料后才能进入下一步");
}

TEST_F(CaseKeys, TheChecklistTicksWhatCameAndWhatWentBack) {
    given(with_case());
    EXPECT_EQ(cases().materials_title, "材料 2/3");
    EXPECT_EQ(material("photo").press, CaseDo::receive);
    press(CaseDo::receive, "photo");
    auto command = sent();
    EXPECT_EQ(command.receive_material().material(), "photo");
    EXPECT_FALSE(command.receive_material().returned());
    answer();
    EXPECT_EQ(material("id_card").press, CaseDo::give_back);
    press(CaseDo::give_back, "id_card");
    EXPECT_TRUE(sent().receive_material().returned());
    EXPECT_EQ(material("bank_card").press, CaseDo::dismiss) << "nothing is left to do";
}

TEST_F(CaseKeys, WhatDataProvesIsNeverAskedFor) {
    given(with_case());
    EXPECT_EQ(material("residence").state.word, "数据已核,无需提供");
    EXPECT_EQ(material("residence").press, CaseDo::dismiss);
    press(CaseDo::receive, "residence");
    EXPECT_TRUE(nothing_sent());
    press(CaseDo::ask_notice);
    press(CaseDo::mark, "residence");
    for (const auto& line : cases().notice) EXPECT_NE(line.code, "residence");
    press(CaseDo::tell_notice);
    const auto told = sent();
    EXPECT_EQ(told.ask_material().materials_size(), 1);
    for (const auto& code : told.ask_material().materials()) EXPECT_NE(code, "residence");
}

TEST_F(CaseKeys, TheNoticeTellsAllThatIsMissingAtOnce) {
    given(with_case());
    press(CaseDo::ask_notice);
    const auto lines = cases().notice;
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].code, "photo");
    EXPECT_TRUE(lines[0].always) << "what is required cannot be left out";
    EXPECT_EQ(lines[1].code, "letter");
    EXPECT_FALSE(lines[1].marked);
    EXPECT_EQ(cases().notice_send, "打印告知单(共 1 项)");
    press(CaseDo::mark, "letter");
    EXPECT_EQ(cases().notice_send, "打印告知单(共 2 项)");
    ASSERT_EQ(cases().dates.size(), 3U) << "any day, and the days that the hall is open";
    EXPECT_EQ(cases().dates[1].label, "11月25日 周三");
    EXPECT_EQ(cases().dates[2].label, "11月30日 周一");
    press(CaseDo::on_date, cases().dates[1].value);
    press(CaseDo::tell_notice);
    const auto ask = sent().ask_material();
    EXPECT_EQ(ask.materials_size(), 2);
    EXPECT_EQ(ask.next_date(), "2026-11-25");
    answer();
    EXPECT_EQ(cases().dialog, CaseDialog::none);
    EXPECT_EQ(model.picture(now).message.word, "已一次告知,告知单在打印");
    press(CaseDo::ask_hand_over);
    EXPECT_TRUE(model.picture(now).message.word.empty()) << "it is about the notice";
}

TEST_F(CaseKeys, ASecondNoticeNeedsAReasonAndKeepsItAfterARefusal) {
    auto view = with_case();
    view.mutable_cases(0)->set_notices(1);
    given(view);
    press(CaseDo::ask_notice);
    EXPECT_EQ(cases().dialog, CaseDialog::second_notice);
    EXPECT_EQ(cases().form_off, "再次告知要由值班领导写明原因");
    press(CaseDo::send_form);
    press(CaseDo::tell_notice);
    EXPECT_TRUE(nothing_sent());
    write(CaseField::note, "上次漏告一项");
    press(CaseDo::send_form);
    EXPECT_EQ(cases().dialog, CaseDialog::notice);
    press(CaseDo::tell_notice);
    EXPECT_EQ(sent().ask_material().note(), "上次漏告一项");
    refuse(RefusalCode::second_notice_needs_supervisor);
    EXPECT_EQ(cases().dialog, CaseDialog::notice);
    EXPECT_EQ(cases().note, "上次漏告一项") << "nothing written is lost";
    EXPECT_FALSE(model.picture(now).message.word.empty());
}

TEST_F(CaseKeys, NothingMissingIsSaidAndNotSent) {
    auto view = with_processing();
    view.mutable_cases(0)->mutable_materials()->RemoveLast();
    view.mutable_cases(0)->mutable_materials()->RemoveLast();
    given(view);
    press(CaseDo::ask_notice);
    EXPECT_EQ(cases().notice_off, "材料已齐,没有要补的");
    press(CaseDo::tell_notice);
    EXPECT_TRUE(nothing_sent());
}

TEST_F(CaseKeys, AResultEndsProcessing) {
    given(with_processing());
    EXPECT_EQ(first_step(), CaseDo::ask_result);
    press(CaseDo::enter);
    EXPECT_TRUE(nothing_sent()) << "feedback is reached with a result only";
    press(CaseDo::ask_result);
    ASSERT_EQ(cases().options.size(), 3U);
    press(CaseDo::result, cases().options[0].value);
    EXPECT_EQ(sent().set_result().result(), CaseResult::approved);
}

TEST_F(CaseKeys, NotApprovedNeedsTheReasonAndTheRemedy) {
    given(with_processing());
    press(CaseDo::ask_result);
    press(CaseDo::result, "not_approved");
    EXPECT_EQ(cases().dialog, CaseDialog::not_approved);
    EXPECT_FALSE(cases().form_off.empty());
    press(CaseDo::send_form);
    EXPECT_TRUE(nothing_sent());
    write(CaseField::note, "缴费年限不足");
    press(CaseDo::send_form);
    EXPECT_TRUE(nothing_sent()) << "the remedy is missing";
    write(CaseField::remedy, "可补缴后再办,或 60 日内申请复议");
    press(CaseDo::send_form);
    const auto set = sent().set_result();
    EXPECT_EQ(set.result(), CaseResult::not_approved);
    EXPECT_EQ(set.note(), "缴费年限不足");
    EXPECT_EQ(set.remedy(), "可补缴后再办,或 60 日内申请复议");
    EXPECT_TRUE(set.office().empty());
}

TEST_F(CaseKeys, ApprovingWithoutAMaterialNamesItAndAsksFirst) {
    auto view = with_processing();
    view.mutable_cases(0)->mutable_materials(2)->set_received(false);
    given(view);
    press(CaseDo::ask_result);
    press(CaseDo::result, "approved");
    EXPECT_TRUE(nothing_sent());
    ASSERT_EQ(cases().dialog, CaseDialog::approve);
    EXPECT_EQ(cases().about, "没有收到:近期免冠照片") << "what is only needed at times is not";
    ASSERT_EQ(cases().options.size(), 2U);
    EXPECT_EQ(cases().options[0].value, kBack) << "a second press of 1 approves nothing";
    press(CaseDo::result, cases().options[1].value);
    EXPECT_EQ(sent().set_result().result(), CaseResult::approved);
}

TEST_F(CaseKeys, ReferredNamesTheOffice) {
    given(with_processing());
    press(CaseDo::ask_result);
    press(CaseDo::result, "referred");
    press(CaseDo::send_form);
    EXPECT_TRUE(nothing_sent());
    write(CaseField::office, "市医保中心");
    press(CaseDo::send_form);
    EXPECT_EQ(sent().set_result().office(), "市医保中心");
}

TEST_F(CaseKeys, TheResultIsToldHowAndWhetherItWasUnderstood) {
    auto view = with_told();
    view.mutable_cases(0)->set_told_at_ms(0);
    view.mutable_cases(0)->set_rating(protocol::RatingState::not_invited);
    given(view);
    EXPECT_EQ(first_step(), CaseDo::ask_tell);
    press(CaseDo::ask_tell);
    press(CaseDo::tell, "window");
    EXPECT_TRUE(nothing_sent());
    press(CaseDo::understood);
    const auto tell = sent().tell_result();
    EXPECT_EQ(tell.how(), protocol::TellWay::window);
    EXPECT_TRUE(tell.understood());
}

TEST_F(CaseKeys, TheResultIsToldUntilItIsUnderstood) {
    auto view = with_told();
    auto& file = *view.mutable_cases(0);
    file.set_result(CaseResult::not_approved);
    file.set_result_note("缴费年限不足");
    file.set_understood(false);
    given(view);
    EXPECT_EQ(first_step(), CaseDo::ask_tell);
    EXPECT_EQ(cases().steps.front().label, "再讲一次结果");
    EXPECT_EQ(cases().card.marks.back(), (Word{"不予办理 · 还没听懂", Gravity::warning}));
    press(CaseDo::ask_tell);
    EXPECT_EQ(cases().about, "原因:缴费年限不足");
    press(CaseDo::tell, "window");
    EXPECT_EQ(cases().about, "原因:缴费年限不足") << "it is read out while it is explained";
    press(CaseDo::explain);
    EXPECT_FALSE(sent().tell_result().understood());
    answer();
    press(CaseDo::ask_tell);
    press(CaseDo::tell, "window");
    press(CaseDo::understood);
    EXPECT_TRUE(sent().tell_result().understood());
    file.set_understood(true);
    view.mutable_head()->set_seq(50);
    given(view);
    EXPECT_EQ(first_step(), CaseDo::rate);
}

TEST_F(CaseKeys, OnlyAnApprovalIsGreen) {
    auto view = with_told();
    const std::pair<CaseResult::Value, Gravity> graves[] = {
        {CaseResult::approved, Gravity::good},
        {CaseResult::not_approved, Gravity::warning},
        {CaseResult::referred, Gravity::waiting}};
    for (const auto& [result, gravity] : graves) {
        view.mutable_cases(0)->set_result(result);
        given(view);
        EXPECT_EQ(cases().card.marks.back().gravity, gravity) << cases().card.marks.back().word;
    }
}

TEST_F(CaseKeys, WhoComesForWhomIsOnThePage) {
    auto view = with_case();
    given(view);
    EXPECT_EQ(cases().card.who, "");
    auto& file = *view.mutable_cases(0);
    file.set_proxy(protocol::Proxy::free);
    file.set_relation("女儿");
    file.set_own_wish(true);
    given(view);
    EXPECT_EQ(cases().card.who, "亲友代办 · 女儿 · 已问,是本人意愿");
}

TEST_F(CaseKeys, HandingOverNamesAColleagueOnDutyOtherThanTheEscort) {
    given(with_case());
    press(CaseDo::ask_hand_over);
    const auto options = cases().options;
    ASSERT_EQ(options.size(), 2U);
    EXPECT_EQ(options[0].label, "陈静 C02");
    press(CaseDo::hand_over, options[0].value);
    EXPECT_EQ(sent().hand_over().to(), "C02");
}

TEST_F(CaseKeys, WhatIsOfferedCanBeTakenOverOrDeclined) {
    auto view = with_case();
    view.mutable_cases(0)->set_offered_to("C02");
    given(view);
    EXPECT_EQ(cases().card.marks.front().word, "等 陈静 接手") << "a person has a name";
    press(CaseDo::decline);
    EXPECT_TRUE(sent().accept_hand_over().decline());
    answer();
    press(CaseDo::accept);
    EXPECT_FALSE(sent().accept_hand_over().decline());
}

TEST_F(CaseKeys, ACaseEndsOnlyAfterRatingAndFollowUp) {
    auto view = with_told();
    given(view);
    press(CaseDo::finish);
    EXPECT_TRUE(nothing_sent());
    auto& file = *view.mutable_cases(0);
    file.set_rating(protocol::RatingState::given);
    file.set_grade(1);
    file.set_follow_up_open(true);
    given(view);
    press(CaseDo::finish);
    EXPECT_TRUE(nothing_sent());
    file.set_follow_up_open(false);
    given(view);
    press(CaseDo::finish);
    EXPECT_EQ(sent().close_case().case_id(), 118U);
}

TEST_F(CaseKeys, AnotherVisitorClosesThePageAndWhatWasWrittenStaysWithItsCase) {
    given(with_processing());
    press(CaseDo::open);
    press(CaseDo::ask_result);
    press(CaseDo::result, "referred");
    write(CaseField::office, "市医保中心");
    auto view = with_processing();
    view.mutable_cases(0)->set_id(119);
    given(view);
    EXPECT_FALSE(cases().open);
    EXPECT_EQ(cases().dialog, CaseDialog::none);
    EXPECT_EQ(model.picture(now).message,
              (Word{"办件 118 已离开本窗口;写的内容已留着,再打开时接着写", Gravity::warning}));
    now += kSettleMs;
    press(CaseDo::open);
    press(CaseDo::ask_result);
    press(CaseDo::result, "referred");
    EXPECT_TRUE(cases().office.empty()) << "it is not about this one";
}

TEST_F(CaseKeys, WhatWasWrittenIsThereAgainWhenTheCaseComesBack) {
    given(with_processing());
    press(CaseDo::open);
    press(CaseDo::ask_result);
    press(CaseDo::result, "not_approved");
    write(CaseField::note, "缴费年限不足");
    write(CaseField::remedy, "可补缴");
    given(idle_window());
    EXPECT_FALSE(cases().open);
    now += kSettleMs;
    given(with_processing());
    EXPECT_EQ(cases().card.marks.front().word, "有未交的草稿");
    press(CaseDo::open);
    press(CaseDo::ask_result);
    press(CaseDo::result, "not_approved");
    EXPECT_EQ(cases().note, "缴费年限不足");
    EXPECT_EQ(cases().remedy, "可补缴");
    press(CaseDo::send_form);
    EXPECT_EQ(sent().set_result().remedy(), "可补缴");
    answer();
    EXPECT_TRUE(cases().card.marks.empty()) << "it is sent";
}

TEST_F(CaseKeys, AKeyMeantForThePageThatHadToGoDoesNothingAtTheWindow) {
    given(with_processing());
    press(CaseDo::open);
    press(CaseDo::ask_result);
    press(CaseDo::result, "referred");
    given(idle_window());
    now += 600;
    for (const Do what : {Do::call_next, Do::close_window}) model.act(Act{what}, now);
    EXPECT_TRUE(nothing_sent());
    now += kSettleMs;
    model.act(Act{Do::call_next}, now);
    EXPECT_TRUE(sent().has_call_next());
}

TEST_F(CaseKeys, WhatIsWrittenIsGivenUpOnlyWithASecondEsc) {
    given(with_processing());
    press(CaseDo::ask_result);
    press(CaseDo::result, "referred");
    press(CaseDo::dismiss);
    EXPECT_EQ(cases().dialog, CaseDialog::none) << "nothing was written";
    press(CaseDo::ask_result);
    press(CaseDo::result, "referred");
    write(CaseField::office, "市医保中心");
    press(CaseDo::dismiss);
    EXPECT_EQ(cases().dialog, CaseDialog::referred);
    EXPECT_EQ(model.picture(now).message.word, "再按一次 Esc,就放弃所写的内容");
    write(CaseField::office, "市医保中心一楼");
    EXPECT_TRUE(model.picture(now).message.word.empty());
    press(CaseDo::dismiss);
    EXPECT_EQ(cases().dialog, CaseDialog::referred) << "asked anew after more was written";
    press(CaseDo::dismiss);
    EXPECT_EQ(cases().dialog, CaseDialog::none);
    press(CaseDo::ask_result);
    press(CaseDo::result, "referred");
    EXPECT_TRUE(cases().office.empty());
}

TEST_F(CaseKeys, SeveralCasesOfOneTicketAreOneKeyApart) {
    auto view = with_case();
    fill_case(*view.add_cases());
    view.mutable_cases(1)->set_id(121);
    given(view);
    press(CaseDo::open);
    EXPECT_EQ(cases().others, "另有 1 个办件");
    press(CaseDo::other);
    EXPECT_EQ(cases().card.id, "121");
    press(CaseDo::other);
    EXPECT_EQ(cases().card.id, "118");
}

TEST_F(CaseKeys, TheNextIsStillCalledWithOneKeyWhileAScannedCaseIsOpen) {
    auto view = idle_window();
    fill_case(*view.add_cases());
    given(view);
    press(CaseDo::open);
    model.act(Act{Do::call_next}, now);
    EXPECT_TRUE(sent().has_call_next());
}

}  // namespace
}  // namespace hall::clerk
