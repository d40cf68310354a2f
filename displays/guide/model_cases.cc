// The board of cases, what colleagues hand over, and how a case is opened.
#include <algorithm>

#include "displays/guide/walk_model.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::guide {

using protocol::Case;
using protocol::CaseStage;
using protocol::Command;
using protocol::Proxy;
using wording::format;
using wording::name_of;
using wording::text;

void WalkModel::act_cases(const WalkAct& act, std::int64_t now_ms) {
    if (act.what == Walk::show_case) {
        show(Page::one_case);
        case_ = {};
        case_.id = act.id;
        return ask_case();
    }
    if (act.what == Walk::other_visitor) return forget(Page::opening);
    if (act.what == Walk::open_case) {
        return send(open_command(), "opening " + std::to_string(cases().case_count()), now_ms);
    }
    Command command;
    command.mutable_accept_hand_over()->set_case_id(act.id);
    command.mutable_accept_hand_over()->set_decline(act.what == Walk::decline);
    send(command, "offer of " + std::to_string(act.id), now_ms);
}

void WalkModel::ask_case() {
    for (const auto& one : cases().cases()) {
        if (one.id() == case_.id) case_.seen = one.SerializeAsString();
    }
    protocol::Query query;
    query.mutable_case_file()->set_case_id(case_.id);
    asking_ = query;
}

std::string WalkModel::service_name(const std::string& code) const {
    for (const auto& service : guide().services()) {
        if (service.code() == code && !service.short_name().empty()) return service.short_name();
    }
    for (const auto& item : cases().services()) {
        if (item.code() == code) return item.name();
    }
    return code;
}

bool WalkModel::offered_to_me(const Case& one) const {
    return !me().empty() && one.offered_to() == me();
}

std::size_t WalkModel::offered_count() const {
    const auto& all = cases().cases();
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](const Case& one) { return offered_to_me(one); }));
}

// A023 王*明; without a ticket its own number.
std::string WalkModel::case_head(const Case& one) const {
    const std::string number = one.number().empty()
                                   ? format("guide.case.id", {{"id", std::to_string(one.id())}})
                                   : one.number();
    return one.masked_name().empty() ? number : number + " " + one.masked_name();
}

std::string WalkModel::minutes_in_stage(const Case& one, std::int64_t now_ms) const {
    const std::int64_t minutes =
        console::minutes_of(time_.utc_ms(now_ms) - one.stage_entered_at_ms());
    if (minutes < 120) return format("guide.case.minutes", {{"count", std::to_string(minutes)}});
    if (minutes < 48 * 60) {
        return format("guide.case.hours", {{"count", std::to_string(minutes / 60)}});
    }
    return format("guide.case.days", {{"count", std::to_string(minutes / (24 * 60))}});
}

// What needs a hand, the gravest first.
Word WalkModel::case_mark(const Case& one) const {
    if (one.overdue()) return {text("guide.case.overdue"), Gravity::bad};
    if (offered_to_me(one)) return {text("guide.case.offered_to_me"), Gravity::warning};
    if (!one.offered_to().empty()) return {text("guide.case.being_offered"), Gravity::waiting};
    if (one.waiting_for_visitor()) return {text("guide.case.waiting"), Gravity::waiting};
    if (!one.stage_under_way()) return {text("guide.case.stage_done"), Gravity::good};
    return {};
}

CaseCard WalkModel::card_of(const Case& one, std::int64_t now_ms) const {
    CaseCard card;
    card.id = one.id();
    card.head = case_head(one);
    card.name = one.masked_name();
    card.service = service_name(one.service());
    const std::string escort = one.escort_name().empty() ? person(one.escort()) : one.escort_name();
    card.foot = escort + text("guide.and") + minutes_in_stage(one, now_ms);
    card.mark = case_mark(one);
    card.mine = !me().empty() && one.escort() == me();
    return card;
}

void WalkModel::add_board(BoardPicture& out, std::int64_t now_ms) const {
    const auto& view = cases();
    out.title = format("guide.board.title", {{"count", std::to_string(view.case_count())}});
    out.stage = board_stage_;
    for (int stage = CaseStage::reception; stage <= CaseStage::feedback; ++stage) {
        const auto value = static_cast<CaseStage::Value>(stage);
        BoardColumn column;
        column.stage = stage;
        column.title = name_of(value);
        std::uint32_t count = 0;
        for (const auto& one : view.columns()) {
            if (one.stage() == value) count = one.count();
        }
        column.count = std::to_string(count);
        for (const auto& one : view.cases()) {
            if (one.stage() == value) column.cards.push_back(card_of(one, now_ms));
        }
        out.columns.push_back(std::move(column));
    }
    const std::string off = this->off();
    out.foot = {{"board.open",
                 text("guide.board.open"),
                 {Walk::page, "opening"},
                 WalkButton::Look::primary,
                 false,
                 "",
                 "N"},
                {"board.inbox",
                 format("guide.board.inbox", {{"count", std::to_string(offered_count())}}),
                 {Walk::page, "inbox"},
                 WalkButton::Look::plain,
                 false,
                 "",
                 "J"},
                {"board.mine",
                 text("guide.board.mine"),
                 {Walk::page, "mine"},
                 WalkButton::Look::plain,
                 false,
                 "",
                 "M"}};
    out.message = message_;
    if (out.message.word.empty() && !off.empty()) out.message = {off, Gravity::bad};
    const auto shown = static_cast<std::uint32_t>(view.cases_size());
    if (out.message.word.empty() && view.case_count() > shown) {
        out.message = {
            format("guide.board.more", {{"count", std::to_string(view.case_count() - shown)}}),
            Gravity::waiting};
    }
    if (out.message.word.empty() && view.overdue() + view.waiting_for_visitor() > 0) {
        out.message = {
            format("guide.board.counts", {{"overdue", std::to_string(view.overdue())},
                                          {"waiting", std::to_string(view.waiting_for_visitor())}}),
            view.overdue() > 0 ? Gravity::warning : Gravity::waiting};
    }
}

void WalkModel::add_inbox(WalkPage& out, std::int64_t now_ms) const {
    out.id = "inbox";
    out.title = text("guide.inbox.title");
    out.empty = text(me().empty() ? "guide.inbox.nobody" : "guide.inbox.none");
    const std::string off = this->off();
    for (const auto& one : cases().cases()) {
        if (!offered_to_me(one)) continue;
        const CaseCard card = card_of(one, now_ms);
        WalkLine line{.title = card.head};
        line.word = {card.service + text("guide.and") + name_of(one.stage()) + text("guide.and") +
                         format("guide.inbox.from_to",
                                {{"from", person(one.escort())}, {"to", person(one.offered_to())}}),
                     Gravity::plain};
        const std::string id = std::to_string(one.id());
        line.buttons = {{"accept." + id,
                         text("guide.inbox.accept"),
                         {Walk::accept, "", one.id()},
                         WalkButton::Look::primary,
                         false,
                         off},
                        {"decline." + id,
                         text("guide.inbox.decline"),
                         {Walk::decline, "", one.id()},
                         WalkButton::Look::plain,
                         false,
                         off},
                        {"show." + id, text("guide.case.show"), {Walk::show_case, "", one.id()}}};
        out.lines.push_back(std::move(line));
    }
    add_way_to_sign_on(out);
}

void WalkModel::add_mine(WalkPage& out, std::int64_t now_ms) const {
    out.id = "mine";
    out.title = text("guide.mine.title");
    out.empty = text(me().empty() ? "guide.mine.nobody" : "guide.mine.none");
    for (const auto& one : cases().cases()) {
        if (me().empty() || one.escort() != me()) continue;
        const CaseCard card = card_of(one, now_ms);
        WalkLine line{.title = card.head};
        line.word = {card.service + text("guide.and") + name_of(one.stage()) + text("guide.and") +
                         minutes_in_stage(one, now_ms),
                     Gravity::plain};
        if (!card.mark.word.empty()) {
            line.word.word += text("guide.and") + card.mark.word;
            line.word.gravity = card.mark.gravity;
        }
        line.buttons = {{"show." + std::to_string(one.id()),
                         text("guide.case.show"),
                         {Walk::show_case, "", one.id()}}};
        out.lines.push_back(std::move(line));
    }
    add_way_to_sign_on(out);
}

// Whose these are is known only when somebody is signed on.
void WalkModel::add_way_to_sign_on(WalkPage& out) const {
    if (!me().empty()) return;
    out.foot = {{out.id + ".sign_on",
                 text("console.sign_on"),
                 {Walk::page, "sign_on"},
                 WalkButton::Look::primary,
                 false,
                 "",
                 "Enter"}};
}

Command WalkModel::open_command() const {
    Command command;
    auto& out = *command.mutable_open_case();
    out.set_service(opening_.service);
    out.set_number(text_of(Field::number));
    out.set_check_in(opening_.check_in);
    if (opening_.check_in == 0) {
        out.mutable_person()->set_name(text_of(Field::name));
        out.mutable_person()->set_phone(text_of(Field::phone));
        out.mutable_person()->set_township(text_of(Field::township));
    }
    out.set_proxy(opening_.proxy);
    if (opening_.proxy != Proxy::none) out.set_relation(text_of(Field::relation));
    out.set_own_wish(opening_.own_wish);
    out.set_note(text_of(Field::case_note));
    return command;
}

void WalkModel::add_opening(WalkPage& out) const {
    out.id = "opening";
    out.title = text("guide.opening.title");
    const auto told = [&](Choice what) {
        const auto error = choice_errors_.find(what);
        return error == choice_errors_.end() ? Word{} : Word{error->second, Gravity::bad};
    };
    const auto option = [](Choice what, std::string id, std::string label, std::string value,
                           int number, bool on) {
        return WalkButton{
            std::move(id),
            std::move(label),
            {Walk::choose, std::move(value), static_cast<std::uint64_t>(what), number},
            WalkButton::Look::choice,
            on};
    };
    if (opening_.check_in != 0) {
        out.lines.push_back(
            {.title = opening_.name,
             .word = {format("guide.opening.check_in", {{"id", std::to_string(opening_.check_in)}}),
                      Gravity::plain},
             .buttons = {{"opening.other", text("guide.opening.other"), {Walk::other_visitor}}}});
    } else {
        add_whom(out);
    }
    WalkField number = field_of(Field::number, text("guide.opening.number"), 40);
    number.note = text("guide.opening.number_note");
    number.first = opening_.check_in != 0;
    WalkLine numbers{.kind = WalkLine::Kind::fields};
    numbers.fields = {number};
    if (opening_.proxy != Proxy::none) {
        numbers.fields.push_back(field_of(Field::relation, text("guide.opening.relation"), 120));
    }
    numbers.fields.push_back(field_of(Field::case_note, text("guide.person.note"), 600));
    out.lines.push_back(std::move(numbers));

    WalkLine who{.kind = WalkLine::Kind::choices,
                 .title = text("guide.needs.who"),
                 .word = told(Choice::proxy)};
    for (const auto proxy : {Proxy::none, Proxy::free, Proxy::letter}) {
        const std::string name = Proxy::Value_Name(proxy);
        who.buttons.push_back(option(Choice::proxy, "proxy." + name, text("guide.proxy." + name),
                                     "", proxy, opening_.proxy == proxy));
    }
    who.buttons.push_back(option(Choice::own_wish, "own_wish", text("guide.opening.own_wish"), "",
                                 0, opening_.own_wish));
    if (who.word.word.empty()) who.word = told(Choice::own_wish);
    out.lines.push_back(std::move(who));

    WalkLine services{.kind = WalkLine::Kind::choices,
                      .title = text("guide.opening.service"),
                      .word = told(Choice::service)};
    for (const auto& item : cases().services()) {
        // One that is chosen stands alone: the page stays short; pressed again all are back.
        const bool on = item.code() == opening_.service;
        if (!opening_.service.empty() && !on) continue;
        services.buttons.push_back(option(Choice::service, "service." + item.code(),
                                          service_name(item.code()), on ? "" : item.code(), 0, on));
    }
    out.lines.push_back(std::move(services));
    const std::string missing =
        opening_.service.empty() ? text("guide.choose_service") : std::string();
    out.foot = {{"opening.send",
                 text("guide.opening.send"),
                 {Walk::open_case},
                 WalkButton::Look::primary,
                 false,
                 off().empty() ? missing : off(),
                 "F5"}};
}

}  // namespace hall::guide
