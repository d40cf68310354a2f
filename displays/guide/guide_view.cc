#include "displays/guide/guide_view.h"

#include "displays/console/key_button.h"
#include "wording/wording.h"

namespace hall::guide {

Wish draw_guide(kit::Ui& ui, const GuidePicture& picture) {
    const std::string title =
        wording::text("guide.title") + (picture.place.empty() ? "" : " " + picture.place);
    const kit::Box area = console::bar(ui, {.title = title,
                                            .facts = {picture.phase, picture.waiting},
                                            .states = picture.states,
                                            .right = picture.clock});
    const GuideLayout layout = guide_layout(area, ui.scaled(1));
    Wish wish;
    const auto keep = [&](const Wish& one) {
        if (one) wish = one;
    };
    keep(view_form(ui, picture, layout));
    keep(view_card(ui, picture, layout));
    keep(view_tools(ui, picture, layout));
    if (layout.shape == Shape::wide) {
        keep(view_list(ui, picture, layout.list));
    } else if (picture.list.open) {
        keep(view_list_dialog(ui, picture));
    }
    if (picture.entry.open) keep(view_entry(ui, picture.entry));
    return wish;
}

}  // namespace hall::guide
