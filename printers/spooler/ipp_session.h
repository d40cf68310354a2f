// IppSession: one connection to an IPP printer or to cupsd, and the operations we use.
//
// Our own http_t with a timeout, never libcups' default connection: cupsGetDests and the like hang
// for over 30 s when cupsd is frozen. Calls can still outlast the timeout by about a second, so
// they run under a Watchdog. One thread per session. Private to this folder.
#pragma once

#include <cups/cups.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "printers/spooler/printer_state.h"
#include "printers/spooler/spooler.h"
#include "protocol/error.h"

namespace hall::printers::spooler {

// Where an IPP object lives: a printer's own address, or a queue of a cupsd.
struct Endpoint {
    std::string host;
    int port = 631;
    std::string path;  // "/ipp/print", "/printers/QUEUE"
    bool encrypted = false;

    std::string uri() const;
};

// From ipp:// or ipps://, without its query. nullopt for anything else.
std::optional<Endpoint> endpoint_from(const std::string& uri);

// The answer to Get-Printer-Attributes.
struct PrinterInfo {
    PrinterState state;
    Capabilities capabilities;
    bool accepting = true;
    bool stopped = false;
    std::string device_uri;  // of a queue: the printer behind it; empty when not told
};

// Job states of RFC 8011, 5.3.7.
enum class JobState {
    pending = 3,
    held = 4,
    processing = 5,
    stopped = 6,
    canceled = 7,
    aborted = 8,
    completed = 9
};

struct JobInfo {
    int id = 0;
    std::string title;
    JobState state = JobState::pending;
    int impressions = 0;  // pages that are on paper, as far as the printer counts

    bool over() const {
        return state == JobState::canceled || state == JobState::aborted ||
               state == JobState::completed;
    }
};

// Errors of every call: `unreachable` (no connection, or no answer in time, or one that is not
// IPP), `refused` (an answer with an IPP error; the message names its status), `busy`,
// `format_refused`.
class IppSession {
  public:
    static tl::expected<IppSession, Error> open(const Endpoint& endpoint);

    tl::expected<PrinterInfo, Error> printer();
    // Sends the whole document; returns the job's id. After `unreachable` the job may exist.
    tl::expected<int, Error> print(const std::string& title, const std::string& document,
                                   Format format);
    tl::expected<JobInfo, Error> job(int id);
    // Succeeds when the printer took the request; look at the job's state for its effect.
    tl::expected<void, Error> cancel(int id);
    // Of a queue, for a job that is over: it and its document are kept no longer (CUPS's
    // purge-job).
    tl::expected<void, Error> purge(int id);
    // Starts a stopped queue again; refused where this user may not.
    tl::expected<void, Error> resume();
    // Our jobs that are not over, or those that are and that it still knows; at most kJobsMax,
    // twice what a CUPS keeps by default.
    enum class Which { open, over };
    static constexpr int kJobsMax = 1'000;
    tl::expected<std::vector<JobInfo>, Error> jobs(Which which);

  private:
    struct Close {
        void operator()(http_t* http) const { httpClose(http); }
    };
    struct Delete {
        void operator()(ipp_t* message) const { ippDelete(message); }
    };
    using Message = std::unique_ptr<ipp_t, Delete>;

    IppSession(Endpoint endpoint, http_t* http) : endpoint_(std::move(endpoint)), http_(http) {}

    Message request(ipp_op_t operation) const;
    tl::expected<Message, Error> send(Message request);

    Endpoint endpoint_;
    std::unique_ptr<http_t, Close> http_;
};

}  // namespace hall::printers::spooler
