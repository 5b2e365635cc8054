#include "runtime/process/file_lock.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace souk::runtime {
namespace {

class FileLocks : public ::testing::Test {
protected:
    FileLocks() {
        std::string name = (std::filesystem::temp_directory_path() / "souk-lock-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
    }
    ~FileLocks() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path folder_;
};

TEST_F(FileLocks, OneHolderAtATime) {
    const std::string path = folder_ / "a.lock";
    {
        const auto first = FileLock::take(path);
        ASSERT_TRUE(first) << first.error().message;
        const auto second = FileLock::take(path);
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().code, ErrorCode::Conflict);
        EXPECT_EQ(second.error().reason, "FileLocked");
    }
    EXPECT_TRUE(FileLock::take(path));
}

TEST_F(FileLocks, AKilledHolderLetsGo) {
    const std::string path = folder_ / "a.lock";
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto held = FileLock::take(path);
        ::_exit(held && ::write(ready[1], "x", 1) == 1 && ::pause() == 0 ? 0 : 1);
    }
    char byte = 0;
    ASSERT_EQ(::read(ready[0], &byte, 1), 1);
    EXPECT_FALSE(FileLock::take(path));
    ASSERT_EQ(::kill(child, SIGKILL), 0);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    EXPECT_TRUE(FileLock::take(path));
    ::close(ready[0]);
    ::close(ready[1]);
}

TEST_F(FileLocks, AFolderThatIsMissingIsNamed) {
    const auto lock = FileLock::take(folder_ / "none/a.lock");
    ASSERT_FALSE(lock);
    EXPECT_EQ(lock.error().code, ErrorCode::Unavailable);
    EXPECT_NE(lock.error().message.find("none/a.lock"), std::string::npos);
}

}  // namespace
}  // namespace souk::runtime
