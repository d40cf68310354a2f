#include "printers/agent/slip.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <optional>

#include "client/place_text.h"
#include "wording/wording.h"

namespace hall::printers::agent {

namespace {

using LocalTime = std::chrono::sys_time<std::chrono::milliseconds>;

LocalTime local(std::int64_t utc_ms, std::int32_t utc_offset_s) {
    return LocalTime(std::chrono::milliseconds(utc_ms) + std::chrono::seconds(utc_offset_s));
}

}  // namespace

std::string clock_time(std::int64_t utc_ms, std::int32_t utc_offset_s) {
    const LocalTime time = local(utc_ms, utc_offset_s);
    const std::chrono::hh_mm_ss clock(time - std::chrono::floor<std::chrono::days>(time));
    return fmt::format("{}:{:02}", clock.hours().count(), clock.minutes().count());
}

std::string date_and_time(std::int64_t utc_ms, std::int32_t utc_offset_s) {
    const std::chrono::year_month_day date(
        std::chrono::floor<std::chrono::days>(local(utc_ms, utc_offset_s)));
    return wording::format("slip.date_and_time",
                           {{"month", std::to_string(static_cast<unsigned>(date.month()))},
                            {"day", std::to_string(static_cast<unsigned>(date.day()))},
                            {"time", clock_time(utc_ms, utc_offset_s)}});
}

TicketSlip slip_from(const protocol::PrintJob& job) {
    TicketSlip slip;
    slip.hall_name = job.hall_name();
    slip.reprint = job.attempt() > 1;
    if (job.number().empty()) {
        slip.number = wording::text("slip.test_page");
        slip.issued_at = date_and_time(job.requested_at_ms(), job.utc_offset_s());
        slip.footer = {job.printer()};
        return slip;
    }
    slip.number = job.number();
    slip.services.assign(job.service_names().begin(), job.service_names().end());
    slip.green_channel = job.green();
    slip.people_ahead = static_cast<std::int32_t>(job.ahead());
    slip.wait = client::wait_text(job.wait_low_ms(), job.wait_high_ms());
    slip.issued_at = date_and_time(job.issued_at_ms(), job.utc_offset_s());
    slip.code = job.code();
    slip.early_waiting = job.early_waiting();
    if (slip.early_waiting) {
        slip.early_waiting_hint =
            wording::format("slip.early_waiting_hint",
                            {{"time", clock_time(job.opening_at_ms(), job.utc_offset_s())}});
    }
    slip.footer = {wording::text("slip.footer_called"), wording::text("slip.footer_help")};
    return slip;
}

namespace {

using Days = std::chrono::sys_days;

// "11月24日".
std::string day_text(Days days) {
    const std::chrono::year_month_day date(days);
    return wording::format("slip.day",
                           {{"month", std::to_string(static_cast<unsigned>(date.month()))},
                            {"day", std::to_string(static_cast<unsigned>(date.day()))}});
}

std::string weekday_text(Days days) {
    return wording::text("slip.weekday." +
                         std::to_string(std::chrono::weekday(days).iso_encoding()));
}

std::string title_of(protocol::AppointmentKind::Value kind) {
    return wording::text(kind == protocol::AppointmentKind::left_papers ? "slip.receipt"
                                                                        : "slip.appointment");
}

// Waited with a ticket and had to go: the earlier arrival is kept.
bool keeps_arrival(const protocol::Appointment& booked) {
    return booked.kind() != protocol::AppointmentKind::booked && !booked.number().empty();
}

}  // namespace

AppointmentSlip appointment_slip_from(const protocol::PrintJob& job) {
    const protocol::Appointment& booked = job.appointment();
    AppointmentSlip slip;
    slip.hall_name = job.hall_name();
    slip.reprint = job.attempt() > 1;
    slip.title = title_of(booked.kind());
    slip.number = wording::format("slip.appointment_number",
                                  {{"appointment", std::to_string(booked.appointment())}});
    slip.services.assign(job.service_names().begin(), job.service_names().end());
    slip.green_channel = job.green();
    slip.code = job.code();
    if (keeps_arrival(booked)) slip.promises.push_back(wording::text("slip.kept_arrival"));
    if (booked.slot_ms() == 0) {
        slip.day = wording::text("slip.any_day");
    } else {
        const Days days =
            std::chrono::floor<std::chrono::days>(local(booked.slot_ms(), booked.utc_offset_s()));
        slip.day = day_text(days);
        slip.weekday = weekday_text(days);
        slip.time = clock_time(booked.slot_ms(), booked.utc_offset_s());
        slip.footer.push_back(wording::format(
            "slip.appointment_grace",
            {{"time", clock_time(booked.grace_until_ms(), booked.utc_offset_s())}}));
    }
    if (booked.kind() == protocol::AppointmentKind::left_papers) {
        slip.footer.push_back(wording::text("slip.papers_here"));
    }
    slip.footer.push_back(wording::text("slip.appointment_bring"));
    return slip;
}

namespace {

std::string case_number(const protocol::Case& file) {
    return wording::format("paper.case_number", {{"case", std::to_string(file.id())}});
}

MaterialLine line_of(const protocol::Case::Material& material) {
    return {material.name(), material.note(), material.received()};
}

// "2026-11-26"; nullopt for anything else.
std::optional<Days> days_from(const std::string& date) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if (std::sscanf(date.c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3) return std::nullopt;
    const std::chrono::year_month_day found{std::chrono::year(year), std::chrono::month(month),
                                            std::chrono::day(day)};
    if (!found.ok()) return std::nullopt;
    return Days(found);
}

std::string proxy_text(protocol::Proxy::Value proxy) {
    switch (proxy) {
        case protocol::Proxy::free:
            return wording::text("paper.form.proxy_free");
        case protocol::Proxy::letter:
            return wording::text("paper.form.proxy_letter");
        default:  // of a newer hall, too: nobody came for them
            return "";
    }
}

}  // namespace

NoticeSlip notice_from(const protocol::PrintJob& job) {
    const protocol::Case& file = job.case_file();
    NoticeSlip slip;
    slip.hall_name = job.hall_name();
    slip.reprint = job.attempt() > 1;
    slip.case_number = case_number(file);
    slip.service = file.service_name();
    for (const auto& material : file.materials()) {
        if (material.asked()) slip.missing.push_back(line_of(material));
    }
    if (const auto days = days_from(file.next_date())) {
        slip.day = day_text(*days);
        slip.weekday = weekday_text(*days);
    }
    slip.code = job.code();
    slip.footer = {wording::text("notice.no_new_start"), wording::text("notice.help"),
                   wording::text("paper.phone")};
    return slip;
}

FormSheet form_from(const protocol::PrintJob& job) {
    const protocol::Case& file = job.case_file();
    FormSheet form;
    form.hall_name = job.hall_name();
    form.reprint = job.attempt() > 1;
    form.service = file.service_name();
    form.case_number = std::to_string(file.id());
    form.name = job.surname_first();
    form.identity = job.person().identity();
    form.phone = job.person().phone();
    form.relation = file.relation();
    form.proxy = proxy_text(file.proxy());
    form.own_wish = file.own_wish();
    for (const auto& material : file.materials()) {
        const bool belongs = material.received() || material.asked() ||
                             (!material.conditional() && !material.proved_by_data());
        if (belongs) form.materials.push_back(line_of(material));
    }
    return form;
}

Band band_from(const protocol::PrintJob& job) {
    Band band;
    band.name = job.surname_first();
    band.case_number = case_number(job.case_file());
    band.ticket = job.case_file().number();
    band.language_sign = job.language_sign();
    band.hall_name = job.hall_name();
    band.token = job.token();
    return band;
}

Band test_band_from(const protocol::PrintJob& job) {
    Band band;
    band.name = wording::text("slip.test_page");
    band.case_number = job.printer();
    band.hall_name = job.hall_name();
    return band;
}

}  // namespace hall::printers::agent
