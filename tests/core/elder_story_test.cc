// What the elder's story must have come to, and that the log of it says nothing about her.
#include "tests/core/elder_story.h"

#include <gtest/gtest.h>

#include <set>

namespace hall::core {
namespace {

protocol::Case shown(const TestHall& hall, uint64_t id) {
    protocol::Query query;
    query.mutable_case_file()->set_case_id(id);
    protocol::Reply reply;
    hall.hall().answer(query, hall.now_ms(), reply);
    return reply.case_file();
}

TEST(ElderStory, NoEventHoldsAWordAboutAnybody) {
    const TestHall hall = elder_story();
    for (const LoggedEvent& entry : hall.log()) {
        const std::string bytes = entry.event.SerializeAsString();
        for (const char* word : {"韦阿𠮷", "13907715566", "45010319600229001X", "13807714433",
                                 "耳背", "兴宁区", "头晕", "喝水", "缺存折", "等得太久", "道歉",
                                 "王小明", "李大山", "档案", "银行网点", "工作人员"}) {
            EXPECT_EQ(bytes.find(word), std::string::npos)
                << word << " in " << entry.event.ShortDebugString();
        }
    }
}

TEST(ElderStory, AClosedCaseLeavesMemoryWithItsDay) {
    const TestHall hall = elder_story();
    EXPECT_EQ(shown(hall, 1).id(), 0U);
    ASSERT_EQ(shown(hall, 2).id(), 2U);
    EXPECT_EQ(shown(hall, 2).rating(), protocol::RatingState::lapsed);
}

TEST(ElderStory, TheCheckInsAreGoneWhenTheirTimeIsOver) {
    const TestHall hall = elder_story();
    const state::Hall left = hall.hall().snapshot();
    EXPECT_EQ(left.check_ins_size(), 0);
    for (const auto& day : left.vault_days()) {
        EXPECT_NE(day.kind(), protocol::VaultKind::check_in);
        EXPECT_NE(day.kind(), protocol::VaultKind::temperature);
    }
}

TEST(ElderStory, HoldsEveryKindOfEventThatCareCanCause) {
    std::set<int> kinds;
    const TestHall hall = elder_story();
    for (const LoggedEvent& entry : hall.log()) kinds.insert(entry.event.body_case());
    const auto* body = Event::descriptor()->oneof_decl(0);
    for (int i = 0; i < body->field_count(); ++i) {
        if (body->field(i)->number() < Event::kCheckedIn) continue;
        EXPECT_TRUE(kinds.count(body->field(i)->number())) << body->field(i)->name();
    }
}

}  // namespace
}  // namespace hall::core
