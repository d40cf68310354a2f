#include "client/hallctl/tables.h"

#include <fmt/format.h>

#include <vector>

#include "client/hallctl/care_tables.h"
#include "client/hallctl/case_tables.h"
#include "client/hallctl/ledger_table.h"
#include "client/hallctl/report_text.h"
#include "client/hallctl/table.h"
#include "client/refusal_text.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

using protocol::Reply;
using wording::format;
using wording::text;

std::string clock_or_nothing(int64_t at_ms, int32_t utc_offset_s) {
    return at_ms == 0 ? "" : clock_text(at_ms, utc_offset_s);
}

std::string green_mark(bool green) {
    return green ? text("hallctl.green") : "";
}

std::string tickets_text(const protocol::TicketList& list) {
    Table table({"hallctl.column.number", "hallctl.column.state", "hallctl.column.service",
                 "hallctl.column.green", "hallctl.column.waited", "hallctl.column.window"});
    for (const auto& ticket : list.tickets()) {
        table.add({ticket.number(), wording::name_of(ticket.state()), ticket.service_name(),
                   green_mark(ticket.green()), minutes(ticket.waited_ms()),
                   window_name(ticket.window())});
    }
    return table.to_text();
}

template <typename Windows>
std::string windows_text(const Windows& windows, int32_t utc_offset_s) {
    Table table({"hallctl.column.window", "hallctl.column.state", "hallctl.column.number",
                 "hallctl.column.since", "hallctl.column.served", "hallctl.column.offer"});
    for (const auto& window : windows) {
        table.add({window_name(window.number()), wording::name_of(window.state()),
                   window.ticket_number(), clock_or_nothing(window.since_ms(), utc_offset_s),
                   std::to_string(window.served_today()), window.offer()});
    }
    return table.to_text();
}

template <typename Jobs>
std::string print_jobs_text(const Jobs& jobs, int32_t utc_offset_s) {
    Table table({"hallctl.column.job", "hallctl.column.number", "hallctl.column.printer",
                 "hallctl.column.state", "hallctl.column.cause", "hallctl.column.attempt",
                 "hallctl.column.since"});
    for (const auto& job : jobs) {
        const bool cause = job.cause() != protocol::PrinterState::unknown;
        table.add({std::to_string(job.job()), job.number(), job.printer(),
                   wording::name_of(job.state()), cause ? wording::name_of(job.cause()) : "",
                   std::to_string(job.attempt()),
                   clock_or_nothing(job.requested_at_ms(), utc_offset_s)});
    }
    return table.to_text();
}

template <typename Printers>
std::string printers_text(const Printers& printers, int32_t utc_offset_s) {
    Table table({"hallctl.column.printer", "hallctl.column.state", "hallctl.column.since",
                 "hallctl.column.jobs", "hallctl.column.fallback"});
    for (const auto& printer : printers) {
        table.add({printer.name(), wording::name_of(printer.state()),
                   clock_or_nothing(printer.since_ms(), utc_offset_s),
                   std::to_string(printer.waiting_jobs()), printer.fallback()});
    }
    return table.to_text();
}

template <typename Devices>
std::string devices_text(const Devices& devices) {
    Table table({"hallctl.column.name", "hallctl.column.role", "hallctl.column.window",
                 "hallctl.column.key"});
    for (const auto& device : devices) {
        table.add({device.name(), protocol::Role::Value_Name(device.role()),
                   window_name(device.window()), device.public_key()});
    }
    return table.to_text();
}

// An appointment without a slot is for any time.
std::string slot_clock(int64_t slot_ms, int32_t utc_offset_s) {
    return slot_ms == 0 ? text("hallctl.any_time") : clock_text(slot_ms, utc_offset_s);
}

template <typename Appointments>
std::string appointments_text(const Appointments& appointments) {
    Table table({"hallctl.column.appointment", "hallctl.column.date", "hallctl.column.time",
                 "hallctl.column.service", "hallctl.column.state", "hallctl.column.kind",
                 "hallctl.column.number", "hallctl.column.green"});
    for (const auto& row : appointments) {
        table.add({std::to_string(row.appointment()),
                   row.date().empty() ? text("hallctl.any_day") : row.date(),
                   slot_clock(row.slot_ms(), row.utc_offset_s()),
                   fmt::format("{}", fmt::join(row.service_names(), ", ")),
                   wording::name_of(row.state()), wording::name_of(row.kind()), row.number(),
                   green_mark(row.green())});
    }
    return table.to_text();
}

std::string slots_text(const protocol::SlotList& list) {
    Table table({"hallctl.column.date", "hallctl.column.time", "hallctl.column.free",
                 "hallctl.column.expected", "hallctl.column.advice"});
    for (const auto& slot : list.slots()) {
        std::string advice;
        if (slot.off_peak()) advice = text("hallctl.slot.off_peak");
        if (slot.free() == 0) advice = text("hallctl.slot.full");
        table.add({slot.date(),
                   clock_text(slot.slot_ms(), slot.utc_offset_s()) + "–" +
                       clock_text(slot.slot_end_ms(), slot.utc_offset_s()),
                   fmt::format("{}/{}", slot.free(), slot.places()),
                   std::to_string(slot.expected_arrivals()), advice});
    }
    return table.to_text();
}

std::string ticket_text(const protocol::Ticket& ticket) {
    std::string line = ticket.number() + "  " + wording::name_of(ticket.state());
    if (!ticket.service_name().empty()) line += "  " + ticket.service_name();
    if (ticket.green()) line += "  " + text("hallctl.green");
    if (ticket.window() != 0) line += "  " + window_name(ticket.window());
    line += "\n" + ticket.sentence() + "\n";
    if (ticket.state() == protocol::TicketState::appointment && ticket.appointment() != 0) {
        line +=
            format("ticket.appointment", {{"appointment", std::to_string(ticket.appointment())}}) +
            "\n";
    }
    if (ticket.appointment_late()) line += text("ticket.appointment_late") + "\n";
    return line;
}

std::string window_text(const protocol::Window& window) {
    std::string line = window_name(window.number()) + "  " + wording::name_of(window.state());
    if (!window.ticket_number().empty()) line += "  " + window.ticket_number();
    return line + "\n";
}

std::string status_text(const protocol::Status& status) {
    const auto count = [](uint64_t value) { return std::to_string(value); };
    const auto& head = status.head();
    std::string lines = format("hallctl.status.head",
                               {{"hall", head.hall_name()},
                                {"date", head.date()},
                                {"time", clock_text(head.server_time_ms(), head.utc_offset_s())},
                                {"phase", wording::name_of(head.phase())}});
    lines += "\n" + format("hallctl.status.counts", {{"waiting", count(status.waiting())},
                                                     {"registered", count(status.registered())},
                                                     {"called", count(status.called())},
                                                     {"serving", count(status.serving())},
                                                     {"away", count(status.away())},
                                                     {"done", count(status.done())},
                                                     {"issued", count(status.issued())}});
    lines += "\n" + format("hallctl.status.prints", {{"pending", count(status.prints_pending())},
                                                     {"failed", count(status.prints_failed())}});
    lines += "\n" +
             format("hallctl.status.log",
                    {{"seq", count(head.seq())},
                     {"link", text(status.secure() ? "hallctl.link.secure" : "hallctl.link.plain")},
                     {"version", status.server_version()}}) +
             "\n";
    if (status.degraded_size() > 0) {
        lines += format("hallctl.status.degraded",
                        {{"parts", fmt::format("{}", fmt::join(status.degraded(), ", "))}}) +
                 "\n";
    }
    if (status.windows_size() > 0) lines += windows_text(status.windows(), head.utc_offset_s());
    if (status.printers_size() > 0) lines += printers_text(status.printers(), head.utc_offset_s());
    return lines;
}

std::string log_text(const protocol::LogReport& log) {
    std::string lines;
    const std::string records = std::to_string(log.records());
    if (!log.damage().empty() || log.damaged_seq() != 0) {
        lines += format("hallctl.log.damaged",
                        {{"seq", std::to_string(log.damaged_seq())}, {"what", log.damage()}}) +
                 "\n";
    } else if (log.intact()) {
        lines += format("hallctl.log.intact", {{"records", records}}) + "\n";
    }
    if (!log.head().empty()) lines += format("hallctl.log.head", {{"hex", log.head()}}) + "\n";
    if (!log.digest().empty()) {
        lines += format("hallctl.log.digest", {{"hex", log.digest()}, {"records", records}}) + "\n";
    }
    return lines;
}

std::string paper_text(const protocol::PaperImport& import) {
    return format("hallctl.paper.imported", {{"waiting", std::to_string(import.imported())},
                                             {"served", std::to_string(import.served())}}) +
           "\n";
}

}  // namespace

std::string key_text(const protocol::Ticket& ticket, int32_t utc_offset_s) {
    std::string lines =
        format("hallctl.key", {{"place", clock_text(ticket.key_v_ms(), utc_offset_s)},
                               {"entered", clock_text(ticket.key_t_ms(), utc_offset_s)},
                               {"credit", minutes(ticket.credit_ms())},
                               {"serial", std::to_string(ticket.key_serial())}}) +
        "\n";
    lines += format("hallctl.why.claim", {{"claim", wording::name_of(ticket.claim())}}) + "\n";
    if (ticket.ahead_tickets_size() == 0) return lines;
    lines += format("hallctl.why.ahead", {{"count", std::to_string(ticket.ahead())}}) + "\n";
    Table table({"hallctl.column.number", "hallctl.column.claim", "hallctl.column.credit",
                 "hallctl.column.place"});
    for (const auto& other : ticket.ahead_tickets()) {
        table.add({other.number(), wording::name_of(other.claim()),
                   other.credit_ms() > 0 ? minutes(other.credit_ms()) : "",
                   clock_text(other.key_v_ms(), utc_offset_s)});
    }
    return lines + table.to_text();
}

std::string as_text(const Reply& reply, int32_t utc_offset_s) {
    if (auto care = care_text(reply, utc_offset_s)) return *care;
    if (reply.has_case_file()) return case_text(reply.case_file(), utc_offset_s);
    if (reply.has_cases()) {
        const auto& cases = reply.cases().cases();
        return cases_text({cases.begin(), cases.end()}, utc_offset_s);
    }
    if (reply.has_ledger()) return ledger_text(reply.ledger());
    switch (reply.result_case()) {
        case Reply::kStatus:
            return status_text(reply.status());
        case Reply::kTicket:
            return ticket_text(reply.ticket());
        case Reply::kPlace:
            return reply.place().number() + "  " + reply.place().sentence() + "\n";
        case Reply::kWindow: {
            std::string lines = window_text(reply.window());
            if (reply.has_window_ticket()) lines += ticket_text(reply.window_ticket());
            return lines;
        }
        case Reply::kPrintJob:
            return print_jobs_text(only(reply.print_job()), utc_offset_s);
        case Reply::kPrinter:
            return printers_text(only(reply.printer()), utc_offset_s);
        case Reply::kDevice:
            return devices_text(only(reply.device()));
        case Reply::kLog:
            return log_text(reply.log());
        case Reply::kAppointment:
            return appointments_text(only(reply.appointment()));
        case Reply::kAppointments:
            return appointments_text(reply.appointments().appointments());
        case Reply::kSlots:
            return slots_text(reply.slots());
        case Reply::kTickets:
            return tickets_text(reply.tickets());
        case Reply::kWindows:
            return windows_text(reply.windows().windows(), utc_offset_s);
        case Reply::kPrintJobs:
            return print_jobs_text(reply.print_jobs().print_jobs(), utc_offset_s);
        case Reply::kPrinters:
            return printers_text(reply.printers().printers(), utc_offset_s);
        case Reply::kDevices:
            return devices_text(reply.devices().devices());
        case Reply::kReport:
            return report_text(reply.report());
        case Reply::kPaperImport:
            return paper_text(reply.paper_import());
        case Reply::kEvents:
        case Reply::kRefusal:
        case Reply::kCheckIn:  // and below: above
        case Reply::kCheckIns:
        case Reply::kCaseFile:
        case Reply::kCases:
        case Reply::kEmergency:
        case Reply::kEmergencies:
        case Reply::kFacility:
        case Reply::kFacilities:
        case Reply::kLoan:
        case Reply::kConsultation:
        case Reply::kConsultations:
        case Reply::kAssistance:
        case Reply::kStaff:
        case Reply::kStaffList:
        case Reply::kWristband:
        case Reply::kWristbands:
        case Reply::kCatalogue:
        case Reply::kLedger:
        case Reply::kPerson:
        case Reply::kVault:
        case Reply::RESULT_NOT_SET:
            break;
    }
    return "";
}

}  // namespace hall::client::hallctl
