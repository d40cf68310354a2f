// The picture that GuideModel gives: every word on the guide's screen.
#include <algorithm>

#include "displays/guide/guide_model.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::guide {

using protocol::Phase;
using protocol::PrinterState;
using protocol::PrintState;
using protocol::TicketState;
using wording::format;
using wording::name_of;
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

std::string ahead_text(std::uint32_t ahead) {
    return ahead == 0 ? text("guide.nobody_ahead")
                      : format("guide.ahead", {{"count", std::to_string(ahead)}});
}

}  // namespace

GuidePicture GuideModel::picture(std::int64_t now_ms) const {
    GuidePicture out;
    add_header(out, now_ms);
    add_form(out, now_ms);
    add_card(out, now_ms);
    add_lists(out, now_ms);
    add_entry(out);
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
    for (const auto& look : view.looks()) {
        out.looks += out.looks.empty() ? text("guide.look") : text("guide.look.and");
        out.looks += format("guide.look.one",
                            {{"number", look.number()}, {"window", std::to_string(look.window())}});
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

void GuideModel::add_services(GuidePicture& out) const {
    for (const auto& service : view().services()) {
        Choice choice;
        choice.code = service.code();
        choice.label = service.short_name().empty() ? service.name() : service.short_name();
        choice.detail = service.windows_open() == 0 && !early() ? text("guide.no_window_open")
                                                                : ahead_text(service.ahead());
        const auto at = std::find(form_.services.begin(), form_.services.end(), service.code());
        choice.on = at != form_.services.end();
        if (choice.on && form_.services.size() > 1) {
            choice.detail = format("guide.several.place",
                                   {{"place", std::to_string(at - form_.services.begin() + 1)}});
        }
        out.services.push_back(std::move(choice));
    }
    const auto used = [&](const Choice& choice) {
        const auto at = used_.find(choice.code);
        return at == used_.end() ? 0U : at->second;
    };
    std::stable_sort(out.services.begin(), out.services.end(),
                     [&](const Choice& a, const Choice& b) { return used(a) > used(b); });
    out.service_page = service_page_;
    out.several = {true, form_.several, text("guide.several"), ""};
}

void GuideModel::add_categories(GuidePicture& out) const {
    for (const auto& category : view().categories()) {
        Choice choice;
        choice.code = category.code();
        choice.label = category.name();
        choice.on = form_.categories.count(category.code()) != 0;
        const std::int64_t minutes = console::minutes_of(category.credit_ms());
        if (minutes > 0) {
            choice.detail = format("guide.credit", {{"minutes", std::to_string(minutes)}});
        }
        out.categories.push_back(std::move(choice));
    }
    const auto credit = [&](const Choice& choice) { return category(choice.code)->credit_ms(); };
    std::stable_sort(
        out.categories.begin(), out.categories.end(),
        [&](const Choice& a, const Choice& b) { return (credit(a) > 0) > (credit(b) > 0); });
    out.category_page = category_page_;
    out.by_sight = {true, form_.by_sight, text("guide.by_sight"), by_sight_disabled()};
    if (!early() || view().seats() == 0) return;
    const std::string left = std::to_string(view().seats_free());
    out.seat = {true, form_.seat, format("guide.seat", {{"count", left}}),
                view().seats_free() == 0 && !form_.seat ? text("guide.seat.none") : ""};
}

void GuideModel::add_form(GuidePicture& out, std::int64_t now_ms) const {
    add_services(out);
    add_categories(out);
    out.something_chosen =
        !form_.services.empty() || !form_.categories.empty() || form_.several || form_.seat;
    out.issue_label = text(early() ? "guide.register" : "guide.issue");
    out.issue_disabled = issue_disabled(now_ms);
    const auto phase = view().head().phase();
    const bool closed = phase == Phase::closed || phase == Phase::unknown;
    if (!live()) {
        out.message = {link_reason(), Gravity::bad};
    } else if (!form_message_.word.empty()) {
        out.message = form_message_;
    } else if (slot_.busy() && now_ms - sent_ms_ >= console::kSlowMs) {
        out.message = {text("guide.sending"), Gravity::waiting};
    } else if (closed) {
        out.message = {closed_reason(now_ms), Gravity::warning};
    } else if (form_.services.empty()) {
        out.message = {text(early() ? "guide.early_hint" : "guide.choose_service"),
                       Gravity::waiting};
    } else {
        for (const Choice& service : out.services) {
            if (service.code != form_.services.front()) continue;
            out.message = {
                format("guide.preview", {{"service", service.label}, {"ahead", service.detail}}),
                Gravity::plain};
            if (form_.services.size() > 1) {
                out.message.word = format("guide.preview.several",
                                          {{"count", std::to_string(form_.services.size())}});
            }
        }
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

PrintRow GuideModel::print_row(const protocol::PrintJob& job, std::int64_t now_ms) const {
    PrintRow row;
    row.job = job.job();
    row.number = job.number();
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
        if (job.number().empty() || dismissed_.count({job.job(), job.attempt()}) != 0) continue;
        if (issued_ && issued_->undone && issued_->number == job.number()) continue;
        PrintRow row = print_row(job, now_ms);
        if (row.state.gravity == Gravity::bad) out.push_back(std::move(row));
    }
    return out;
}

void GuideModel::add_card(GuidePicture& out, std::int64_t now_ms) const {
    if (!issued_) return;
    Card& card = out.card;
    card.shown = true;
    card.number = issued_->number;
    card.green = issued_->green;
    card.service = issued_->service;
    card.place = ahead_text(issued_->ahead);
    card.message = card_message_;
    if (issued_->undone) return;
    if (const auto* job = print_job(issued_->job)) {
        card.print = print_row(*job, now_ms);
    } else if (issued_->job == 0) {
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
    list.open = list_open_;
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

void GuideModel::add_entry(GuidePicture& out) const {
    Entry& entry = out.entry;
    entry.open = entry_open_;
    if (!entry_open_) return;
    entry.typed = typed_;
    for (const auto& service : view().services()) {
        if (std::find(entry.letters.begin(), entry.letters.end(), service.letter()) ==
            entry.letters.end()) {
            entry.letters.push_back(service.letter());
        }
    }
    std::sort(entry.letters.begin(), entry.letters.end());
    if (!live()) {
        entry.disabled = link_reason();
    } else if (typed_.size() < 2) {
        entry.disabled = text("guide.entry.hint");
    }
    for (const auto& row : view().away()) entry.away = entry.away || row.number() == typed_;
    entry.message = entry_message_;
    if (entry.message.word.empty() && entry.away) {
        entry.message = {format("guide.entry.away", {{"number", typed_}}), Gravity::plain};
    }
}

}  // namespace hall::guide
