#include "printers/layout/case_pages.h"

#include <string>

#include "printers/layout/captions.h"
#include "printers/layout/text_flow.h"

namespace hall::printers::layout {

namespace {

constexpr double kNote_pt = 18;
constexpr double kFormTitle_pt = 30;
constexpr double kFormName_pt = 26;
constexpr double kField_mm = 110;
constexpr double kAfterField_mm = 2;  // what is written hangs a little below its line
constexpr double kSignature_mm = 100;
constexpr double kDate_mm = 70;

// What it is, below its name and as far in.
void draw_note(TextFlow& flow, const std::string& note, double indent) {
    if (note.empty()) return;
    flow.room(kNote_pt * kMmPerPoint);
    flow.y = flow.paragraph(flow.sheet.clean(note), Role::body, kNote_pt, Weight::regular,
                            {flow.left() + indent, flow.y, flow.inner() - indent, 0}) +
             flow.gap();
}

void draw_missing(TextFlow& flow, const std::vector<MaterialLine>& missing) {
    flow.block(caption_bring(), Role::body, kBody_pt, Weight::regular);
    for (std::size_t i = 0; i < missing.size(); ++i) {
        const std::string order = missing.size() > 1 ? std::to_string(i + 1) : "";
        flow.hanging(order, flow.sheet.clean(missing[i].name), Role::item, kItem_pt, Weight::bold);
        draw_note(flow, missing[i].note, order.empty() ? 0 : 8);
    }
}

// "名称: value" with the value large.
void draw_field(TextFlow& flow, const std::string& caption, const std::string& value, Role role,
                double em_pt) {
    if (value.empty()) return;
    LayoutPtr before = flow.typesetter.set(caption, kBody_pt, Weight::regular, flow.inner());
    const Box ink = ink_of(before.get());
    const double indent = ink.right() + 4;
    if (flow.inner() - indent < 60) {  // a roll: the value below its caption
        flow.block(caption, Role::body, kBody_pt, Weight::regular);
        flow.block(flow.sheet.clean(value), role, em_pt, Weight::bold);
        return;
    }
    const double em_mm = em_pt * kMmPerPoint;
    flow.room(2 * em_mm);
    flow.sheet.put(std::move(before), Role::body, kBody_pt, flow.left(),
                   flow.y + (em_mm - ink.height) / 2);
    flow.y = flow.paragraph(flow.sheet.clean(value), role, em_pt, Weight::bold,
                            {flow.left() + indent, flow.y, flow.inner() - indent, 0}) +
             flow.gap() + 1;
}

// What nobody knows yet is written by hand.
void draw_field_or_line(TextFlow& flow, const std::string& caption, const std::string& value,
                        Role role, double em_pt) {
    if (!value.empty()) return draw_field(flow, caption, value, role, em_pt);
    flow.line_to_write_on(caption, kBody_pt, kField_mm);
    flow.y += kAfterField_mm;
}

void draw_materials(TextFlow& flow, const std::vector<MaterialLine>& materials) {
    if (materials.empty()) return;
    flow.rule();
    flow.block(caption_materials(), Role::body, kBody_pt, Weight::regular);
    for (const MaterialLine& material : materials) {
        const auto box = material.received ? TextFlow::BoxState::ticked : TextFlow::BoxState::empty;
        flow.boxed(box, flow.sheet.clean(material.name), Role::item, kBody_pt + 2, Weight::bold);
        draw_note(flow, material.note, 11);
    }
}

// Kept together, so that nobody signs a sheet with nothing on it but a line.
void draw_signatures(TextFlow& flow, const FormSheet& form) {
    const bool proxy = !form.proxy.empty();
    flow.room(proxy ? 85 : 65);
    flow.rule();
    flow.block(caption_declaration(), Role::body, kBody_pt, Weight::regular);
    if (form.own_wish) {
        flow.block(caption_own_wish(), Role::body, kBody_pt, Weight::bold);
    }
    flow.line_to_write_on(caption_signature(), kBody_pt, kSignature_mm);
    if (proxy) flow.line_to_write_on(caption_proxy_signature(), kBody_pt, kSignature_mm);
    flow.line_to_write_on(caption_date(), kBody_pt, kDate_mm);
}

}  // namespace

NoticePage::NoticePage(const Typesetter& typesetter, const NoticeSlip& slip, Paper paper)
    : Page(printable_width_mm(paper)) {
    TextFlow flow(typesetter, *sheet_, paper);
    flow.head(slip.hall_name, slip.reprint);
    flow.block(caption_notice(), Role::title, kTitle_pt, Weight::bold, PANGO_ALIGN_CENTER);
    flow.block(sheet_->clean(slip.case_number), Role::ahead, kPromise_pt, Weight::bold,
               PANGO_ALIGN_CENTER);
    flow.rule();
    flow.block(caption_services(), Role::body, kBody_pt, Weight::regular);
    flow.block(sheet_->clean(slip.service), Role::service, kService_pt, Weight::bold);
    flow.rule();
    draw_missing(flow, slip.missing);
    flow.rule();
    if (slip.day.empty()) {
        flow.block(caption_come_any_day(), Role::body, kPromise_pt, Weight::bold);
    } else {
        flow.block(caption_come_on(), Role::body, kBody_pt, Weight::regular);
        flow.day(sheet_->clean(slip.day), sheet_->clean(slip.weekday));
    }
    if (!slip.code.empty()) {
        flow.code_with(slip.code, [&](double, double, double top, PangoAlignment) { return top; });
    }
    flow.foot(slip.footer);
}

FormPage::FormPage(const Typesetter& typesetter, const FormSheet& form, Paper paper)
    : Page(printable_width_mm(paper)) {
    TextFlow flow(typesetter, *sheet_, paper);
    flow.head(form.hall_name, form.reprint);
    flow.block(caption_form(), Role::title, kFormTitle_pt, Weight::bold, PANGO_ALIGN_CENTER);
    flow.y += 2;
    draw_field(flow, caption_services(), form.service, Role::service, kService_pt);
    draw_field(flow, caption_case_number(), form.case_number, Role::ahead, kPromise_pt);
    draw_field_or_line(flow, caption_name(), form.name, Role::name, kFormName_pt);
    draw_field_or_line(flow, caption_identity(), form.identity, Role::name, kPromise_pt);
    draw_field_or_line(flow, caption_phone_number(), form.phone, Role::name, kPromise_pt);
    draw_field(flow, caption_proxy(), form.proxy, Role::item, kPromise_pt);
    if (!form.proxy.empty()) {
        draw_field_or_line(flow, caption_relation(), form.relation, Role::item, kPromise_pt);
    }
    draw_materials(flow, form.materials);
    draw_signatures(flow, form);
    flow.finish();
}

}  // namespace hall::printers::layout
