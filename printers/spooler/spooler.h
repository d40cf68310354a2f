// Spooler: one printer as the agent sees it. Hand over a document, hear what became of it.
//
// Three kinds stand behind it: straight to the printer over IPP (verdict in about 30 ms), through a
// CUPS queue (about 1 s, since its backend looks once a second), or a label printer's bare socket
// (raw_spooler.cc). The only home of cups/ headers.
//
// One thread calls submit and state of one spooler; different spoolers run in parallel.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "printers/spooler/printer_state.h"
#include "protocol/error.h"

namespace hall::printers::spooler {

enum class Format { pdf, pwg_raster, zpl };

// What the printer takes, learnt from it when it was last asked.
struct Capabilities {
    Format format = Format::pdf;
    int dpi = 203;  // of the raster, the nearest to 203 that the printer names
};

enum class Outcome {
    printed,  // the printer says so
    failed,   // it is not on paper and will not come: the job was refused, cancelled or never sent
    unconfirmed  // nobody can say; the job was asked to be cancelled, and will be again
};

struct Verdict {
    Outcome outcome = Outcome::unconfirmed;
    // Empty when printed; else a word of printer_state.h (`paper_out`, …) or `printer_unreachable`,
    // `spooler_unreachable`, `printer_busy`, `document_refused`, `job_cancelled`, `job_aborted`,
    // `job_refused`, `connection_lost`, `deadline_passed`, `no_answer`.
    std::string reason;
    // From submit to verdict.
    std::chrono::milliseconds took{0};
};

inline Verdict failed(std::string reason) {
    return {Outcome::failed, std::move(reason), {}};
}
inline Verdict unconfirmed(std::string reason) {
    return {Outcome::unconfirmed, std::move(reason), {}};
}

struct Job {
    std::string document;
    Format format = Format::pdf;
    // Names the job at the printer: the same for every attempt to print it, unlike any other job's.
    // Carries no personal data.
    std::string title;
    // An earlier attempt, perhaps of an agent that died, may still wait at the printer: it is
    // looked for by its title and cancelled first.
    bool tried_before = false;
    // It says who somebody is: a queue must not keep it once it is over, whatever became of it.
    bool personal = false;
};

// How long a printer may take to say how it is.
inline constexpr std::chrono::milliseconds kStateLimit{500};

class Spooler {
  public:
    virtual ~Spooler() = default;

    // Prints and waits for the verdict, at most `deadline` from now, whatever the printer, the
    // network or libcups do. A job whose fate is unknown at the deadline is asked to be cancelled;
    // when that cannot be confirmed it is looked for again with every later call, and cancelled
    // before anything else prints, so that a stale ticket does not come out later.
    virtual Verdict submit(Job job, std::chrono::milliseconds deadline) = 0;

    // Asks the printer how it is; 1 to 3 ms when it answers, at most kStateLimit when it does not
    // (then Condition::off_line). Also cancels what earlier deadlines left behind.
    virtual PrinterState state() = 0;

    // As the printer told when it last answered.
    virtual Capabilities capabilities() const = 0;

    // The deadline that suits this kind of printer: a guide hears of a failure within 2 s when it
    // is asked directly, within 3 s through a queue, and within 6 s from a label printer, which
    // takes up to 4 s to push a band out.
    virtual std::chrono::milliseconds verdict_limit() const = 0;
};

// A spooler for a URI as people write it into the hall file:
//   ipp://HOST[:PORT]/PATH     straight to the printer (ipps:// encrypted)
//   cups:QUEUE                 a queue of the CUPS on this machine; set it up with waitjob (the
//                              default) and printer-error-policy=abort-job. CUPS stops it when the
//                              printer is lost; it is resumed once the printer answers, where CUPS
//                              lets this user do so
//   cups://HOST[:PORT]/QUEUE   a queue of another CUPS
//   socket://HOST[:PORT]       a label printer that takes ZPL (port 9100 when not given)
// Nothing is contacted yet. Errors: `printer_uri_invalid`.
tl::expected<std::unique_ptr<Spooler>, Error> make_spooler(const std::string& uri);

}  // namespace hall::printers::spooler
