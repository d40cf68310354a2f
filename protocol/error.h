// Error: the world failed (a disk, a socket, a printer) and the program goes on.
//
// The other two kinds of failure have their own form: the hall refuses with protocol::Refusal; we
// or the disk are wrong with HALL_CHECK.
#pragma once

#include <string>

namespace hall {

struct Error {
    // Stable, snake_case, for programs: `storage_unavailable`, `printer_unreachable`, …
    std::string code;
    // One sentence for people: what failed, where, and what to do.
    std::string message;
};

}  // namespace hall
