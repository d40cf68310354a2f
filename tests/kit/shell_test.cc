// The loop draws when something changed, and only then.
#include "displays/kit/shell.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/kit/off_screen.h"

namespace hall::kit {
namespace {

struct Counting final : Screen {
    std::atomic<bool> changed = false;
    bool is_ready = true;
    int drawn = 0;
    int updates = 0;
    std::int64_t shown_ns = 0;
    std::vector<Key> keys;

    bool update(std::int64_t) override {
        ++updates;
        return changed.exchange(false);
    }
    std::int64_t idle_ms(std::int64_t) const override { return 60'000; }
    void draw(Frame& frame) override {
        ++drawn;
        if (frame.key != Key::none) keys.push_back(frame.key);
        frame.canvas.fill({10, 10, 20, 20}, rgb(0x70FF00));
    }
    bool ready() const override { return is_ready; }
    void shown(std::int64_t monotonic) override { shown_ns = monotonic; }
};

TEST(Loop, DrawsNothingWhileNothingChanges) {
    auto shell = open_off_screen_shell(640, 480);
    Counting screen;
    settle(*shell, screen);
    const int before = screen.drawn;
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(*shell->turn(screen, 0));
    EXPECT_EQ(screen.drawn, before);
}

TEST(Loop, AWakeFromAnotherThreadEndsTheWaitAtOnce) {
    auto shell = open_off_screen_shell(640, 480);
    Counting screen;
    settle(*shell, screen);
    const int before = screen.drawn;
    std::thread socket([&] {
        screen.changed = true;
        shell->wake();
    });
    const std::int64_t start = monotonic_ns();
    while (screen.drawn == before && monotonic_ns() - start < 5'000'000'000) {
        ASSERT_TRUE(*shell->turn(screen, 60'000));
    }
    socket.join();
    EXPECT_EQ(screen.drawn, before + 1);
    EXPECT_LT(monotonic_ns() - start, 900'000'000);
    EXPECT_GE(screen.shown_ns, start);
}

TEST(Loop, EachKeyPressHasItsOwnPicture) {
    auto shell = open_off_screen_shell(640, 480);
    Counting screen;
    settle(*shell, screen);
    shell->press(Key::space);
    shell->press(Key::space);
    shell->press(Key::r);
    settle(*shell, screen);
    EXPECT_EQ(screen.keys, (std::vector<Key>{Key::space, Key::space, Key::r}));
}

// F12, then a digit, faster than pictures are drawn: the digit is the dialog's.
TEST(Loop, AKeyBehindOneThatOpensADialogIsTheDialogs) {
    struct Opening final : Screen {
        bool open = false;
        int behind = 0;
        int chosen = 0;
        bool update(std::int64_t) override { return false; }
        std::int64_t idle_ms(std::int64_t) const override { return 60'000; }
        void draw(Frame& frame) override {
            if (frame.ui.button({.id = "behind", .box = {10, 10, 100, 50}, .key = Key::d1})) {
                ++behind;
            }
            const bool opens = frame.ui.shortcut(Key::f12);
            if (open) {
                frame.ui.begin_dialog({50, 50, 400, 300}, "");
                if (frame.ui.button({.id = "on", .box = {60, 60, 100, 50}, .key = Key::d1})) {
                    ++chosen;
                }
                frame.ui.end_dialog();
            }
            open = open || opens;
        }
    };
    auto shell = open_off_screen_shell(640, 480);
    Opening screen;
    settle(*shell, screen);
    shell->press(Key::f12);
    shell->press(Key::d1);
    settle(*shell, screen);
    EXPECT_EQ(screen.chosen, 1);
    EXPECT_EQ(screen.behind, 0);
}

TEST(Loop, QuitFromAnotherThreadEndsTheRun) {
    auto shell = open_off_screen_shell(640, 480);
    Counting screen;
    std::thread other([&] { shell->quit(); });
    EXPECT_TRUE(shell->run(screen).has_value());
    other.join();
}

TEST(Screenshot, WaitsForAReadyScreenAndStopsAfterThePicturesAskedFor) {
    const auto folder = std::filesystem::temp_directory_path() / "hall_kit_screenshot";
    std::filesystem::create_directories(folder);
    const std::string file = folder / "picture.png";
    ShellOptions options;
    options.surface.width = 320;
    options.surface.height = 240;
    options.surface.mode = SurfaceOptions::Mode::off_screen;
    options.picture_file = file;
    options.pictures = 1;
    auto shell = Shell::open(options);
    ASSERT_TRUE(shell.has_value()) << shell.error().message;
    Counting screen;
    screen.is_ready = false;
    ASSERT_TRUE(*(*shell)->turn(screen, 0));
    EXPECT_FALSE(std::filesystem::exists(file));
    screen.is_ready = true;
    screen.changed = true;
    EXPECT_TRUE((*shell)->run(screen).has_value());
    EXPECT_GT(std::filesystem::file_size(file), 100U);
    EXPECT_GT(std::filesystem::file_size(file + ".json"), 10U);
    std::filesystem::remove_all(folder);
}

TEST(Screenshot, AFolderThatIsNotThereIsAnErrorThatNamesTheFile) {
    ShellOptions options;
    options.surface.width = 320;
    options.surface.height = 240;
    options.surface.mode = SurfaceOptions::Mode::off_screen;
    options.picture_file = "/no/such/folder/picture.png";
    auto shell = Shell::open(options);
    ASSERT_TRUE(shell.has_value());
    Counting screen;
    const auto end = (*shell)->run(screen);
    ASSERT_FALSE(end.has_value());
    EXPECT_EQ(end.error().code, "file_not_written");
    EXPECT_NE(end.error().message.find("/no/such/folder/picture.png"), std::string::npos);
}

TEST(PictureFile, HasTheColoursDrawn) {
    auto shell = open_off_screen_shell(640, 480);
    Counting screen;
    settle(*shell, screen);
    const Picture picture = shell->picture();
    EXPECT_EQ(picture.at(20, 20), rgb(0x70FF00));
    EXPECT_EQ(picture.at(40, 40), kConsoleColours.ground);
    EXPECT_EQ(picture.at(20, 470), kConsoleColours.ground);  // not upside down
}

}  // namespace
}  // namespace hall::kit
