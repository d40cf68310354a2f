// Slots booked, appointments checked in or cancelled, and what is chosen before closing.
#include <algorithm>
#include <charconv>

#include "displays/guide/guide_model.h"
#include "wording/wording.h"

namespace hall::guide {

using protocol::ClosingChoice;
using protocol::Command;
using wording::format;
using wording::text;

namespace {

template <typename Number>
Number number_of(const std::string& digits) {
    Number out = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return out;
}

}  // namespace

const protocol::Appointment* GuideModel::appointment(std::uint64_t id) const {
    for (const auto& one : view().appointments()) {
        if (id != 0 && one.appointment() == id) return &one;
    }
    return nullptr;
}

int GuideModel::appointment_index() const {
    const auto& all = view().appointments();
    const auto at = std::find_if(all.begin(), all.end(), [&](const auto& one) {
        return one.appointment() == appointment_at_;
    });
    return at == all.end() ? -1 : static_cast<int>(at - all.begin());
}

// Who was looked at, while still there; else the first who has not chosen.
int GuideModel::closing_index() const {
    const auto& all = view().closing_offers();
    int undecided = 0;
    for (int i = all.size() - 1; i >= 0; --i) {
        if (all[i].number() == closing_at_) return i;
        if (all[i].closing_choice() == ClosingChoice::undecided) undecided = i;
    }
    return undecided;
}

// The first whose slot still counts: those before it are late, and fewer of them come.
int GuideModel::due_index(std::int64_t now_ms) const {
    const auto& all = view().appointments();
    const auto due =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return !late(one, now_ms); });
    return due == all.end() ? 0 : static_cast<int>(due - all.begin());
}

void GuideModel::move_appointment(int by, std::int64_t now_ms) {
    const int count = view().appointments_size();
    if (count == 0) return;
    // The first press of an arrow chooses the row that is due.
    const int from = appointment_index();
    const bool first = from < 0 && (by == 1 || by == -1);
    const int start = from < 0 ? due_index(now_ms) : from;
    const int to = first ? start : std::clamp(start + by, 0, count - 1);
    appointment_at_ = view().appointments(to).appointment();
}

void GuideModel::move_closing(int by) {
    const int count = view().closing_offers_size();
    if (count == 0) return;
    closing_at_ = view().closing_offers(std::clamp(closing_index() + by, 0, count - 1)).number();
}

std::uint64_t GuideModel::appointment_of(const Act& act) const {
    return act.appointment != 0 ? act.appointment : number_of<std::uint64_t>(typed_);
}

// Not before minute G + 1: until then the slot's own time counts (policy.md).
bool GuideModel::late(const protocol::Appointment& appointment, std::int64_t now_ms) const {
    return appointment.kind() == protocol::AppointmentKind::booked &&
           appointment.grace_until_ms() > 0 && time_.utc_ms(now_ms) > appointment.grace_until_ms();
}

void GuideModel::choose_slot(const Act& act) {
    sheet_message_ = {};
    if (act.what == Do::book) {
        open(Sheet::booking);
        slot_page_ = 0;
        by_phone_ = false;
        slots_.clear();
        if (!form_.services.empty()) slots_.ask(form_.services.front());
    } else if (act.what == Do::book_service) {
        slots_.clear();
        slot_page_ = 0;
        if (act.value.empty()) return;
        const auto& chosen = form_.services;
        const bool on = std::find(chosen.begin(), chosen.end(), act.value) != chosen.end();
        if (!on) choose_service(act.value);
        slots_.ask(act.value);
    } else if (act.what == Do::slot_day) {
        slots_.choose_day(act.value);
        slot_page_ = 0;
    } else if (act.what == Do::slot) {
        slots_.choose(number_of<std::int64_t>(act.value));
    } else if (act.what == Do::more_slots) {
        ++slot_page_;
    } else if (act.what == Do::by_phone) {
        by_phone_ = !by_phone_;
    } else if (act.what == Do::ask_slots && !slots_.service().empty()) {
        slots_.ask(std::string(slots_.service()));
    }
}

void GuideModel::send_check_in(const Act& act, std::int64_t now_ms) {
    const std::uint64_t id = appointment_of(act);
    if (id == 0) return;
    protocol::IssueTicket ticket;
    ticket.set_appointment(id);
    ticket.set_printer(options_.printer);
    send_ticket(ticket, sheet_ == Sheet::entry ? Asked::entry : Asked::sheet,
                "check in " + std::to_string(id), now_ms);
}

void GuideModel::send_cancel(const Act& act, std::int64_t now_ms) {
    const std::uint64_t id = appointment_of(act);
    if (id == 0 || !confirmed("cancel " + std::to_string(id))) return;
    Command command;
    command.mutable_cancel_appointment()->set_appointment(id);
    send(command, sheet_ == Sheet::entry ? Asked::entry : Asked::sheet,
         "at " + std::to_string(view().head().seq()), now_ms);
}

void GuideModel::send_booking(const Act& act, std::int64_t now_ms) {
    const bool tomorrow = act.what != Do::confirm_booking;
    const auto* slot = tomorrow ? slots_.first_after(view().head().date()) : slots_.chosen();
    if (!slot || form_.services.empty()) return;
    Command command;
    auto& booking = *command.mutable_book_appointment();
    *booking.mutable_ticket() = ticket_of_form();
    booking.set_slot_ms(slot->slot_ms());
    booking.set_by_phone(!tomorrow && by_phone_);
    booking.set_leaves_papers(act.what == Do::leave_papers);
    send(command, Asked::sheet, "form " + std::to_string(form_serial_), now_ms);
}

// To stay can be chosen otherwise later; the other two end the ticket, so they are asked twice.
void GuideModel::send_at_closing(const Act& act, std::int64_t now_ms) {
    const auto& offers = view().closing_offers();
    if (offers.empty()) return;
    const std::string number = act.value.empty() ? offers[closing_index()].number() : act.value;
    closing_at_ = number;
    const std::string what = number + " " + ClosingChoice::Value_Name(act.choice);
    if (act.choice != ClosingChoice::stay && !confirmed(what)) return;
    Command command;
    command.mutable_choose_at_closing()->set_number(number);
    command.mutable_choose_at_closing()->set_choice(act.choice);
    send(command, Asked::sheet, "at " + std::to_string(view().head().seq()), now_ms);
}

void GuideModel::booked(const protocol::Appointment& appointment, std::int64_t now_ms) {
    Issued issued;
    issued.number = time_.clock_of(appointment.slot_ms());
    issued.appointment = appointment.appointment();
    issued.by_phone = appointment.by_phone();
    issued.green = appointment.green();
    const bool named = appointment.services_size() > 0 && appointment.service_names_size() > 0;
    issued.service =
        named ? short_name(appointment.services(0), appointment.service_names(0)) : std::string();
    issued.place =
        format("guide.booked.place", {{"day", time_.day_of(appointment.slot_ms(), now_ms)},
                                      {"number", std::to_string(appointment.appointment())}});
    issued.at_ms = now_ms;
    issued.form = form_;
    issued_ = issued;
    card_message_ = {};
    clear_form();
    open(Sheet::none);
}

void GuideModel::cancelled(std::uint64_t appointment) {
    if (issued_ && issued_->appointment == appointment && asked_ == Asked::card) {
        return undone({text("guide.booked.undone"), Gravity::warning});
    }
    const Word word{
        format("guide.appointment.cancelled", {{"number", std::to_string(appointment)}}),
        Gravity::good};
    if (asked_ == Asked::entry) typed_.clear();
    tell(asked_, word);
}

void GuideModel::chose_at_closing(const protocol::ChooseAtClosing& choice) {
    const auto& offers = view().closing_offers();
    const bool stays = choice.choice() == ClosingChoice::stay;
    tell(Asked::sheet, {format(stays ? "guide.closing.stays" : "guide.closing.left",
                               {{"number", choice.number()},
                                {"choice", text("guide.closing.choice." +
                                                ClosingChoice::Value_Name(choice.choice()))}}),
                        Gravity::good});
    // The next one who has not chosen, from here on; the view may not know of this choice yet.
    for (int i = closing_index() + 1; i < offers.size(); ++i) {
        if (offers[i].closing_choice() != ClosingChoice::undecided) continue;
        closing_at_ = offers[i].number();
        return;
    }
}

}  // namespace hall::guide
