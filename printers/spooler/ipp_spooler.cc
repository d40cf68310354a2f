// Both kinds of Spooler. They differ in whom they hand the job to and in whom they ask about paper:
// a queue knows of its printer only what the last job told it, so the device is asked either way.
#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "printers/spooler/ipp_session.h"
#include "printers/spooler/raw_spooler.h"
#include "printers/spooler/spooler.h"
#include "printers/spooler/watchdog.h"

namespace hall::printers::spooler {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kPoll{25};
// The printer itself is asked with every fourth look at the job.
constexpr int kPollsPerLook = 4;
// Kept back from the deadline for Cancel-Job and a look at its effect.
constexpr milliseconds kWithdraw{250};
// A printer that has not said how it is by then gets no job. With kStateLimit, which may just have
// begun, this leaves time to tell the guide within 2 s.
constexpr milliseconds kCheckLimit{800};
constexpr milliseconds kDirectLimit{1'500};
constexpr milliseconds kQueueLimit{2'800};
// A request that was under way when a printer froze can become a job after the printer came back
// and answered us once; so a leftover is believed gone only when it was not seen three times.
constexpr int kClearLooks = 3;
constexpr std::size_t kLeftoversMax = 64;
// At the end of a personal job's title, so that one of an agent that died is known too.
constexpr std::string_view kPersonalMark = "-personal";

// Who takes the jobs, and how to learn of the paper.
struct Target {
    Endpoint jobs;
    bool queue = false;

    std::string unreachable() const {
        return queue ? "spooler_unreachable" : "printer_unreachable";
    }
};

struct Leftover {
    std::string title;
    int clear_looks = 0;
};

// What calls share with the spooler; an abandoned call may use it after the spooler is gone.
struct Memory {
    std::mutex mutex;
    Capabilities capabilities;
    std::vector<Leftover> leftovers;
    // The queue may keep a personal document: of a job of ours, or of an agent before us.
    bool personal_kept = true;

    void expect_personal() {
        const std::lock_guard lock(mutex);
        personal_kept = true;
    }
    void remember(const std::string& title) {
        const std::lock_guard lock(mutex);
        if (leftovers.size() == kLeftoversMax) leftovers.erase(leftovers.begin());
        leftovers.push_back({title, 0});
    }
};

// Cancels the jobs that nobody waits for any more.
tl::expected<void, Error> settle(IppSession& session, Memory& memory) {
    {
        const std::lock_guard lock(memory.mutex);
        if (memory.leftovers.empty()) return {};
    }
    const auto jobs = session.jobs(IppSession::Which::open);
    if (!jobs) return tl::unexpected(jobs.error());
    std::vector<int> stale;
    {
        const std::lock_guard lock(memory.mutex);
        for (Leftover& leftover : memory.leftovers) {
            ++leftover.clear_looks;
            for (const JobInfo& job : *jobs) {
                if (job.title != leftover.title) continue;
                leftover.clear_looks = 0;
                stale.push_back(job.id);
            }
        }
        std::erase_if(memory.leftovers,
                      [](const Leftover& l) { return l.clear_looks >= kClearLooks; });
    }
    for (const int id : stale) {
        // A refusal means that the job ended meanwhile; the next look tells.
        const auto cancelled = session.cancel(id);
        if (!cancelled && cancelled.error().code == "unreachable") return cancelled;
    }
    return {};
}

// CUPS keeps a document for a day after its job is over (PreserveJobFiles). A personal one is kept
// nowhere but in the vault, so it goes as soon as it is over; what cannot go yet is looked for
// again with every call.
void purge_personal(IppSession& session, Memory& memory) {
    {
        const std::lock_guard lock(memory.mutex);
        if (!memory.personal_kept) return;
        memory.personal_kept = false;
    }
    bool kept = false;
    for (const auto which : {IppSession::Which::open, IppSession::Which::over}) {
        const auto jobs = session.jobs(which);
        kept = kept || !jobs;
        if (!jobs) continue;
        for (const JobInfo& job : *jobs) {
            if (!job.title.ends_with(kPersonalMark)) continue;
            const bool gone = which == IppSession::Which::over && session.purge(job.id);
            kept = kept || !gone;
        }
    }
    if (kept) memory.expect_personal();
}

// What the device itself says, whichever way jobs reach it.
tl::expected<PrinterInfo, Error> ask_device(IppSession& session, const Target& target) {
    auto info = session.printer();
    if (!info || !target.queue) return info;
    if (const std::optional<Endpoint> device = endpoint_from(info->device_uri)) {
        auto direct = IppSession::open(*device);
        const auto behind = direct ? direct->printer() : tl::unexpected(direct.error());
        if (behind) {
            info->state = behind->state;
        } else {
            info->state = {Condition::off_line, {"unreachable"}};
        }
    }
    // Why the printer cannot print is better to know than that its queue has stopped.
    if (info->state.can_print() && (info->stopped || !info->accepting)) {
        info->state = {Condition::fault, {"queue-stopped"}};
    }
    return info;
}

// CUPS stops a queue when its backend loses the printer, and leaves it stopped when the printer is
// well again. To take a queue out of service on purpose, use cupsreject.
void resume_if_well(IppSession& session, const Target& target) {
    if (!target.queue) return;
    const auto queue = session.printer();
    if (!queue || !queue->stopped || !queue->accepting) return;
    const std::optional<Endpoint> device = endpoint_from(queue->device_uri);
    if (!device) return;
    auto direct = IppSession::open(*device);
    const auto behind = direct ? direct->printer() : tl::unexpected(direct.error());
    if (behind && behind->state.can_print()) session.resume();
}

enum class Stage { checking, sending, abandoned };

// One call of submit, shared with the worker that carries it out.
struct Attempt {
    Job job;
    Clock::time_point deadline;
    std::atomic<Stage> stage{Stage::checking};
    Verdict verdict;
    bool leftover = false;

    // Exactly one of the two succeeds: either the job leaves, or it never will.
    bool begin_sending() { return advance(Stage::sending); }
    bool give_up() { return advance(Stage::abandoned); }

  private:
    bool advance(Stage to) {
        Stage from = Stage::checking;
        return stage.compare_exchange_strong(from, to);
    }
};

// Carries out one attempt on the worker's thread.
class Run {
  public:
    Run(Attempt& attempt, const Target& target, Memory& memory)
        : attempt_(attempt), target_(target), memory_(memory) {}

    void operator()() {
        auto session = IppSession::open(target_.jobs);
        if (!session) {
            attempt_.verdict = failed(target_.unreachable());
            return;
        }
        attempt_.verdict = print(*session);
        if (attempt_.job.personal && target_.queue) purge_personal(*session, memory_);
    }

  private:
    Verdict print(IppSession& session) {
        if (auto problem = check(session)) return *problem;
        if (Clock::now() >= attempt_.deadline || !attempt_.begin_sending()) {
            return failed(target_.unreachable());
        }
        while (true) {
            const auto id =
                session.print(attempt_.job.title, attempt_.job.document, attempt_.job.format);
            if (id) return watch(session, *id);
            if (id.error().code == "format_refused") return failed("document_refused");
            if (id.error().code == "refused") return failed("job_refused");
            if (id.error().code == "unreachable") {
                attempt_.leftover = true;
                return unconfirmed("connection_lost");
            }
            if (Clock::now() + kPoll >= attempt_.deadline) return failed("printer_busy");
            std::this_thread::sleep_for(kPoll);
        }
    }

    // Before anything is sent: leftovers out of the way, paper in the printer.
    std::optional<Verdict> check(IppSession& session) {
        if (attempt_.job.tried_before) memory_.remember(attempt_.job.title);
        if (!settle(session, memory_)) return failed(target_.unreachable());
        if (attempt_.job.tried_before) forget_own_title();
        resume_if_well(session, target_);
        const auto info = ask_device(session, target_);
        if (!info) return failed(target_.unreachable());
        if (info->state.condition == Condition::off_line) return failed("printer_unreachable");
        if (!info->state.can_print()) return failed(std::string(word(info->state.condition)));
        return std::nullopt;
    }

    // The job that is about to leave has the title of the one that was just cancelled.
    void forget_own_title() {
        const std::lock_guard lock(memory_.mutex);
        std::erase_if(memory_.leftovers,
                      [this](const Leftover& l) { return l.title == attempt_.job.title; });
    }

    Verdict watch(IppSession& session, int id) {
        for (int polls = 1; Clock::now() + kWithdraw < attempt_.deadline; ++polls) {
            const auto job = session.job(id);
            if (!job) {
                reopen(session);
            } else if (job->over()) {
                return verdict_of(session, *job);
            } else if (job->state == JobState::stopped || polls % kPollsPerLook == 0) {
                const auto info = ask_device(session, target_);
                if (info && names_a_fault(info->state)) {
                    return withdraw(session, id, info->state.condition);
                }
            }
            std::this_thread::sleep_for(kPoll);
        }
        return withdraw(session, id, std::nullopt);
    }

    // Silence is no fault: a printer that is off now may have printed before.
    static bool names_a_fault(const PrinterState& state) {
        return !state.can_print() && state.condition != Condition::off_line;
    }

    Verdict verdict_of(IppSession& session, const JobInfo& job) {
        const bool completed = job.state == JobState::completed;
        if (completed && !target_.queue) return {Outcome::printed, "", {}};
        const auto info = ask_device(session, target_);
        // CUPS calls a job aborted, or even completed, when its printer went away in the middle.
        if (info && info->state.condition == Condition::off_line) {
            return unconfirmed("printer_unreachable");
        }
        if (completed) return {Outcome::printed, "", {}};
        if (info && !info->state.can_print()) {
            return failed(std::string(word(info->state.condition)));
        }
        return failed(job.state == JobState::aborted ? "job_aborted" : "job_cancelled");
    }

    // Takes the job back. Only a printer that asks for a hand, and then says that the job is
    // cancelled with no page out, has certainly not printed.
    Verdict withdraw(IppSession& session, int id, std::optional<Condition> fault) {
        const std::string reason = fault ? std::string(word(*fault)) : "deadline_passed";
        const bool needs_a_hand = fault == Condition::paper_out || fault == Condition::cover_open ||
                                  fault == Condition::jammed;
        if (!session.cancel(id)) reopen(session);
        while (Clock::now() < attempt_.deadline) {
            const auto job = session.job(id);
            if (!job) {
                reopen(session);
            } else if (job->state == JobState::completed) {
                return verdict_of(session, *job);
            } else if (job->over()) {
                return needs_a_hand && job->impressions == 0 ? failed(reason) : unconfirmed(reason);
            }
            std::this_thread::sleep_for(kPoll);
        }
        attempt_.leftover = true;
        return unconfirmed(reason);
    }

    void reopen(IppSession& session) {
        auto again = IppSession::open(target_.jobs);
        if (again) session = std::move(*again);
    }

    Attempt& attempt_;
    const Target& target_;
    Memory& memory_;
};

class IppSpooler : public Spooler {
  public:
    explicit IppSpooler(Target target)
        : target_(std::make_shared<const Target>(std::move(target))) {}

    Verdict submit(Job job, milliseconds deadline) override {
        const Clock::time_point start = Clock::now();
        auto attempt = std::make_shared<Attempt>();
        attempt->job = std::move(job);
        if (attempt->job.personal) {
            attempt->job.title += kPersonalMark;
            memory_->expect_personal();
        }
        attempt->deadline = start + deadline;
        const Watchdog::Ended ended = watchdog_.run(
            [attempt, target = target_, memory = memory_] { Run(*attempt, *target, *memory)(); },
            deadline, std::min(deadline, kCheckLimit), [&attempt] { return attempt->give_up(); });
        Verdict verdict;
        switch (ended) {
            case Watchdog::Ended::in_time:
                verdict = attempt->verdict;
                if (attempt->leftover) memory_->remember(attempt->job.title);
                break;
            case Watchdog::Ended::abandoned:
                if (attempt->stage == Stage::abandoned) {
                    verdict = failed(target_->unreachable());
                } else {
                    verdict = unconfirmed("deadline_passed");
                    memory_->remember(attempt->job.title);
                }
                break;
            case Watchdog::Ended::out_of_threads:
                verdict = failed(target_->unreachable());
                break;
        }
        verdict.took = std::chrono::duration_cast<milliseconds>(Clock::now() - start);
        return verdict;
    }

    PrinterState state() override {
        const auto answer = std::make_shared<PrinterState>();
        const Watchdog::Ended ended = watchdog_.run(
            [answer, target = target_, memory = memory_] { look(*answer, *target, *memory); },
            kStateLimit);
        if (ended == Watchdog::Ended::in_time) return *answer;
        return {Condition::off_line, {"no-answer"}};
    }

    Capabilities capabilities() const override {
        const std::lock_guard lock(memory_->mutex);
        return memory_->capabilities;
    }

    milliseconds verdict_limit() const override {
        return target_->queue ? kQueueLimit : kDirectLimit;
    }

  private:
    static void look(PrinterState& answer, const Target& target, Memory& memory) {
        answer = {Condition::off_line, {"unreachable"}};
        auto session = IppSession::open(target.jobs);
        if (!session) return;
        if (!settle(*session, memory)) return;
        if (target.queue) purge_personal(*session, memory);
        resume_if_well(*session, target);
        const auto info = ask_device(*session, target);
        if (!info) return;
        answer = info->state;
        const std::lock_guard lock(memory.mutex);
        memory.capabilities = info->capabilities;
        // CUPS converts where the printer cannot.
        if (target.queue) memory.capabilities.format = Format::pdf;
    }

    std::shared_ptr<const Target> target_;
    std::shared_ptr<Memory> memory_ = std::make_shared<Memory>();
    Watchdog watchdog_;
};

Error invalid(const std::string& uri) {
    return {"printer_uri_invalid", "printer URI \"" + uri +
                                       "\": write ipp://HOST:PORT/ipp/print for a printer, "
                                       "cups:QUEUE for a queue of CUPS or socket://HOST:PORT for a "
                                       "label printer that takes ZPL"};
}

std::optional<Target> queue_from(const std::string& uri) {
    constexpr std::string_view kRemote = "cups://";
    constexpr std::string_view kLocal = "cups:";
    std::optional<Endpoint> endpoint;
    if (uri.starts_with(kRemote)) {
        endpoint = endpoint_from("ipp://" + uri.substr(kRemote.size()));
    } else if (uri.starts_with(kLocal)) {
        endpoint = Endpoint{"localhost", 631, "/" + uri.substr(kLocal.size()), false};
    }
    if (!endpoint || endpoint->path.size() < 2) return std::nullopt;
    const std::string queue = endpoint->path.substr(1);
    if (queue.find_first_of("/?# ") != std::string::npos) return std::nullopt;
    endpoint->path = "/printers/" + queue;
    return Target{*endpoint, true};
}

}  // namespace

tl::expected<std::unique_ptr<Spooler>, Error> make_spooler(const std::string& uri) {
    if (uri.starts_with("socket://")) {
        auto raw = make_raw_spooler(uri);
        if (raw == nullptr) return tl::unexpected(invalid(uri));
        return tl::expected<std::unique_ptr<Spooler>, Error>(std::move(raw));
    }
    std::optional<Target> target = queue_from(uri);
    if (!target && (uri.starts_with("ipp://") || uri.starts_with("ipps://"))) {
        if (const auto endpoint = endpoint_from(uri)) target = Target{*endpoint, false};
    }
    if (!target) return tl::unexpected(invalid(uri));
    return std::make_unique<IppSpooler>(std::move(*target));
}

}  // namespace hall::printers::spooler
