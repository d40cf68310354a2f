#include "hall-server/core/hall_state.h"

#include <algorithm>
#include <string_view>

namespace hall::core {

using protocol::AppointmentState;
using protocol::Phase;
using protocol::PrintState;
using protocol::TicketState;
using protocol::WindowState;

ticketing::NeedSignature need_of(const state::Ticket& ticket) {
    ticketing::NeedSignature need;
    need.service = ticket.services(static_cast<int>(ticket.service_index()));
    need.language = ticket.must_speak();
    need.step_free = ticket.step_free();
    need.interpreted = ticket.language_eased();
    return need;
}

ticketing::Key key_of(const state::Ticket& ticket) {
    return {ticket.key_v_ms(), ticket.key_t_ms(), ticket.key_serial()};
}

ticketing::Ability ability_of(const protocol::HallRules::Window& rule) {
    ticketing::Ability ability;
    ability.services.assign(rule.services().begin(), rule.services().end());
    ability.languages.assign(rule.languages().begin(), rule.languages().end());
    ability.interprets.assign(rule.interprets().begin(), rule.interprets().end());
    ability.step_free = rule.step_free();
    return ability;
}

std::vector<ticketing::Offer> offers_now(const HallState& hall) {
    std::vector<ticketing::IdleWindow> idle;
    for (const state::Window& window : hall.data.windows()) {
        if (window.state() == WindowState::idle)
            idle.push_back({window.number(), window.since_ms()});
    }
    if (!serves(hall.data.phase())) return {};
    return hall.queues.offers(idle, [&](TicketHandle handle) {
        const auto& prefers = hall.ticket(handle).prefers();
        return std::vector<std::string>(prefers.begin(), prefers.end());
    });
}

bool in_queue(const state::Ticket& ticket) {
    return ticket.state() == TicketState::registered || ticket.state() == TicketState::waiting;
}

bool is_away(const state::Ticket& ticket) {
    return ticket.state() == TicketState::missed || ticket.state() == TicketState::on_errand ||
           ticket.state() == TicketState::stepped_out;
}

bool asked_at_closing(const state::Ticket& ticket) {
    return ticket.state() == TicketState::waiting || ticket.state() == TicketState::stepped_out ||
           ticket.state() == TicketState::on_errand || ticket.state() == TicketState::held;
}

bool is_over(const state::Ticket& ticket) {
    return ticket.state() == TicketState::done || ticket.state() == TicketState::cancelled ||
           ticket.state() == TicketState::appointment || ticket.state() == TicketState::closed_out;
}

bool serves(Phase::Value phase) {
    return phase == Phase::open || phase == Phase::extended;
}

namespace {

bool window_open(const state::Window& window) {
    return window.state() == WindowState::idle || window.state() == WindowState::calling ||
           window.state() == WindowState::serving;
}

void index_windows(HallState& hall) {
    hall.queues.clear();
    hall.window_index.clear();
    hall.service_index.clear();
    hall.services_at.clear();
    for (int i = 0; i < hall.data.rules().services_size(); ++i) {
        hall.service_index.emplace(hall.data.rules().services(i).code(), static_cast<uint32_t>(i));
    }
    for (const auto& rule : hall.data.rules().windows()) {
        for (const std::string& code : rule.services()) {
            hall.services_at[rule.number()].push_back(hall.service_index.at(code));
        }
    }
    // Declared before anybody needs them: views ask for every service's windows all day.
    for (const auto& service : hall.data.rules().services()) {
        ticketing::NeedSignature plain;
        plain.service = service.code();
        hall.queues.signature(plain);
    }
    // A window of the state for each of the rules, in the same order (RulesInstalled).
    for (int i = 0; i < hall.data.windows_size(); ++i) {
        const state::Window& window = hall.data.windows(i);
        ticketing::Ability ability = ability_of(hall.data.rules().windows(i));
        ability.reserved_credit_ms = window.reserved_credit_ms();
        hall.window_index.emplace(window.number(), i);
        hall.queues.set_ability(window.number(), ability);
        hall.queues.set_open(window.number(), window_open(window));
    }
}

void index_tickets(HallState& hall) {
    for (auto& letter : hall.by_number) letter.clear();
    hall.speakers.clear();
    hall.arrivals.clear();
    hall.away.clear();
    hall.step_outs.clear();
    hall.staying.clear();
    hall.count_by_state.fill(0);
    hall.seats_taken = 0;
    for (int i = 0; i < hall.data.tickets_size(); ++i) {
        const state::Ticket& ticket = hall.data.tickets(i);
        auto handle = static_cast<TicketHandle>(i);
        hall.add_number(*ticketing::parse_ticket_number(ticket.number()), handle);
        ++hall.count_by_state[static_cast<size_t>(ticket.state())];
        if (in_queue(ticket)) hall.enqueue(ticket, handle);
        hall.note_arrival(ticket);
        if (seated(ticket)) ++hall.seats_taken;
        if (is_away(ticket)) hall.away.insert(handle);
        if (ticket.closing_choice() == protocol::ClosingChoice::stay) hall.staying.insert(handle);
        if (ticket.state() == TicketState::stepped_out) {
            hall.step_outs.emplace(ticket.stepped_out_until_ms(), handle);
        }
    }
}

void index_prints(HallState& hall) {
    hall.open_prints.clear();
    hall.open_by_printer.clear();
    hall.bad_prints.clear();
    hall.claim_deadlines.clear();
    for (const state::Print& print : hall.data.prints()) {
        switch (print.state()) {
            case PrintState::claimed:
                hall.claim_deadlines.emplace(print.claimed_at_ms() + kPrintClaimMs, print.job());
                hall.add_open_print(print);
                break;
            case PrintState::requested:
                hall.add_open_print(print);
                break;
            case PrintState::unconfirmed:
                if (print.lapsed()) hall.add_open_print(print);
                hall.bad_prints.insert(print.job());
                break;
            case PrintState::failed:
                hall.bad_prints.insert(print.job());
                break;
            case PrintState::printed:
            case PrintState::unknown:
            case protocol::PrintState_Value_PrintState_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
            case protocol::PrintState_Value_PrintState_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
                break;
        }
    }
}

void index_appointments(HallState& hall) {
    hall.slot_places_taken.clear();
    hall.awaited.clear();
    for (const state::Appointment& entry : hall.data.appointments()) hall.add_appointment(entry);
}

// Checked in on another day, as one that was carried over may be, it leaves its place to others.
bool takes_place(const HallState& hall, const state::Appointment& entry) {
    if (entry.slot_ms() == 0) return false;
    return entry.state() == AppointmentState::booked ||
           (entry.state() == AppointmentState::checked_in &&
            entry.date() == hall.data.plan().date());
}

}  // namespace

void HallState::reindex() {
    index_windows(*this);
    index_tickets(*this);
    index_prints(*this);
    index_appointments(*this);
    index_cases(*this);
    index_care(*this);
    recent_services.clear();
    for (const state::ServiceSpan& span : data.spans()) add_recent_service(span);
    quantiles = ticketing::quantiles({data.residuals().begin(), data.residuals().end()});
}

// A service that a later hall file no longer has is of no use to anybody.
void HallState::add_recent_service(const state::ServiceSpan& span) {
    auto found = service_index.find(span.service());
    if (found == service_index.end()) return;
    recent_services.push_back({found->second, span.span_ms(), span.day()});
}

void HallState::note_arrival(const state::Ticket& ticket) {
    if (ticket.early_waiting() || ticket.paper()) return;
    arrivals.add({ticket.entered_at_ms(), queues.signature(need_of(ticket)), ticket.credit_ms()});
}

void Arrivals::add(const One& one) {
    forget_before(one.at_ms - ticketing::kArrivalSpanMs);
    line.push_back(one);
    ++counts[one.signature][one.credit_ms];
}

void Arrivals::forget_before(int64_t at_ms) {
    while (!line.empty() && line.front().at_ms <= at_ms) {
        --counts[line.front().signature][line.front().credit_ms];
        line.pop_front();
    }
}

void Arrivals::clear() {
    line.clear();
    counts.clear();
}

void HallState::add_appointment(const state::Appointment& entry) {
    if (takes_place(*this, entry)) ++slot_places_taken[{entry.slot_ms(), entry.services(0)}];
    if (entry.state() == AppointmentState::booked) {
        awaited[entry.date()].emplace(entry.slot_ms(), entry.appointment());
    }
}

void HallState::forget_appointment(const state::Appointment& entry) {
    if (takes_place(*this, entry)) {
        auto place = slot_places_taken.find({entry.slot_ms(), entry.services(0)});
        if (--place->second == 0) slot_places_taken.erase(place);
    }
    if (entry.state() != AppointmentState::booked) return;
    auto day = awaited.find(entry.date());
    day->second.erase({entry.slot_ms(), entry.appointment()});
    if (day->second.empty()) awaited.erase(day);
}

uint32_t HallState::places_taken(int64_t slot_ms, const std::string& service) const {
    auto found = slot_places_taken.find({slot_ms, service});
    return found == slot_places_taken.end() ? 0 : found->second;
}

void HallState::add_open_print(const state::Print& print) {
    open_prints.insert(print.job());
    open_by_printer[print.printer()].insert(print.job());
}

void HallState::forget_print(const state::Print& print) {
    bad_prints.erase(print.job());
    claim_deadlines.erase({print.claimed_at_ms() + kPrintClaimMs, print.job()});
    if (open_prints.erase(print.job()) == 0) return;
    auto found = open_by_printer.find(print.printer());
    found->second.erase(print.job());
    if (found->second.empty()) open_by_printer.erase(found);
}

std::optional<TicketHandle> HallState::find_ticket(const std::string& number) const {
    std::string_view text = number;
    if (size_t slash = text.rfind('/'); slash != std::string_view::npos) {
        if (text.substr(0, slash) != data.plan().date()) return std::nullopt;
        text.remove_prefix(slash + 1);
    }
    auto parsed = ticketing::parse_ticket_number(text);
    if (!parsed) return std::nullopt;
    const auto& letter = by_number[static_cast<size_t>(parsed->letter - 'A')];
    if (parsed->serial > letter.size()) return std::nullopt;
    TicketHandle handle = letter[parsed->serial - 1];
    return handle == kNoTicket ? std::nullopt : std::optional(handle);
}

void HallState::enqueue(const state::Ticket& entry, TicketHandle handle) {
    ticketing::NeedSignature need = need_of(entry);
    queues.insert(queues.signature(need), {key_of(entry), handle}, entry.credit_ms());
    if (!need.language.empty() && !need.interpreted) {
        speakers[need].emplace(entry.entered_at_ms(), handle);
    }
}

void HallState::dequeue(const state::Ticket& entry, TicketHandle handle) {
    ticketing::NeedSignature need = need_of(entry);
    queues.erase(queues.signature(need), key_of(entry), entry.credit_ms());
    auto found = speakers.find(need);
    if (found == speakers.end()) return;
    found->second.erase({entry.entered_at_ms(), handle});
    if (found->second.empty()) speakers.erase(found);
}

void HallState::add_number(ticketing::TicketNumber number, TicketHandle handle) {
    auto& letter = by_number[static_cast<size_t>(number.letter - 'A')];
    if (number.serial > letter.size()) letter.resize(number.serial, kNoTicket);
    letter[number.serial - 1] = handle;
}

uint32_t HallState::last_number(char letter) const {
    for (const auto& counter : data.counters()) {
        if (counter.letter()[0] == letter) return counter.last();
    }
    return 0;
}

namespace {

// Entries with rising ids.
template <typename List>
auto find_rising(const List& list, uint64_t id) -> decltype(&list.Get(0)) {
    auto found = std::lower_bound(
        list.begin(), list.end(), id,
        [](const auto& entry, uint64_t value) { return entry.appointment() < value; });
    return found == list.end() || found->appointment() != id ? nullptr : &*found;
}

}  // namespace

const state::Appointment* HallState::find_appointment(uint64_t id) const {
    return find_rising(data.appointments(), id);
}

std::optional<int64_t> HallState::kept_arrival_ms(uint64_t appointment) const {
    const state::KeptArrival* kept = find_rising(data.kept(), appointment);
    return kept ? std::optional(kept->kept_arrival_ms()) : std::nullopt;
}

const state::Window* HallState::find_window(uint32_t number) const {
    auto found = window_index.find(number);
    return found == window_index.end() ? nullptr : &data.windows(found->second);
}

const state::Print* HallState::find_print(uint64_t job) const {
    if (data.prints_size() == 0) return nullptr;
    uint64_t first = data.prints(0).job();
    if (job < first || job - first >= static_cast<uint64_t>(data.prints_size())) return nullptr;
    return &data.prints(static_cast<int>(job - first));
}

namespace {

template <typename List, typename Value, typename Field>
auto find_by(const List& list, const Value& value, Field field) -> decltype(&list.Get(0)) {
    for (const auto& entry : list) {
        if ((entry.*field)() == value) return &entry;
    }
    return nullptr;
}

}  // namespace

const state::Printer* HallState::find_printer(const std::string& name) const {
    return find_by(data.printers(), name, &state::Printer::name);
}

const state::Device* HallState::find_device(const std::string& name) const {
    return find_by(data.devices(), name, &state::Device::name);
}

const protocol::HallRules::Service* HallState::find_service(const std::string& code) const {
    return find_by(data.rules().services(), code, &protocol::HallRules::Service::code);
}

const protocol::HallRules::Category* HallState::find_category(const std::string& code) const {
    return find_by(data.rules().categories(), code, &protocol::HallRules::Category::code);
}

const protocol::HallRules::Window* HallState::window_rules(uint32_t number) const {
    return find_by(data.rules().windows(), number, &protocol::HallRules::Window::number);
}

const state::Ticket* HallState::ticket_at(const state::Window& window) const {
    if (window.ticket().empty()) return nullptr;
    auto handle = find_ticket(window.ticket());
    return handle ? &ticket(*handle) : nullptr;
}

}  // namespace hall::core
