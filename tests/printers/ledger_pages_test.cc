// A ledger on paper, read back with pdftotext: nothing is lost, every page says which it is.
#include "printers/layout/ledger_pages.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <string>
#include <vector>

namespace hall::printers::layout {
namespace {

namespace fs = std::filesystem;

const Typesetter& typesetter() {
    static const Typesetter one;
    return one;
}

LedgerSheet sheet(size_t rows) {
    LedgerSheet sheet;
    sheet.title = "测试大厅 一对一跟踪办件台账";
    sheet.period = "2026-11-01 至 2026-11-30,共 80 条";
    sheet.heading = {"个案号", "日期", "时间", "办事人", "事项", "阶段", "办理结果", "备注"};
    for (size_t i = 0; i < rows; ++i) {
        sheet.rows.push_back({fmt::format("R{:05}", i), "2026-11-23", "09:05", "王*明",
                              "城乡居民基本养老保险待遇申领", "复印资料", "", ""});
    }
    sheet.nothing = "这段时间没有记录";
    sheet.signatures = {"制表:", "审核:", "日期:"};
    sheet.foot = "链尾 0123abcd";
    sheet.page_caption = [](int page, int pages) {
        return fmt::format("第 {} 页 共 {} 页", page, pages);
    };
    return sheet;
}

// The text of each page.
std::vector<std::string> read_back(const LedgerPages& pages) {
    std::string name = (fs::temp_directory_path() / "ledger-XXXXXX").string();
    const fs::path folder = ::mkdtemp(name.data());
    std::ofstream(folder / "l.pdf", std::ios::binary) << pages.pdf();
    const std::string line = fmt::format("pdftotext -layout {} {}", (folder / "l.pdf").string(),
                                         (folder / "l.txt").string());
    EXPECT_EQ(std::system(line.c_str()), 0);
    std::ifstream in(folder / "l.txt", std::ios::binary);
    const std::string all((std::istreambuf_iterator<char>(in)), {});
    fs::remove_all(folder);
    std::vector<std::string> texts;
    for (size_t from = 0; from < all.size();) {
        const size_t end = std::min(all.size(), all.find('\f', from));
        texts.push_back(all.substr(from, end - from));
        from = end + 1;
    }
    return texts;
}

// pdftotext leaves out narrow spaces.
std::string without_spaces(std::string text) {
    text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
    return text;
}

bool has(const std::string& text, const std::string& part) {
    return without_spaces(text).find(without_spaces(part)) != std::string::npos;
}

TEST(LedgerPages, EveryPageHasTitleHeadingSignaturesAndItsNumber) {
    const LedgerPages pages(typesetter(), sheet(80));
    ASSERT_GT(pages.pages(), 2);
    const auto texts = read_back(pages);
    ASSERT_EQ(texts.size(), static_cast<size_t>(pages.pages()));
    for (size_t i = 0; i < texts.size(); ++i) {
        for (const std::string& part :
             {std::string("测试大厅 一对一跟踪办件台账"), std::string("2026-11-01 至 2026-11-30"),
              std::string("办事人"), std::string("制表:"), std::string("审核:"),
              std::string("日期:"), std::string("链尾 0123abcd"),
              fmt::format("第 {} 页 共 {} 页", i + 1, texts.size())}) {
            EXPECT_TRUE(has(texts[i], part)) << i << ": " << part << "\n" << texts[i];
        }
    }
}

TEST(LedgerPages, EveryRowIsOnOnePageInOrder) {
    const LedgerPages pages(typesetter(), sheet(500));
    std::string all;
    for (const auto& text : read_back(pages)) all += text;
    size_t at = 0;
    for (int i = 0; i < 500; ++i) {
        const std::string row = fmt::format("R{:05}", i);
        const size_t found = all.find(row, at);
        ASSERT_NE(found, std::string::npos) << row;
        EXPECT_EQ(all.find(row, found + 1), std::string::npos) << row;
        at = found;
    }
    EXPECT_EQ(pages.unknown_glyphs(), 0);
}

TEST(LedgerPages, ALongCellTakesLinesAndIsNeverCut) {
    LedgerSheet long_sheet = sheet(3);
    std::string note;
    for (int i = 0; i < 45; ++i) note += fmt::format("第{:03}句话。", i);
    long_sheet.rows[1][7] = note;
    const LedgerPages pages(typesetter(), long_sheet);
    const LedgerPages plain(typesetter(), sheet(3));
    std::string all;
    for (const auto& text : read_back(pages)) all += text;
    for (int i = 0; i < 45; ++i) {
        EXPECT_TRUE(has(all, fmt::format("{:03}", i))) << i;
    }
    const auto& widths = pages.column_widths_mm();
    EXPECT_NEAR(std::accumulate(widths.begin(), widths.end(), 0.0),
                kLedgerWidth_mm - 2 * kLedgerMargin_mm, 0.01);
    // The short columns keep their width: only the long one breaks.
    EXPECT_GT(widths[7], plain.column_widths_mm()[7]);
    EXPECT_GT(widths[1], 20);
}

// As long as a note may be, in every column.
TEST(LedgerPages, ARowHigherThanAPageGoesOnOnTheNext) {
    LedgerSheet long_rows = sheet(3);
    std::string note;
    for (int i = 0; i < 400; ++i) note += fmt::format("话{:03}", i);
    for (auto& cell : long_rows.rows[1]) cell = note;
    const LedgerPages pages(typesetter(), long_rows);
    EXPECT_EQ(pages.unknown_glyphs(), 0);
    const auto texts = read_back(pages);
    EXPECT_EQ(texts.size(), static_cast<size_t>(pages.pages()));
    ASSERT_GT(texts.size(), 2U);
    EXPECT_TRUE(has(texts.front(), "R00000"));
    EXPECT_TRUE(has(texts.back(), "R00002"));
    std::string all;
    for (const auto& text : texts) {
        EXPECT_TRUE(has(text, "审核:")) << "nothing is written over the signatures";
        all += text;
    }
    // Lines break within a number: its digits are counted, not looked for.
    const auto count = [&](const std::string& what, const std::string& in) {
        size_t times = 0;
        for (size_t at = in.find(what); at != std::string::npos; at = in.find(what, at + 1))
            ++times;
        return times;
    };
    EXPECT_EQ(count("话", all), 400 * long_rows.heading.size());
}

TEST(LedgerPages, ManyLongColumnsShareThePage) {
    LedgerSheet wide = sheet(1);
    wide.heading.assign(14, "一个很长的列标题一个很长的列标题");
    wide.rows.assign(5, std::vector<std::string>(14, std::string("字字字字字字字字字字字字字字")));
    const LedgerPages pages(typesetter(), wide);
    for (const double width : pages.column_widths_mm()) {
        EXPECT_NEAR(width, (kLedgerWidth_mm - 2 * kLedgerMargin_mm) / 14, 0.01);
    }
    EXPECT_EQ(pages.pages(), 1);
}

TEST(LedgerPages, NothingIsAPageThatSaysSo) {
    const LedgerPages pages(typesetter(), sheet(0));
    const auto texts = read_back(pages);
    ASSERT_EQ(texts.size(), 1U);
    EXPECT_TRUE(has(texts[0], "这段时间没有记录"));
    EXPECT_TRUE(has(texts[0], "第 1 页 共 1 页"));
}

TEST(LedgerPages, RareNamesAreShownAndWhatHasNoFontIsCounted) {
    LedgerSheet rare = sheet(1);
    rare.rows[0][3] = "𠮷*·*提";
    EXPECT_EQ(LedgerPages(typesetter(), rare).unknown_glyphs(), 0);
    rare.rows[0][3] = "\xF3\xB0\x80\x80\xF3\xB0\x80\x81";  // two of the private plane
    EXPECT_EQ(LedgerPages(typesetter(), rare).unknown_glyphs(), 2);
    rare.rows[0][3] = "broken \xFF and\nline\x01s";
    EXPECT_TRUE(has(read_back(LedgerPages(typesetter(), rare))[0], "and line"));
}

}  // namespace
}  // namespace hall::printers::layout
