// What staff, print agents and replies are told. Whole views, bounded rows, exact counts.
#include <algorithm>
#include <map>
#include <set>

#include "hall-server/core/decide.h"
#include "hall-server/core/forecasting.h"
#include "hall-server/core/view_rows.h"
#include "protocol/body.h"

namespace hall::core {

using protocol::PrintState;
using protocol::Query;
using protocol::RefusalCode;
using protocol::Reply;
using protocol::TicketState;
using protocol::WindowState;

namespace {

// A guide is asked to look once a green-channel visitor has been called twice without coming.
constexpr uint32_t kLookFromCalls = 2;

template <typename List>
void fill_prints(const HallState& hall, List& list) {
    auto add = [&](const state::Print& print) { fill_print(hall, print, *list.Add()); };
    auto full = [&] { return list.size() == static_cast<int>(kPrintRowsMax); };
    for (auto job = hall.bad_prints.rbegin(); job != hall.bad_prints.rend() && !full(); ++job) {
        add(*hall.find_print(*job));
    }
    for (auto job = hall.open_prints.rbegin(); job != hall.open_prints.rend() && !full(); ++job) {
        if (!hall.bad_prints.count(*job)) add(*hall.find_print(*job));
    }
    const auto& prints = hall.data.prints();
    for (auto print = prints.rbegin(); print != prints.rend() && !full(); ++print) {
        bool listed =
            hall.bad_prints.count(print->job()) > 0 || hall.open_prints.count(print->job()) > 0;
        if (!listed) add(*print);
    }
}

void fill_status(const HallState& hall, int64_t now_ms, protocol::Status& status) {
    fill_head(hall, now_ms, *status.mutable_head());
    const auto offers = offers_now(hall);
    for (const auto& window : hall.data.windows()) {
        fill_window(hall, offers, window, *status.add_windows());
    }
    for (const auto& printer : hall.data.printers()) {
        fill_printer(hall, printer, *status.add_printers());
        if (printer.state() != protocol::PrinterState::ok &&
            printer.state() != protocol::PrinterState::unknown) {
            status.add_degraded("printer_" + protocol::PrinterState::Value_Name(printer.state()) +
                                ":" + printer.name());
        }
    }
    status.set_registered(hall.count(TicketState::registered));
    status.set_waiting(hall.count(TicketState::waiting));
    status.set_called(hall.count(TicketState::called));
    status.set_serving(hall.count(TicketState::serving));
    status.set_away(static_cast<uint32_t>(hall.away.size()));
    status.set_done(hall.data.done());
    status.set_issued(static_cast<uint32_t>(hall.data.tickets_size()));
    status.set_prints_pending(static_cast<uint32_t>(hall.open_prints.size()));
    status.set_prints_failed(static_cast<uint32_t>(hall.bad_prints.size()));
    status.set_clock_step_ms(hall.data.clock_step_ms());
    status.set_open_by_hand(hall.data.by_hand() && hall.data.phase() == protocol::Phase::open);
}

void answer_ticket(const HallState& hall, const protocol::TicketQuery& query, int64_t now_ms,
                   Reply& reply) {
    auto handle = hall.find_ticket(query.number());
    if (!handle) {
        return refuse(reply, Refuse(RefusalCode::unknown_ticket).field(query.number()));
    }
    fill_ticket(hall, hall.ticket(*handle), now_ms, *reply.mutable_ticket());
    if (query.keys()) fill_keys(hall, hall.ticket(*handle), *reply.mutable_ticket());
}

void answer_tickets(const HallState& hall, const protocol::TicketListQuery& query, int64_t now_ms,
                    Reply& reply) {
    auto* list = reply.mutable_tickets();
    for (const state::Ticket& ticket : hall.data.tickets()) {
        const auto& wanted = query.states();
        if (!wanted.empty() &&
            std::find(wanted.begin(), wanted.end(), ticket.state()) == wanted.end()) {
            continue;
        }
        fill_ticket(hall, ticket, now_ms, *list->add_tickets());
    }
}

void answer_prints(const HallState& hall, const protocol::PrintListQuery& query, Reply& reply) {
    auto* list = reply.mutable_print_jobs();
    for (const state::Print& print : hall.data.prints()) {
        const auto& wanted = query.states();
        if (!wanted.empty() &&
            std::find(wanted.begin(), wanted.end(), print.state()) == wanted.end()) {
            continue;
        }
        fill_print(hall, print, *list->add_print_jobs());
    }
}

void answer_windows(const HallState& hall, Reply& reply) {
    auto* list = reply.mutable_windows();
    const auto offers = offers_now(hall);
    for (const auto& window : hall.data.windows()) {
        fill_window(hall, offers, window, *list->add_windows());
    }
}

}  // namespace

void Hall::answer(const Query& query, int64_t now_ms, Reply& reply) const {
    const HallState& hall = *state_;
    switch (query.body_case()) {
        case Query::kStatus:
            return fill_status(hall, now_ms, *reply.mutable_status());
        case Query::kTicket:
            return answer_ticket(hall, query.ticket(), now_ms, reply);
        case Query::kTicketList:
            return answer_tickets(hall, query.ticket_list(), now_ms, reply);
        case Query::kWindowList:
            return answer_windows(hall, reply);
        case Query::kPrintList:
            return answer_prints(hall, query.print_list(), reply);
        case Query::kPrinterList:
            reply.mutable_printers();
            for (const auto& printer : hall.data.printers()) {
                fill_printer(hall, printer, *reply.mutable_printers()->add_printers());
            }
            return;
        case Query::kDeviceList:
            reply.mutable_devices();
            for (auto& device : devices()) *reply.mutable_devices()->add_devices() = device;
            return;
        case Query::kPlace:
            return answer_place(hall, query.place(), now_ms, reply);
        case Query::kSlotList:
            return answer_slots(hall, query.slot_list(), now_ms, reply);
        case Query::kAppointmentList:
            return answer_appointments(hall, query.appointment_list(), reply);
        case Query::kReport:
            return answer_report(hall, query.report(), now_ms, reply);
        case Query::kCaseFile:
            return answer_case(hall, query.case_file(), now_ms, reply);
        case Query::kCaseList:
            return answer_cases(hall, query.case_list(), now_ms, reply);
        case Query::kCheckInList:
            return answer_check_ins(hall, query.check_in_list(), reply);
        case Query::kEmergencyList:
            return answer_emergencies(hall, query.emergency_list(), reply);
        case Query::kFacilityList:
            return answer_facilities(hall, reply);
        case Query::kStaffList:
            return answer_staff(hall, reply);
        case Query::kConsultationList:
            return answer_consultations(hall, query.consultation_list(), reply);
        case Query::kWristbandList:
            return answer_wristbands(hall, reply);
        case Query::kCatalogue:
            return answer_catalogue(hall, query.catalogue(), reply);
        case Query::kEvents:
        case Query::kLogVerify:
        case Query::kLogDigest:
        case Query::kLedger:
        case Query::BODY_NOT_SET:
            break;
    }
    refuse(reply, Refuse(RefusalCode::malformed_request));
}

namespace {

// What an event is about, by the field names that every event message shares.
struct Subject {
    std::string device;        // name
    uint64_t job = 0;          // job
    uint32_t window = 0;       // window
    std::string number;        // number
    std::string printer;       // printer
    uint64_t appointment = 0;  // appointment
};

Subject subject_of(const protocol::Event& event) {
    const google::protobuf::Message& body = *protocol::body_of(event);
    Subject subject;
    subject.device = protocol::text_in(body, "name");
    subject.job = protocol::number_in(body, "job");
    subject.window = static_cast<uint32_t>(protocol::number_in(body, "window"));
    subject.number = protocol::text_in(body, "number");
    subject.printer = protocol::text_in(body, "printer");
    subject.appointment = protocol::number_in(body, "appointment");
    return subject;
}

// What every window speaks need not be asked for.
std::set<std::string> asked_languages(const HallState& hall) {
    const auto& windows = hall.data.rules().windows();
    std::map<std::string, int> spoken;
    for (const auto& window : windows) {
        std::set<std::string> here(window.languages().begin(), window.languages().end());
        for (const std::string& language : here) ++spoken[language];
        // By an interpreter: it can be asked for, and a window that speaks it is better.
        for (const std::string& language : window.interprets()) spoken[language] += 0;
    }
    std::set<std::string> out;
    for (const auto& [language, count] : spoken) {
        if (count < windows.size()) out.insert(language);
    }
    return out;
}

bool about_the_hall(const protocol::Command& command) {
    return command.has_open_hall() || command.has_close_hall() || command.has_extend_hall() ||
           command.has_start_early_waiting();
}

void fill_import(const Events& events, protocol::PaperImport& import) {
    for (const protocol::Event& event : events) {
        if (event.has_ticket_issued()) import.set_imported(import.imported() + 1);
        if (!event.has_ticket_served_on_paper()) continue;
        import.set_imported(import.imported() - 1);
        import.set_served(import.served() + 1);
    }
}

}  // namespace

void Hall::describe(const protocol::Command& command, const Events& events, int64_t now_ms,
                    Reply& reply) const {
    const HallState& hall = *state_;
    if (command.has_import_paper()) return fill_import(events, *reply.mutable_paper_import());
    if (describe_case(hall, command, events, now_ms, reply)) return;
    if (describe_care(hall, command, events, now_ms, reply)) return;
    Subject subject;
    if (!events.empty() && !about_the_hall(command)) subject = subject_of(events.front());
    // Chosen before: nothing happened, and the answer is the ticket.
    if (command.has_choose_at_closing()) subject.number = command.choose_at_closing().number();
    if (command.has_report_printer()) subject.printer = command.report_printer().printer();
    auto ticket = hall.find_ticket(subject.number);
    if (!subject.device.empty()) {
        reply.mutable_device()->set_name(subject.device);
        for (const auto& device : devices()) {
            if (device.name() == subject.device) *reply.mutable_device() = device;
        }
    } else if (subject.job != 0) {
        fill_print(hall, *hall.find_print(subject.job), *reply.mutable_print_job());
    } else if (subject.window != 0) {
        fill_window(hall, offers_now(hall), *hall.find_window(subject.window),
                    *reply.mutable_window());
        if (ticket) fill_ticket(hall, hall.ticket(*ticket), now_ms, *reply.mutable_window_ticket());
    } else if (ticket) {
        fill_ticket(hall, hall.ticket(*ticket), now_ms, *reply.mutable_ticket());
    } else if (const auto* appointment = hall.find_appointment(subject.appointment)) {
        fill_appointment(hall, *appointment, *reply.mutable_appointment());
    } else if (const state::Printer* printer = hall.find_printer(subject.printer)) {
        fill_printer(hall, *printer, *reply.mutable_printer());
    } else {
        fill_status(hall, now_ms, *reply.mutable_status());
    }
}

namespace {

// Who waits although no open window can serve them, first those who came first. Their needs are few
// (a language, a service at lunch), the queues are asked need by need.
void fill_unspoken(const HallState& hall, protocol::GuideView& view) {
    if (!serves(hall.data.phase())) return;
    std::vector<ticketing::Waiting> stranded;
    for (const auto& [need, count] : hall.queues.sizes()) {
        if (count == 0 || !hall.queues.open_windows_for(need).empty()) continue;
        view.set_unspoken_count(view.unspoken_count() + count);
        for (const auto& waiting : hall.queues.first_of(need, kClerkRowsMax)) {
            stranded.push_back(waiting);
        }
    }
    std::sort(stranded.begin(), stranded.end(),
              [](const auto& a, const auto& b) { return a.key < b.key; });
    if (stranded.size() > kClerkRowsMax) stranded.resize(kClerkRowsMax);
    for (const auto& waiting : stranded) {
        fill_row(hall, hall.ticket(waiting.ticket), *view.add_unspoken());
    }
}

}  // namespace

protocol::GuideView Hall::guide_view(int64_t now_ms) const {
    const HallState& hall = *state_;
    protocol::GuideView view;
    fill_head(hall, now_ms, *view.mutable_head());
    for (const auto& service : hall.data.rules().services()) {
        auto* row = view.add_services();
        row->set_code(service.code());
        row->set_letter(service.letter());
        row->set_name(service.name());
        row->set_short_name(service.short_name());
        ticketing::NeedSignature need{service.code(), "", false};
        row->set_ahead(hall.queues.ahead(need, {now_ms, now_ms, hall.data.next_key_serial()}).all);
        row->set_windows_open(static_cast<uint32_t>(hall.queues.open_windows_for(need).size()));
        row->set_proxy(service.proxy());
        ticketing::Forecast forecast = forecast_of_newcomer(hall, need, now_ms);
        ShownWait wait = shown_wait(hall, forecast);
        row->set_wait_low_ms(wait.low_ms);
        row->set_wait_high_ms(wait.high_ms);
        row->set_stopped(served_too_late_ms(hall, need, forecast, now_ms).has_value());
    }
    for (const auto& category : hall.data.rules().categories()) {
        auto* row = view.add_categories();
        row->set_code(category.code());
        row->set_name(category.name());
        row->set_credit_ms(category.credit_ms());
        row->set_by_sight(category.by_sight());
    }
    for (const std::string& language : asked_languages(hall)) view.add_languages(language);
    view.set_proxy_inherits(hall.data.rules().proxy_inherits());
    view.set_registered_count(hall.count(TicketState::registered));
    view.set_waiting_count(hall.count(TicketState::waiting));
    if (view.registered_count() > 0) {
        for (const auto& waiting : hall.queues.first(kStaffRowsMax)) {
            fill_row(hall, hall.ticket(waiting.ticket), *view.add_registered());
        }
    }
    for (const auto& zone : hall.data.rules().zones()) {
        if (zone.early_waiting()) view.set_seats(view.seats() + zone.seats());
    }
    view.set_seats_free(view.seats() > hall.seats_taken ? view.seats() - hall.seats_taken : 0);
    view.set_away_count(static_cast<uint32_t>(hall.away.size()));
    for (TicketHandle handle : hall.away) {
        if (view.away_size() == static_cast<int>(kStaffRowsMax)) break;
        fill_row(hall, hall.ticket(handle), *view.add_away());
    }
    fill_prints(hall, *view.mutable_prints());
    for (const auto& printer : hall.data.printers()) {
        fill_printer(hall, printer, *view.add_printers());
    }
    for (const auto& window : hall.data.windows()) {
        const state::Ticket* ticket = hall.ticket_at(window);
        if (!ticket || ticket->state() != TicketState::called || !is_green(*ticket)) continue;
        if (ticket->calls() < kLookFromCalls) continue;
        auto* look = view.add_looks();
        look->set_number(ticket->number());
        look->set_window(window.number());
        look->set_first_called_at_ms(ticket->first_called_at_ms());
    }
    fill_unspoken(hall, view);
    view.set_reserve_advised(reserve_advised(hall, now_ms));
    view.set_opening_at_ms(hall.data.plan().opening_at_ms());
    view.set_closing_at_ms(hall.data.plan().closing_at_ms());
    view.set_early_waiting_at_ms(hall.data.plan().early_waiting_at_ms());
    view.set_next_opening_at_ms(hall.data.plan().next_opening_at_ms());
    fill_awaited(hall, view);
    fill_closing_offers(hall, now_ms, view);
    fill_check_ins(hall, view);
    return view;
}

std::optional<protocol::ClerkView> Hall::clerk_view(uint32_t number, int64_t now_ms) const {
    const HallState& hall = *state_;
    const state::Window* window = hall.find_window(number);
    if (!window) return std::nullopt;
    protocol::ClerkView view;
    fill_head(hall, now_ms, *view.mutable_head());
    fill_window(hall, offers_now(hall), *window, *view.mutable_window());
    if (const state::Ticket* ticket = hall.ticket_at(*window)) {
        fill_ticket(hall, *ticket, now_ms, *view.mutable_current());
        if (ticket->state() == TicketState::called) {
            view.set_recall_from_ms(recall_from_ms(hall, *ticket));
            view.set_missed_from_ms(missed_from_ms(hall, *ticket, now_ms));
            const uint32_t needed = hall.data.rules().missed_calls();
            view.set_calls_before_missed(needed > ticket->calls() ? needed - ticket->calls() : 0);
        }
    }
    if (auto offer = hall.find_ticket(view.window().offer())) {
        fill_ticket(hall, hall.ticket(*offer), now_ms, *view.mutable_offer());
    }
    for (const auto& waiting : hall.queues.first_for(number, kClerkRowsMax)) {
        fill_row(hall, hall.ticket(waiting.ticket), *view.add_waiting());
    }
    view.set_waiting_count(static_cast<uint32_t>(hall.queues.count_for(number)));
    for (const auto& service : hall.data.rules().services()) {
        auto* row = view.add_services();
        row->set_code(service.code());
        row->set_name(service.short_name().empty() ? service.name() : service.short_name());
        for (uint32_t open : hall.queues.open_windows_for({service.code(), "", false})) {
            row->add_windows(open);
        }
    }
    for (TicketHandle handle : hall.away) {
        if (view.errands_size() == static_cast<int>(kClerkRowsMax)) break;
        const state::Ticket& ticket = hall.ticket(handle);
        if (ticket.last_window() == number) fill_row(hall, ticket, *view.add_errands());
    }
    fill_window_cases(hall, number, now_ms, view);
    return view;
}

protocol::PrinterView Hall::printer_view(int64_t now_ms) const {
    const HallState& hall = *state_;
    protocol::PrinterView view;
    fill_head(hall, now_ms, *view.mutable_head());
    view.set_job_count(static_cast<uint32_t>(hall.open_prints.size()));
    // Each printer has its share of the rows: the jobs of one that stands still must not hide
    // those of the others.
    std::set<uint64_t> shown;
    size_t share = kStaffRowsMax / std::max<size_t>(1, hall.open_by_printer.size());
    for (const auto& [printer, jobs] : hall.open_by_printer) {
        size_t left = std::max<size_t>(1, share);
        for (auto job = jobs.begin(); job != jobs.end() && left > 0; ++job, --left) {
            shown.insert(*job);
        }
    }
    for (uint64_t job : shown) fill_print(hall, *hall.find_print(job), *view.add_jobs());
    for (const auto& printer : hall.data.printers()) {
        fill_printer(hall, printer, *view.add_printers());
    }
    return view;
}

}  // namespace hall::core
