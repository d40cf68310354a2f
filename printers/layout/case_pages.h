// The papers of an escort case as they look: the one-time notice and the application form.
//
// Used by the print agent and by tests that measure what was drawn. The notice goes to the ticket
// printer in large type (body 17 pt or more); the form is a sheet of A4 (everything 18 pt or more)
// and goes on a second sheet where the materials need one. Either can be set on any paper.
#pragma once

#include "printers/document.h"
#include "printers/layout/glyphs.h"
#include "printers/layout/page.h"
#include "printers/layout/paper.h"

namespace hall::printers::layout {

class NoticePage : public Page {
  public:
    // Lays out `slip` for `paper`. Always succeeds; what could not be shown is in warnings().
    NoticePage(const Typesetter& typesetter, const NoticeSlip& slip, Paper paper);
};

class FormPage : public Page {
  public:
    FormPage(const Typesetter& typesetter, const FormSheet& form, Paper paper);
};

}  // namespace hall::printers::layout
