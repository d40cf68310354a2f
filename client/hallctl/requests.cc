#include "client/hallctl/requests.h"

#include <iostream>

#include "wording/wording.h"

namespace hall::client::hallctl {

namespace {

// Nothing typed: the principal came.
protocol::Proxy::Value proxy_from(const std::string& text) {
    if (text.empty()) return protocol::Proxy::none;
    if (text == "free") return protocol::Proxy::free;
    if (text == "letter") return protocol::Proxy::letter;
    throw UsageError{"--proxy " + text + ": write free or letter"};
}

}  // namespace

std::vector<Option> ticket_options() {
    using Takes = Option::Takes;
    return {{"service", Takes::many, "CODE…"},
            {"category", Takes::many, "CODE…"},
            {"by-sight", Takes::flag, ""},
            {"need", Takes::many, "NEED…"},
            {"prefers", Takes::many, "LANGUAGE…"},
            {"must-speak", Takes::one, "LANGUAGE"},
            {"step-free", Takes::flag, ""},
            {"no-print", Takes::flag, ""},
            {"printer", Takes::one, "PRINTER"},
            {"proxy", Takes::one, "free|letter"},
            {"principal-category", Takes::many, "CODE…"}};
}

tl::expected<protocol::IssueTicket, protocol::Refusal> ticket_request(const Words& words) {
    protocol::IssueTicket ticket;
    for (const auto& code : words.many("service")) ticket.add_services(code);
    for (const auto& code : words.many("category")) ticket.add_categories(code);
    ticket.set_by_sight(words.has("by-sight"));
    for (const auto& name : words.many("need")) {
        protocol::Need::Value need = protocol::Need::unknown;
        if (!protocol::Need::Value_Parse(name, &need) || need == protocol::Need::unknown) {
            protocol::Refusal refusal;
            refusal.set_code(protocol::RefusalCode::unknown_need);
            refusal.set_field(name);
            return tl::unexpected(refusal);
        }
        ticket.add_needs(need);
    }
    for (const auto& language : words.many("prefers")) ticket.add_prefers(language);
    ticket.set_must_speak(words.one("must-speak"));
    ticket.set_step_free(words.has("step-free"));
    ticket.set_no_print(words.has("no-print"));
    ticket.set_printer(words.one("printer"));
    ticket.set_proxy(proxy_from(words.one("proxy")));
    for (const auto& code : words.many("principal-category")) {
        ticket.add_principal_categories(code);
    }
    return ticket;
}

std::vector<Option> arrival_options() {
    std::vector<Option> options = ticket_options();
    options.push_back({"appointment", Option::Takes::one, "ID"});
    return options;
}

tl::expected<protocol::IssueTicket, protocol::Refusal> arrival_request(const Words& words) {
    if (!words.has("appointment")) {
        if (words.many("service").empty()) throw UsageError{"--service is missing"};
        return ticket_request(words);
    }
    auto ticket = ticket_request(words);
    if (ticket) ticket->set_appointment(number_from(words.one("appointment"), "appointment"));
    return ticket;
}

protocol::Reason::Value reason_from(const std::string& text) {
    protocol::Reason::Value reason = protocol::Reason::unspecified;
    if (text.empty() || protocol::Reason::Value_Parse(text, &reason)) return reason;
    std::cerr << wording::text("hallctl.reason_other") << '\n';
    return protocol::Reason::other;
}

uint32_t window_from(const Words& words) {
    return window_number(words.one("window"), "window");
}

}  // namespace hall::client::hallctl
