// The picture that ClerkModel gives: every word on the clerk's screen.
#include <algorithm>

#include "client/place_text.h"
#include "displays/clerk/clerk_model.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::clerk {

using console::minutes_of;
using console::seconds_left;
using protocol::Reason;
using protocol::TicketState;
using protocol::WindowState;
using wording::format;
using wording::name_of;
using wording::text;

namespace {

std::string minutes_text(const char* key, std::int64_t span_ms) {
    return format(key, {{"minutes", std::to_string(minutes_of(span_ms))}});
}

bool has_next_service(const protocol::Ticket& ticket) {
    return static_cast<int>(ticket.service_index()) + 1 < ticket.services_size();
}

}  // namespace

ClerkPicture ClerkModel::picture(std::int64_t now_ms) const {
    ClerkPicture out;
    add_header(out, now_ms);
    add_current(out, now_ms);
    add_steps(out, now_ms);
    add_offer(out, now_ms);
    add_lists(out, now_ms);
    add_dialog(out);
    add_message(out, now_ms);
    cases_.add_to(out.cases, time_, now_ms, off_reason());
    out.alarm = desk_.alarm.picture(now_ms);
    out.sign_on = desk_.sign_on.picture();
    out.rating = rating_.picture();
    return out;
}

void ClerkModel::add_message(ClerkPicture& out, std::int64_t now_ms) const {
    if (cases_.leaving()) {
        out.message = {text("console.discard"), Gravity::warning};
    } else if (!live()) {
        out.message = {off_reason(), Gravity::bad};
    } else if (slot_.slow(now_ms)) {
        out.message = {text("clerk.sending"), Gravity::waiting};
    } else {
        out.message = message_;
    }
}

std::string ClerkModel::service_name(const std::string& code) const {
    for (const auto& service : view().services()) {
        if (service.code() == code) return service.name();
    }
    return code;
}

// The short name of what it waits for.
std::string ClerkModel::service_of(const protocol::Ticket& ticket) const {
    const auto index = static_cast<int>(ticket.service_index());
    return index < ticket.services_size() ? service_name(ticket.services(index))
                                          : ticket.service_name();
}

// What it needs or would like, and who may help when no window speaks it.
Word ClerkModel::language_of(const protocol::Ticket& ticket) const {
    if (!ticket.must_speak().empty()) {
        const std::string need = format(
            "clerk.must_speak", {{"language", wording::name_of_language(ticket.must_speak())}});
        const std::string eased = ticket.language_eased() ? " · " + text("clerk.eased") : "";
        return {need + eased, Gravity::warning};
    }
    if (ticket.prefers_size() == 0) return {};
    return {format("clerk.prefers", {{"language", wording::name_of_language(ticket.prefers(0))}}),
            Gravity::waiting};
}

void ClerkModel::add_services_left(const protocol::Ticket& ticket,
                                   std::vector<std::string>& facts) const {
    if (!has_next_service(ticket)) return;
    facts.push_back(
        format("clerk.service_of", {{"index", std::to_string(ticket.service_index() + 1)},
                                    {"count", std::to_string(ticket.services_size())}}));
    std::string left;
    for (int i = static_cast<int>(ticket.service_index()) + 1; i < ticket.services_size(); ++i) {
        left += (left.empty() ? "" : text("clerk.list_and")) + service_name(ticket.services(i));
    }
    facts.push_back(format("clerk.then", {{"service", left}}));
}

void ClerkModel::add_header(ClerkPicture& out, std::int64_t now_ms) const {
    out.window = wording::name_of_window(window_);
    out.states.push_back(console::link_word(newest_.state));
    out.clock = time_.clock(now_ms);
    if (!known()) return;
    out.today = format("clerk.today", {{"count", std::to_string(window().served_today())}});
    out.facts.push_back(name_of(window().state()));
    if (window().reserved_credit_ms() > 0) {
        out.states.push_back(
            {minutes_text("clerk.reserved", window().reserved_credit_ms()), Gravity::waiting});
    }
    std::string services;
    for (const std::string& code : window().services()) {
        services += (services.empty() ? "" : text("clerk.list_and")) + service_name(code);
    }
    std::string languages;
    for (const std::string& tag : window().languages()) {
        languages +=
            (languages.empty() ? "" : text("clerk.list_and")) + wording::name_of_language(tag);
    }
    out.facts.push_back(languages);
    out.facts.push_back(services);
}

void ClerkModel::add_current(ClerkPicture& out, std::int64_t now_ms) const {
    Current& current = out.current;
    const protocol::Ticket& ticket = this->current();
    const auto state = window().state();
    current.stage = name_of(state);
    if (ticket.number().empty()) {
        if (!known()) {
            current.empty = text("clerk.empty.connecting");
        } else if (state == WindowState::idle) {
            current.empty = text(somebody() ? "clerk.empty.idle" : "clerk.empty.nobody");
        } else if (state == WindowState::paused) {
            current.empty =
                format("clerk.empty.paused", {{"reason", name_of(window().pause_reason())}});
        } else {
            current.empty = text("clerk.empty.closed");
        }
        return;
    }
    current.shown = true;
    current.number = ticket.number();
    current.green = ticket.green();
    current.service = ticket.service_name();
    const bool calling = state == WindowState::calling;
    if (calling) {
        current.stage =
            format("clerk.calling", {{"count", std::to_string(std::max(1U, ticket.calls()))}});
    } else if (ticket.started_at_ms() > 0) {
        current.since =
            minutes_text("clerk.served_for", time_.utc_ms(now_ms) - ticket.started_at_ms());
    }
    add_services_left(ticket, current.facts);
    for (const int need : ticket.needs()) {
        current.facts.push_back(name_of(static_cast<protocol::Need::Value>(need)));
    }
    current.facts.push_back(minutes_text("clerk.waited", ticket.waited_ms()));
    current.language = language_of(ticket);
}

void ClerkModel::add_steps(ClerkPicture& out, std::int64_t now_ms) const {
    const std::string off = off_reason();
    const auto add = [&](Do what, const char* label, std::string disabled = {}) {
        out.steps.push_back({what, text(label), "", off.empty() ? std::move(disabled) : off});
    };
    switch (window().state()) {
        case WindowState::idle:
            add(Do::call_next, "clerk.next", somebody() ? "" : text("clerk.nobody"));
            add(Do::ask_pause, "clerk.pause");
            add(Do::close_window, "clerk.close_window");
            break;
        case WindowState::calling:
            add_calling_steps(out, now_ms);
            break;
        case WindowState::serving:
            add_serving_steps(out);
            break;
        case WindowState::paused:
            add(Do::open, "clerk.resume");
            add(Do::close_window, "clerk.close_window");
            break;
        case WindowState::closed:
        case WindowState::unknown:
        case protocol::WindowState_Value_WindowState_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
        case protocol::WindowState_Value_WindowState_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
            add(Do::open, "clerk.open");
            break;
    }
}

void ClerkModel::add_calling_steps(ClerkPicture& out, std::int64_t now_ms) const {
    const std::string off = off_reason();
    out.steps.push_back({Do::start, text("clerk.start"), "", off});
    Step recall{Do::recall, text("clerk.recall"), "", off};
    Step missed{Do::missed, text("clerk.missed"), "", off};
    // An answer tells no times: for the moment until the view comes, neither is possible.
    const bool waits_for_view = reply_ && reply_->has_window();
    const std::int64_t utc_ms = time_.utc_ms(now_ms);
    const auto count_down = [&](Step& step, std::int64_t from_ms, const char* why) {
        const std::int64_t left = seconds_left(from_ms - utc_ms);
        if (left == 0 && !waits_for_view) return;
        const std::string seconds = std::to_string(left);
        if (left > 0) step.detail = format("clerk.in_seconds", {{"seconds", seconds}});
        if (step.disabled.empty()) {
            step.disabled = left > 0 ? format(why, {{"seconds", seconds}}) : text("clerk.sending");
        }
    };
    count_down(recall, view().recall_from_ms(), "clerk.recall.wait");
    count_down(missed, view().missed_from_ms(), "clerk.missed.wait");
    if (const auto calls = view().calls_before_missed(); calls > 0) {
        const std::string count = std::to_string(calls);
        missed.detail = format("clerk.calls_left", {{"count", count}});
        if (off.empty()) missed.disabled = format("clerk.missed.calls", {{"count", count}});
    }
    out.steps.push_back(std::move(recall));
    out.steps.push_back(std::move(missed));
}

void ClerkModel::add_serving_steps(ClerkPicture& out) const {
    const std::string off = off_reason();
    const bool next = has_next_service(current());
    if (next) out.steps.push_back({Do::next_service, text("clerk.next_service"), "", off});
    out.steps.push_back({Do::finish, text(next ? "clerk.finish_all" : "clerk.finish"), "", off});
    out.steps.push_back({Do::errand, text("clerk.errand"), "", off});
    out.steps.push_back({Do::ask_transfer, text("clerk.transfer"), "", off});
}

void ClerkModel::add_offer(ClerkPicture& out, std::int64_t now_ms) const {
    OfferPicture& offer = out.offer;
    offer.number = offered();
    const auto state = window().state();
    const bool off = state == WindowState::closed || state == WindowState::unknown;
    if (offer.number.empty() || off) {
        offer.number.clear();
        offer.empty = text(known() ? "clerk.offer.nobody" : "clerk.empty.connecting");
        if (!off && somebody()) {
            offer.empty =
                format("clerk.call_anyway", {{"number", window().offered_elsewhere()},
                                             {"window", std::to_string(window().offered_at())}});
        }
        return;
    }
    offer.shown = true;
    const protocol::Ticket& ticket = view().offer();
    if (ticket.number() == offer.number) {
        const std::int64_t utc_ms = time_.utc_ms(now_ms);
        offer.green = ticket.green();
        offer.facts = {service_of(ticket), name_of(ticket.claim())};
        if (ticket.credit_ms() > 0) {
            offer.facts.push_back(minutes_text("clerk.credit", ticket.credit_ms()));
        }
        offer.facts.push_back(minutes_text("clerk.has_waited", utc_ms - ticket.entered_at_ms()));
        add_services_left(ticket, offer.facts);
        offer.language = language_of(ticket);
        offer.sentence = client::ticket_sentence(ticket, view().head().utc_offset_s());
        return;
    }
    // Known by number only, until the view comes; its row may be there already.
    for (const auto& row : view().waiting()) {
        if (row.number() != offer.number) continue;
        offer.green = row.green();
        offer.facts = {row.service_name()};
    }
}

void ClerkModel::add_lists(ClerkPicture& out, std::int64_t now_ms) const {
    const auto& view = this->view();
    const std::int64_t utc_ms = time_.utc_ms(now_ms);
    out.waiting_title = format("clerk.waiting", {{"count", std::to_string(view.waiting_count())}});
    out.waiting_short =
        format("clerk.waiting.short", {{"count", std::to_string(view.waiting_count())}});
    out.waiting_empty = text("clerk.waiting.none");
    for (const auto& row : view.waiting()) {
        out.waiting.push_back({row.number(), row.green(), row.service_name(),
                               minutes_text("clerk.minutes", utc_ms - row.entered_at_ms())});
    }
    const auto shown = static_cast<std::uint32_t>(view.waiting_size());
    if (view.waiting_count() > shown) {
        out.waiting_more =
            format("clerk.waiting.more", {{"count", std::to_string(view.waiting_count() - shown)}});
    }
    for (const auto& row : view.errands()) {
        out.away.push_back({row.number(), row.green(), row.service_name(), name_of(row.state())});
    }
    out.away_title = format("clerk.away", {{"count", std::to_string(out.away.size())}});
    out.busy = off_reason();
}

void ClerkModel::add_transfer(ClerkPicture& out) const {
    for (const auto& service : view().services()) {
        std::string windows;
        for (const auto number : service.windows()) {
            if (number == window_) continue;
            windows += (windows.empty() ? "" : text("clerk.list_and")) + std::to_string(number);
        }
        out.options.push_back({service.code(), service.name(),
                               windows.empty()
                                   ? text("clerk.transfer.none")
                                   : format("clerk.transfer.windows", {{"windows", windows}})});
    }
    // Where somebody can be served now comes first.
    const std::string none = text("clerk.transfer.none");
    std::stable_sort(out.options.begin(), out.options.end(), [&](const Option& a, const Option& b) {
        return (a.detail != none) > (b.detail != none);
    });
}

void ClerkModel::add_dialog(ClerkPicture& out) const {
    out.dialog = dialog_;
    switch (dialog_) {
        case Dialog::none:
        case Dialog::waiting:
            out.dialog_title = out.waiting_title;
            break;
        case Dialog::transfer:
            out.dialog_title = format("clerk.transfer.title", {{"number", current().number()}});
            add_transfer(out);
            break;
        case Dialog::pause:
            out.dialog_title = text("clerk.pause.title");
            for (const Reason::Value reason :
                 {Reason::rest, Reason::meal, Reason::meeting, Reason::equipment, Reason::other}) {
                out.options.push_back({Reason::Value_Name(reason), name_of(reason), ""});
            }
            break;
        case Dialog::come_back:
            out.dialog_title = text("clerk.return.title");
            for (const Row& row : out.away) {
                out.options.push_back({row.number, row.number + "  " + row.service, row.note});
            }
            break;
    }
}

}  // namespace hall::clerk
