// What is written stays as it was written, byte for byte, and the caret stands where a person sees
// a boundary.
#include "displays/kit/text_edit.h"

#include <gtest/gtest.h>

#include <fstream>

namespace hall::kit {
namespace {

using Kind = TextEvent::Kind;

TextEdit written(const std::string& text, std::size_t bytes_max = 120) {
    TextEdit edit("", bytes_max);
    edit.take({.text = text});
    return edit;
}

void press(TextEdit& edit, Kind kind, int times = 1, bool extend = false) {
    for (int i = 0; i < times; ++i) edit.take({.kind = kind, .extend = extend});
}

TEST(TextEditing, NamesOfFourByteCharactersAndEveryMiddleDotAreKept) {
    for (const char* name : {"𠮷野家", "𬱖", "欧阳·阿依古丽", "古丽•阿依", "买买提・卡德尔",
                             "韦\xE3\xAB\xB0", "葛\xF3\xA0\x84\x80飾", "王\u3000明"}) {
        const TextEdit edit = written(name);
        EXPECT_EQ(edit.text(), name);
        EXPECT_EQ(edit.hint(), TextEdit::Hint::none) << name;
    }
}

TEST(TextEditing, BackspaceAndArrowsPassWhatAPersonSeesAsOne) {
    for (const char* one :
         {"明", "𠮷", "e\u0301", "葛\xF3\xA0\x84\x80", "👨‍👩‍👧", "🇨🇳"}) {
        TextEdit edit = written(std::string("A") + one);
        press(edit, Kind::left);
        EXPECT_EQ(edit.caret(), 1U) << one;
        press(edit, Kind::right);
        press(edit, Kind::backspace);
        EXPECT_EQ(edit.text(), "A") << one;
    }
}

TEST(TextEditing, InsertGoesToTheCaretAndEraseTakesWhatFollows) {
    TextEdit edit = written("王明");
    press(edit, Kind::left);
    edit.take({.text = "小"});
    EXPECT_EQ(edit.text(), "王小明");
    press(edit, Kind::erase);
    EXPECT_EQ(edit.text(), "王小");
    press(edit, Kind::home);
    press(edit, Kind::backspace);
    EXPECT_EQ(edit.text(), "王小") << "nothing before it";
    press(edit, Kind::erase, 5);
    EXPECT_EQ(edit.text(), "");
}

TEST(TextEditing, ShiftMarksAndWhatIsTypedTakesItsPlace) {
    TextEdit edit = written("陈小明");
    press(edit, Kind::left, 2, true);
    EXPECT_EQ(edit.marked(), "小明");
    edit.take({.text = "大勇"});
    EXPECT_EQ(edit.text(), "陈大勇");
    press(edit, Kind::mark_all);
    press(edit, Kind::copy);
    EXPECT_EQ(edit.take_copied(), "陈大勇");
    EXPECT_EQ(edit.take_copied(), "") << "given once";
    press(edit, Kind::cut);
    EXPECT_EQ(edit.take_copied(), "陈大勇");
    EXPECT_EQ(edit.text(), "");
    press(edit, Kind::copy);
    EXPECT_EQ(edit.take_copied(), "") << "nothing is marked: the clipboard stays";
}

TEST(TextEditing, AMarkEndsOnTheSideThePersonGoesTo) {
    TextEdit edit = written("ABCD");
    press(edit, Kind::left, 2, true);
    press(edit, Kind::left);
    EXPECT_EQ(edit.caret(), 2U);
    press(edit, Kind::end, 1, true);
    press(edit, Kind::right);
    EXPECT_EQ(edit.caret(), 4U);
    EXPECT_EQ(edit.marked(), "");
}

TEST(TextEditing, WhatIsComposedIsNotTextUntilItIsCommitted) {
    TextEdit edit = written("王");
    edit.take({.kind = Kind::compose, .text = "xiao m"});
    EXPECT_EQ(edit.text(), "王");
    EXPECT_EQ(edit.composing(), "xiao m");
    edit.take({.text = "小明"});
    EXPECT_EQ(edit.text(), "王小明");
    EXPECT_EQ(edit.composing(), "");
    edit.take({.kind = Kind::compose, .text = "x"});
    edit.take({.kind = Kind::compose});
    EXPECT_EQ(edit.composing(), "") << "taken back";
}

TEST(TextEditing, ControlCharactersAreDroppedAndSaid) {
    for (const std::string& control :
         {std::string("\n"), std::string("\t"), std::string("\x7F"), std::string("\x1B"),
          std::string("\0", 1), std::string("\u0085"), std::string("\u2028")}) {
        const TextEdit edit = written("王" + control + "明");
        EXPECT_EQ(edit.text(), "王明");
        EXPECT_EQ(edit.hint(), TextEdit::Hint::dropped);
    }
    TextEdit edit = written("王\n");
    edit.take({.text = "明"});
    EXPECT_EQ(edit.hint(), TextEdit::Hint::none) << "said until the next thing is written";
}

TEST(TextEditing, BytesThatAreNoUtf8AreDropped) {
    const TextEdit edit = written("王\xFF\xC3(\xE6\x98");
    EXPECT_EQ(edit.text(), "王(");
    EXPECT_EQ(edit.hint(), TextEdit::Hint::dropped);
}

TEST(TextEditing, AFullFieldTakesWholeCharactersOnly) {
    TextEdit edit = written("𠮷𠮷𠮷", 10);
    EXPECT_EQ(edit.text(), "𠮷𠮷");
    EXPECT_EQ(edit.hint(), TextEdit::Hint::full);
    edit.take({.text = "明"});
    EXPECT_EQ(edit.text(), "𠮷𠮷") << "two bytes are left, it has three";
    edit.take({.text = "AB"});
    EXPECT_EQ(edit.text(), "𠮷𠮷AB");
    const TextEdit none = written("王", 0);
    EXPECT_EQ(none.text(), "");
}

// Whoever writes such a line finds it again unchanged; only what cannot stand in a line is gone.
TEST(TextEditing, HostileStringsAreKeptOrLoseControlCharactersOnly) {
    std::ifstream file(HALL_SOURCE_DIR "/tests/data/blns.txt");
    ASSERT_TRUE(file.is_open());
    int kept = 0;
    for (std::string line; std::getline(file, line);) {
        TextEdit edit = written(line, 10'000);
        if (edit.hint() == TextEdit::Hint::none) {
            EXPECT_EQ(edit.text(), line);
            ++kept;
        } else {
            EXPECT_LT(edit.text().size(), line.size());
        }
        // Every caret stop can be reached both ways, and the text can be taken away again.
        const std::size_t stops = caret_stops(edit.text()).size();
        press(edit, Kind::left, static_cast<int>(stops));
        EXPECT_EQ(edit.caret(), 0U) << line;
        press(edit, Kind::end);
        press(edit, Kind::backspace, static_cast<int>(stops));
        EXPECT_EQ(edit.text(), "") << line;
    }
    EXPECT_GT(kept, 600);
}

}  // namespace
}  // namespace hall::kit
