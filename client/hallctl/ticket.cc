#include <functional>

#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"
#include "client/hallctl/tables.h"
#include "client/hallctl/timeline.h"
#include "client/refusal_text.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

int issue(Session& session, const Words& words) {
    auto ticket = arrival_request(words);
    if (!ticket) return session.refuse(ticket.error());
    protocol::Command command;
    *command.mutable_issue_ticket() = std::move(*ticket);
    return session.send(command);
}

int cancel_ticket(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_cancel_ticket()->set_number(words.places.front());
    command.mutable_cancel_ticket()->set_reason(reason_from(words.one("reason")));
    return session.send(command);
}

int step_out(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_step_out()->set_number(words.places.front());
    return session.send(command);
}

int closing(Session& session, const Words& words) {
    const std::string name = words.one("choose");
    protocol::ClosingChoice::Value choice = protocol::ClosingChoice::undecided;
    if (!protocol::ClosingChoice::Value_Parse(name, &choice) ||
        choice == protocol::ClosingChoice::undecided) {
        throw UsageError{wording::format(
            "hallctl.usage.one_of",
            {{"option", "--choose"}, {"value", name}, {"values", "stay, tomorrow, leave_papers"}})};
    }
    protocol::Command command;
    command.mutable_choose_at_closing()->set_number(words.places.front());
    command.mutable_choose_at_closing()->set_choice(choice);
    command.mutable_choose_at_closing()->set_no_print(words.has("no-print"));
    return session.send(command);
}

int return_ticket(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_return_ticket()->set_number(words.places.front());
    return session.send(command);
}

int list_tickets(Session& session, const Words& words) {
    protocol::Query query;
    auto* states = query.mutable_ticket_list();
    for (const auto& name : words.many("state")) {
        protocol::TicketState::Value state = protocol::TicketState::unknown;
        if (!protocol::TicketState::Value_Parse(name, &state)) {
            throw UsageError{wording::format("hallctl.usage.no_state", {{"value", name}})};
        }
        states->add_states(state);
    }
    return session.ask(query);
}

protocol::Query ticket_query(const Words& words) {
    protocol::Query query;
    query.mutable_ticket()->set_number(words.places.front());
    return query;
}

int show_ticket(Session& session, const Words& words) {
    return session.ask(ticket_query(words));
}

// Shows the sentence, then `more` of the same ticket.
int show_more(Session& session, const protocol::Query& query,
              const std::function<std::string(const protocol::Ticket&, int32_t)>& more) {
    Answer answer = session.answer(query);
    if (session.globals().json || !answer || !answer->has_ticket()) {
        return session.show(std::move(answer));
    }
    const int32_t utc_offset_s = session.utc_offset_s();
    fill_texts(*answer, utc_offset_s);
    std::string text = as_text(*answer, utc_offset_s) + more(answer->ticket(), utc_offset_s);
    text.pop_back();  // show() ends the line
    return session.show(text, "");
}

int why(Session& session, const Words& words) {
    protocol::Query query = ticket_query(words);
    query.mutable_ticket()->set_keys(true);
    return show_more(session, query, key_text);
}

// What services, materials and things are called today. Where nobody tells, their codes will do.
Names names_from(Session& session) {
    Names names;
    protocol::Query catalogue;
    catalogue.mutable_catalogue();
    const Answer items = session.answer(catalogue);
    if (items && items->has_catalogue()) {
        for (const auto& item : items->catalogue().items()) {
            names.services[item.code()] = item.name();
            for (const auto& material : item.materials()) {
                names.materials[material.code()] = material.name();
            }
        }
    }
    protocol::Query facilities;
    facilities.mutable_facility_list();
    const Answer things = session.answer(facilities);
    if (things && things->has_facilities()) {
        for (const auto& facility : things->facilities().facilities()) {
            names.facilities[facility.code()] = facility.name();
        }
    }
    return names;
}

std::string named_history(Session& session, const protocol::Ticket& ticket, int32_t utc_offset_s) {
    return history_text(ticket, utc_offset_s, names_from(session));
}

// Of an earlier day only the log knows it: no state and no sentence, but everything that happened.
int explain_past(Session& session, const protocol::Query& query) {
    Answer answer = session.answer_patiently(query);
    if (session.globals().json || !answer || !answer->has_ticket()) {
        return session.show(std::move(answer));
    }
    std::string text = query.ticket().number() + "\n" +
                       named_history(session, answer->ticket(), session.utc_offset_s());
    text.pop_back();  // show() ends the line
    return session.show(text, "");
}

int explain(Session& session, const Words& words) {
    protocol::Query query = ticket_query(words);
    query.mutable_ticket()->set_history(true);
    const bool past = words.places.front().find('/') != std::string::npos;
    if (past) return explain_past(session, query);
    return show_more(session, query, [&](const protocol::Ticket& ticket, int32_t utc_offset_s) {
        return named_history(session, ticket, utc_offset_s);
    });
}

}  // namespace

Verbs ticket_verbs() {
    using Takes = Option::Takes;
    return {
        {"ticket", "issue", {}, arrival_options(), {}, issue},
        {"ticket", "list", {}, {{"state", Takes::many, "STATE…"}}, {}, list_tickets},
        {"ticket", "show", {"NUMBER"}, {}, {}, show_ticket},
        {"ticket", "why", {"NUMBER"}, {}, {}, why},
        {"ticket", "explain", {"NUMBER|DATE/NUMBER"}, {}, {}, explain},
        {"ticket",
         "cancel",
         {"NUMBER"},
         {{"reason", Takes::one, kCancelReasons}},
         {},
         cancel_ticket},
        {"ticket",
         "closing",
         {"NUMBER"},
         {{"choose", Takes::one, "stay|tomorrow|leave_papers"}, {"no-print", Takes::flag, ""}},
         {"choose"},
         closing},
        {"ticket", "return", {"NUMBER"}, {}, {}, return_ticket},
        {"ticket", "step-out", {"NUMBER"}, {}, {}, step_out},
        {"ticket", "import", {}, {{"paper", Takes::one, "FILE"}}, {"paper"}, import_paper},
    };
}

}  // namespace hall::client::hallctl
