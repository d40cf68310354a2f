#include "printers/layout/paper_guide.h"

#include <string>
#include <string_view>
#include <vector>

#include "printers/layout/captions.h"
#include "printers/layout/text_flow.h"

namespace hall::printers::layout {

namespace {

using protocol::CatalogueItem;
using protocol::HallRules;

constexpr double kGuideName_pt = 28;
constexpr double kLine_pt = 20;
constexpr double kBeforeHeading_mm = 3;

// What a piece of the guide is; lines follow each other in this order.
struct Line {
    enum class Kind { heading, item, note, line } kind = Kind::line;
    std::string text;
    std::string label;  // of an item
};

// One idea a line: the guide's own lines, and a new one after every sentence.
std::vector<std::string> ideas_of(std::string_view guide) {
    static constexpr std::string_view kEnds[] = {"。", "；", ";", "\n"};
    std::vector<std::string> ideas;
    std::string idea;
    const auto end_idea = [&] {
        if (idea.find_first_not_of(" \t\r") != std::string::npos) ideas.push_back(idea);
        idea.clear();
    };
    for (std::size_t at = 0; at < guide.size();) {
        std::size_t length = 0;
        for (const std::string_view end : kEnds) {
            if (guide.substr(at, end.size()) == end) length = end.size();
        }
        if (guide[at] != '\n') idea.append(guide, at, length == 0 ? 1 : length);
        at += length == 0 ? 1 : length;
        if (length > 0) end_idea();
    }
    end_idea();
    return ideas;
}

bool to_bring(const HallRules::Material& material) {
    return !material.proved_by_data();
}

void add_materials(std::vector<Line>& lines, const CatalogueItem& item) {
    int order = 0;
    for (const auto& material : item.materials()) {
        if (!to_bring(material)) continue;
        if (order == 0) lines.push_back({Line::Kind::heading, caption_to_bring(), ""});
        lines.push_back({Line::Kind::item, material.name(), std::to_string(++order)});
        // Whom it does not concern shall not look for it at home.
        if (material.conditional() && material.note().empty()) {
            lines.push_back({Line::Kind::note, caption_sometimes(), ""});
        }
        if (!material.note().empty()) lines.push_back({Line::Kind::note, material.note(), ""});
    }
    if (order == 0) lines.push_back({Line::Kind::heading, caption_nothing_to_bring(), ""});
    for (const auto& material : item.materials()) {
        if (to_bring(material)) continue;
        lines.push_back({Line::Kind::line, caption_not_needed(material.name()), ""});
    }
}

void add_when_and_where(std::vector<Line>& lines, const CatalogueItem& item) {
    lines.push_back({Line::Kind::heading, caption_days(item.promised_days()), ""});
    if (item.windows().empty()) return;
    std::string windows;
    for (const auto window : item.windows()) {
        if (!windows.empty()) windows += "、";
        windows += std::to_string(window);
    }
    lines.push_back({Line::Kind::heading, caption_windows(windows), ""});
}

void draw(TextFlow& flow, const Line& line) {
    const std::string text = flow.sheet.clean(line.text);
    switch (line.kind) {
        case Line::Kind::heading:
            flow.y += kBeforeHeading_mm;
            return flow.block(text, Role::body, kItem_pt, Weight::bold);
        case Line::Kind::item:
            return flow.hanging(line.label, text, Role::item, kItem_pt, Weight::bold);
        case Line::Kind::note:
            flow.y = flow.paragraph(text, Role::body, kLine_pt, Weight::regular,
                                    {flow.left() + 8, flow.y, flow.inner() - 8, 0}) +
                     flow.gap();
            return;
        case Line::Kind::line:
            return flow.block(text, Role::body, kLine_pt, Weight::regular);
    }
}

// Whether `line` and, after it, the two lines of the foot still fit on this sheet.
bool has_room(const TextFlow& flow, const Line& line) {
    if (flow.sheet.endless) return true;
    constexpr double kFoot_mm = 38;
    const double indent =
        line.kind == Line::Kind::line || line.kind == Line::Kind::heading ? 0 : 12;
    LayoutPtr set =
        flow.typesetter.set(printable(line.text), kItem_pt, Weight::bold, flow.inner() - indent);
    return ink_of(set.get()).height + flow.gap() + kFoot_mm <= flow.left_mm();
}

}  // namespace

PaperGuide::PaperGuide(const Typesetter& typesetter, const CatalogueItem& item,
                       const std::string& hall_name, Paper paper)
    : Page(printable_width_mm(paper)) {
    TextFlow flow(typesetter, *sheet_, paper);
    flow.head(hall_name, false);
    flow.block(sheet_->clean(item.name()), Role::title, kGuideName_pt, Weight::bold,
               PANGO_ALIGN_CENTER);
    flow.rule();
    std::vector<Line> lines;
    add_materials(lines, item);
    add_when_and_where(lines, item);
    for (std::string& idea : ideas_of(item.guide())) {
        lines.push_back({Line::Kind::line, std::move(idea), ""});
    }
    std::size_t drawn = 0;
    while (drawn < lines.size() && has_room(flow, lines[drawn])) draw(flow, lines[drawn++]);
    std::vector<std::string> foot = {caption_phone()};
    if (drawn < lines.size()) {
        sheet_->warnings.push_back("lines_left_out:" + std::to_string(lines.size() - drawn));
        foot.insert(foot.begin(), caption_ask_for_more());
    }
    flow.foot(foot);
}

}  // namespace hall::printers::layout
