#include "displays/board/board_report.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include "displays/board/board_view.h"
#include "protocol/check.h"

namespace hall::board {
namespace {

using google::protobuf::Struct;

void put(Struct& object, const char* name, double number) {
    (*object.mutable_fields())[name].set_number_value(number);
}

void put(Struct& object, const char* name, const std::string& string) {
    (*object.mutable_fields())[name].set_string_value(string);
}

Struct glyph(double px, bool hanzi, const std::string& role, const ScreenSize& screen) {
    Struct out;
    const double mm = px * screen.mm_per_px();
    put(out, "px", px);
    put(out, "mm", mm);
    put(out, "arc_minutes", arc_minutes(mm, screen.distance_m));
    for (const Tier tier : {Tier::a, Tier::b, Tier::c}) {
        if (role == role_of(tier)) put(out, "least_arc_minutes", least_arc_minutes(tier, hanzi));
    }
    return out;
}

void fill(Struct& out, const kit::DrawnText& text, const ScreenSize& screen) {
    const double mm_per_px = screen.mm_per_px();
    put(out, "string", text.string);
    put(out, "tier", text.role);
    put(out, "x_px", text.ink.x);
    put(out, "y_px", text.ink.y);
    put(out, "width_px", text.ink.w);
    put(out, "height_px", text.ink.h);
    put(out, "width_mm", text.ink.w * mm_per_px);
    put(out, "height_mm", text.ink.h * mm_per_px);
    auto& glyphs = *(*out.mutable_fields())["glyphs"].mutable_struct_value();
    if (text.has_hanzi) {
        *(*glyphs.mutable_fields())["hanzi"].mutable_struct_value() =
            glyph(text.hanzi_px, true, text.role, screen);
    }
    if (text.has_latin) {
        *(*glyphs.mutable_fields())["digit"].mutable_struct_value() =
            glyph(text.digit_px, false, text.role, screen);
    }
    put(out, "colour", kit::hex(text.colour));
    put(out, "ground", kit::hex(text.ground));
    put(out, "contrast", text.contrast);
    (*out.mutable_fields())["elided"].set_bool_value(text.elided);
}

}  // namespace

std::string report(const kit::Drawn& drawn, const ScreenSize& screen) {
    Struct root;
    Struct& size = *(*root.mutable_fields())["screen"].mutable_struct_value();
    put(size, "diagonal_in", screen.diagonal_in);
    put(size, "width_px", drawn.width);
    put(size, "height_px", drawn.height);
    put(size, "distance_m", screen.distance_m);
    put(size, "mm_per_px", screen.mm_per_px());
    auto* texts = (*root.mutable_fields())["texts"].mutable_list_value();
    for (const kit::DrawnText& text : drawn.texts) {
        fill(*texts->add_values()->mutable_struct_value(), text, screen);
    }
    google::protobuf::util::JsonPrintOptions options;
    options.add_whitespace = true;
    std::string json;
    HALL_CHECK(google::protobuf::util::MessageToJsonString(root, &json, options).ok());
    return json;
}

}  // namespace hall::board
