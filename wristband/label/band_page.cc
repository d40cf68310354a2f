#include "wristband/label/band_page.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "printers/layout/qr_mark.h"
#include "printers/layout/sheet.h"
#include "wording/wording.h"

namespace hall::wristband {

namespace {

using printers::Band;
using printers::layout::Box;
using printers::layout::Code;
using printers::layout::ink_of;
using printers::layout::LayoutPtr;
using printers::layout::QrMark;
using printers::layout::Role;
using printers::layout::Sheet;
using printers::layout::Typesetter;
using printers::layout::Weight;

constexpr double kDot_mm = 25.4 / kBandDpi;
constexpr double kModule_mm = 7 * kDot_mm;  // 0.59 mm: 29 modules are 17 mm
constexpr double kQuiet_mm = 4 * kModule_mm;
constexpr double kEnd_mm = 6;  // the clasp and its glue
constexpr double kGap_mm = 1.2;
constexpr double kSign_mm = 15;

constexpr double kName_pt = 44;
constexpr double kNameMin_pt = 8;
constexpr double kNumber_pt = 24;
constexpr double kCase_pt = 16;
constexpr double kHall_pt = 11;
constexpr double kSmallest_pt = 6;

// With a line for each part of a name that a middle dot, in any of its forms, takes apart.
std::string broken_at_dots(const std::string& name) {
    static constexpr std::string_view kDots[] = {"·", "•", "‧", "∙", "⋅", "・", "･"};
    std::string result;
    for (std::size_t at = 0; at < name.size();) {
        std::size_t length = 1;
        for (const std::string_view dot : kDots) {
            if (std::string_view(name).substr(at, dot.size()) == dot) length = dot.size();
        }
        result.append(name, at, length);
        at += length;
        if (length > 1 && at < name.size()) result += '\n';
    }
    return result;
}

// At most so many bytes of it, cut between characters.
std::string cut(const std::string& text, std::size_t bytes_max) {
    std::size_t end = std::min(bytes_max, text.size());
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
        --end;
    }
    return text.substr(0, end);
}

// Draws onto the sheet, which lies: x runs along the band.
class Drawing {
  public:
    Drawing(const Typesetter& typesetter, Sheet& sheet) : typesetter_(typesetter), sheet_(sheet) {}

    void draw(const Band& band) {
        sheet_.width = kBandLength_mm;
        sheet_.height = kBandWidth_mm;
        sheet_.endless = false;
        sheet_.turned = true;
        const QrMark mark =
            printers::layout::encode_qr(band.token, printers::layout::QrLevel::high);
        if (mark.modules == 0 && !band.token.empty()) sheet_.warnings.emplace_back("code_left_out");
        const double side = mark.modules * kModule_mm;
        const double code = mark.modules == 0 ? 0 : side + 2 * kQuiet_mm;
        // A little more than half for the name, which is what is read most.
        const double words = kBandLength_mm - 2 * kEnd_mm - kCodesAlongBand * code;
        const double name = 0.54 * words;
        draw_code(mark, band.token, kEnd_mm, code);
        double x = kEnd_mm + code;
        draw_name(band.name, {x, kBandMargin_mm, name, kHeight});
        draw_code(mark, band.token, x + name, code);
        x += name + code;
        draw_facts(band, {x, kBandMargin_mm, words - name, kHeight});
        draw_code(mark, band.token, kBandLength_mm - kEnd_mm - code, code);
        sheet_.finish();
    }

  private:
    static constexpr double kHeight = kBandWidth_mm - 2 * kBandMargin_mm;

    // Whole dots, so that no module is wider than another.
    static double on_dot(double mm) { return static_cast<int>(mm / kDot_mm) * kDot_mm; }

    void draw_code(const QrMark& mark, const std::string& token, double x, double width) {
        if (mark.modules == 0) return;
        const double side = width - 2 * kQuiet_mm;
        const Box box{on_dot(x + kQuiet_mm), on_dot((kBandWidth_mm - side) / 2), side, side};
        sheet_.mark(Code{mark, box.x, box.y, kModule_mm}, Role::code, token, box);
    }

    struct Fitted {
        LayoutPtr layout;
        double em_pt = 0;
    };

    // `text` in the largest size that fits into `box`.
    Fitted fitted(const std::string& text, double em_max, double em_min, const Box& box) const {
        constexpr double kStep_pt = 0.5;
        for (double em = em_max;; em -= kStep_pt) {
            LayoutPtr layout = typesetter_.set(text, em, Weight::bold, box.width);
            const Box ink = ink_of(layout.get());
            // Ink may stand out of its line a little, but never into the quiet zone of a code.
            const bool fits = ink.height <= box.height && ink.width <= box.width;
            if (fits || em <= em_min) return {std::move(layout), em};
        }
    }

    // With its ink in the middle of the box's height.
    void put(Fitted text, Role role, const Box& box) {
        const Box ink = ink_of(text.layout.get());
        sheet_.put(std::move(text.layout), role, text.em_pt, box.x - ink.x,
                   box.y + std::max(0.0, (box.height - ink.height) / 2));
    }

    void fit(const std::string& text, Role role, double em_max, double em_min, const Box& box) {
        if (!text.empty()) put(fitted(text, em_max, em_min, box), role, box);
    }

    void draw_name(const std::string& given, const Box& box) {
        std::string name = sheet_.clean(given);
        if (name.size() > kBandNameMax) {
            name = cut(name, kBandNameMax) + "…";
            sheet_.shortened = true;
        }
        if (name.empty()) return;
        Fitted whole = fitted(name, kName_pt, kNameMin_pt, box);
        const std::string broken = broken_at_dots(name);
        Fitted at_dots = fitted(broken, kName_pt, kNameMin_pt, box);
        // Two whole parts are read more easily than letters that are a little larger.
        const bool parts = broken != name && at_dots.em_pt >= 0.75 * whole.em_pt;
        put(parts ? std::move(at_dots) : std::move(whole), Role::name, box);
    }

    void draw_facts(const Band& band, Box box) {
        if (band.language_sign) {
            draw_sign({box.x, box.y + (box.height - kSign_mm) / 2, kSign_mm, kSign_mm});
            box.x += kSign_mm + 2;
            box.width -= kSign_mm + 2;
        }
        const double third = (box.height - 2 * kGap_mm) / 3;
        const std::string ticket = sheet_.clean(band.ticket);
        double y = box.y;
        fit(sheet_.clean(band.case_number), Role::ahead, ticket.empty() ? kNumber_pt : kCase_pt,
            kSmallest_pt, {box.x, y, box.width, ticket.empty() ? 2 * third : third});
        y += (ticket.empty() ? 2 * third : third) + kGap_mm;
        if (!ticket.empty()) {
            fit(ticket, Role::number, kNumber_pt, kSmallest_pt, {box.x, y, box.width, third});
            y += third + kGap_mm;
        }
        draw_hall(sheet_.clean(band.hall_name),
                  {box.x, y, box.width, kBandWidth_mm - kBandMargin_mm - y});
    }

    // Whose band it is, is told by its beginning; the rest may go.
    void draw_hall(std::string name, const Box& box) {
        Fitted text = fitted(name, kHall_pt, kSmallest_pt, box);
        while (!name.empty() && ink_of(text.layout.get()).height > box.height) {
            sheet_.shortened = true;
            name = cut(name, name.size() - 1);
            text = fitted(name + "…", kSmallest_pt, kSmallest_pt, box);
        }
        if (!name.empty()) put(std::move(text), Role::hall, box);
    }

    // Somebody who speaks their language is needed; which one is nobody's business.
    void draw_sign(const Box& box) {
        sheet_.mark(printers::layout::Bubble{box}, Role::sign, "", box);
        const double em = box.height * 0.5 / printers::layout::kMmPerPoint;
        LayoutPtr word =
            typesetter_.set(wording::text("paper.band.language"), em, Weight::bold, box.width);
        const Box ink = ink_of(word.get());
        // The frame is the upper 78 % of the bubble, the tail below.
        sheet_.put(std::move(word), Role::sign, em, box.x + (box.width - ink.width) / 2 - ink.x,
                   box.y + (0.78 * box.height - ink.height) / 2);
    }

    const Typesetter& typesetter_;
    Sheet& sheet_;
};

}  // namespace

BandPage::BandPage(const Typesetter& typesetter, const Band& band) : Page(kBandLength_mm) {
    Drawing(typesetter, *sheet_).draw(band);
}

}  // namespace hall::wristband
