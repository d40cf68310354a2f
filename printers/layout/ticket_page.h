// The ticket and the appointment as they look on paper.
//
// Used by the print agent, and by tests that measure what was drawn. Sizes come from paper.h:
// number 51 pt or more, service 25 pt, everything else 17 pt, black on white, nothing within 4 mm
// of a cut.
#pragma once

#include "printers/document.h"
#include "printers/layout/glyphs.h"
#include "printers/layout/page.h"
#include "printers/layout/paper.h"

namespace hall::printers::layout {

class TicketPage : public Page {
  public:
    // Lays out `slip` for `paper`. Always succeeds: whatever the slip says can be printed; what
    // could not be shown as sent is named in warnings().
    TicketPage(const Typesetter& typesetter, const TicketSlip& slip, Paper paper);
    TicketPage(const Typesetter& typesetter, const AppointmentSlip& slip, Paper paper);
};

}  // namespace hall::printers::layout
