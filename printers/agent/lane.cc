#include "printers/agent/lane.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <utility>
#include <vector>

#include "printers/agent/slip.h"
#include "printers/layout/case_pages.h"
#include "printers/layout/paper_guide.h"
#include "printers/layout/ticket_page.h"
#include "printers/spooler/pwg_raster.h"
#include "protocol/check.h"
#include "wristband/label/band_page.h"
#include "wristband/label/zpl.h"

namespace hall::printers::agent {

using protocol::PrinterState;
using protocol::PrintState;
using spooler::Condition;
using spooler::Outcome;
using spooler::Verdict;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

namespace {

// The printer is asked this often: the guide knows of an empty roll before the next
// visitor comes.
constexpr milliseconds kLookEvery{1'500};
// After the hall refused a claim, or could not be asked.
constexpr milliseconds kAskAgain{1'000};
constexpr milliseconds kReportAgain{100};

// No number, no appointment, no case, no guide: it shows that its printer prints.
bool is_test_page(const protocol::PrintJob& job) {
    return job.paper() == protocol::Paper::slip && job.number().empty() && !job.has_appointment() &&
           !job.has_item();
}

// Carries a name, which is kept nowhere but in the vault.
bool is_personal(const protocol::PrintJob& job) {
    return job.paper() == protocol::Paper::form || job.paper() == protocol::Paper::band;
}

// A file name from what is printed, whatever the hall sent.
std::string picture_name(const protocol::PrintJob& job) {
    std::string name;
    if (job.paper() == protocol::Paper::notice) {
        name = "notice-" + std::to_string(job.case_file().id());
    } else if (job.has_item()) {
        name = "guide-" + std::to_string(job.job());
    } else if (job.has_appointment()) {
        // Of a ticket that became one, the ticket's own picture stays.
        name = "appointment-" + std::to_string(job.appointment().appointment());
    } else {
        for (const char c : job.number()) {
            if (std::isalnum(static_cast<unsigned char>(c)) != 0 && name.size() < 16) name += c;
        }
    }
    if (name.empty()) name = "job" + std::to_string(job.job());
    if (job.attempt() > 1) name += "-" + std::to_string(job.attempt());
    return name + ".png";
}

// Null when this printer is for something else, or the hall asks for what this program does not
// know.
std::unique_ptr<layout::Page> page_of(const layout::Typesetter& typesetter,
                                      const protocol::PrintJob& job, const LaneOptions& options) {
    if (options.use == Use::wristbands) {
        const bool band = job.paper() == protocol::Paper::band;
        if (!band && !is_test_page(job)) return nullptr;
        return std::make_unique<wristband::BandPage>(typesetter,
                                                     band ? band_from(job) : test_band_from(job));
    }
    switch (job.paper()) {
        case protocol::Paper::notice:
            return std::make_unique<layout::NoticePage>(typesetter, notice_from(job),
                                                        options.paper);
        case protocol::Paper::form:
            return std::make_unique<layout::FormPage>(typesetter, form_from(job), options.paper);
        case protocol::Paper::slip:
            if (job.has_item()) {
                // The catalogue does not have it any more: a sheet that says so little misleads.
                if (job.item().name().empty()) return nullptr;
                return std::make_unique<layout::PaperGuide>(typesetter, job.item(), job.hall_name(),
                                                            options.paper);
            }
            if (job.has_appointment()) {
                return std::make_unique<layout::TicketPage>(typesetter, appointment_slip_from(job),
                                                            options.paper);
            }
            return std::make_unique<layout::TicketPage>(typesetter, slip_from(job), options.paper);
        default:
            return nullptr;
    }
}

// `page` in the printer's language.
std::string document_of(const layout::Page& page, spooler::Format format, int dpi) {
    switch (format) {
        case spooler::Format::pdf:
            return page.pdf();
        case spooler::Format::zpl:
            return wristband::zpl(page.bitmap(wristband::kBandDpi));
        case spooler::Format::pwg_raster: {
            std::vector<layout::Bitmap> bitmaps;
            for (std::size_t i = 0; i < page.pages(); ++i) bitmaps.push_back(page.bitmap(dpi, i));
            return spooler::pwg_raster(bitmaps);
        }
    }
    HALL_CHECK(false);
    return "";
}

}  // namespace

void Doorbell::ring() {
    const std::lock_guard lock(mutex_);
    ++rings_;
    rung_.notify_all();
}

void Doorbell::stop() {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    rung_.notify_all();
}

bool Doorbell::stopping() const {
    const std::lock_guard lock(mutex_);
    return stopping_;
}

void Doorbell::wait(std::uint64_t& heard, Clock::time_point until) {
    std::unique_lock lock(mutex_);
    rung_.wait_until(lock, until, [&] { return stopping_ || rings_ != heard; });
    heard = rings_;
}

void Doorbell::rest(milliseconds time) {
    std::unique_lock lock(mutex_);
    rung_.wait_for(lock, time, [&] { return stopping_; });
}

PrinterState::Value state_of(Condition condition) {
    switch (condition) {
        case Condition::unknown:
            return PrinterState::unknown;
        case Condition::ok:
            return PrinterState::ok;
        case Condition::paper_low:
            return PrinterState::paper_low;
        case Condition::paper_out:
            return PrinterState::paper_out;
        case Condition::cover_open:
            return PrinterState::cover_open;
        case Condition::jammed:
            return PrinterState::jammed;
        case Condition::off_line:
            return PrinterState::offline;
        case Condition::fault:
            return PrinterState::error;
    }
    HALL_CHECK(false);
    return PrinterState::unknown;
}

PrintState::Value state_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::printed:
            return PrintState::printed;
        case Outcome::failed:
            return PrintState::failed;
        case Outcome::unconfirmed:
            return PrintState::unconfirmed;
    }
    HALL_CHECK(false);
    return PrintState::unknown;
}

PrinterState::Value cause_of(const Verdict& verdict) {
    for (const Condition condition : {Condition::paper_out, Condition::cover_open,
                                      Condition::jammed, Condition::off_line, Condition::fault}) {
        if (verdict.reason == spooler::word(condition)) return state_of(condition);
    }
    if (verdict.reason.ends_with("_unreachable") || verdict.reason == "connection_lost") {
        return PrinterState::offline;
    }
    return verdict.outcome == Outcome::failed ? PrinterState::error : PrinterState::unknown;
}

Lane::Lane(LaneOptions options, std::unique_ptr<spooler::Spooler> spooler, HallPort hall,
           Doorbell& bell)
    : options_(std::move(options)),
      spooler_(std::move(spooler)),
      hall_(std::move(hall)),
      bell_(bell) {}

void Lane::run() {
    std::uint64_t heard = 0;
    Clock::time_point next_look = Clock::now();
    while (!bell_.stopping()) {
        // Also before the first job: it learns which format the printer takes.
        if (Clock::now() >= next_look) {
            look();
            next_look = Clock::now() + kLookEvery;
        }
        const std::optional<protocol::PrintJob> job = next_job();
        if (job && claim_and_print(*job)) continue;
        bell_.wait(heard, next_look);
    }
}

std::optional<protocol::PrintJob> Lane::next_job() {
    const auto view = hall_.newest();
    if (view == nullptr) return std::nullopt;
    const Clock::time_point now = Clock::now();
    std::erase_if(refused_, [now](const auto& entry) { return entry.second <= now; });
    for (const protocol::PrintJob& job : view->jobs()) {
        if (job.printer() == options_.printer && !refused_.contains(job.job())) return job;
    }
    return std::nullopt;
}

bool Lane::claim_and_print(const protocol::PrintJob& row) {
    protocol::Command claim;
    claim.mutable_claim_print()->set_job(row.job());
    const client::Answer answer = hall_.send(claim, client::make_command_id());
    if (!answer) {
        spdlog::warn("{}: job {} not claimed: {}", options_.printer, row.job(),
                     answer.error().code);
        refused_[row.job()] = Clock::now() + kAskAgain;
        return false;
    }
    if (!answer->has_print_job()) {
        // Somebody else prints it, or a view that was overtaken still shows it.
        refused_[row.job()] = Clock::now() + kAskAgain;
        return true;
    }
    const protocol::PrintJob& job = answer->print_job();
    const auto drawn = page_of(typesetter_, job, options_);
    if (drawn == nullptr) {
        spdlog::warn("{}: job {}: {} is not for this printer; look at its paper_mm",
                     options_.printer, job.job(), protocol::Paper::Value_Name(job.paper()));
        report(job, {Outcome::failed, "document_refused", {}});
        return true;
    }
    const layout::Page& page = *drawn;
    for (const std::string& warning : page.warnings()) {
        spdlog::warn("{}: job {}: {}", options_.printer, job.job(), warning);
    }
    const Verdict verdict = print(page, job);
    spdlog::info("{}: job {} attempt {}: {} {} in {} ms", options_.printer, job.job(),
                 job.attempt(), PrintState::Value_Name(state_of(verdict.outcome)), verdict.reason,
                 verdict.took.count());
    report(job, verdict);
    if (verdict.outcome == Outcome::printed) {
        keep_picture(page, job);
    } else {
        look();
    }
    return true;
}

Verdict Lane::print(const layout::Page& page, const protocol::PrintJob& job) {
    const spooler::Capabilities can = spooler_->capabilities();
    spooler::Job document;
    const bool zpl = options_.use == Use::wristbands && options_.zpl;
    document.format = zpl ? spooler::Format::zpl : can.format;
    document.document = document_of(page, document.format, can.dpi);
    // Unlike any other job's, also those of yesterday that a printer may still hold.
    document.title = fmt::format("nuanting-{}-{}", job.requested_at_ms(), job.job());
    document.tried_before = job.attempt() > 1;
    document.personal = is_personal(job);
    return spooler_->submit(std::move(document), spooler_->verdict_limit());
}

void Lane::report(const protocol::PrintJob& job, const Verdict& verdict) {
    protocol::Command command;
    auto* body = command.mutable_report_print();
    body->set_job(job.job());
    body->set_verdict(state_of(verdict.outcome));
    body->set_cause(cause_of(verdict));
    // The same id until it is answered: the hall hears a verdict once.
    const std::string id = client::make_command_id();
    while (true) {
        const client::Answer answer = hall_.send(command, id);
        if (answer) {
            if (answer->has_refusal()) {
                spdlog::warn("{}: verdict of job {} refused: {}", options_.printer, job.job(),
                             protocol::RefusalCode::Value_Name(answer->refusal().code()));
            }
            return;
        }
        spdlog::warn("{}: verdict of job {} not taken: {}", options_.printer, job.job(),
                     answer.error().code);
        // Claimed and unanswered: printed again, marked, after a restart.
        if (bell_.stopping()) return;
        bell_.rest(kReportAgain);
    }
}

void Lane::keep_picture(const layout::Page& page, const protocol::PrintJob& job) const {
    if (!options_.png_folder || is_personal(job)) return;
    const std::filesystem::path file = *options_.png_folder / picture_name(job);
    const std::filesystem::path next = file.string() + ".next";
    std::ofstream(next, std::ios::binary) << layout::png(page.bitmap(layout::kThermalDpi));
    std::error_code error;
    std::filesystem::rename(next, file, error);
    if (error) spdlog::warn("{}: {}: {}", options_.printer, file.string(), error.message());
}

void Lane::look() {
    const spooler::PrinterState state = spooler_->state();
    const PrinterState::Value now = state_of(state.condition);
    const auto view = hall_.newest();
    std::optional<PrinterState::Value> known = last_told_;
    if (view != nullptr) {
        for (const protocol::Printer& printer : view->printers()) {
            if (printer.name() == options_.printer) known = printer.state();
        }
    }
    if (known == now) return;
    protocol::Command command;
    command.mutable_report_printer()->set_printer(options_.printer);
    command.mutable_report_printer()->set_state(now);
    const client::Answer answer = hall_.send(command, client::make_command_id());
    if (!answer) return;  // told with the next look
    if (last_told_ != now) {
        spdlog::info("{}: {} {}", options_.printer, spooler::word(state.condition),
                     fmt::join(state.reasons, " "));
        if (answer->has_refusal()) {
            spdlog::warn("{}: state refused: {}", options_.printer,
                         protocol::RefusalCode::Value_Name(answer->refusal().code()));
        }
    }
    last_told_ = now;
}

}  // namespace hall::printers::agent
