// What a clerk writes into a choice: why not approved and what can be done, to which office, why a
// notice is given a second time.
#include <algorithm>

#include "displays/clerk/clerk_view.h"
#include "displays/console/dialog.h"
#include "displays/console/key_button.h"
#include "wording/wording.h"

namespace hall::clerk {
namespace {

using kit::Box;
using kit::kUnitPx;
using wording::text;

// As the hall takes a note.
constexpr std::size_t kNoteBytesMax = 600;
constexpr std::size_t kOfficeBytesMax = 120;

struct Field {
    CaseField field = CaseField::note;
    const char* id = "";
    std::string caption = {};
    std::string_view text = {};
    std::size_t bytes_max = kNoteBytesMax;
};

std::vector<Field> fields_of(const CasePicture& cases) {
    switch (cases.dialog) {
        case CaseDialog::not_approved:
            return {{CaseField::note, "case.note", text("clerk.case.reason"), cases.note},
                    {CaseField::remedy, "case.remedy", text("clerk.case.remedy"), cases.remedy}};
        case CaseDialog::referred:
            return {{CaseField::office, "case.office", text("clerk.case.office"), cases.office,
                     kOfficeBytesMax}};
        case CaseDialog::second_notice:
            return {{CaseField::note, "case.note", text("clerk.notice.reason"), cases.note}};
        case CaseDialog::none:
        case CaseDialog::notice:
        case CaseDialog::result:
        case CaseDialog::approve:
        case CaseDialog::tell:
        case CaseDialog::understood:
        case CaseDialog::hand_over:
            return {};
    }
    return {};
}

Wish view_fields(kit::Ui& ui, const CasePicture& cases, const Box& box) {
    Wish wish;
    const auto fields = fields_of(cases);
    const float height = kit::text_field_heights(ui.scaled(1)).all();
    float y = box.y;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const Field& field = fields[i];
        if (auto written = ui.text_field({.id = field.id,
                                          .box = {box.x, y, box.w, height},
                                          .caption = field.caption,
                                          .text = field.text,
                                          .bytes_max = field.bytes_max,
                                          .first = i == 0,
                                          .last = i + 1 == fields.size()})) {
            wish = CaseWriting{field.field, std::move(*written)};
        }
        y += height;
    }
    return wish;
}

}  // namespace

Wish view_case_form(kit::Ui& ui, const ClerkPicture& picture, const Box& area) {
    const CasePicture& cases = picture.cases;
    const float fields =
        static_cast<float>(fields_of(cases).size()) * kit::text_field_heights(ui.scaled(1)).all();
    const float send = console::button_height(ui);
    const console::Frame frame =
        console::begin_frame(ui, {.title = cases.dialog_title,
                                  .message = picture.message,
                                  .width = ui.scaled(860),
                                  .content_height = fields + send + kUnitPx,
                                  .area = area});
    Wish wish;
    if (frame.closed) wish = CaseAct{CaseDo::dismiss};
    const Box& inner = frame.inner;
    if (const Wish written = view_fields(ui, cases, inner)) wish = written;
    if (console::key_button(ui, {.id = "form.send",
                                 .box = {inner.x, inner.bottom() - send, inner.w, send},
                                 .label = cases.form_send,
                                 .key_name = "Enter",
                                 .key = kit::Key::enter,
                                 .kind = kit::ButtonKind::primary,
                                 .disabled = picture.busy.empty() ? cases.form_off : picture.busy,
                                 .size = kit::Size::body})) {
        wish = CaseAct{CaseDo::send_form};
    }
    return wish;
}

}  // namespace hall::clerk
