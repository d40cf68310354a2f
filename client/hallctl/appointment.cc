// Appointments (预约): appointment slots | book | cancel | list.
#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"
#include "client/refusal_text.h"

namespace hall::client::hallctl {
namespace {

protocol::Query slot_query(const Words& words) {
    protocol::Query query;
    query.mutable_slot_list()->set_service(words.many("service").front());
    query.mutable_slot_list()->set_date(words.one("date"));
    return query;
}

int slots(Session& session, const Words& words) {
    return session.ask(slot_query(words));
}

// "9:30" and "09:30".
std::string clock_of(const std::string& text) {
    return text.find(':') == 1 ? "0" + text : text;
}

// The hall knows which moment "09:30" of a date is: the slot is looked up in its own list, so that
// neither this machine's time zone nor a change to summer time can move an appointment.
int book(Session& session, const Words& words) {
    auto ticket = ticket_request(words);
    if (!ticket) return session.refuse(ticket.error());
    Answer list = session.answer(slot_query(words));
    if (!list || !list->has_slots()) return session.show(std::move(list));
    protocol::Command command;
    for (const auto& slot : list->slots().slots()) {
        if (clock_text(slot.slot_ms(), slot.utc_offset_s()) != clock_of(words.one("time")))
            continue;
        command.mutable_book_appointment()->set_slot_ms(slot.slot_ms());
    }
    if (!command.has_book_appointment()) {
        protocol::Refusal refusal;
        refusal.set_code(protocol::RefusalCode::no_such_slot);
        refusal.set_field(words.one("date") + " " + words.one("time"));
        return session.refuse(refusal);
    }
    *command.mutable_book_appointment()->mutable_ticket() = std::move(*ticket);
    command.mutable_book_appointment()->set_by_phone(words.has("by-phone"));
    return session.send(command);
}

int cancel_appointment(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_cancel_appointment()->set_appointment(number_from(words.places.front(), "ID"));
    return session.send(command);
}

int list_appointments(Session& session, const Words& words) {
    protocol::Query query;
    query.mutable_appointment_list()->set_date(words.one("date"));
    return session.ask(query);
}

}  // namespace

Verbs appointment_verbs() {
    using Takes = Option::Takes;
    std::vector<Option> wishes = ticket_options();
    wishes.push_back({"date", Takes::one, "YYYY-MM-DD"});
    wishes.push_back({"time", Takes::one, "HH:MM"});
    wishes.push_back({"by-phone", Takes::flag, ""});
    return {
        {"appointment",
         "slots",
         {},
         {{"service", Takes::one, "CODE"}, {"date", Takes::one, "YYYY-MM-DD"}},
         {"service"},
         slots},
        {"appointment", "book", {}, wishes, {"service", "date", "time"}, book},
        {"appointment", "cancel", {"ID"}, {}, {}, cancel_appointment},
        {"appointment", "list", {}, {{"date", Takes::one, "YYYY-MM-DD"}}, {}, list_appointments},
    };
}

}  // namespace hall::client::hallctl
