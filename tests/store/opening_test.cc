// Opening a log: what is refused, with which code, and that a refusal changes nothing.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "tests/store/places.h"

namespace hall::store {
namespace {

std::string code_of(const OpenedLog& opened) {
    return opened ? "opened" : opened.error().code;
}

// Opens as a user without privileges, which a test run as root has to become first.
std::string code_as_ordinary_user(const std::filesystem::path& data_dir) {
    int ends[2];
    if (::pipe(ends) != 0) return "no pipe";
    const pid_t child = ::fork();
    if (child == 0) {
        constexpr uid_t kNobody = 65534;
        if (::geteuid() == 0 && ::setuid(kNobody) != 0) ::_exit(1);
        const std::string code = code_of(open_sqlite_log(data_dir));
        const bool told = ::write(ends[1], code.data(), code.size()) > 0;
        ::_exit(told ? 0 : 1);
    }
    ::close(ends[1]);
    char code[100];
    const ssize_t size = ::read(ends[0], code, sizeof code);
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    return {code, static_cast<size_t>(std::max<ssize_t>(size, 0))};
}

TEST(Opening, MakesTheDirectoryAndTheLog) {
    TestDirectory directory;
    const auto data_dir = directory.path() / "a" / "b";
    ASSERT_EQ(code_of(open_sqlite_log(data_dir)), "opened");
    EXPECT_TRUE(std::filesystem::exists(data_dir / "hall.db"));
    EXPECT_TRUE(open_sqlite_reader(data_dir));
}

TEST(Opening, AFileThatIsNoDatabaseIsRefusedAndKept) {
    SqlitePlace place;
    const std::string text(5000, 'n');
    std::ofstream(place.path() / "hall.db") << text;
    EXPECT_EQ(code_of(place.open()), "log_not_a_database");
    EXPECT_EQ(std::filesystem::file_size(place.path() / "hall.db"), text.size());
}

TEST(Opening, ADatabaseOfSomethingElseIsRefused) {
    SqlitePlace place;
    place.run("CREATE TABLE recipe(name)");
    EXPECT_EQ(code_of(place.open()), "log_not_a_database");
    EXPECT_EQ(open_sqlite_reader(place.path()).error().code, "log_not_a_database");
}

TEST(Opening, ALogFromTheFutureIsRefused) {
    SqlitePlace place;
    must_open(place).reset();
    place.run("PRAGMA user_version = 2");
    EXPECT_EQ(code_of(place.open()), "log_from_future");
    place.run("PRAGMA user_version = 1");
    EXPECT_EQ(code_of(place.open()), "opened");
}

TEST(Opening, AReadOnlyFileIsRefused) {
    SqlitePlace place;
    must_open(place).reset();
    ASSERT_EQ(::chmod(place.path().c_str(), 0777), 0);
    ASSERT_EQ(::chmod((place.path() / "hall.lock").c_str(), 0666), 0);
    ASSERT_EQ(::chmod((place.path() / "hall.db").c_str(), 0444), 0);
    EXPECT_EQ(code_as_ordinary_user(place.path()), "storage_unavailable");
    ASSERT_EQ(::chmod((place.path() / "hall.db").c_str(), 0666), 0);
    EXPECT_EQ(code_as_ordinary_user(place.path()), "opened");
}

TEST(Opening, AnUnwritableDirectoryIsRefused) {
    SqlitePlace place;
    ASSERT_EQ(::chmod(place.path().c_str(), 0555), 0);
    EXPECT_EQ(code_as_ordinary_user(place.path()), "storage_unavailable");
    EXPECT_EQ(code_as_ordinary_user(place.path() / "deeper"), "storage_unavailable");
    ASSERT_EQ(::chmod(place.path().c_str(), 0700), 0);
    std::ofstream(place.path() / "file") << "not a directory";
    EXPECT_EQ(code_of(open_sqlite_log(place.path() / "file")), "storage_unavailable");
}

TEST(Opening, AReaderNeedsALog) {
    TestDirectory directory;
    EXPECT_EQ(open_sqlite_reader(directory.path()).error().code, "storage_unavailable");
    EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

}  // namespace
}  // namespace hall::store
