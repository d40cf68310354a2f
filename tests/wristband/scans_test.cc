// What a scanner may send, and what is made of it.
#include "wristband/scanner/scans.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <random>

#include "wristband/scanner/source.h"

namespace hall::wristband::scanner {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

TEST(ScannerLines, EndWithWhateverAScannerEndsThemWith) {
    LineReader reader;
    EXPECT_EQ(reader.feed("W1\nW2\rW3\r\n"), (Lines{"W1", "W2", "W3"}));
    EXPECT_EQ(reader.left_out(), 0U);
}

TEST(ScannerLines, MayComeInPieces) {
    LineReader reader;
    EXPECT_EQ(reader.feed("W69"), Lines{});
    EXPECT_EQ(reader.feed("9F\r"), Lines{"W699F"});
    EXPECT_EQ(reader.feed("\nA0"), Lines{});
    EXPECT_EQ(reader.feed("23\n"), Lines{"A023"});
}

TEST(ScannerLines, AreUpperCaseWithoutBlanksAndEmptyOnesAreNothing) {
    LineReader reader;
    EXPECT_EQ(reader.feed("\n\r\n  \n\t\n w699f \n"), Lines{"W699F"});
    EXPECT_EQ(reader.left_out(), 0U);
}

TEST(ScannerLines, OfTwoHundredBytesAreReadAndLongerOnesLeftOut) {
    LineReader reader;
    const std::string fits(kScanBytesMax, 'X');
    EXPECT_EQ(reader.feed(fits + "\n"), Lines{fits});
    EXPECT_EQ(reader.feed(fits + "X\nA023\n"), Lines{"A023"});
    EXPECT_EQ(reader.feed(std::string(10'000'000, 'Y')), Lines{});
    EXPECT_EQ(reader.feed("\nA024\n"), Lines{"A024"});
    EXPECT_EQ(reader.left_out(), 2U);
}

TEST(ScannerLines, NoiseIsLeftOutAndTheNextLineIsRead) {
    LineReader reader;
    using namespace std::string_literals;
    EXPECT_EQ(reader.feed("\xFF\xFE\x00\x07\nA0\x1B[23\n王小明\nA023\n"s), Lines{"A023"});
    EXPECT_EQ(reader.left_out(), 3U);
}

TEST(ScannerLines, AHalfLineOfAnUnpluggedScannerDoesNotMeetTheNextOne) {
    LineReader reader;
    EXPECT_EQ(reader.feed("W699F60RK4"), Lines{});
    reader.cut();
    EXPECT_EQ(reader.feed("A023\n"), Lines{"A023"});
    EXPECT_EQ(reader.left_out(), 1U);
}

TEST(ScannerLines, RandomBytesNeverYieldAnythingUnprintable) {
    std::mt19937_64 chance(20'261'125);
    LineReader reader;
    for (int i = 0; i < 2'000; ++i) {
        std::string bytes;
        for (int j = 0; j < 100; ++j) bytes += static_cast<char>(chance() & 0xFF);
        for (const std::string& line : reader.feed(bytes)) {
            EXPECT_LE(line.size(), kScanBytesMax);
            for (const char c : line) EXPECT_TRUE(c >= ' ' && c <= '~');
        }
    }
}

TEST(RepeatedScans, ABandHeldBeforeTheScannerIsOneScan) {
    RepeatFilter filter;
    const RepeatFilter::Time start{};
    EXPECT_TRUE(filter.is_new("W1", start));
    for (int i = 1; i <= 20; ++i) EXPECT_FALSE(filter.is_new("W1", start + i * 500ms));
    EXPECT_TRUE(filter.is_new("W1", start + 10s + kRepeat));
}

TEST(RepeatedScans, AnotherBandIsAnotherScanAndDoesNotMakeTheFirstOneNew) {
    RepeatFilter filter;
    const RepeatFilter::Time start{};
    EXPECT_TRUE(filter.is_new("W1", start));
    EXPECT_TRUE(filter.is_new("W2", start + 100ms));
    EXPECT_FALSE(filter.is_new("W1", start + 200ms));
    EXPECT_TRUE(filter.is_new("W1", start + 200ms + kRepeat));
}

TEST(RepeatedScans, WhatDidNotReachTheHallMayBeScannedAgainAtOnce) {
    RepeatFilter filter;
    EXPECT_TRUE(filter.is_new("W1", {}));
    filter.forget("W1");
    EXPECT_TRUE(filter.is_new("W1", {}));
}

// A scanner that is pulled out and plugged in again, as a FIFO whose writer goes and comes.
class PluggedScanner : public testing::Test {
  protected:
    PluggedScanner() {
        std::string name = (std::filesystem::temp_directory_path() / "nuanting-scan.XXXXXX");
        if (::mkdtemp(name.data()) == nullptr) std::abort();
        folder_ = name;
        if (::pipe(stop_) != 0) std::abort();
        source_ = std::move(*open_source(path(), stop_[0]));
    }
    ~PluggedScanner() override {
        ::close(stop_[0]);
        ::close(stop_[1]);
        std::filesystem::remove_all(folder_);
    }
    std::string path() const { return folder_ / "scanner"; }
    void plug_in() {
        if (::mkfifo(path().c_str(), 0600) != 0) std::abort();
    }
    // The first event that is something.
    Source::Event next(std::string& bytes) {
        Source::Event event = Source::Event::nothing;
        for (int i = 0; i < 100 && event == Source::Event::nothing; ++i) {
            event = source_->next(bytes, 100ms);
        }
        return event;
    }

    std::filesystem::path folder_;
    int stop_[2] = {};
    std::unique_ptr<Source> source_;
};

TEST_F(PluggedScanner, WhoseDeviceIsNotThereSaysSoOnceAndAtOnce) {
    std::string bytes;
    EXPECT_EQ(source_->next(bytes, 10s), Source::Event::absent);
    EXPECT_EQ(source_->next(bytes, 1ms), Source::Event::nothing);
    EXPECT_EQ(source_->next(bytes, 1ms), Source::Event::nothing);
}

TEST_F(PluggedScanner, ThatIsThereIsNotSaidToBeAbsentWhenItGoes) {
    std::string bytes;
    plug_in();
    EXPECT_EQ(next(bytes), Source::Event::back);
    const int writer = ::open(path().c_str(), O_WRONLY);
    ::close(writer);
    EXPECT_EQ(next(bytes), Source::Event::gone);
    std::filesystem::remove(path());
    EXPECT_EQ(source_->next(bytes, 1ms), Source::Event::nothing);
    EXPECT_EQ(source_->next(bytes, 1ms), Source::Event::nothing);
}

TEST_F(PluggedScanner, IsWaitedForLostAndFoundAgain) {
    std::string bytes;
    EXPECT_EQ(source_->next(bytes, 1ms), Source::Event::absent);
    plug_in();
    EXPECT_EQ(next(bytes), Source::Event::back);
    for (int round = 0; round < 3; ++round) {
        const int writer = ::open(path().c_str(), O_WRONLY);
        ASSERT_EQ(::write(writer, "W1\n", 3), 3);
        EXPECT_EQ(next(bytes), Source::Event::bytes);
        EXPECT_EQ(bytes, "W1\n");
        ::close(writer);
        EXPECT_EQ(next(bytes), Source::Event::gone);
        if (round == 1) {  // the node itself goes, as /dev/ttyACM0 does
            std::filesystem::remove(path());
            EXPECT_EQ(source_->next(bytes, 1ms), Source::Event::nothing);
            plug_in();
        }
        EXPECT_EQ(next(bytes), Source::Event::back);
    }
}

TEST_F(PluggedScanner, StopsWhenToldWithAndWithoutAScanner) {
    std::string bytes;
    ASSERT_EQ(::write(stop_[1], "x", 1), 1);
    EXPECT_EQ(source_->next(bytes, 10s), Source::Event::stop);
    plug_in();
    EXPECT_EQ(next(bytes), Source::Event::back);
    EXPECT_EQ(source_->next(bytes, 10s), Source::Event::stop);
}

TEST(ScannerDevice, AKeyboardIsRefusedWithAWayOut) {
    const auto source = open_source("/dev/input/event3", -1);
    ASSERT_FALSE(source.has_value());
    EXPECT_EQ(source.error().code, "scanner_is_keyboard");
}

}  // namespace
}  // namespace hall::wristband::scanner
