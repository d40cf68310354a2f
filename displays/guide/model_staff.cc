// Who is on duty at this console, and the way to the other pages.
#include "displays/guide/walk_model.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::guide {

using protocol::Command;
using wording::format;
using wording::name_of;
using wording::text;

const protocol::Staff* WalkModel::on_duty(const std::string& number) const {
    if (number.empty()) return nullptr;
    for (const auto* staff : {&care().staff(), &cases().staff()}) {
        for (const auto& one : *staff) {
            if (one.number() == number) return &one;
        }
    }
    return nullptr;
}

void WalkModel::sign_on_answered(const client::Answer& answer) {
    const bool done = desk_.sign_on.answered(answer);
    if (done && !me().empty() && page_ == Page::sign_on) show(back_to_);
}

void WalkModel::add_sign_on(WalkPage& out) const {
    const console::SignOnPicture on = desk_.sign_on.picture();
    const std::string off = this->off().empty() ? on.busy : this->off();
    out.id = "sign_on";
    out.title = on.title;
    if (out.message.word.empty()) out.message = on.message;
    if (on.anybody) {
        out.lines.push_back(
            {.title = me(),
             .word = {on.facts, Gravity::plain},
             .buttons = {{"mine", text("guide.board.mine"), {Walk::page, "mine"}}}});
    }
    WalkField number =
        field_of(Field::staff, text("console.sign_on.number"), console::kStaffNumberMax);
    number.text = on.staff;
    number.error = on.staff_error;
    number.first = true;
    WalkField pin = field_of(Field::pin, text("console.sign_on.pin"), console::kPinMax);
    pin.text = on.pin;
    pin.error = on.pin_error;
    pin.secret = true;
    pin.last = true;
    out.lines.push_back({.kind = WalkLine::Kind::fields, .fields = {number, pin}});
    // For a screen without a keyboard.
    WalkLine digits{.kind = WalkLine::Kind::choices, .title = text("console.sign_on.pin")};
    const auto what = static_cast<std::uint64_t>(Choice::digit);
    for (const char digit : std::string("1234567890")) {
        const std::string one(1, digit);
        digits.buttons.push_back({"digit." + one, one, {Walk::choose, one, what}});
    }
    digits.buttons.push_back({"digit.clear",
                              text("console.sign_on.clear"),
                              {Walk::choose, "", what},
                              WalkButton::Look::quiet});
    out.lines.push_back(std::move(digits));
    out.foot = {{"sign_on",
                 text("console.sign_on"),
                 {Walk::sign_on},
                 WalkButton::Look::primary,
                 false,
                 off.empty() ? on.off : off,
                 "Enter"}};
    if (!on.anybody) return;
    out.foot.push_back({"off_duty",
                        text("console.sign_on.off_duty"),
                        {Walk::off_duty},
                        WalkButton::Look::plain,
                        false,
                        off,
                        "F5"});
}

void WalkModel::add_menu(WalkPage& out) const {
    out.id = "menu";
    out.title = text("guide.nav.menu");
    const auto entry = [](const char* page, const std::string& label, const char* key) {
        return WalkButton{std::string("menu.") + page,
                          label,
                          {Walk::page, page},
                          WalkButton::Look::plain,
                          false,
                          "",
                          key};
    };
    const std::string offered =
        format("guide.board.inbox", {{"count", std::to_string(offered_count())}});
    out.lines = {
        {.kind = WalkLine::Kind::choices,
         .title = text("guide.menu.visitor"),
         .buttons = {entry("check_in", text("guide.nav.check_in"), "1"),
                     entry("opening", text("guide.board.open"), "2")}},
        {.kind = WalkLine::Kind::choices,
         .title = text("guide.menu.cases"),
         .buttons = {entry("board", text("guide.menu.board"), "3"), entry("inbox", offered, "4"),
                     entry("mine", text("guide.board.mine"), "5")}},
        {.kind = WalkLine::Kind::choices,
         .title = text("guide.menu.care"),
         .buttons = {entry("loans", text("guide.loans.title"), "6"),
                     entry("help", text("guide.help.title"), "7")}},
        {.kind = WalkLine::Kind::choices,
         .title = text("guide.menu.me"),
         .buttons = {entry("sign_on",
                           me().empty() ? text("console.sign_on") : desk_.sign_on.picture().title,
                           "8")}},
    };
}

}  // namespace hall::guide
