// Signing on at a console as it is really drawn: by keyboard, refused once, then done.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "displays/console/sign_on_model.h"
#include "tests/console/drawn_rules.h"

namespace hall::console {

// `on`: a fixture whose page is drawn, with shell, screen, hall, press, write, expect_well.
template <class Drawn>
void sign_on_by_keyboard(Drawn& on, const std::string& name) {
    on.press(kit::Key::home);
    on.expect_well("sign_on");
    on.write("C02");
    on.press(kit::Key::enter);
    on.write("2580");
    EXPECT_FALSE(says(on.shell->drawn(), "2580"));
    on.expect_well("sign_on_written");
    on.press(kit::Key::enter);
    ASSERT_EQ(on.hall.sent.size(), 1U);
    EXPECT_EQ(on.hall.sent[0].as.pin, "2580");
    protocol::Reply reply;
    reply.mutable_refusal()->set_code(protocol::RefusalCode::pin_wrong);
    on.hall.answer(reply);
    settle(*on.shell, on.screen);
    on.expect_well("sign_on_refused");
    on.write("2580");
    on.press(kit::Key::enter);
    ASSERT_EQ(on.hall.sent.size(), 2U);
    reply.mutable_staff()->set_number("C02");
    reply.mutable_staff()->set_name(name);
    on.hall.answer(reply);
    settle(*on.shell, on.screen);
    on.expect_well("signed_on");
    EXPECT_FALSE(says(on.shell->drawn(), "工号"));
    on.press(kit::Key::home);
    on.expect_well("sign_on_again");
}

}  // namespace hall::console
