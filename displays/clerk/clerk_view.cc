#include "displays/clerk/clerk_view.h"

#include <utility>

#include "displays/clerk/rating_view.h"
#include "displays/console/alarm_view.h"
#include "displays/console/dialog.h"
#include "displays/console/key_button.h"
#include "displays/console/sign_on_view.h"

namespace hall::clerk {
namespace {

Wish view_window(kit::Ui& ui, const ClerkPicture& picture, const kit::Box& area) {
    const ClerkLayout layout =
        clerk_layout(area, ui.scaled(1),
                     {static_cast<int>(picture.away.size()), !picture.cases.cards.empty(),
                      !picture.message.word.empty()});
    Wish wish;
    const auto keep = [&](const Wish& one) {
        if (one) wish = one;
    };
    view_current(ui, picture.current, layout.current);
    keep(view_steps(ui, picture, layout));
    console::view_message(ui, picture.message, layout.message, kit::kConsoleColours.ground);
    if (layout.shape == Shape::wide) {
        view_offer(ui, picture.offer, layout.offer);
        if (!picture.cases.cards.empty()) keep(view_card(ui, picture, layout.card));
        view_waiting(ui, picture, layout.waiting);
        if (!picture.away.empty()) keep(view_away(ui, picture, layout.away));
        return wish;
    }
    // One line for the offer; its sentence stands where messages do, while there is none.
    OfferPicture offer = picture.offer;
    const std::string sentence = std::exchange(offer.sentence, {});
    if (layout.offer.h > 0) view_offer(ui, offer, layout.offer);
    if (picture.message.word.empty() && layout.message.h > 0) {
        view_sentence(ui, sentence, layout.message, kit::kConsoleColours.ground);
    }
    keep(view_tools(ui, picture, layout.tools));
    return wish;
}

// The page that is open. The alarm is drawn over it.
Wish view_page(kit::Ui& ui, const ClerkPicture& picture, const kit::Box& area) {
    if (picture.rating.page != RatingPage::nothing) {
        if (const auto act = draw_rating(ui, picture.rating, area)) return *act;
        return std::nullopt;
    }
    if (!picture.cases.open) return view_window(ui, picture, area);
    const bool wide = clerk_layout(area, ui.scaled(1), {}).shape == Shape::wide;
    return view_case_page(ui, picture, area, wide);
}

enum class Opened { nothing, sign_on, window_dialog, case_dialog };

// Which dialog lies over the page: a dialog of the alarm and the visitor's page have none.
Opened opened(const ClerkPicture& picture) {
    if (picture.alarm.dialog != console::AlarmDialog::none ||
        picture.rating.page != RatingPage::nothing) {
        return Opened::nothing;
    }
    if (picture.sign_on.open) return Opened::sign_on;
    if (picture.cases.open && picture.cases.dialog != CaseDialog::none) return Opened::case_dialog;
    return picture.dialog == Dialog::none ? Opened::nothing : Opened::window_dialog;
}

}  // namespace

Wish draw_clerk(kit::Ui& ui, const ClerkPicture& picture) {
    // Where it is narrow, how the link and the window stand comes before the day's count.
    const bool narrow = clerk_layout(ui.canvas().area(), ui.scaled(1), {}).shape == Shape::compact;
    const bool today = !narrow && !picture.today.empty();
    const std::string right = (today ? picture.today + "   " : "") + picture.clock;
    const Opened dialog = opened(picture);
    console::SignOnPicture sign_on = picture.sign_on;
    sign_on.open = dialog == Opened::sign_on;
    // The page that is turned to the visitor leads to nothing of the clerk's.
    sign_on.shown = sign_on.shown && picture.rating.page == RatingPage::nothing;
    const kit::Box below = console::bar(
        ui, {.title = picture.window,
             .facts = picture.facts,
             .states = picture.states,
             .right = right,
             .right_room = console::raise_width(ui) + console::sign_on_width(ui, sign_on)});
    const float alarm = console::alarm_height(ui, picture.alarm);
    const kit::Box area{below.x, below.y + alarm, below.w, below.h - alarm};
    Wish wish = view_page(ui, picture, area);
    if (dialog == Opened::window_dialog) wish = view_dialog(ui, picture, area);
    if (dialog == Opened::case_dialog) wish = view_case_dialog(ui, picture, area);
    if (const auto act = console::draw_sign_on(ui, sign_on, below.y, area)) wish = *act;
    if (const auto act = console::draw_alarm(ui, picture.alarm, below)) wish = *act;
    if (dialog != Opened::nothing) ui.end_dialog();
    return wish;
}

}  // namespace hall::clerk
