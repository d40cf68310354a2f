#include "displays/kit/color.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace hall::kit {
namespace {

double light(std::uint8_t channel) {
    const double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

LinearRgb times(const Matrix3& matrix, const LinearRgb& v) {
    LinearRgb out{};
    for (std::size_t row = 0; row < 3; ++row) {
        out[row] = matrix[row][0] * v[0] + matrix[row][1] * v[1] + matrix[row][2] * v[2];
    }
    return out;
}

double luminance(const LinearRgb& v) {
    return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2];
}

LinearRgb oklab(const LinearRgb& colour) {
    static constexpr Matrix3 kToCones = {{{0.4122214708, 0.5363325363, 0.0514459929},
                                          {0.2119034982, 0.6806995451, 0.1073969566},
                                          {0.0883024619, 0.2817188376, 0.6299787005}}};
    static constexpr Matrix3 kToLab = {{{0.2104542553, 0.7936177850, -0.0040720468},
                                        {1.9779984951, -2.4285922050, 0.4505937099},
                                        {0.0259040371, 0.7827717662, -0.8086757660}}};
    LinearRgb cones = times(kToCones, colour);
    for (double& cone : cones) cone = std::cbrt(cone);
    return times(kToLab, cones);
}

std::uint8_t mix(std::uint8_t a, std::uint8_t b, float share) {
    const float value = static_cast<float>(a) + (static_cast<float>(b) - static_cast<float>(a)) *
                                                    std::clamp(share, 0.0F, 1.0F);
    return static_cast<std::uint8_t>(std::lround(value));
}

}  // namespace

std::string hex(Rgb colour) {
    return fmt::format("#{:02X}{:02X}{:02X}", colour.r, colour.g, colour.b);
}

Rgb mix(Rgb a, Rgb b, float share) {
    return Rgb{mix(a.r, b.r, share), mix(a.g, b.g, share), mix(a.b, b.b, share)};
}

LinearRgb linear(Rgb colour) {
    return {light(colour.r), light(colour.g), light(colour.b)};
}

double contrast(Rgb a, Rgb b) {
    return contrast(linear(a), linear(b));
}

double oklab_distance(Rgb a, Rgb b) {
    return oklab_distance(linear(a), linear(b));
}

double contrast(const LinearRgb& a, const LinearRgb& b) {
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

double oklab_distance(const LinearRgb& a, const LinearRgb& b) {
    const LinearRgb x = oklab(a);
    const LinearRgb y = oklab(b);
    return 100.0 * std::hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

const Matrix3& machado_matrix(Sight sight) {
    static constexpr Matrix3 kNormal = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
    static constexpr Matrix3 kProtan = {{{0.152286, 1.052583, -0.204868},
                                         {0.114503, 0.786281, 0.099216},
                                         {-0.003882, -0.048116, 1.051998}}};
    static constexpr Matrix3 kDeutan = {{{0.367322, 0.860646, -0.227968},
                                         {0.280085, 0.672501, 0.047413},
                                         {-0.011820, 0.042940, 0.968881}}};
    static constexpr Matrix3 kTritan = {{{1.255528, -0.076749, -0.178779},
                                         {-0.078411, 0.930809, 0.147602},
                                         {0.004733, 0.691367, 0.303900}}};
    switch (sight) {
        case Sight::normal:
            return kNormal;
        case Sight::protan:
            return kProtan;
        case Sight::deutan:
            return kDeutan;
        case Sight::tritan:
            return kTritan;
    }
    return kNormal;
}

LinearRgb seen_by(Sight sight, Rgb colour) {
    LinearRgb seen = times(machado_matrix(sight), linear(colour));
    for (double& channel : seen) channel = std::clamp(channel, 0.0, 1.0);
    return seen;
}

}  // namespace hall::kit
