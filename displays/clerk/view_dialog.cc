// One choice with digits: where to transfer, why to pause, who is back; or the waiting list.
#include <algorithm>

#include "displays/clerk/clerk_view.h"
#include "displays/console/dialog.h"
#include "wording/wording.h"

namespace hall::clerk {
namespace {

using kit::Box;
using wording::text;

Do act_of(Dialog dialog) {
    switch (dialog) {
        case Dialog::transfer:
            return Do::transfer;
        case Dialog::pause:
            return Do::pause;
        case Dialog::come_back:
            return Do::come_back;
        case Dialog::none:
        case Dialog::waiting:
            return Do::dismiss;
    }
    return Do::dismiss;
}

}  // namespace

Wish view_dialog(kit::Ui& ui, const ClerkPicture& picture, const Box& area) {
    const bool list = picture.dialog == Dialog::waiting;
    const auto rows = static_cast<float>(std::max<std::size_t>(1, picture.options.size()));
    const console::Frame frame = console::begin_frame(
        ui, {.title = picture.dialog_title,
             .width = ui.scaled(list ? 640 : 760),
             .content_height = list ? area.h : rows * console::choice_height(ui),
             .area = area});
    Wish wish;
    if (frame.closed) wish = Act{Do::dismiss};
    if (list) {
        view_waiting(ui, picture, frame.inner);
        return wish;
    }
    const std::string id = "options." + std::to_string(static_cast<int>(picture.dialog));
    if (const auto value = console::choose(ui,
                                           {.id = id,
                                            .box = frame.inner,
                                            .empty = text("clerk.away.none"),
                                            .disabled = picture.busy},
                                           picture.options)) {
        wish = Act{act_of(picture.dialog), *value};
    }
    return wish;
}

}  // namespace hall::clerk
