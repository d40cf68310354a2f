#include "displays/kit/picture.h"

#include <GL/gl.h>
#include <cairo.h>
#include <fmt/format.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <cstdio>
#include <cstring>
#include <fstream>

#include "protocol/check.h"

namespace hall::kit {
namespace {

using google::protobuf::Struct;
using google::protobuf::Value;

Error not_written(const std::string& path) {
    return Error{"file_not_written",
                 fmt::format("cannot write {}: {}; check the folder and its rights", path,
                             std::strerror(errno))};
}

void put(Struct& object, const char* name, double number) {
    (*object.mutable_fields())[name].set_number_value(number);
}

void put(Struct& object, const char* name, const std::string& string) {
    (*object.mutable_fields())[name].set_string_value(string);
}

void put_flag(Struct& object, const char* name, bool flag) {
    (*object.mutable_fields())[name].set_bool_value(flag);
}

void put(Struct& object, const Box& box) {
    put(object, "x", box.x);
    put(object, "y", box.y);
    put(object, "width", box.w);
    put(object, "height", box.h);
}

}  // namespace

Rgb Picture::at(int x, int y) const {
    HALL_CHECK(x >= 0 && y >= 0 && x < width && y < height);
    const std::uint8_t* pixel = pixels.data() + (static_cast<std::size_t>(y) * width + x) * 4;
    return Rgb{pixel[2], pixel[1], pixel[0]};
}

Picture read_picture(int width, int height) {
    Picture out;
    out.width = width;
    out.height = height;
    const std::size_t row = static_cast<std::size_t>(width) * 4;
    std::vector<std::uint8_t> upside_down(row * height);
    glPixelStorei(GL_PACK_ALIGNMENT, 4);
    glReadPixels(0, 0, width, height, GL_BGRA, GL_UNSIGNED_BYTE, upside_down.data());
    out.pixels.resize(upside_down.size());
    for (int y = 0; y < height; ++y) {
        std::memcpy(out.pixels.data() + y * row, upside_down.data() + (height - 1 - y) * row, row);
    }
    return out;
}

tl::expected<void, Error> write_png(const Picture& picture, const std::string& path) {
    const std::string fresh = path + ".new";
    Picture copy = picture;  // cairo takes pixels it may change
    cairo_surface_t* surface = cairo_image_surface_create_for_data(
        copy.pixels.data(), CAIRO_FORMAT_RGB24, copy.width, copy.height, copy.width * 4);
    const cairo_status_t status = cairo_surface_write_to_png(surface, fresh.c_str());
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS || std::rename(fresh.c_str(), path.c_str()) != 0) {
        return tl::unexpected(not_written(path));
    }
    return {};
}

tl::expected<void, Error> write_file(const std::string& content, const std::string& path) {
    const std::string fresh = path + ".new";
    std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
    file << content;
    file.close();
    if (!file || std::rename(fresh.c_str(), path.c_str()) != 0) {
        return tl::unexpected(not_written(path));
    }
    return {};
}

std::string to_json(const Drawn& drawn) {
    Struct root;
    put(root, "width", drawn.width);
    put(root, "height", drawn.height);
    auto* texts = (*root.mutable_fields())["texts"].mutable_list_value();
    for (const DrawnText& text : drawn.texts) {
        Struct& object = *texts->add_values()->mutable_struct_value();
        put(object, "string", text.string);
        put(object, "role", text.role);
        put(object, text.ink);
        put(object, "hanzi_px", text.hanzi_px);
        put(object, "digit_px", text.digit_px);
        put(object, "colour", hex(text.colour));
        put(object, "ground", hex(text.ground));
        put(object, "contrast", text.contrast);
        put_flag(object, "elided", text.elided);
    }
    auto* targets = (*root.mutable_fields())["targets"].mutable_list_value();
    for (const DrawnTarget& target : drawn.targets) {
        Struct& object = *targets->add_values()->mutable_struct_value();
        put(object, "id", target.id);
        put(object, target.box);
        put_flag(object, "enabled", target.enabled);
        put_flag(object, "focused", target.focused);
    }
    google::protobuf::util::JsonPrintOptions options;
    options.add_whitespace = true;
    std::string json;
    const auto status = google::protobuf::util::MessageToJsonString(root, &json, options);
    HALL_CHECK(status.ok());
    return json;
}

}  // namespace hall::kit
