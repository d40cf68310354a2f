// The picture that GuideModel gives: header, notices, card, lists, typed number. The form's words
// are in words_form.cc, those of appointments and closing in words_appointments.cc.
#include "displays/guide/guide_words.h"

#include <algorithm>

#include "displays/guide/guide_model.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::guide {

using protocol::PrinterState;
using protocol::PrintState;
using protocol::TicketState;
using wording::format;
using wording::name_of;
using wording::name_of_language;
using wording::text;

namespace {

Gravity gravity_of(PrinterState::Value state) {
    if (state == PrinterState::ok) return Gravity::good;
    if (state == PrinterState::unknown) return Gravity::waiting;
    return state == PrinterState::paper_low ? Gravity::warning : Gravity::bad;
}

// It prints, as far as we know.
bool works(PrinterState::Value state) {
    return gravity_of(state) != Gravity::bad;
}

Gravity gravity_of(TicketState::Value state) {
    return state == TicketState::missed ? Gravity::warning : Gravity::plain;
}

// A011、A012 等 5 位: as many as a line has room for.
std::string some_of(const std::vector<std::string>& numbers, std::size_t all) {
    constexpr std::size_t kNamed = 2;
    std::string out;
    for (std::size_t i = 0; i < std::min(kNamed, numbers.size()); ++i) {
        if (i > 0) out += text("guide.look.and");
        out += numbers[i];
    }
    if (all <= kNamed) return out;
    return format("guide.and_others", {{"numbers", out}, {"count", std::to_string(all)}});
}

}  // namespace

std::string ahead_text(std::uint32_t ahead) {
    return ahead == 0 ? text("guide.nobody_ahead")
                      : format("guide.ahead", {{"count", std::to_string(ahead)}});
}

std::string wait_text(std::int64_t low_ms, std::int64_t high_ms) {
    const std::string low = std::to_string(console::minutes_of(low_ms));
    const std::string high = std::to_string(console::minutes_of(high_ms));
    if (high_ms <= 0) return {};
    if (low == "0") return format("guide.wait.within", {{"high", high}});
    if (low == high) return format("guide.wait.about", {{"high", high}});
    return format("guide.wait.range", {{"low", low}, {"high", high}});
}

std::string place_text(std::uint32_t ahead, std::int64_t wait_low_ms, std::int64_t wait_high_ms) {
    const std::string wait = wait_text(wait_low_ms, wait_high_ms);
    if (wait.empty()) return ahead_text(ahead);
    const std::string people =
        ahead == 0 ? text("guide.nobody_ahead")
                   : format("guide.ahead_brief", {{"count", std::to_string(ahead)}});
    return format("guide.place", {{"ahead", people}, {"wait", wait}});
}

GuidePicture GuideModel::picture(std::int64_t now_ms) const {
    GuidePicture out;
    add_header(out, now_ms);
    add_notices(out);
    add_form(out, now_ms);
    add_needs(out);
    add_card(out, now_ms);
    add_lists(out, now_ms);
    add_entry(out, now_ms);
    add_appointments(out, now_ms);
    add_booking(out, now_ms);
    add_stopped(out, now_ms);
    add_closing(out);
    out.walk = walk_.picture(now_ms);
    out.alarm = walk_.desk().alarm.picture(now_ms);
    return out;
}

void GuideModel::add_header(GuidePicture& out, std::int64_t now_ms) const {
    const auto& view = this->view();
    out.place = options_.place;
    out.clock = time_.clock(now_ms);
    out.off = link_reason();
    out.states.push_back(console::link_word(newest_.state));
    add_printers(out);
    if (!known()) return;
    out.phase = name_of(view.head().phase());
    out.early = early();
    out.waiting = format("guide.waiting", {{"count", std::to_string(view.waiting_count())}});
}

void GuideModel::add_notices(GuidePicture& out) const {
    const auto& view = this->view();
    out.notices_open = sheet_ == Sheet::notices;
    for (const auto& look : view.looks()) {
        out.notices.push_back({format("guide.look", {{"number", look.number()},
                                                     {"window", std::to_string(look.window())}}),
                               Gravity::warning});
    }
    // By language; those without one lack a window for the service or a step-free one.
    std::map<std::string, std::vector<std::string>> unspoken;
    for (const auto& row : view.unspoken()) unspoken[row.must_speak()].push_back(row.number());
    for (const auto& [language, numbers] : unspoken) {
        const std::string who = some_of(numbers, numbers.size());
        out.notices.push_back(
            {language.empty() ? format("guide.unserved", {{"numbers", who}})
                              : format("guide.unspoken", {{"language", name_of_language(language)},
                                                          {"numbers", who}}),
             Gravity::warning});
    }
    const auto listed = static_cast<std::size_t>(view.unspoken_size());
    if (view.unspoken_count() > listed) {
        out.notices.push_back({format("guide.unspoken.more",
                                      {{"count", std::to_string(view.unspoken_count() - listed)}}),
                               Gravity::warning});
    }
    if (view.reserve_advised()) {
        out.notices.push_back({text("guide.reserve_advised"), Gravity::warning});
    }
}

// One word when all are alike, else those that are not well, by name.
void GuideModel::add_printers(GuidePicture& out) const {
    const auto& printers = view().printers();
    if (printers.empty()) return;
    const auto first = printers[0].state();
    const bool alike = std::all_of(printers.begin(), printers.end(),
                                   [&](const auto& printer) { return printer.state() == first; });
    if (alike) {
        out.states.push_back(
            {format("guide.printers", {{"state", name_of(first)}}), gravity_of(first)});
        return;
    }
    for (const auto& printer : printers) {
        const auto gravity = gravity_of(printer.state());
        if (gravity == Gravity::good) continue;
        out.states.push_back({format("guide.printer", {{"name", printer.name()},
                                                       {"state", name_of(printer.state())}}),
                              gravity});
    }
}

std::string GuideModel::other_printer(const std::string& name) const {
    std::string fallback;
    for (const auto& printer : view().printers()) {
        if (printer.name() == name) fallback = printer.fallback();
    }
    std::string first;
    for (const auto& printer : view().printers()) {
        if (printer.name() == name || !works(printer.state())) continue;
        if (printer.name() == fallback) return fallback;
        if (first.empty()) first = printer.name();
    }
    return first;
}

namespace {

bool is_paper_guide(const protocol::PrintJob& job) {
    return job.has_item() && !job.has_case_file();
}

}  // namespace

PrintRow GuideModel::print_row(const protocol::PrintJob& job, std::int64_t now_ms) const {
    PrintRow row;
    row.job = job.job();
    row.number = job.number();
    if (job.has_appointment()) {
        row.number = format("guide.appointment.short",
                            {{"number", std::to_string(job.appointment().appointment())}});
    } else if (is_paper_guide(job)) {
        row.number = text("guide.case.paper_guide");
    }
    const bool silent = time_.utc_ms(now_ms) - job.requested_at_ms() >= kPrintSilentMs;
    if (job.state() == PrintState::printed) {
        row.state = {name_of(job.state()), Gravity::good};
    } else if (job.state() == PrintState::failed) {
        row.state = {format("guide.print.failed", {{"cause", name_of(job.cause())}}), Gravity::bad};
    } else if (job.state() == PrintState::unconfirmed) {
        row.state = {text("guide.print.unconfirmed"), Gravity::bad};
    } else {
        row.state = silent ? Word{text("guide.print.silent"), Gravity::bad}
                           : Word{text("guide.print.printing"), Gravity::waiting};
        row.reprint_disabled = text("guide.print.in_progress");
    }
    // Nothing needs to move while all is well; a claimed job cannot.
    if (row.state.gravity == Gravity::bad && job.state() != PrintState::claimed) {
        row.move_to = other_printer(job.printer());
    }
    return row;
}

std::vector<PrintRow> GuideModel::prints_in_need(std::int64_t now_ms) const {
    std::vector<PrintRow> out;
    for (const auto& job : view().prints()) {
        const bool test_page =
            job.number().empty() && !job.has_appointment() && !is_paper_guide(job);
        if (test_page || dismissed_.count({job.job(), job.attempt()}) != 0) continue;
        if (issued_ && issued_->undone && print_of(*issued_) == &job) continue;
        PrintRow row = print_row(job, now_ms);
        if (row.state.gravity == Gravity::bad) out.push_back(std::move(row));
    }
    return out;
}

void GuideModel::add_card(GuidePicture& out, std::int64_t now_ms) const {
    if (!issued_) return;
    Card& card = out.card;
    const bool booking = issued_->appointment != 0;
    card.shown = true;
    card.title = text(booking ? "guide.card.booked" : "guide.card");
    card.number = issued_->number;
    card.green = issued_->green;
    card.service = issued_->service;
    card.place = issued_->place;
    card.message = card_message_;
    if (issued_->undone) return;
    if (const auto* job = print_of(*issued_)) {
        card.print = print_row(*job, now_ms);
    } else if (issued_->by_phone) {
        card.print.state = {text("guide.print.by_phone"), Gravity::plain};
        card.print.reprint_disabled = text("guide.print.by_phone");
    } else if (issued_->job == 0 && !booking) {
        card.print.state = {text("guide.print.none"), Gravity::bad};
        card.print.reprint_disabled = text("guide.print.none");
    } else {
        // Newer ones have pushed it out of the view, or the view is on its way.
        const bool silent = now_ms - issued_->at_ms >= kPrintSilentMs;
        card.print.job = issued_->job;
        card.print.state = silent ? Word{text("guide.print.earlier"), Gravity::plain}
                                  : Word{text("guide.print.printing"), Gravity::waiting};
        card.print.reprint_disabled = silent ? "" : text("guide.print.in_progress");
    }
    const std::int64_t left_ms = issued_->at_ms + kUndoMs - now_ms;
    if (left_ms <= 0) return;
    card.undo = format("guide.undo", {{"seconds", std::to_string(console::seconds_left(left_ms))}});
}

ListRow GuideModel::row_of(const protocol::WaitingRow& row) const {
    return {row.number(), row.green(), row.service_name(),
            Word{name_of(row.state()), gravity_of(row.state())},
            row.state() != TicketState::registered};
}

void GuideModel::add_lists(GuidePicture& out, std::int64_t now_ms) const {
    const auto& view = this->view();
    const auto prints = prints_in_need(now_ms);
    out.away_count = view.away_count();
    out.registered_count = view.registered_count();
    out.bad_prints = prints.size();
    ListPicture& list = out.list;
    list.list = list_;
    list.open = sheet_ == Sheet::list;
    list.message = list_message_;
    const auto counted = [](const char* key, std::size_t count) {
        return format(key, {{"count", std::to_string(count)}});
    };
    std::size_t all = 0;
    switch (list_) {
        case List::away:
            list.title = counted("guide.list.away", view.away_count());
            list.empty = text("guide.list.away.none");
            for (const auto& row : view.away()) list.rows.push_back(row_of(row));
            all = view.away_count();
            break;
        case List::registered:
            list.title = counted("guide.list.registered", view.registered_count());
            list.empty = text("guide.list.registered.none");
            for (const auto& row : view.registered()) list.rows.push_back(row_of(row));
            all = view.registered_count();
            break;
        case List::prints:
            list.title = counted("guide.list.prints", prints.size());
            list.empty = text("guide.list.prints.none");
            list.prints = prints;
            all = prints.size();
            break;
    }
    const std::size_t shown = std::max(list.rows.size(), list.prints.size());
    if (all > shown) list.more = counted("guide.list.more", all - shown);
}

void GuideModel::add_entry(GuidePicture& out, std::int64_t now_ms) const {
    Entry& entry = out.entry;
    entry.open = sheet_ == Sheet::entry;
    if (!entry.open) return;
    entry.typed = typed_;
    for (const auto& service : view().services()) {
        if (std::find(entry.letters.begin(), entry.letters.end(), service.letter()) ==
            entry.letters.end()) {
            entry.letters.push_back(service.letter());
        }
    }
    std::sort(entry.letters.begin(), entry.letters.end());
    // A ticket's number begins with its letter, an appointment's has none.
    entry.appointment = !typed_.empty() && typed_.front() >= '0' && typed_.front() <= '9';
    entry.cancel = text(confirming("cancel " + std::to_string(appointment_of({})))
                            ? "guide.appointment.cancel_sure"
                            : "guide.appointment.cancel_it");
    if (!live()) {
        entry.disabled = link_reason();
    } else if (typed_.size() < 2 && !entry.appointment) {
        entry.disabled = text("guide.entry.hint");
    }
    for (const auto& row : view().away()) entry.away = entry.away || row.number() == typed_;
    entry.message = entry_message_;
    if (entry.message.word.empty() && entry.away) {
        entry.message = {format("guide.entry.away", {{"number", typed_}}), Gravity::plain};
    }
    if (!entry.message.word.empty() || !entry.appointment) return;
    for (const auto& one : view().appointments()) {
        if (std::to_string(one.appointment()) != typed_) continue;
        const Word state = appointment_state(one, now_ms);
        entry.message = {span_of(one.slot_ms(), one.slot_end_ms()) + text("guide.and") + state.word,
                         state.gravity};
    }
}

}  // namespace hall::guide
