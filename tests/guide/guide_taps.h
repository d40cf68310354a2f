// A guide's hands on the model alone: shows a view, taps, looks at what went out, answers.
#pragma once

#include <gtest/gtest.h>

#include "displays/guide/guide_model.h"
#include "tests/guide/guide_views.h"

namespace hall::guide {

struct GuideTaps : testing::Test {
    GuideModel model{{"入口", ""}};
    std::int64_t now = 1'000'000;

    void given(protocol::GuideView view) { model.take(newest(std::move(view)), now); }
    void tap(Do what, const std::string& value = "", std::uint64_t job = 0) {
        model.act({what, value, job}, now);
    }
    void tap(const Act& act) { model.act(act, now); }
    // What went out, which must be one command.
    console::Sending sent() {
        auto sending = model.outgoing();
        EXPECT_TRUE(sending.has_value());
        return sending.value_or(console::Sending{});
    }
    void answer(const protocol::Reply& reply) { model.answered(reply, now); }
    void refuse(protocol::RefusalCode::Value code) {
        protocol::Reply reply;
        reply.mutable_refusal()->set_code(code);
        answer(reply);
    }
    void issue(const std::string& number, std::uint64_t job) {
        tap(Do::service, "pension_claim");
        tap(Do::category, "80plus");
        tap(Do::issue);
        sent();
        answer(issued(number, job));
    }
    // The slots that were asked for come; which service's they are.
    std::string slots_come(const protocol::Reply& reply = some_slots()) {
        const auto query = model.asking();
        EXPECT_TRUE(query.has_value());
        if (!query) return {};
        model.told(*query, reply);
        return query->slot_list().service();
    }
    GuidePicture picture() const { return model.picture(now); }
    const Choice& service(const GuidePicture& picture, const std::string& code) const {
        for (const Choice& choice : picture.services) {
            if (choice.code == code) return choice;
        }
        ADD_FAILURE() << code;
        return picture.services.front();
    }
};

}  // namespace hall::guide
