// Where a scanner's bytes come from: a file descriptor that may go away and come back.
//
// Serial and USB-CDC scanners (/dev/ttyACM0) are set to raw mode; FIFOs, files and standard input
// are read as they are. A scanner that poses as a keyboard would be grabbed here (EVIOCGRAB on its
// /dev/input/event*), so that its codes do not land in a text field; that is not built, as it could
// not be tried: switch the scanner to serial mode with the code in its manual. One thread.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "protocol/error.h"

namespace hall::wristband::scanner {

class Source {
  public:
    enum class Event {
        bytes,    // some came
        nothing,  // within the time
        absent,   // is not there and is waited for; once, before it was ever there
        back,     // plugged in: what came before is over
        gone,     // unplugged, or the writer of a FIFO went; it is opened again
        end,      // standard input is over
        stop      // `stop_fd` is readable
    };

    virtual ~Source() = default;

    // Waits for the next event, at most `limit`. `bytes` is replaced when some came.
    virtual Event next(std::string& bytes, std::chrono::milliseconds limit) = 0;
};

// "-" is standard input, anything else a path that need not be there yet. `stop_fd` ends every wait
// once it is readable (a signalfd). Errors: `scanner_is_keyboard` for /dev/input/….
tl::expected<std::unique_ptr<Source>, Error> open_source(const std::string& device, int stop_fd);

}  // namespace hall::wristband::scanner
