// CupsFixture: a real IPP printer, and a real cupsd in front of it, for one test.
//
// Runs scripts/virtual_printer in its own process group; everything it started is gone when the
// fixture is, and when the test program dies. Faults can be switched on. Used by the tests of
// printers/ and by the end-to-end tests. One thread.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace hall::tests {

// Waits until `holds()`; false when `limit` passed first. Looks every few milliseconds.
bool eventually(const std::function<bool()>& holds,
                std::chrono::milliseconds limit = std::chrono::seconds(10));

class CupsFixture {
  public:
    // pdf_printer takes no raster, so that what it printed can be read as text.
    enum class With { printer, pdf_printer, printer_and_queue };
    enum class Process { printer, cupsd };
    // Sheets in both trays: 250/25, 5/5, 0/0.
    enum class Paper { full, low, out };

    // Up when this returns. Ends the program with the reason when that fails: no test can go on.
    explicit CupsFixture(With with);
    ~CupsFixture();
    CupsFixture(const CupsFixture&) = delete;
    CupsFixture& operator=(const CupsFixture&) = delete;

    const std::string& printer_uri() const { return printer_uri_; }  // ipp://localhost:PORT/…
    const std::string& queue_uri() const { return queue_uri_; }      // cups://localhost:PORT/ticket

    void set_paper(Paper paper);
    // What happens to the next jobs: ok, abort, cover_open, media_jam, or hold (the job stays in
    // processing until something else is written).
    void behave(const std::string& how);
    void freeze(Process process);
    void thaw(Process process);
    // With the print command or the filters it runs.
    void kill(Process process);
    // A printer that was killed, on the same port, with its jobs forgotten.
    void start_printer_again();

    // Documents printed to the end, in file name order (job id and title).
    std::vector<std::filesystem::path> printed() const;
    // Documents that reached the printer, printed or not.
    std::vector<std::filesystem::path> arrived() const;
    // Documents that the queue keeps: of jobs that wait, and of jobs that are over.
    std::vector<std::filesystem::path> kept_by_queue() const;
    // Everything that the queue's cupsd writes: its spool and its logs.
    std::filesystem::path cups_folder() const { return folder_ / "cups/"; }

  private:
    pid_t pid_of(Process process) const;

    std::filesystem::path folder_;
    pid_t script_ = 0;
    int output_ = -1;
    std::string printer_uri_;
    std::string queue_uri_;
};

}  // namespace hall::tests
