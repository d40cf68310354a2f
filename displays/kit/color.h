// Colours and how far apart they are to an eye: contrast, OKLab distance, colour-blind sight.
// Pure; used by the themes, the boards' reports of what was drawn, and the palette tests.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace hall::kit {

// sRGB, 8 bit a channel.
struct Rgb {
    std::uint8_t r = 0;
    std::uint8_t g = 0;
    std::uint8_t b = 0;

    friend bool operator==(const Rgb&, const Rgb&) = default;
};

// rgb(0x0A1A2F): the way colours are written in docs.
constexpr Rgb rgb(std::uint32_t hex) {
    return Rgb{static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8),
               static_cast<std::uint8_t>(hex)};
}

// "#0A1A2F".
std::string hex(Rgb colour);

// `share` 0 gives a, 1 gives b, between them a mix of the sRGB values.
Rgb mix(Rgb a, Rgb b, float share);

// Light, not code values: 0 to 1 a channel.
using LinearRgb = std::array<double, 3>;
LinearRgb linear(Rgb colour);

// WCAG 2.2 contrast ratio, 1 to 21, the same both ways round.
double contrast(const LinearRgb& a, const LinearRgb& b);
double contrast(Rgb a, Rgb b);

// Euclidean distance in OKLab (Ottosson 2020) times 100: black to white is 100.
double oklab_distance(const LinearRgb& a, const LinearRgb& b);
double oklab_distance(Rgb a, Rgb b);

enum class Sight { normal, protan, deutan, tritan };

using Matrix3 = std::array<std::array<double, 3>, 3>;

// Machado, Oliveira, Fernandes 2009, severity 1, applied to linear RGB. Each row sums to 1.
const Matrix3& machado_matrix(Sight sight);

// `colour` as that eye sees it; not rounded to 8 bit, which would move a dark ground's contrast.
LinearRgb seen_by(Sight sight, Rgb colour);

}  // namespace hall::kit
