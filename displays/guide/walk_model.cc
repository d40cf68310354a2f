#include "displays/guide/walk_model.h"

#include <algorithm>
#include <utility>

#include "wording/wording.h"

namespace hall::guide {

using protocol::Command;
using wording::format;
using wording::text;

namespace {

// A page by the name that its button carries; the menu's order of names is its own.
constexpr std::pair<const char*, WalkModel::Page> kPages[] = {
    {"menu", WalkModel::Page::menu},       {"check_in", WalkModel::Page::check_in},
    {"board", WalkModel::Page::board},     {"inbox", WalkModel::Page::inbox},
    {"mine", WalkModel::Page::mine},       {"case", WalkModel::Page::one_case},
    {"opening", WalkModel::Page::opening}, {"loans", WalkModel::Page::loans},
    {"help", WalkModel::Page::help},       {"sign_on", WalkModel::Page::sign_on},
};

using Field = WalkModel::Field;

// A ticket or a check-in prepares the opening of a case for so long.
constexpr std::int64_t kPreparedMs = 120'000;

// What is written on a page.
std::vector<Field> fields_of(WalkModel::Page page) {
    switch (page) {
        case WalkModel::Page::check_in:
            return {Field::name,         Field::phone, Field::township,   Field::identity,
                    Field::family_phone, Field::note,  Field::temperature};
        case WalkModel::Page::measuring:
            return {Field::again};
        case WalkModel::Page::opening:
            return {Field::name,   Field::phone,    Field::township,
                    Field::number, Field::relation, Field::case_note};
        case WalkModel::Page::one_case:
        case WalkModel::Page::notice:
            return {Field::reason, Field::remedy, Field::office, Field::attached};
        case WalkModel::Page::loans:
            return {Field::borrower};
        case WalkModel::Page::none:
        case WalkModel::Page::menu:
        case WalkModel::Page::checked_in:
        case WalkModel::Page::board:
        case WalkModel::Page::inbox:
        case WalkModel::Page::mine:
        case WalkModel::Page::help:
        case WalkModel::Page::sign_on:
            return {};
    }
    return {};
}

bool is_of_case(WalkModel::Page page) {
    return page == WalkModel::Page::one_case || page == WalkModel::Page::notice;
}

}  // namespace

void WalkModel::take(const NewestGuide& guide, const NewestCare& care, const NewestCases& cases,
                     std::int64_t now_ms) {
    const bool new_guide = guide.view != guide_.view;
    const bool new_cases = cases.view != cases_.view;
    guide_ = guide;
    cases_ = cases;
    if (new_guide && guide.view) time_.take(guide.view->head(), guide.age_ms, now_ms);
    desk_.take(care);
    now_ms_ = now_ms;
    if (!new_cases || !is_of_case(page_)) return;
    for (const auto& one : this->cases().cases()) {
        if (one.id() == case_.id && one.SerializeAsString() != case_.seen) ask_case();
    }
}

const protocol::GuideView& WalkModel::guide() const {
    static const protocol::GuideView kNone;
    return guide_.view ? *guide_.view : kNone;
}

const protocol::CasesView& WalkModel::cases() const {
    static const protocol::CasesView kNone;
    return cases_.view ? *cases_.view : kNone;
}

// Why nothing can be sent; empty: it can.
std::string WalkModel::off() const {
    const std::string heard =
        guide_.view ? time_.clock_of(guide_.view->head().server_time_ms()) : std::string();
    return console::link_reason(guide_.state, heard);
}

const std::string& WalkModel::text_of(Field field) const {
    return texts_[static_cast<std::size_t>(field)];
}

std::string& WalkModel::text_of(Field field) {
    return texts_[static_cast<std::size_t>(field)];
}

void WalkModel::show(Page page) {
    const bool stays = page == page_ || (is_of_case(page) && is_of_case(page_));
    const bool from_menu = page_ == Page::none || page_ == Page::menu;
    if (page == Page::sign_on && page_ != Page::sign_on) {
        back_to_ = from_menu ? Page::none : page_;  // nothing is lost on the way
    } else if (page_ == Page::sign_on) {
        if (page != back_to_) forget(back_to_);
        back_to_ = Page::none;
    } else if (!stays) {
        forget(page_);
    }
    if (page == Page::opening && page_ != Page::sign_on) prepare_opening();
    if (page == Page::check_in && page_ != Page::sign_on) opening_ = {};  // the next visitor
    page_ = page;
    message_ = {};
    leaving_.reset();
    sign_on_needed_ = false;
    errors_.clear();
    choice_errors_.clear();
}

void WalkModel::forget(Page page) {
    for (const Field field : fields_of(page)) text_of(field).clear();
    if (page == Page::check_in) {
        form_ = {};
        read_again_ = false;
    } else if (page == Page::opening) {
        opening_ = {};
    } else if (is_of_case(page)) {
        case_ = {};
    }
}

// With the ticket and the check-in of just now; older ones are of somebody else.
void WalkModel::prepare_opening() {
    if (page_ != Page::checked_in && now_ms_ - opening_ms_ > kPreparedMs) opening_ = {};
    text_of(Field::number) = opening_.number;
}

// What the hall filled in is no loss.
bool WalkModel::has_writing() const {
    const auto fields = fields_of(page_);
    return std::any_of(fields.begin(), fields.end(), [&](Field field) {
        const std::string& text = text_of(field);
        return !text.empty() && !(field == Field::number && text == opening_.number);
    });
}

bool WalkModel::may_leave(const WalkAct& act) {
    if (!has_writing() || leaving_ == act) return true;
    leaving_ = act;
    message_ = {text(act.what == Walk::close ? "guide.leave_form.esc" : "guide.leave_form"),
                Gravity::warning};
    return false;
}

void WalkModel::close(const WalkAct& act) {
    if (page_ == Page::notice) return show(Page::one_case);
    if (page_ == Page::sign_on) return show(back_to_);
    if (!may_leave(act)) return;
    show(page_ == Page::one_case || page_ == Page::opening ? Page::board : Page::none);
}

void WalkModel::show_named(const std::string& page) {
    for (const auto& [name, one] : kPages) {
        if (page == name) show(one);
    }
}

void WalkModel::act(const WalkAct& act, std::int64_t now_ms) {
    if (leaving_ && *leaving_ != act) leaving_.reset();
    switch (act.what) {
        case Walk::close:
            return close(act);
        case Walk::page:
            return show_named(act.value);
        case Walk::wrote:
            return wrote(act);
        case Walk::choose:
            return choose(act);
        case Walk::check_in:
        case Walk::next_check_in:
        case Walk::ticket_for:
        case Walk::measure:
        case Walk::measure_again:
            return act_check_in(act, now_ms);
        case Walk::show_case:
        case Walk::open_case:
        case Walk::other_visitor:
        case Walk::accept:
        case Walk::decline:
            return act_cases(act, now_ms);
        case Walk::enter_stage:
        case Walk::leave_stage:
        case Walk::skip_with:
        case Walk::set_result:
        case Walk::confirm_result:
        case Walk::tell_result:
        case Walk::receive:
        case Walk::give_back:
        case Walk::mark_missing:
        case Walk::ask_material:
        case Walk::tell_missing:
        case Walk::hand_over:
        case Walk::attach_ticket:
        case Walk::print:
        case Walk::close_case:
            return act_case(act, now_ms);
        case Walk::emergency:
            return desk_.alarm.act({console::AlarmDo::ask_raise, std::to_string(act.id)}, now_ms);
        case Walk::lend:
        case Walk::take_stock:
        case Walk::give_back_loan:
        case Walk::record_help:
            return act_care(act, now_ms);
        case Walk::sign_on:
            return desk_.sign_on.act({console::SignOnDo::sign_on});
        case Walk::off_duty:
            return desk_.sign_on.act({console::SignOnDo::off_duty});
    }
}

void WalkModel::wrote(const WalkAct& act) {
    if (act.id >= kFields) return;
    const auto field = static_cast<Field>(act.id);
    if (field == Field::staff) {
        return desk_.sign_on.act({console::SignOnDo::write_staff, act.value});
    }
    if (field == Field::pin) return desk_.sign_on.act({console::SignOnDo::write_pin, act.value});
    const auto person = fields_of(Page::check_in);
    const bool of_person = std::find(person.begin(), person.end(), field) != person.end();
    if (of_person && texts_[act.id] != act.value && std::exchange(form_.read_back, false)) {
        read_again_ = true;
    }
    texts_[act.id] = act.value;
    errors_.erase(field);
    message_ = {};
}

void WalkModel::choose(const WalkAct& act) {
    const auto what = static_cast<Choice>(act.id);
    choice_errors_.erase(what);
    message_ = {};
    switch (what) {
        case Choice::reason:
            form_.reason = static_cast<protocol::CheckInReason::Value>(act.number);
            return;
        case Choice::filled_by:
            form_.filled_by = static_cast<protocol::FilledBy::Value>(act.number);
            form_.read_back = false;
            read_again_ = false;
            return;
        case Choice::read_back:
            form_.read_back = !form_.read_back;
            read_again_ = false;
            return;
        case Choice::consent:
            form_.consent = !form_.consent;
            return;
        case Choice::service:
            opening_.service = act.value;
            return;
        case Choice::proxy:
            opening_.proxy = static_cast<protocol::Proxy::Value>(act.number);
            return;
        case Choice::own_wish:
            opening_.own_wish = !opening_.own_wish;
            return;
        case Choice::understood:
            case_.understood = !case_.understood;
            return;
        case Choice::stage:
            board_stage_ = act.number;
            return;
        case Choice::next_date:
            case_.next_date = act.value;
            return;
        case Choice::machine:
            machine_ = act.value;
            return;
        case Choice::task:
            task_ = act.value;
            return;
        case Choice::minutes:
            minutes_ = static_cast<std::uint32_t>(act.number);
            return;
        case Choice::digit:
            return desk_.sign_on.act({console::SignOnDo::digit, act.value});
    }
}

void WalkModel::send(const Command& command, const std::string& situation, std::int64_t now_ms) {
    if (!live() || !slot_.begin(command, situation, now_ms)) return;
    message_ = {};
    sign_on_needed_ = false;
    errors_.clear();
    choice_errors_.clear();
}

std::optional<protocol::Query> WalkModel::asking() {
    return std::exchange(asking_, std::nullopt);
}

std::optional<TicketFor> WalkModel::ticket_for() {
    return std::exchange(ticket_for_, std::nullopt);
}

void WalkModel::told(const protocol::Query& query, const client::Answer& answer) {
    if (!query.has_case_file() || query.case_file().case_id() != case_.id) return;
    const std::string problem = console::answer_problem(answer, text("guide.case.again"));
    if (!problem.empty()) {
        message_ = {problem, Gravity::bad};
    } else if (answer->has_case_file()) {
        took_case(answer->case_file());
    }
}

void WalkModel::answered(const client::Answer& answer) {
    const Command command = slot_.command();
    slot_.answered(answer);
    if (answer && !answer->has_refusal()) {
        succeeded(command, *answer);
    } else {
        refused(command, answer);
    }
}

void WalkModel::refused(const Command& command, const client::Answer& answer) {
    const std::string sentence = console::answer_problem(answer, text("guide.same_button"));
    sign_on_needed_ = answer && answer->refusal().code() == protocol::RefusalCode::sign_on_needed;
    if (answer && place_error(command, answer->refusal(), sentence)) return;
    message_ = {sentence, Gravity::bad};
}

void WalkModel::issued(const std::string& number, const std::string& service,
                       std::uint64_t check_in) {
    opening_ = {};
    opening_ms_ = now_ms_;
    opening_.number = number;
    opening_.service = service;
    if (check_in == 0) return;
    opening_.check_in = check_in;
    if (check_in_ && check_in_->id() == check_in) opening_.name = check_in_->masked_name();
}

void WalkModel::succeeded(const Command& command, const protocol::Reply& reply) {
    if (reply.has_case_file()) took_case(reply.case_file());
    if (command.has_add_check_in() || command.has_measure_again()) {
        checked_in(reply.check_in());
    } else if (command.has_open_case()) {
        if (page_ != Page::opening && has_writing()) return good(text("guide.case.opened"));
        show(Page::one_case);
        case_ = {};
        took_case(reply.case_file());
        good(text("guide.case.opened"));
    } else if (command.has_accept_hand_over()) {
        good(text(command.accept_hand_over().decline() ? "guide.case.declined"
                                                       : "guide.case.accepted"));
    } else if (command.has_hand_over()) {
        good(format("guide.case.offered", {{"name", person(command.hand_over().to())}}));
    } else if (command.has_ask_material()) {
        case_.missing.clear();
        case_.next_date.clear();
        if (page_ == Page::notice) show(Page::one_case);
        good(text("guide.case.notice_given"));
    } else if (command.has_set_result()) {
        case_.result = 0;
        for (const Field one : {Field::reason, Field::remedy, Field::office}) text_of(one).clear();
    } else if (command.has_attach_ticket()) {
        text_of(Field::attached).clear();
    } else if (command.has_print_wristband() || command.has_print_case_paper() ||
               command.has_print_guide()) {
        good(text("guide.case.printing"));
    } else if (command.has_close_case()) {
        if (is_of_case(page_)) show(Page::board);
        good(text("guide.case.closed"));
    } else if (command.has_lend_facility() || command.has_take_stock()) {
        text_of(Field::borrower).clear();
        good(text("guide.loans.done"));
    } else if (command.has_return_loan()) {
        good(text("guide.loans.returned"));
    } else if (command.has_record_assistance()) {
        task_.clear();
        good(text("guide.help.recorded"));
    }
}

std::int64_t WalkModel::idle_ms(std::int64_t now_ms) const {
    return time_.known() ? time_.to_next_minute_ms(now_ms) : 60'000;
}

WalkPicture WalkModel::picture(std::int64_t now_ms) const {
    WalkPicture out;
    const std::size_t offered = offered_count();
    out.keys = {
        {"nav.check_in", text("guide.nav.check_in"), {Walk::page, "check_in"}, {}, false, "", "F9"},
        {"nav.board",
         format("guide.nav.board", {{"count", std::to_string(cases().case_count())}}),
         {Walk::page, "board"},
         {},
         false,
         "",
         "F10"},
        {"nav.menu",
         offered == 0 ? text("guide.nav.menu")
                      : format("guide.nav.menu_offered", {{"count", std::to_string(offered)}}),
         {Walk::page, "menu"},
         offered == 0 ? WalkButton::Look::plain : WalkButton::Look::primary,
         false,
         "",
         "F1"}};
    const console::SignOnPicture on = desk_.sign_on.picture();
    if (on.anybody) out.who = on.title;
    out.board.open = page_ == Page::board;
    if (out.board.open) return add_board(out.board, now_ms), out;
    WalkPage& page = out.page;
    page.open = page_ != Page::none;
    page.message = message_;
    switch (page_) {
        case Page::none:
        case Page::board:
            break;
        case Page::menu:
            add_menu(page);
            break;
        case Page::check_in:
            add_check_in(page);
            break;
        case Page::checked_in:
            add_checked_in(page);
            break;
        case Page::measuring:
            add_measuring(page);
            break;
        case Page::inbox:
            add_inbox(page, now_ms);
            break;
        case Page::mine:
            add_mine(page, now_ms);
            break;
        case Page::one_case:
            add_case(page, now_ms);
            break;
        case Page::notice:
            add_notice(page);
            break;
        case Page::opening:
            add_opening(page);
            break;
        case Page::loans:
            add_loans(page, now_ms);
            break;
        case Page::help:
            add_help(page);
            break;
        case Page::sign_on:
            add_sign_on(page);
            break;
    }
    if (sign_on_needed_ && page_ != Page::sign_on) {
        for (WalkButton& button : page.foot) button.look = WalkButton::Look::plain;
        page.foot.insert(page.foot.begin(), {"sign_on.first",
                                             text("console.sign_on"),
                                             {Walk::page, "sign_on"},
                                             WalkButton::Look::primary,
                                             false,
                                             "",
                                             "F8"});
    }
    const std::string off = this->off();
    if (page.open && page.message.word.empty() && !off.empty()) {
        page.message = {off, Gravity::bad};
    }
    if (page.open && page.message.word.empty() && slot_.slow(now_ms)) {
        page.message = {text("guide.sending"), Gravity::waiting};
    }
    return out;
}

}  // namespace hall::guide
