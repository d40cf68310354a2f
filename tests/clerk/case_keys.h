// Given a view, when this is pressed, then that is sent and said: the fixture of the case tests.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "tests/clerk/case_views.h"

namespace hall::clerk {

struct CaseKeys : testing::Test {
    ClerkModel model{2};
    std::int64_t now = 1'000'000;

    CaseKeys() { model.take_care(newest_care(quiet_hall())); }
    void given(protocol::ClerkView view) { model.take(newest(std::move(view)), now); }
    void given(protocol::CareView view) { model.take_care(newest_care(std::move(view))); }
    void press(CaseDo what, const std::string& value = "") { model.act(CaseAct{what, value}, now); }
    void write(CaseField field, const std::string& text) {
        model.act(CaseWriting{field, text}, now);
    }
    protocol::Command sent() {
        auto sending = model.outgoing();
        EXPECT_TRUE(sending.has_value());
        return sending.value_or(console::Sending{}).command;
    }
    bool nothing_sent() { return !model.outgoing().has_value(); }
    void answer(const protocol::Reply& reply = {}) { model.answered(reply, now); }
    void refuse(protocol::RefusalCode::Value code) {
        protocol::Reply reply;
        reply.mutable_refusal()->set_code(code);
        answer(reply);
    }
    CasePicture cases() const { return model.picture(now).cases; }
    MaterialLine material(const std::string& code) const {
        for (const auto& line : cases().materials) {
            if (line.code == code) return line;
        }
        ADD_FAILURE() << code;
        return {};
    }
    CaseDo first_step() const {
        const auto steps = cases().steps;
        return steps.empty() ? CaseDo::dismiss : steps.front().what;
    }
};

}  // namespace hall::clerk
