#include "runtime/process/capped_text.hpp"
#include "runtime/process/posix_process_runner.hpp"
#include "runtime/process/unique_fd.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

namespace souk::runtime {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

Command shell(std::string script) { return {.program = "sh", .args = {"-c", std::move(script)}}; }

/// A named pipe through which a program tells that it has started, and its number.
class Mailbox {
public:
    Mailbox() {
        std::string pattern = std::filesystem::temp_directory_path() / "mailbox-XXXXXX";
        dir_ = ::mkdtemp(pattern.data());
        EXPECT_EQ(::mkfifo(path().c_str(), 0600), 0);
        fd_ = UniqueFd(::open(path().c_str(), O_RDWR | O_CLOEXEC));
    }
    ~Mailbox() { std::filesystem::remove_all(dir_); }
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;

    std::string path() const { return dir_ + "/pipe"; }

    pid_t read_pid() const {
        pollfd ready{fd_.get(), POLLIN, 0};
        char text[64] = {};
        if (::poll(&ready, 1, 20000) <= 0 || ::read(fd_.get(), text, sizeof text - 1) <= 0) {
            return -1;
        }
        return std::atoi(text);
    }

private:
    std::string dir_;
    UniqueFd fd_;
};

UniqueFd watch(pid_t pid) { return UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))); }

/// A number that does not exist any more counts as gone.
bool is_gone_soon(const UniqueFd& pidfd) {
    pollfd gone{pidfd.get(), POLLIN, 0};
    return !pidfd.open() || ::poll(&gone, 1, 20000) == 1;
}

std::size_t open_files() {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        ++count;
    }
    return count;
}

class Process : public ::testing::Test {
protected:
    PosixProcessRunner runner;
};

TEST_F(Process, StandardInputReachesTheProgramWhateverItsSize) {
    const std::string input(3'000'000, 'x');
    const auto result = runner.run({.program = "wc", .args = {"-c"}, .stdin_text = input}, {});
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->out, "3000000\n");
    EXPECT_TRUE(result->succeeded());
}

TEST_F(Process, AProgramThatNeverReadsItsInputBlocksNobody) {
    const auto result = runner.run({.program = "true", .stdin_text = std::string(3'000'000, 'x')}, {});
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->succeeded());
    const auto none = runner.run({.program = "wc", .args = {"-c"}}, {});
    ASSERT_TRUE(none);
    EXPECT_EQ(none->out, "0\n");
}

TEST_F(Process, LargeOutputOnBothSidesIsCutInTheMiddle) {
    Command command = shell(
        "echo first; head -c 2000000 /dev/zero | tr '\\0' a; echo last;"
        "{ echo FIRST; head -c 2000000 /dev/zero | tr '\\0' b; echo LAST; } >&2");
    command.output_cap = 1000;
    const auto result = runner.run(command, {});
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->succeeded());
    EXPECT_TRUE(result->out.starts_with("first\naaa"));
    EXPECT_TRUE(result->out.ends_with("aaalast\n"));
    EXPECT_THAT(result->out, HasSubstr("[... 1999011 bytes left out ...]"));
    EXPECT_TRUE(result->err.starts_with("FIRST\nbbb"));
    EXPECT_TRUE(result->err.ends_with("bbbLAST\n"));
    EXPECT_LT(result->out.size(), 1100U);
}

TEST_F(Process, ATimeOutEndsTheGrandchildToo) {
    const Mailbox mailbox;
    // The grandchild ignores the polite signal; only the end of the whole group can take it.
    Command command = shell("(trap '' TERM; sh -c 'echo $$ > " + mailbox.path() +
                            "; while :; do sleep 1000; done') & wait");
    command.timeout = 5s;  // long enough for the grandchild to have told its number on a busy machine
    command.kill_grace = 50ms;
    const auto result = runner.run(command, {});
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->timed_out);
    EXPECT_FALSE(result->succeeded());
    const pid_t grandchild = mailbox.read_pid();
    ASSERT_GT(grandchild, 1);
    EXPECT_TRUE(is_gone_soon(watch(grandchild)));
}

TEST_F(Process, AProgramThatIgnoresTheTermSignalIsKilledAfterTheGrace) {
    Command command = shell("trap '' TERM; while :; do sleep 0.05; done");
    command.timeout = 5s;  // long enough for the shell to have set its trap on a busy machine
    command.kill_grace = 100ms;
    const auto result = runner.run(command, {});
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->timed_out);
    EXPECT_EQ(result->signal, SIGKILL);
}

TEST_F(Process, AStopCancelsAndLeavesTimeToCleanUp) {
    const Mailbox mailbox;
    std::stop_source stop;
    std::jthread stopper([&] {
        mailbox.read_pid();
        stop.request_stop();
    });
    const auto result = runner.run(shell("trap 'echo cleaned; exit 3' TERM; echo $$ > " + mailbox.path() +
                                         "; while :; do sleep 0.05; done"),
                                   stop.get_token());
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->cancelled);
    EXPECT_FALSE(result->timed_out);
    EXPECT_EQ(result->out, "cleaned\n");
    EXPECT_EQ(result->exit_code, 3);
    EXPECT_FALSE(result->succeeded());
    EXPECT_EQ(describe(*result), "cancelled");

    const auto later = runner.run(shell("true"), stop.get_token());
    ASSERT_TRUE(later);
    EXPECT_TRUE(later->cancelled);
    EXPECT_FALSE(later->exit_code);
}

TEST_F(Process, AMissingProgramIsAnErrorNotAResult) {
    const auto missing = runner.run({.program = "no-such-program-anywhere"}, {});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().reason, "ProgramMissing");
    EXPECT_THAT(missing.error().message, HasSubstr("no-such-program-anywhere"));
    const auto directory = runner.run({.program = "/tmp"}, {});
    ASSERT_FALSE(directory);
    EXPECT_EQ(directory.error().reason, "NotExecutable");
    const auto nowhere = runner.run({.program = "true", .working_dir = "/no/such/dir"}, {});
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().code, ErrorCode::Internal);
    EXPECT_FALSE(runner.run({.program = ""}, {}));
    EXPECT_FALSE(runner.run({.program = "echo", .args = {std::string("a\0b", 3)}}, {}));
}

TEST_F(Process, ExitCodesAndSignalsAreToldApart) {
    const auto code = runner.run(shell("echo why >&2; exit 7"), {});
    ASSERT_TRUE(code);
    EXPECT_EQ(code->exit_code, 7);
    EXPECT_EQ(code->err, "why\n");
    EXPECT_EQ(describe(*code), "exit code 7");
    // 127 from the program itself is not "missing".
    EXPECT_EQ(runner.run(shell("exit 127"), {}).value().exit_code, 127);
    const auto signal = runner.run(shell("kill -9 $$"), {});
    ASSERT_TRUE(signal);
    EXPECT_FALSE(signal->exit_code);
    EXPECT_EQ(signal->signal, SIGKILL);
    EXPECT_EQ(describe(*signal), "signal 9 (Killed)");
}

TEST_F(Process, TheEnvironmentIsTheBaseAndTheAdditionsOnly) {
    ::setenv("LEAKED_FROM_PARENT", "1", 1);
    const auto result = runner.run({.program = "env", .env = {{"COLOUR", "blue"}, {"LANG", "de_DE"}}}, {});
    ::unsetenv("LEAKED_FROM_PARENT");
    ASSERT_TRUE(result);
    EXPECT_THAT(result->out, HasSubstr("COLOUR=blue\n"));
    EXPECT_THAT(result->out, HasSubstr("LANG=de_DE\n"));
    EXPECT_THAT(result->out, HasSubstr("PATH="));
    EXPECT_THAT(result->out, Not(HasSubstr("LEAKED")));
}

TEST_F(Process, ArgumentsArriveAsTheyAreAndTheDirectoryIsSet) {
    const auto result = runner.run(
        {.program = "printf", .args = {"%s|", "a b", "$HOME", "--", "", "\"q\"", "*"}, .working_dir = "/usr"},
        {});
    ASSERT_TRUE(result);
    EXPECT_EQ(result->out, "a b|$HOME|--||\"q\"|*|");
    EXPECT_EQ(runner.run({.program = "pwd", .working_dir = "/usr"}, {}).value().out, "/usr\n");
}

TEST_F(Process, TheProgramInheritsNoFilesAndNoBlockedSignals) {
    const UniqueFd open_here(::open("/dev/null", O_RDONLY));  // without close-on-exec
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &term, nullptr);
    const auto result =
        runner.run(shell("ls /proc/self/fd | tr '\\n' ' '; grep SigBlk /proc/self/status"), {});
    pthread_sigmask(SIG_UNBLOCK, &term, nullptr);
    ASSERT_TRUE(result);
    // 3 is the directory that ls reads.
    EXPECT_EQ(result->out, "0 1 2 3 SigBlk:\t0000000000000000\n");
}

TEST_F(Process, ManyAtOnceLeakNoFilesAndNoZombies) {
    ASSERT_TRUE(runner.run({.program = "true"}, {}));  // whatever is opened once is open now
    const auto before = open_files();
    std::atomic<int> right{0};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 5; ++i) {
                    const auto text = std::to_string(t) + "-" + std::to_string(i);
                    const auto result = runner.run({.program = "cat", .stdin_text = text}, {});
                    right += result && result->out == text ? 1 : 0;
                }
            });
        }
    }
    EXPECT_EQ(right, 40);
    EXPECT_EQ(open_files(), before);
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD);
}

TEST_F(Process, ABackgroundProgramDoesNotOutliveTheRun) {
    const Mailbox mailbox;
    const auto result = runner.run(shell("sleep 1000 & echo $! > " + mailbox.path()), {});
    ASSERT_TRUE(result);
    EXPECT_TRUE(result->succeeded());
    EXPECT_TRUE(is_gone_soon(watch(mailbox.read_pid())));
}

TEST(ProcessParentDeath, KillingTheParentTakesTheProgramAlong) {
    const Mailbox mailbox;
    const std::string script = "echo $$ > " + mailbox.path() + "; exec sleep 1000";
    std::string self = "/proc/self/exe";
    std::string mode = "__parent";
    std::string text = script;
    char* args[] = {self.data(), mode.data(), text.data(), nullptr};
    pid_t parent = -1;
    ASSERT_EQ(::posix_spawn(&parent, self.c_str(), nullptr, nullptr, args, environ), 0);
    const UniqueFd program = watch(mailbox.read_pid());
    ASSERT_TRUE(program.open());
    ASSERT_EQ(::kill(parent, SIGKILL), 0);
    ASSERT_EQ(::waitpid(parent, nullptr, 0), parent);
    EXPECT_TRUE(is_gone_soon(program));
}

TEST(ProcessParentDeath, ShortLivedThreadsMayRunPrograms) {
    // The signal belongs to the thread that starts a child. If that were the caller's, its end would kill the
    // program.
    const Mailbox mailbox;
    PosixProcessRunner runner;
    for (int i = 0; i < 3; ++i) {
        Result<ProcessResult> result;
        std::jthread([&] { result = runner.run(shell("sleep 0.05; echo ok"), {}); }).join();
        ASSERT_TRUE(result);
        EXPECT_EQ(result->out, "ok\n");
    }
}

TEST(CappedText, KeepsEverythingUpToTheCap) {
    CappedText text(10);
    text.append("01234");
    text.append("56789");
    EXPECT_EQ(text.take(), "0123456789");
    text.append("0123456789A");
    EXPECT_EQ(text.take(), "01234\n[... 1 bytes left out ...]\n6789A");
}

TEST(CappedText, KeepsTheEndOfAnEndlessText) {
    CappedText text(8);
    for (int i = 0; i < 10000; ++i) {
        text.append("abc");
    }
    EXPECT_EQ(text.take(), "abca\n[... 29992 bytes left out ...]\ncabc");
}

}  // namespace
}  // namespace souk::runtime
