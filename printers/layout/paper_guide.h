// A paper guide (纸质指南): one item of the catalogue in large type and plain words, to take home.
//
// 18 pt or more, one idea a line, at most one sheet: what does not fit is left out from the end of
// the plain words, the visitor is told to ask, and warnings() says `lines_left_out:N`.
#pragma once

#include "printers/layout/glyphs.h"
#include "printers/layout/page.h"
#include "printers/layout/paper.h"
#include "protocol/views.pb.h"

namespace hall::printers::layout {

class PaperGuide : public Page {
  public:
    // `hall_name` may be empty.
    PaperGuide(const Typesetter& typesetter, const protocol::CatalogueItem& item,
               const std::string& hall_name, Paper paper = Paper::a4);
};

}  // namespace hall::printers::layout
