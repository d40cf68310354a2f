#include "displays/kit/bell.h"

#include <SDL.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

namespace hall::kit {
namespace {

constexpr int kRate = 48'000;
// Three pairs of a fifth, well below 2.5 kHz, where old ears hear (accessibility: chimes).
constexpr double kTonesHz[] = {587.0, 880.0};
constexpr int kPairs = 3;
constexpr double kToneS = 0.18;
constexpr double kFadeS = 0.02;  // without it each tone begins and ends with a click
constexpr double kLoudness = 0.6;
constexpr double kTurn = 6.283185307179586;

std::vector<std::int16_t> samples() {
    const int length = static_cast<int>(kToneS * kRate);
    const double fade = kFadeS * kRate;
    std::vector<std::int16_t> out;
    for (int pair = 0; pair < kPairs; ++pair) {
        for (const double tone : kTonesHz) {
            for (int i = 0; i < length; ++i) {
                const double edge = std::min({1.0, i / fade, (length - i) / fade});
                const double wave = std::sin(kTurn * tone * i / kRate);
                out.push_back(static_cast<std::int16_t>(wave * edge * kLoudness * 32'767));
            }
        }
    }
    return out;
}

}  // namespace

struct Bell::Device {
    SDL_AudioDeviceID id = 0;

    Device() {
        if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) return;
        SDL_AudioSpec wanted{};
        wanted.freq = kRate;
        wanted.format = AUDIO_S16SYS;
        wanted.channels = 1;
        wanted.samples = 2'048;
        id = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
        if (id != 0) SDL_PauseAudioDevice(id, 0);
    }
    ~Device() {
        close();
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
    }
    void close() {
        if (id != 0) SDL_CloseAudioDevice(id);
        id = 0;
    }
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;
};

Bell::Bell() = default;
Bell::~Bell() = default;

void Bell::turn(bool on, std::int64_t now_ms) {
    if (!on) {
        device_.reset();
        return;
    }
    if (device_ && now_ms - rung_ms_ < kEveryMs) return;
    rung_ms_ = now_ms;
    // A card that was not there, or was pulled out, may be there now.
    if (device_ && device_->id == 0) device_.reset();  // SDL's audio ends before it begins anew
    if (!device_) device_ = std::make_unique<Device>();
    static const std::vector<std::int16_t> kCall = samples();
    const auto bytes = static_cast<Uint32>(kCall.size() * sizeof(std::int16_t));
    if (device_->id != 0 && SDL_QueueAudio(device_->id, kCall.data(), bytes) == 0) return;
    if (!told_) std::fprintf(stderr, "no sound: %s\n", SDL_GetError());
    told_ = true;
    device_->close();
}

}  // namespace hall::kit
