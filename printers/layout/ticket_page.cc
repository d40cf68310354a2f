#include "printers/layout/ticket_page.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "printers/layout/captions.h"
#include "printers/layout/text_flow.h"

namespace hall::printers::layout {

namespace {

constexpr double kNumberHeight_mm = 20.0;
constexpr double kSqueezeMin = 0.7;
constexpr double kMark_mm = 15.0;

constexpr double kAhead_pt = 36;
constexpr double kGreenWord_pt = 32;

// The number fills the width up to kNumberHeight_mm. On narrow paper it keeps its height and gets
// narrower, because height is what the eye reads from afar; only then it gets smaller.
void draw_number(TextFlow& flow, const std::string& text) {
    constexpr double kProbe_pt = 100;
    constexpr double kNoWrap_mm = 10'000;
    const Typesetter& typesetter = flow.typesetter;
    const Box probe = ink_of(typesetter.set(text, kProbe_pt, Weight::bold, kNoWrap_mm).get());
    if (probe.width <= 0 || probe.height <= 0) return;
    double em = std::min(kProbe_pt * kNumberHeight_mm / probe.height,
                         kProbe_pt * flow.inner() / probe.width);
    em = std::max(em, kProbe_pt * (kNumberHeightMin_mm + 0.2) / probe.height);
    double squeeze = std::min(1.0, flow.inner() / (probe.width * em / kProbe_pt));
    if (squeeze < kSqueezeMin) {
        em = std::max(kNumberMin_pt, em * squeeze / kSqueezeMin);
        squeeze = std::min(1.0, flow.inner() / (probe.width * em / kProbe_pt));
    }
    LayoutPtr layout = typesetter.set(text, em, Weight::bold, kNoWrap_mm);
    const Box ink = ink_of(layout.get());
    const double x = (flow.sheet.width - ink.width * squeeze) / 2 - ink.x * squeeze;
    flow.y =
        flow.sheet.put(std::move(layout), Role::number, em, x, flow.y, squeeze) + flow.gap() + 1.5;
}

// The same disc as on the boards, so that the slip and the screen are seen to belong together.
void draw_green_channel(TextFlow& flow) {
    const Typesetter& typesetter = flow.typesetter;
    LayoutPtr word =
        typesetter.set(caption_green_channel(), kGreenWord_pt, Weight::bold, flow.inner());
    LayoutPtr sign =
        typesetter.set(caption_green_mark(), kGreenWord_pt, Weight::bold, flow.inner());
    const Box word_ink = ink_of(word.get());
    const Box sign_ink = ink_of(sign.get());
    const double gap = std::min(4.0, flow.inner() - kMark_mm - word_ink.width);
    double mark = kMark_mm;
    double squeeze = 1;
    if (gap < 2) {  // 58 mm: a smaller disc, the word narrower
        mark = 13;
        squeeze = (flow.inner() - mark - 2) / word_ink.width;
    }
    const double used_gap = std::max(gap, 2.0);
    const double left = (flow.sheet.width - mark - used_gap - word_ink.width * squeeze) / 2;
    const double middle = flow.y + mark / 2;
    flow.sheet.mark(Disc{left + mark / 2, middle, mark / 2}, Role::green_mark, "",
                    {left, flow.y, mark, mark});
    flow.sheet.put(std::move(sign), Role::green_mark, kGreenWord_pt,
                   left + (mark - sign_ink.width) / 2 - sign_ink.x, middle - sign_ink.height / 2, 1,
                   true);
    flow.sheet.put(std::move(word), Role::green_word, kGreenWord_pt,
                   left + mark + used_gap - word_ink.x * squeeze, middle - word_ink.height / 2,
                   squeeze);
    flow.y += mark + flow.gap();
}

void draw_services(TextFlow& flow, const std::vector<std::string>& names) {
    if (names.empty()) return;
    flow.rule();
    flow.block(caption_services(), Role::body, kBody_pt, Weight::regular);
    const std::size_t shown = std::min(names.size(), kServicesMax);
    for (std::size_t i = 0; i < shown; ++i) {
        // The order of the visit, hanging before the name.
        const std::string order = names.size() > 1 ? std::to_string(i + 1) : "";
        flow.hanging(order, flow.sheet.clean(names[i]), Role::service, kService_pt, Weight::bold);
    }
    if (shown < names.size()) {
        flow.sheet.warnings.push_back("services_left_out:" + std::to_string(names.size() - shown));
    }
}

// How many people are in front, how long it may take and when the number was taken; returns where
// the next thing goes.
double draw_place(TextFlow& flow, const TicketSlip& slip, double x, double column, double top,
                  PangoAlignment alignment) {
    double y_next = top;
    const auto line = [&](const std::string& text, Role role, double em, Weight weight) {
        y_next =
            flow.paragraph(text, role, em, weight, {x, y_next, column, 0}, alignment) + flow.gap();
    };
    if (slip.people_ahead && *slip.people_ahead > 0) {
        line(caption_ahead(), Role::body, kBody_pt, Weight::regular);
        line(caption_people(*slip.people_ahead), Role::ahead, kAhead_pt, Weight::bold);
    } else if (slip.people_ahead) {
        line(caption_nobody_ahead(), Role::ahead, kService_pt, Weight::bold);
    }
    if (!slip.wait.empty()) {
        line(caption_wait(), Role::body, kBody_pt, Weight::regular);
        line(flow.sheet.clean(slip.wait), Role::body, kBody_pt, Weight::bold);
    }
    if (!slip.issued_at.empty()) {
        line(caption_issued(), Role::body, kBody_pt, Weight::regular);
        line(flow.sheet.clean(slip.issued_at), Role::body, kBody_pt, Weight::bold);
    }
    return y_next;
}

bool has_place(const TicketSlip& slip) {
    return !slip.code.empty() || slip.people_ahead || !slip.wait.empty() || !slip.issued_at.empty();
}

}  // namespace

TicketPage::TicketPage(const Typesetter& typesetter, const TicketSlip& slip, Paper paper)
    : Page(printable_width_mm(paper)) {
    TextFlow flow(typesetter, *sheet_, paper);
    flow.head(slip.hall_name, slip.reprint);
    flow.y += 1.5;
    draw_number(flow, sheet_->clean(slip.number));
    if (slip.green_channel) draw_green_channel(flow);
    draw_services(flow, slip.services);
    if (slip.early_waiting) {
        flow.rule();
        flow.block(caption_early_waiting(), Role::service, kService_pt, Weight::bold);
        flow.block(sheet_->clean(slip.early_waiting_hint), Role::body, kBody_pt, Weight::bold);
    }
    if (has_place(slip)) {
        flow.code_with(slip.code,
                       [&](double x, double column, double top, PangoAlignment alignment) {
                           return draw_place(flow, slip, x, column, top, alignment);
                       });
    }
    flow.foot(slip.footer);
}

// When to come is what it is for: the day and the time are the largest things on it.
TicketPage::TicketPage(const Typesetter& typesetter, const AppointmentSlip& slip, Paper paper)
    : Page(printable_width_mm(paper)) {
    TextFlow flow(typesetter, *sheet_, paper);
    flow.head(slip.hall_name, slip.reprint);
    flow.block(sheet_->clean(slip.title), Role::title, kTitle_pt, Weight::bold, PANGO_ALIGN_CENTER);
    flow.y += 1.5;
    flow.day(sheet_->clean(slip.day), sheet_->clean(slip.weekday));
    if (!slip.time.empty()) draw_number(flow, sheet_->clean(slip.time));
    if (slip.green_channel) draw_green_channel(flow);
    draw_services(flow, slip.services);
    if (!slip.promises.empty()) flow.rule();
    for (const std::string& promise : slip.promises) {
        flow.block(sheet_->clean(promise), Role::body, kPromise_pt, Weight::bold);
    }
    const std::string number = sheet_->clean(slip.number);
    flow.code_with(slip.code, [&](double x, double column, double top, PangoAlignment alignment) {
        return flow.paragraph(number, Role::ahead, kService_pt, Weight::bold, {x, top, column, 0},
                              alignment) +
               flow.gap();
    });
    flow.foot(slip.footer);
}

}  // namespace hall::printers::layout
