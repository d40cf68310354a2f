#include "sim/chart.h"

#include <fmt/format.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "wording/names.h"
#include "wording/wording.h"

namespace hall::sim {
namespace {

constexpr double kTextPx = 16;
constexpr double kTitlePx = 24;
constexpr double kTicksAMinute = static_cast<double>(kMinute);

struct Color {
    double r = 0;
    double g = 0;
    double b = 0;
};
constexpr Color kInk{0.13, 0.15, 0.18};
constexpr Color kGrid{0.86, 0.88, 0.90};
constexpr Color kLine{0.00, 0.36, 0.62};
constexpr Color kLimit{0.75, 0.12, 0.12};
constexpr Color kOpen{0.12, 0.48, 0.36};

struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

enum class Align { left, center, right };

class Canvas {
  public:
    Canvas(int width, int height)
        : surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height),
                   cairo_surface_destroy),
          cairo_(cairo_create(surface_.get()), cairo_destroy) {
        paint({1, 1, 1});
        cairo_rectangle(cairo(), 0, 0, width, height);
        cairo_fill(cairo());
    }

    cairo_t* cairo() { return cairo_.get(); }
    void paint(Color color, double opacity = 1) {
        cairo_set_source_rgba(cairo(), color.r, color.g, color.b, opacity);
    }
    // `y` is the middle of the line.
    void text(const std::string& what, double x, double y, Align align, double px = kTextPx,
              bool bold = false, Color color = kInk) {
        const std::unique_ptr<PangoLayout, void (*)(void*)> layout(
            pango_cairo_create_layout(cairo()), g_object_unref);
        PangoFontDescription* font = pango_font_description_from_string("Noto Sans CJK SC");
        pango_font_description_set_absolute_size(font, px * PANGO_SCALE);
        if (bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
        pango_layout_set_font_description(layout.get(), font);
        pango_font_description_free(font);
        pango_layout_set_text(layout.get(), what.c_str(), static_cast<int>(what.size()));
        int width = 0;
        int height = 0;
        pango_layout_get_pixel_size(layout.get(), &width, &height);
        const double shift = align == Align::left ? 0 : align == Align::center ? 0.5 : 1;
        paint(color);
        cairo_move_to(cairo(), std::round(x - shift * width), std::round(y - height / 2.0));
        pango_cairo_show_layout(cairo(), layout.get());
    }
    void line(double x1, double y1, double x2, double y2, Color color, double width = 1) {
        paint(color);
        cairo_set_line_width(cairo(), width);
        cairo_move_to(cairo(), x1, y1);
        cairo_line_to(cairo(), x2, y2);
        cairo_stroke(cairo());
    }
    bool write(const std::string& file) {
        cairo_surface_flush(surface_.get());
        return cairo_surface_write_to_png(surface_.get(), file.c_str()) == CAIRO_STATUS_SUCCESS;
    }

  private:
    std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface_;
    std::unique_ptr<cairo_t, void (*)(cairo_t*)> cairo_;
};

// The buckets that hold anybody: [first, last].
struct Buckets {
    std::size_t first = 0;
    std::size_t last = 0;
};

Buckets buckets_of(const Tally& tally) {
    Buckets found{kBuckets, 0};
    for (const ClassTally& one : tally.classes) {
        for (std::size_t b = 0; b < kBuckets; ++b) {
            if (one.by_bucket[b].count() == 0) continue;
            found.first = std::min(found.first, b);
            found.last = std::max(found.last, b);
        }
    }
    return found.first > found.last ? Buckets{} : found;
}

double minutes(const Histogram& waits, double share) {
    return waits.quantile(share) / kTicksAMinute;
}

// 1, 2 or 5 times a power of ten, so that about four steps reach `top`.
double step_for(double top) {
    const double raw = std::max(top, 1e-9) / 4;
    const double power = std::pow(10, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (raw <= factor * power) return factor * power;
    }
    return 10 * power;
}

struct Axes {
    Box box;
    Buckets buckets;
    double top = 1;  // minutes

    double x(double bucket) const {
        return box.x + box.width * (bucket - static_cast<double>(buckets.first)) /
                           static_cast<double>(buckets.last - buckets.first + 1);
    }
    double y(double value) const { return box.y + box.height * (1 - value / top); }
};

void draw_axes(Canvas& canvas, const Axes& axes, bool endless) {
    const double step = step_for(axes.top);
    for (double value = 0; value <= axes.top * 1.0001; value += step) {
        canvas.line(axes.box.x, axes.y(value), axes.box.x + axes.box.width, axes.y(value), kGrid);
        canvas.text(fmt::format("{:g}", value), axes.box.x - 8, axes.y(value), Align::right);
    }
    const std::size_t shown = axes.buckets.last - axes.buckets.first + 1;
    const auto every = static_cast<std::size_t>(
        std::max(1.0, std::ceil(static_cast<double>(shown) * 30 / axes.box.width)));
    for (std::size_t b = axes.buckets.first; b <= axes.buckets.last; ++b) {
        if ((b - axes.buckets.first) % every != 0) continue;
        // An hour of the clock, or a part of an endless run.
        const std::size_t number = endless ? b + 1 : b;
        canvas.text(std::to_string(number), axes.x(static_cast<double>(b) + 0.5),
                    axes.box.y + axes.box.height + 16, Align::center);
    }
    canvas.line(axes.box.x, axes.y(0), axes.box.x + axes.box.width, axes.y(0), kInk, 1.5);
}

void draw_waits(Canvas& canvas, const Axes& axes, const std::vector<Histogram>& by_bucket) {
    cairo_t* cairo = canvas.cairo();
    for (std::size_t b = axes.buckets.first; b <= axes.buckets.last; ++b) {
        if (by_bucket[b].count() == 0) continue;
        const double left = axes.x(static_cast<double>(b)) + 1;
        const double right = axes.x(static_cast<double>(b) + 1) - 1;
        const double median = axes.y(minutes(by_bucket[b], 0.5));
        const double high = axes.y(minutes(by_bucket[b], 0.95));
        canvas.paint(kLine, 0.28);
        cairo_rectangle(cairo, left, high, right - left, std::max(0.0, median - high));
        cairo_fill(cairo);
        canvas.line(left, median, right, median, kLine, 4);
    }
}

double top_of(const std::vector<const std::vector<Histogram>*>& panels, double least) {
    double top = least;
    for (const auto* panel : panels) {
        for (const Histogram& waits : *panel) top = std::max(top, minutes(waits, 0.95));
    }
    const double step = step_for(top * 1.02);
    return step * std::ceil(top * 1.02 / step);
}

tl::expected<void, Error> finish(Canvas& canvas, const std::string& file) {
    if (canvas.write(file)) return {};
    return tl::unexpected(Error{"plot_unwritable", file + ": cannot be written"});
}

}  // namespace

tl::expected<void, Error> plot_waits(const Scenario& scenario, const Tally& tally,
                                     const std::string& file) {
    const std::size_t panels = std::min(scenario.classes.size(), kPanelsMax);
    const std::size_t columns = std::min<std::size_t>(panels, 3);
    const std::size_t rows = (panels + columns - 1) / columns;
    constexpr double kPanelWidth = 460;
    constexpr double kPanelHeight = 300;
    constexpr double kTop = 100;
    Canvas canvas(
        static_cast<int>(kPanelWidth * static_cast<double>(std::max<std::size_t>(columns, 2))) + 20,
        static_cast<int>(kTop + kPanelHeight * static_cast<double>(rows)) + 16);
    canvas.text(scenario.title.empty() ? scenario.file : scenario.title, 24, 30, Align::left,
                kTitlePx, true);
    const auto axis = scenario.endless() ? "sim.chart.axis_run" : "sim.chart.axis_hour";
    canvas.text(wording::text("sim.chart.legend") + "    " + wording::text(axis), 24, 66,
                Align::left);
    std::vector<const std::vector<Histogram>*> all;
    for (std::size_t i = 0; i < panels; ++i) all.push_back(&tally.classes[i].by_bucket);
    Axes axes;
    axes.buckets = buckets_of(tally);
    axes.top = top_of(all, 0.1);
    for (std::size_t i = 0; i < panels; ++i) {
        const double x = 16 + kPanelWidth * static_cast<double>(i % columns);
        const double y = kTop + kPanelHeight * static_cast<double>(i / columns);
        axes.box = {x + 64, y + 36, kPanelWidth - 92, kPanelHeight - 86};
        uint64_t count = 0;
        for (const Histogram& waits : tally.classes[i].by_bucket) count += waits.count();
        canvas.text(wording::format("sim.chart.class", {{"class", scenario.classes[i].name},
                                                        {"count", std::to_string(count)}}),
                    axes.box.x, y + 14, Align::left, 18, true);
        draw_axes(canvas, axes, scenario.endless());
        draw_waits(canvas, axes, tally.classes[i].by_bucket);
    }
    return finish(canvas, file);
}

tl::expected<void, Error> plot_roster(const Scenario& scenario, const StaffResult& result,
                                      const std::string& file) {
    constexpr double kWidth = 1080;
    constexpr double kLeft = 120;
    constexpr double kRow = 34;
    constexpr double kWaits = 300;
    const double windows = static_cast<double>(scenario.windows.size());
    const double waits_height = kWaits * static_cast<double>(result.targets.size());
    const double grid_top = 110 + waits_height + 30;
    Canvas canvas(static_cast<int>(kWidth), static_cast<int>(grid_top + kRow * (windows + 1)) + 60);
    std::string goals;
    for (const Target& target : result.targets) goals += (goals.empty() ? "" : "、") + target.text;
    canvas.text(scenario.title, 24, 30, Align::left, kTitlePx, true);
    canvas.text(wording::format("sim.chart.goal", {{"goal", goals},
                                                   {"hours", fmt::format("{}", result.cost)},
                                                   {"all", fmt::format("{}", result.pool)}}) +
                    "    " + wording::text("sim.chart.legend"),
                24, 66, Align::left);
    std::vector<std::vector<Histogram>> by_target;
    for (const Target& target : result.targets) {
        std::vector<Histogram> buckets(kBuckets);
        for (std::size_t i = 0; i < result.tally.classes.size(); ++i) {
            if (target.visitor_class && *target.visitor_class != i) continue;
            for (std::size_t b = 0; b < kBuckets; ++b) {
                buckets[b].add(result.tally.classes[i].by_bucket[b]);
            }
        }
        by_target.push_back(std::move(buckets));
    }
    Axes axes;
    axes.buckets = buckets_of(result.tally);
    for (std::size_t i = 0; i < by_target.size(); ++i) {
        const double limit = static_cast<double>(result.targets[i].limit) / kTicksAMinute;
        axes.top = top_of({&by_target[i]}, limit);
        axes.box = {kLeft, 120 + kWaits * static_cast<double>(i), kWidth - kLeft - 120,
                    kWaits - 70};
        draw_axes(canvas, axes, false);
        draw_waits(canvas, axes, by_target[i]);
        canvas.line(axes.box.x, axes.y(limit), axes.box.x + axes.box.width, axes.y(limit), kLimit,
                    2);
        canvas.text(wording::format("sim.chart.minutes", {{"minutes", fmt::format("{:g}", limit)}}),
                    axes.box.x + axes.box.width + 10, axes.y(limit), Align::left, kTextPx, true,
                    kLimit);
    }
    const auto x = [&](Ticks at) {
        return axes.x(static_cast<double>(at) / static_cast<double>(kHour));
    };
    for (std::size_t w = 0; w < scenario.windows.size(); ++w) {
        const double y = grid_top + kRow * static_cast<double>(w);
        canvas.text(wording::name_of_window(scenario.windows[w].number), kLeft - 12, y + kRow / 2,
                    Align::right);
        for (const RosterHour& hour : result.roster) {
            canvas.paint(hour.open[w] ? kOpen : kGrid);
            cairo_rectangle(canvas.cairo(), x(hour.from) + 1, y + 2, x(hour.to) - x(hour.from) - 2,
                            kRow - 4);
            cairo_fill(canvas.cairo());
        }
    }
    const double y = grid_top + kRow * windows + kRow / 2;
    canvas.text(wording::text("sim.chart.open"), kLeft - 12, y, Align::right, kTextPx, true);
    for (const RosterHour& hour : result.roster) {
        canvas.text(std::to_string(std::count(hour.open.begin(), hour.open.end(), true)),
                    (x(hour.from) + x(hour.to)) / 2, y, Align::center, 18, true);
        canvas.text(fmt::format("{:02}:{:02}", hour.from / kHour, hour.from % kHour / kMinute),
                    x(hour.from), y + 30, Align::center);
    }
    if (!result.roster.empty()) {
        const Ticks end = result.roster.back().to;
        canvas.text(fmt::format("{:02}:{:02}", end / kHour, end % kHour / kMinute), x(end), y + 30,
                    Align::center);
    }
    return finish(canvas, file);
}

}  // namespace hall::sim
