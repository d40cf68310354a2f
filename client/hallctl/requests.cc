#include "client/hallctl/requests.h"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "wording/wording.h"

namespace hall::client::hallctl {

protocol::Proxy::Value proxy_from(const std::string& text) {
    if (text.empty() || text == "none") return protocol::Proxy::none;
    if (text == "free") return protocol::Proxy::free;
    if (text == "letter") return protocol::Proxy::letter;
    throw UsageError{wording::format(
        "hallctl.usage.one_of",
        {{"option", "--proxy"}, {"value", text}, {"values", "free, letter, none"}})};
}

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
            {"proxy", Takes::one, "free|letter|none"},
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
    options.push_back({"check-in", Option::Takes::one, "ID"});
    options.push_back({"case", Option::Takes::one, "ID"});
    return options;
}

tl::expected<protocol::IssueTicket, protocol::Refusal> arrival_request(const Words& words) {
    const bool says_what = words.has("appointment") || words.has("case");
    if (!says_what && words.many("service").empty()) {
        throw UsageError{wording::format("hallctl.usage.missing", {{"what", "--service"}})};
    }
    const auto id = [&](const char* option) {
        return words.has(option) ? number_from(words.one(option), option) : 0;
    };
    auto ticket = ticket_request(words);
    if (!ticket) return ticket;
    ticket->set_appointment(id("appointment"));
    ticket->set_check_in(id("check-in"));
    ticket->set_case_id(id("case"));
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

uint64_t id_from(const Words& words) {
    return number_from(words.places.front(), "ID");
}

uint32_t count_from(const std::string& text, std::string_view option) {
    constexpr uint32_t kMax = 1'000'000;
    uint32_t count = 0;
    const char* end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, count);
    if (failure != std::errc() || stop != end || count > kMax) {
        throw UsageError{wording::format(
            "hallctl.usage.count",
            {{"option", std::string(option)}, {"value", text}, {"max", std::to_string(kMax)}})};
    }
    return count;
}

std::string date_from(const std::string& text, std::string_view option) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int used = 0;
    constexpr size_t kLength = 10;
    const bool shape =
        text.size() == kLength && text.find_first_not_of("0123456789-") == std::string::npos &&
        std::sscanf(text.c_str(), "%4d-%2u-%2u%n", &year, &month, &day, &used) == 3 &&
        used == static_cast<int>(kLength) && year > 0;
    const bool exists =
        shape && (std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day)).ok();
    if (text.empty() || exists) return text;
    throw UsageError{
        wording::format("hallctl.usage.date", {{"option", std::string(option)}, {"value", text}})};
}

std::vector<Option> person_options() {
    using Takes = Option::Takes;
    return {{"name", Takes::one, "NAME"},          {"phone", Takes::one, "PHONE"},
            {"township", Takes::one, "TOWNSHIP"},  {"identity", Takes::one, "NUMBER"},
            {"family-phone", Takes::one, "PHONE"}, {"family-consent", Takes::flag, ""}};
}

protocol::Person person_from(const Words& words) {
    protocol::Person person;
    person.set_name(words.one("name"));
    person.set_phone(words.one("phone"));
    person.set_township(words.one("township"));
    person.set_identity(words.one("identity"));
    person.set_family_phone(words.one("family-phone"));
    person.set_family_consent(words.has("family-consent"));
    return person;
}

int64_t midnight_ms(const protocol::ViewHead& head) {
    constexpr int64_t kDayMs = 86'400'000;
    const int64_t offset_ms = int64_t{head.utc_offset_s()} * 1'000;
    const int64_t local_ms = head.server_time_ms() + offset_ms;
    return local_ms - local_ms % kDayMs - offset_ms;
}

std::string pin_in(const std::string& file, std::string_view option) {
    constexpr std::streamsize kPinMax = 64;
    std::ifstream in(file, std::ios::binary);
    std::string pin(static_cast<size_t>(kPinMax), '\0');
    in.read(pin.data(), kPinMax);
    if (in.bad() || in.gcount() == 0) {
        throw UsageError{wording::format("hallctl.usage.file_unreadable",
                                         {{"option", std::string(option)}, {"file", file}})};
    }
    pin.resize(static_cast<size_t>(in.gcount()));
    pin.erase(std::min(pin.size(), pin.find_first_of("\r\n")));
    struct stat status = {};
    const bool others_read = ::stat(file.c_str(), &status) == 0 && (status.st_mode & 077) != 0;
    if (others_read && S_ISREG(status.st_mode)) {
        std::cerr << wording::format("hallctl.pin_file_open", {{"file", file}}) << '\n';
    }
    return pin;
}

}  // namespace hall::client::hallctl
