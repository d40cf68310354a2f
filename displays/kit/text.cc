#include "displays/kit/text.h"

#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>
#include <imgui.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <list>
#include <unordered_map>
#include <utility>
#include <vector>

#include "protocol/check.h"

namespace hall::kit {
namespace {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using GPtr = std::unique_ptr<T, Unref>;

constexpr double kProbeEm = 1000.0;
// A pixel counts as ink from this alpha on: fainter ones are the soft edge of a stroke.
constexpr unsigned char kInkAlphaMin = 64;

float px(int pango_units) {
    return static_cast<float>(pango_units) / PANGO_SCALE;
}

// Heights of 国 and 8 as shares of the em, measured in the font really used.
struct Shares {
    double hanzi_top = 0;
    double hanzi_bottom = 0;
    double digit_top = 0;
    double digit_bottom = 0;
    double line = 0;
};

struct Entry {
    std::string key;
    Measured measured;   // ink from the outlines
    float baseline = 0;  // of the first line below the layout's top
    Box texture_box;     // of the bitmap, relative to (x, baseline)
    Box texture_ink;     // of the pixels set, relative to (x, baseline)
    GLuint texture = 0;
    std::size_t bytes = 0;
};

struct Bitmap {
    int width = 0;
    int height = 0;
    int stride = 0;
    std::vector<unsigned char> alpha;
};

Box ink_of(const Bitmap& bitmap) {
    int left = bitmap.width;
    int right = -1;
    int top = bitmap.height;
    int bottom = -1;
    for (int y = 0; y < bitmap.height; ++y) {
        const unsigned char* row =
            bitmap.alpha.data() + static_cast<std::size_t>(y) * bitmap.stride;
        for (int x = 0; x < bitmap.width; ++x) {
            if (row[x] < kInkAlphaMin) continue;
            left = std::min(left, x);
            right = std::max(right, x);
            top = std::min(top, y);
            bottom = std::max(bottom, y);
        }
    }
    if (right < 0) return Box{};
    return Box{static_cast<float>(left), static_cast<float>(top),
               static_cast<float>(right - left + 1), static_cast<float>(bottom - top + 1)};
}

GLuint upload(const Bitmap& bitmap) {
    GLuint texture = 0;
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    // One byte a pixel: the alpha; the colour comes with the vertices.
    const GLint swizzle[] = {GL_ONE, GL_ONE, GL_ONE, GL_RED};
    glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, swizzle);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, bitmap.stride);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, bitmap.width, bitmap.height, 0, GL_RED, GL_UNSIGNED_BYTE,
                 bitmap.alpha.data());
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    return texture;
}

std::string cleaned(std::string_view string) {
    if (string.size() > Text::kStringBytesMax) {
        std::size_t end = Text::kStringBytesMax;
        while (end > 0 && (static_cast<unsigned char>(string[end]) & 0xC0U) == 0x80U) --end;
        string = string.substr(0, end);
    }
    gchar* valid = g_utf8_make_valid(string.data(), static_cast<gssize>(string.size()));
    std::string out(valid);
    g_free(valid);
    return out;
}

}  // namespace

Box Box::inset(float margin) const {
    return Box{x + margin, y + margin, std::max(0.0F, w - 2 * margin),
               std::max(0.0F, h - 2 * margin)};
}

bool Box::contains(float px_x, float px_y) const {
    return px_x >= x && px_x < right() && px_y >= y && px_y < bottom();
}

bool Box::overlaps(const Box& other) const {
    return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
}

struct Text::Impl {
    std::string family;
    GPtr<PangoFontMap> font_map;
    GPtr<PangoContext> context;
    Shares regular;
    Shares bold;
    std::list<Entry> entries;  // the latest used first
    std::unordered_map<std::string, std::list<Entry>::iterator> by_key;
    std::size_t bytes = 0;

    explicit Impl(std::string name) : family(std::move(name)) {
        font_map.reset(pango_cairo_font_map_new());
        // So that sizes are px, not points.
        pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(font_map.get()), 72.0);
        context.reset(pango_font_map_create_context(font_map.get()));
        pango_context_set_language(context.get(), pango_language_from_string("zh-CN"));
        pango_context_set_round_glyph_positions(context.get(), FALSE);
        // Hinting would move the edges that are measured.
        cairo_font_options_t* options = cairo_font_options_create();
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(context.get(), options);
        cairo_font_options_destroy(options);
        regular = probe(Weight::regular);
        bold = probe(Weight::bold);
    }

    GPtr<PangoLayout> layout(const std::string& string, double em, Weight weight) const {
        GPtr<PangoLayout> out(pango_layout_new(context.get()));
        PangoFontDescription* font = pango_font_description_new();
        pango_font_description_set_family(font, family.c_str());
        pango_font_description_set_weight(
            font, weight == Weight::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_absolute_size(font, em * PANGO_SCALE);
        pango_layout_set_font_description(out.get(), font);
        pango_font_description_free(font);
        pango_layout_set_text(out.get(), string.c_str(), static_cast<int>(string.size()));
        return out;
    }

    Shares probe(Weight weight) const {
        Shares shares;
        PangoRectangle ink;
        PangoRectangle logical;
        auto hanzi = layout("国", kProbeEm, weight);
        pango_layout_get_extents(hanzi.get(), &ink, &logical);
        const int baseline = pango_layout_get_baseline(hanzi.get());
        shares.hanzi_top = px(ink.y - baseline) / kProbeEm;
        shares.hanzi_bottom = px(ink.y + ink.height - baseline) / kProbeEm;
        shares.line = px(logical.height) / kProbeEm;
        // H is the smaller of H and 8, so a size that holds for it holds for every digit.
        auto digit = layout("H", kProbeEm, weight);
        pango_layout_get_extents(digit.get(), &ink, &logical);
        const int digit_baseline = pango_layout_get_baseline(digit.get());
        shares.digit_top = px(ink.y - digit_baseline) / kProbeEm;
        shares.digit_bottom = px(ink.y + ink.height - digit_baseline) / kProbeEm;
        return shares;
    }

    const Shares& shares(Weight weight) const { return weight == Weight::bold ? bold : regular; }

    double em(const TextStyle& style) const {
        const Shares& s = shares(style.weight);
        const double share = style.reference == Reference::hanzi ? s.hanzi_bottom - s.hanzi_top
                                                                 : s.digit_bottom - s.digit_top;
        HALL_CHECK(share > 0.1);
        return style.height / share;
    }

    Entry& entry(std::string_view string, const TextStyle& style, const TextBlock& block);
    GPtr<PangoLayout> layout_of(const std::string& string, const TextStyle& style,
                                const TextBlock& block) const;
    void rasterise(Entry& entry, std::string_view string, const TextStyle& style,
                   const TextBlock& block);
    void drop(std::list<Entry>::iterator it);
};

GPtr<PangoLayout> Text::Impl::layout_of(const std::string& string, const TextStyle& style,
                                        const TextBlock& block) const {
    auto out = layout(string, em(style), style.weight);
    const bool wraps = block.fit == Fit::wrap;
    float width = kWidthMaxPx;
    if (block.fit != Fit::one_line) width = std::clamp(block.width, 1.0F, kWidthMaxPx);
    // Without a need for it, a width would make the layout's box that wide.
    PangoRectangle logical;
    pango_layout_get_extents(out.get(), nullptr, &logical);
    pango_layout_set_single_paragraph_mode(out.get(), wraps ? FALSE : TRUE);
    if (wraps || px(logical.width) > width) {
        pango_layout_set_width(out.get(), static_cast<int>(std::ceil(width * PANGO_SCALE)));
        pango_layout_set_ellipsize(out.get(), PANGO_ELLIPSIZE_END);
        pango_layout_set_height(out.get(), wraps ? -std::max(1, block.lines_max) : -1);
        pango_layout_set_wrap(out.get(), PANGO_WRAP_WORD_CHAR);
    }
    switch (block.align) {
        case Align::left:
            break;
        case Align::centre:
            pango_layout_set_alignment(out.get(), PANGO_ALIGN_CENTER);
            break;
        case Align::right:
            pango_layout_set_alignment(out.get(), PANGO_ALIGN_RIGHT);
            break;
    }
    return out;
}

Entry& Text::Impl::entry(std::string_view string, const TextStyle& style, const TextBlock& block) {
    std::string key;
    key.reserve(string.size() + 40);
    const auto add = [&key](int number) { key.append(std::to_string(number)).push_back('|'); };
    add(static_cast<int>(std::lround(style.height * 16)));
    add(static_cast<int>(style.reference));
    add(static_cast<int>(style.weight));
    add(static_cast<int>(block.fit));
    add(block.fit == Fit::one_line ? 0 : static_cast<int>(std::lround(block.width * 4)));
    add(block.lines_max);
    add(static_cast<int>(block.align));
    key.append(string.substr(0, kStringBytesMax));
    if (const auto found = by_key.find(key); found != by_key.end()) {
        entries.splice(entries.begin(), entries, found->second);
        return entries.front();
    }
    auto shaped = layout_of(cleaned(string), style, block);
    PangoRectangle ink;
    PangoRectangle logical;
    pango_layout_get_extents(shaped.get(), &ink, &logical);
    Entry made;
    made.baseline = px(pango_layout_get_baseline(shaped.get()));
    made.measured.ink = Box{px(ink.x), px(ink.y) - made.baseline, px(ink.width), px(ink.height)};
    made.measured.advance = px(logical.x + logical.width);
    made.measured.lines = pango_layout_get_line_count(shaped.get());
    made.measured.elided = pango_layout_is_ellipsized(shaped.get()) != FALSE;
    made.key = key;
    made.bytes = sizeof(Entry) + 2 * key.size();
    bytes += made.bytes;
    entries.push_front(std::move(made));
    by_key.emplace(std::move(key), entries.begin());
    return entries.front();
}

void Text::Impl::rasterise(Entry& entry, std::string_view string, const TextStyle& style,
                           const TextBlock& block) {
    const Box& ink = entry.measured.ink;
    if (ink.w <= 0 || ink.h <= 0) return;
    const int left = static_cast<int>(std::floor(ink.x)) - 1;
    const int top = static_cast<int>(std::floor(ink.y)) - 1;
    Bitmap bitmap;
    bitmap.width = static_cast<int>(std::ceil(ink.right())) + 1 - left;
    bitmap.height = static_cast<int>(std::ceil(ink.bottom())) + 1 - top;
    bitmap.stride = cairo_format_stride_for_width(CAIRO_FORMAT_A8, bitmap.width);
    bitmap.alpha.resize(static_cast<std::size_t>(bitmap.stride) * bitmap.height);
    cairo_surface_t* surface = cairo_image_surface_create_for_data(
        bitmap.alpha.data(), CAIRO_FORMAT_A8, bitmap.width, bitmap.height, bitmap.stride);
    cairo_t* cairo = cairo_create(surface);
    cairo_translate(cairo, -left, -static_cast<double>(top) - entry.baseline);
    auto shaped = layout_of(cleaned(string), style, block);
    pango_cairo_show_layout(cairo, shaped.get());
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    cairo_surface_destroy(surface);

    entry.texture_box = Box{static_cast<float>(left), static_cast<float>(top),
                            static_cast<float>(bitmap.width), static_cast<float>(bitmap.height)};
    entry.texture_ink = ink_of(bitmap);
    entry.texture_ink.x += static_cast<float>(left);
    entry.texture_ink.y += static_cast<float>(top);
    entry.texture = upload(bitmap);
    const std::size_t texture_bytes = static_cast<std::size_t>(bitmap.width) * bitmap.height;
    entry.bytes += texture_bytes;
    bytes += texture_bytes;
}

void Text::Impl::drop(std::list<Entry>::iterator it) {
    if (it->texture != 0) glDeleteTextures(1, &it->texture);
    bytes -= it->bytes;
    by_key.erase(it->key);
    entries.erase(it);
}

Text::Text(std::string family) : impl_(std::make_unique<Impl>(std::move(family))) {}

Text::~Text() {
    while (!impl_->entries.empty()) impl_->drop(impl_->entries.begin());
}

TextMetrics Text::metrics(const TextStyle& style) const {
    const Shares& s = impl_->shares(style.weight);
    const double em = impl_->em(style);
    TextMetrics out;
    out.em = static_cast<float>(em);
    out.hanzi_top = static_cast<float>(s.hanzi_top * em);
    out.hanzi_bottom = static_cast<float>(s.hanzi_bottom * em);
    out.digit_top = static_cast<float>(s.digit_top * em);
    out.digit_bottom = static_cast<float>(s.digit_bottom * em);
    out.line_pitch = static_cast<float>(s.line * em);
    return out;
}

Measured Text::measure(std::string_view string, const TextStyle& style, const TextBlock& block) {
    return impl_->entry(string, style, block).measured;
}

Measured Text::draw(ImDrawList& list, std::string_view string, const TextStyle& style, float x,
                    float baseline, Rgb colour, const TextBlock& block) {
    Entry& entry = impl_->entry(string, style, block);
    if (entry.texture == 0) impl_->rasterise(entry, string, style, block);
    Measured out = entry.measured;
    if (entry.texture == 0) {
        out.ink = Box{x, baseline, 0, 0};
        return out;
    }
    // Whole pixels: the texture is drawn one to one.
    const float left = std::round(x);
    const float base = std::round(baseline);
    const Box& at = entry.texture_box;
    list.AddImage(reinterpret_cast<ImTextureID>(static_cast<std::intptr_t>(entry.texture)),
                  ImVec2(left + at.x, base + at.y), ImVec2(left + at.right(), base + at.bottom()),
                  ImVec2(0, 0), ImVec2(1, 1), IM_COL32(colour.r, colour.g, colour.b, 255));
    out.ink = entry.texture_ink;
    out.ink.x += left;
    out.ink.y += base;
    return out;
}

void Text::end_frame() {
    while (impl_->bytes > kCacheBytesMax && !impl_->entries.empty()) {
        impl_->drop(std::prev(impl_->entries.end()));
    }
}

std::size_t Text::cache_bytes() const {
    return impl_->bytes;
}

Scripts scripts_in(std::string_view utf8) {
    Scripts out;
    const std::string valid = cleaned(utf8);
    for (const char* at = valid.c_str(); *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        if (c >= 0x2E80 && g_unichar_iswide(c)) {
            // Punctuation such as ， and · never decides a size.
            if (g_unichar_isalnum(c)) out.hanzi = true;
        } else if (g_unichar_isalnum(c)) {
            out.latin = true;
        }
    }
    return out;
}

}  // namespace hall::kit
