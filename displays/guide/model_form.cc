// What is chosen for the next visitor: services, care, needs, who came.
#include <algorithm>

#include "displays/guide/guide_model.h"
#include "wording/wording.h"

namespace hall::guide {

using protocol::Proxy;
using wording::format;
using wording::text;

namespace {

template <typename Set, typename Value>
void toggle(Set& set, const Value& value) {
    if (set.erase(value) == 0) set.insert(value);
}

}  // namespace

void GuideModel::choose_service(const std::string& code) {
    auto& chosen = form_.services;
    const auto at = std::find(chosen.begin(), chosen.end(), code);
    if (at != chosen.end()) {
        chosen.erase(at);
    } else if (!form_.several) {
        chosen.assign(1, code);
    } else if (chosen.size() < kServicesMax) {
        chosen.push_back(code);
    } else {
        form_message_ = {format("guide.several.full", {{"count", std::to_string(kServicesMax)}}),
                         Gravity::warning};
        return;
    }
    form_message_ = {};
    drop_proxy_that_is_not_taken();
}

void GuideModel::choose_category(const std::string& code) {
    toggle(form_.categories, code);
    if (!by_sight_disabled().empty()) form_.by_sight = false;
    form_message_ = {};
}

void GuideModel::choose_need(const Act& act) {
    if (act.what == Do::must_speak) {
        form_.must_speak = form_.must_speak == act.value ? std::string() : act.value;
        form_.prefers.erase(act.value);
    } else if (act.what == Do::prefers) {
        toggle(form_.prefers, act.value);
        if (form_.must_speak == act.value) form_.must_speak.clear();
    } else if (act.what == Do::step_free) {
        form_.step_free = !form_.step_free;
    } else if (act.what == Do::mean) {
        protocol::Need::Value mean = protocol::Need::unknown;
        if (protocol::Need::Value_Parse(act.value, &mean)) toggle(form_.means, mean);
    } else if (act.what == Do::proxy) {
        Proxy::Value proxy = Proxy::none;
        if (Proxy::Value_Parse(act.value, &proxy)) form_.proxy = proxy;
        if (form_.proxy == Proxy::none) form_.principal.clear();
        drop_proxy_that_is_not_taken();
    } else if (act.what == Do::principal) {
        toggle(form_.principal, act.value);
    }
}

// The strictest of the services chosen decides: one ticket is for one person.
Proxy::Value GuideModel::proxy_rule() const {
    Proxy::Value rule = Proxy::free;
    for (const std::string& code : form_.services) {
        if (const auto* chosen = service(code)) rule = std::max(rule, chosen->proxy());
    }
    return rule;
}

void GuideModel::drop_proxy_that_is_not_taken() {
    const Proxy::Value rule = proxy_rule();
    if (form_.proxy == Proxy::none || (rule != Proxy::in_person && form_.proxy >= rule)) return;
    form_.proxy = Proxy::none;
    form_.principal.clear();
    form_message_ = {
        text(rule == Proxy::in_person ? "guide.proxy.in_person" : "guide.proxy.letter_only"),
        Gravity::warning};
}

void GuideModel::clear_or_bring_back() {
    form_message_ = {};
    if (form_ == Form{}) {
        form_ = std::exchange(cleared_, {});
        ++form_serial_;
        return;
    }
    const Form cleared = form_;
    clear_form();
    cleared_ = cleared;
}

void GuideModel::clear_form() {
    form_ = {};
    cleared_ = {};
    ++form_serial_;
    service_page_ = 0;
    category_page_ = 0;
}

std::string GuideModel::issue_disabled(std::int64_t now_ms) const {
    if (!live()) return link_reason();
    const auto phase = view().head().phase();
    if (phase == protocol::Phase::closed || phase == protocol::Phase::unknown) {
        return closed_reason(now_ms);
    }
    if (form_.services.empty()) return text("guide.choose_service");
    return {};
}

std::string GuideModel::by_sight_disabled() const {
    if (form_.categories.empty()) return text("guide.by_sight.choose");
    for (const std::string& code : form_.categories) {
        const auto* chosen = category(code);
        if (!chosen || !chosen->by_sight()) {
            return format("guide.by_sight.document", {{"name", chosen ? chosen->name() : code}});
        }
    }
    return {};
}

protocol::IssueTicket GuideModel::ticket_of_form() const {
    protocol::IssueTicket ticket;
    for (const std::string& code : form_.services) ticket.add_services(code);
    for (const std::string& code : form_.categories) ticket.add_categories(code);
    ticket.set_by_sight(form_.by_sight);
    for (const auto mean : form_.means) ticket.add_needs(mean);
    for (const std::string& tag : form_.prefers) ticket.add_prefers(tag);
    ticket.set_must_speak(form_.must_speak);
    ticket.set_step_free(form_.step_free);
    ticket.set_proxy(form_.proxy);
    for (const std::string& code : form_.principal) ticket.add_principal_categories(code);
    ticket.set_printer(options_.printer);
    ticket.set_check_in(form_.check_in);
    return ticket;
}

}  // namespace hall::guide
