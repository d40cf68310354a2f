// The words of appointments, of booking one, and of the quarter of an hour before closing.
#include <algorithm>

#include "displays/guide/guide_model.h"
#include "wording/wording.h"

namespace hall::guide {

using protocol::AppointmentKind;
using protocol::ClosingChoice;
using wording::format;
using wording::text;

namespace {

std::string counted(const char* key, std::size_t count) {
    return format(key, {{"count", std::to_string(count)}});
}

}  // namespace

// 09:00–09:30; a kept arrival may come at any time.
std::string GuideModel::span_of(std::int64_t begin_ms, std::int64_t end_ms) const {
    if (begin_ms == 0) return text("guide.appointment.any_time");
    return time_.clock_of(begin_ms) + "–" + time_.clock_of(end_ms);
}

Word GuideModel::appointment_state(const protocol::Appointment& appointment,
                                   std::int64_t now_ms) const {
    const std::string until = time_.clock_of(appointment.grace_until_ms());
    if (appointment.kind() == AppointmentKind::carried_over) {
        return {text("guide.appointment.carried_over"), Gravity::plain};
    }
    if (appointment.kind() == AppointmentKind::left_papers) {
        return {text("guide.appointment.left_papers"), Gravity::plain};
    }
    if (appointment.kind() == AppointmentKind::our_fault) {
        return {text("guide.appointment.our_fault"), Gravity::plain};
    }
    if (late(appointment, now_ms)) {
        return {format("guide.appointment.late", {{"time", until}}), Gravity::warning};
    }
    if (appointment.grace_until_ms() == 0) return {};
    return {format("guide.appointment.until", {{"time", until}}), Gravity::plain};
}

void GuideModel::add_appointments(GuidePicture& out, std::int64_t now_ms) const {
    const auto& view = this->view();
    out.has_appointments = view.gives_appointments() || view.appointment_count() > 0;
    out.appointment_count = view.appointment_count();
    AppointmentsPicture& page = out.appointments;
    page.open = sheet_ == Sheet::appointments;
    if (!page.open) return;
    page.title = counted("guide.appointments", view.appointment_count());
    page.empty = text("guide.appointments.none");
    page.message = sheet_message_;
    if (!view.gives_appointments()) page.book_disabled = text("refusal.appointments_not_given");
    const int chosen = appointment_index();
    page.chosen = chosen >= 0;
    for (const auto& one : view.appointments()) {
        AppointmentRow row;
        row.appointment = one.appointment();
        row.slot = span_of(one.slot_ms(), one.slot_end_ms());
        row.number =
            format("guide.appointment.number", {{"number", std::to_string(one.appointment())}});
        row.green = one.green();
        for (int i = 0; i < one.services_size() && i < one.service_names_size(); ++i) {
            if (i > 0) row.service += text("guide.look.and");
            row.service += short_name(one.services(i), one.service_names(i));
        }
        row.state = appointment_state(one, now_ms);
        row.chosen = static_cast<int>(page.rows.size()) == chosen;
        row.sure = confirming("cancel " + std::to_string(one.appointment()));
        row.cancel = text(row.sure ? "guide.appointment.cancel_sure" : "guide.appointment.cancel");
        page.rows.push_back(std::move(row));
    }
    page.at = chosen >= 0 ? chosen : due_index(now_ms);
    const auto all = static_cast<std::size_t>(view.appointment_count());
    if (page.message.word.empty() && all > page.rows.size()) {
        page.message = {counted("guide.appointments.more", all - page.rows.size()),
                        Gravity::waiting};
    }
}

// What stands where slots would, or the reason why there are none.
Word GuideModel::slots_word() const {
    if (!sheet_message_.word.empty()) return sheet_message_;
    if (slots_.waiting()) return {text("guide.slots.asking"), Gravity::waiting};
    if (slots_.problem()) {
        const std::string words =
            console::answer_problem(*slots_.problem(), text("guide.slots.again"));
        return {words.empty() ? text("guide.slots.none") : words, Gravity::bad};
    }
    if (slots_.days().empty()) return {text("guide.slots.none"), Gravity::warning};
    return {};
}

void GuideModel::add_booking(GuidePicture& out, std::int64_t now_ms) const {
    BookingPicture& page = out.booking;
    page.open = sheet_ == Sheet::booking;
    if (!page.open) return;
    page.of_service = !slots_.service().empty();
    const auto* service = this->service(slots_.service());
    page.title =
        page.of_service
            ? format("guide.book.title",
                     {{"service", short_name(slots_.service(), service ? service->name() : "")}})
            : text("guide.book.choose");
    if (!page.of_service) return;
    page.slot_page = slot_page_;
    const auto* chosen = slots_.chosen();
    for (const std::string& date : slots_.days()) {
        SlotList::DayPlaces places = slots_.places(date);
        page.days.push_back(
            {date, time_.day_of(places.first_ms, now_ms),
             places.free == 0 ? text("guide.slots.full") : counted("guide.slots.free", places.free),
             date == slots_.day()});
    }
    for (const auto* slot : slots_.slots()) {
        Choice choice{
            std::to_string(slot->slot_ms()), span_of(slot->slot_ms(), slot->slot_end_ms()),
            counted(slot->off_peak() ? "guide.slots.off_peak" : "guide.slots.free", slot->free()),
            slot == chosen};
        if (slot->free() == 0) {
            choice.detail = text("guide.slots.full");
            choice.disabled = text("refusal.slot_full");
        }
        page.slots.push_back(std::move(choice));
    }
    page.by_phone = {true, by_phone_, text("guide.book.by_phone"), ""};
    page.message = slots_word();
    page.confirm =
        chosen ? format("guide.book.confirm", {{"day", time_.day_of(chosen->slot_ms(), now_ms)},
                                               {"time", time_.clock_of(chosen->slot_ms())}})
               : text("guide.book");
    if (!live()) {
        page.confirm_disabled = link_reason();
    } else if (!chosen) {
        page.confirm_disabled = text("guide.book.choose_slot");
    }
}

void GuideModel::add_stopped(GuidePicture& out, std::int64_t now_ms) const {
    StoppedPicture& page = out.stopped;
    page.open = sheet_ == Sheet::stopped;
    if (!page.open) return;
    page.sentence = stopped_words_;
    page.message = slots_word();
    const auto* first = slots_.first_after(view().head().date());
    page.papers = text("guide.stopped.papers");
    page.tomorrow = text("guide.stopped.tomorrow");
    if (first) {
        const std::string day = time_.day_of(first->slot_ms(), now_ms);
        const std::string time = time_.clock_of(first->slot_ms());
        page.tomorrow = format("guide.book.confirm", {{"day", day}, {"time", time}});
    }
    if (!live()) {
        page.disabled = link_reason();
    } else if (!first) {
        page.disabled = page.message.word.empty() ? text("guide.slots.none") : page.message.word;
    }
}

void GuideModel::add_closing(GuidePicture& out) const {
    const auto& view = this->view();
    ClosingPicture& page = out.closing;
    page.open = sheet_ == Sheet::closing;
    page.shown = view.closing_offers_size() > 0;
    page.undecided = view.undecided_count();
    if (!page.open) return;
    page.title = page.undecided == 0 ? text("guide.closing.all_chosen")
                                     : counted("guide.closing", page.undecided);
    page.empty = text("guide.closing.none");
    page.message = sheet_message_;
    page.at = closing_index();
    for (const auto& offer : view.closing_offers()) {
        ClosingRow row;
        row.number = offer.number();
        row.green = offer.green();
        row.service = offer.service_name();
        row.current = static_cast<int>(page.rows.size()) == page.at;
        for (const auto choice :
             {ClosingChoice::stay, ClosingChoice::tomorrow, ClosingChoice::leave_papers}) {
            const std::string name = ClosingChoice::Value_Name(choice);
            const bool sure = confirming(offer.number() + " " + name);
            if (sure) row.sure = name;
            const std::string key = sure ? "guide.closing.sure." : "guide.closing.choice.";
            row.choices.push_back({name, text(key + name), "", offer.closing_choice() == choice});
        }
        if (offer.closing_choice() == ClosingChoice::undecided) {
            row.state = {text("guide.closing.undecided"), Gravity::warning};
        }
        page.rows.push_back(std::move(row));
    }
}

}  // namespace hall::guide
