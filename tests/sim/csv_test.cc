// Reading CSV files, plain and packed.
#include "sim/csv.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

namespace hall::sim {
namespace {

std::string in_test_folder(const std::string& name) {
    const auto folder = std::filesystem::path(testing::TempDir()) /
                        testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder);
    return (folder / name).string();
}

TEST(Csv, RowsCarryTheLineTheyStartIn) {
    auto csv = CsvReader::parse("# note\na,b\n\n1,\"x\ny\"\r\n3,4\n", "t.csv");
    ASSERT_TRUE(csv);
    EXPECT_EQ(csv->header_line(), 2);
    EXPECT_EQ(csv->column("b"), 1U);
    EXPECT_FALSE(csv->column("c"));
    CsvRow row;
    ASSERT_TRUE(csv->next(row));
    EXPECT_EQ(row.line, 4);
    EXPECT_EQ(row.fields, (std::vector<std::string>{"1", "x\ny"}));
    ASSERT_TRUE(csv->next(row));
    EXPECT_EQ(row.line, 6);
    EXPECT_EQ(row.fields, (std::vector<std::string>{"3", "4"}));
    EXPECT_FALSE(csv->next(row));
    EXPECT_EQ(csv->at(6, "odd"), "t.csv:6: odd");
}

TEST(Csv, QuotesHoldCommasAndDoubledQuotes) {
    auto csv = CsvReader::parse("a\n\"1,\"\"2\"\"\",,\n", "t.csv");
    ASSERT_TRUE(csv);
    CsvRow row;
    ASSERT_TRUE(csv->next(row));
    EXPECT_EQ(row.fields, (std::vector<std::string>{"1,\"2\"", "", ""}));
}

TEST(Csv, PackedFileReadsLikeThePlainOne) {
    const std::string text = "a,b\n1,2\n";
    const std::string packed = in_test_folder("t.csv.gz");
    gzFile out = gzopen(packed.c_str(), "wb");
    gzwrite(out, text.data(), static_cast<unsigned>(text.size()));
    gzclose(out);
    auto csv = CsvReader::open(packed);
    ASSERT_TRUE(csv);
    CsvRow row;
    ASSERT_TRUE(csv->next(row));
    EXPECT_EQ(row.fields[1], "2");

    std::filesystem::resize_file(packed, std::filesystem::file_size(packed) - 9);
    const auto cut = CsvReader::open(packed);
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, "file_unreadable");
}

TEST(Csv, MissingFoldersAndEmptyFilesAreNamed) {
    EXPECT_EQ(CsvReader::open("/nowhere/t.csv").error().message,
              "/nowhere/t.csv: there is no such file");
    EXPECT_EQ(CsvReader::open("/").error().code, "file_unreadable");
    EXPECT_EQ(CsvReader::parse("\n# only a note\n", "t.csv").error().code, "csv_invalid");
}

TEST(Csv, NumbersFillTheWholeField) {
    EXPECT_EQ(number_from("-1.5"), -1.5);
    EXPECT_FALSE(number_from("1.5 "));
    EXPECT_FALSE(number_from(""));
    EXPECT_FALSE(number_from("nan"));
    EXPECT_FALSE(number_from("inf"));
}

}  // namespace
}  // namespace hall::sim
