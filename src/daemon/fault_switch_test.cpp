#include "daemon/fault_switch.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <thread>

namespace souk::daemon {
namespace {

namespace fs = std::filesystem;

class FaultSwitchTest : public ::testing::Test {
protected:
    FaultSwitchTest() {
        std::string name = (fs::temp_directory_path() / "souk-faults-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
    }
    ~FaultSwitchTest() override { fs::remove_all(folder_); }

    std::string book() const { return folder_ / "book"; }

private:
    fs::path folder_;
};

std::set<std::string> names_in(const std::string& path) {
    std::ifstream file(path);
    std::set<std::string> out;
    for (std::string line; std::getline(file, line);) {
        out.insert(line);
    }
    return out;
}

/// How a process ended that passes the places of `run`.
template <class Run>
int end_of(Run run) {
    const pid_t child = ::fork();
    if (child == 0) {
        run();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}

bool killed(int status) { return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL; }

TEST_F(FaultSwitchTest, DiesOnceAtEachPlaceOfItsBook) {
    const auto pass = [&] {
        FaultSwitch faults({.kill_at = "", .log = "", .book = book()});
        faults.reach("kube.create.namespaces.before");
        faults.reach("kube.create.namespaces.after");
    };
    EXPECT_TRUE(killed(end_of(pass)));
    EXPECT_TRUE(killed(end_of(pass)));
    EXPECT_EQ(end_of(pass), 0);
    EXPECT_EQ(names_in(book()),
              (std::set<std::string>{"kube.create.namespaces.before", "kube.create.namespaces.after"}));
}

TEST_F(FaultSwitchTest, ADeathElsewhereDoesNotHideTheEndOfACall) {
    for (const std::string call :
         {"commit.rename_store", "kube.remove.rolebindings/souk-worker", "helm.apply"}) {
        std::ofstream(book()) << call << ".before\n";
        const auto pass = [&] {
            FaultSwitch faults({.kill_at = "", .log = "", .book = book()});
            faults.reach(call + ".before");
            std::thread sweep([&] { faults.reach("commit.reap.before"); });
            // Until it has chosen to die, and waits; 20 s at most.
            for (int i = 0; i < 20'000 && !names_in(book()).contains("commit.reap.before"); ++i) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            faults.reach(call + ".after");
            sweep.join();
        };
        EXPECT_TRUE(killed(end_of(pass)));
        EXPECT_EQ(names_in(book()),
                  (std::set<std::string>{call + ".before", "commit.reap.before", call + ".after"}));
    }
}

TEST_F(FaultSwitchTest, ACommitWithoutAnEndDoesNotKeepItAlive) {
    std::ofstream(book()) << "commit.rename_store.before\n";
    const auto pass = [&] {
        FaultSwitch faults({.kill_at = "", .log = "", .book = book()});
        faults.reach("commit.rename_store.before");
        faults.reach("helm.apply.before");
    };
    EXPECT_TRUE(killed(end_of(pass)));
}

}  // namespace
}  // namespace souk::daemon
