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

void WalkModel::act_staff(const WalkAct& act, std::int64_t now_ms) {
    Command command;
    if (act.what == Walk::sign_on) {
        if (text_of(Field::staff).empty() || text_of(Field::pin).empty()) return;
        command.mutable_sign_on();
    } else {
        command.mutable_go_off_duty();
    }
    send(command, "staff " + std::to_string(now_ms), now_ms);
}

void WalkModel::add_sign_on(WalkPage& out) const {
    out.id = "sign_on";
    const std::string off = this->off();
    if (!me_.empty()) {
        out.title = format("guide.staff.who", {{"name", person(me_)}});
        const auto* staff = on_duty(me_);
        WalkLine line{.title = me_};
        if (staff != nullptr) {
            line.word = {
                name_of(staff->rank()) + text("guide.and") +
                    format("guide.staff.cases", {{"count", std::to_string(staff->open_cases())}}),
                Gravity::plain};
        }
        line.buttons = {{"mine", text("guide.board.mine"), {Walk::page, "mine"}}};
        out.lines.push_back(std::move(line));
        out.foot = {{"off_duty",
                     text("guide.staff.off_duty"),
                     {Walk::off_duty},
                     WalkButton::Look::plain,
                     false,
                     off,
                     "F5"}};
        return;
    }
    out.title = text("guide.staff.sign_on");
    WalkField number = field_of(Field::staff, text("guide.staff.number"), 16);
    number.first = true;
    WalkField pin = field_of(Field::pin, text("guide.staff.pin"), 12);
    pin.secret = true;
    pin.last = true;
    out.lines.push_back({.kind = WalkLine::Kind::fields, .fields = {number, pin}});
    // For a screen without a keyboard.
    WalkLine digits{.kind = WalkLine::Kind::choices, .title = text("guide.staff.pin")};
    const auto what = static_cast<std::uint64_t>(Choice::digit);
    for (const char digit : std::string("1234567890")) {
        const std::string one(1, digit);
        digits.buttons.push_back({"digit." + one, one, {Walk::choose, one, what}});
    }
    digits.buttons.push_back(
        {"digit.clear", text("guide.clear"), {Walk::choose, "", what}, WalkButton::Look::quiet});
    out.lines.push_back(std::move(digits));
    const bool ready = !text_of(Field::staff).empty() && !text_of(Field::pin).empty();
    const std::string missing = ready ? std::string() : text("guide.staff.missing");
    out.foot = {{"sign_on",
                 text("guide.staff.sign_on"),
                 {Walk::sign_on},
                 WalkButton::Look::primary,
                 false,
                 off.empty() ? missing : off,
                 "Enter"}};
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
                           me_.empty() ? text("guide.staff.sign_on")
                                       : format("guide.staff.who", {{"name", person(me_)}}),
                           "8")}},
    };
}

}  // namespace hall::guide
