// The bell as SDL's disk driver hears it: what would be played is in a file.
#include "displays/kit/bell.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

namespace hall::kit {
namespace {

namespace fs = std::filesystem;

struct Heard : testing::Test {
    fs::path file = fs::temp_directory_path() / ("bell_test." + std::to_string(::getpid()));

    void play_with(const char* driver) {
        ::setenv("SDL_AUDIODRIVER", driver, 1);
        ::setenv("SDL_DISKAUDIOFILE", file.c_str(), 1);
    }
    ~Heard() override { fs::remove(file); }
    // Stretches of sound, told apart by a second of silence.
    int calls() const {
        std::ifstream in(file, std::ios::binary);
        const std::vector<char> bytes((std::istreambuf_iterator<char>(in)), {});
        constexpr std::size_t kSecond = 96'000;  // 48 kHz, 16 bit, mono
        int calls = 0;
        std::size_t silent = kSecond;
        for (const char byte : bytes) {
            if (byte != 0 && silent >= kSecond) ++calls;
            silent = byte != 0 ? 0 : silent + 1;
        }
        return calls;
    }
    static void wait_ms(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }
};

TEST_F(Heard, RingsAtOnceThenEveryThreeSecondsAndNotAfterwards) {
    play_with("disk");
    Bell bell;
    bell.turn(false, 0);
    EXPECT_FALSE(fs::exists(file)) << "a quiet console opens no sound card";
    bell.turn(true, 1'000);
    bell.turn(true, 2'000);
    wait_ms(2'600);
    EXPECT_EQ(calls(), 1);
    bell.turn(true, 1'000 + Bell::kEveryMs);
    wait_ms(500);
    bell.turn(false, 5'000);
    EXPECT_EQ(calls(), 2);
    const auto size = fs::file_size(file);
    wait_ms(200);
    EXPECT_EQ(fs::file_size(file), size);
}

TEST_F(Heard, WithoutASoundCardItSaysSoOnceAndGoesOn) {
    play_with("no_such_driver");
    Bell bell;
    testing::internal::CaptureStderr();
    bell.turn(true, 0);
    bell.turn(true, Bell::kEveryMs);
    const std::string said = testing::internal::GetCapturedStderr();
    EXPECT_EQ(said.find("no sound: "), 0U);
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1);
    play_with("disk");
    bell.turn(true, 2 * Bell::kEveryMs);
    wait_ms(500);
    bell.turn(false, 0);
    EXPECT_EQ(calls(), 1) << "the card is there now";
}

}  // namespace
}  // namespace hall::kit
