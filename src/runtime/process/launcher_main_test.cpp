#include "runtime/process/launcher.hpp"
#include "runtime/process/posix_process_runner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

/// The test program is its own launcher, and in the mode "__parent" a program that runs one command and then
/// is killed.
int main(int argc, char** argv) {
    if (souk::runtime::is_launcher_call(argc, argv)) {
        return souk::runtime::exec_launcher_main(argc, argv);
    }
    if (argc == 3 && std::strcmp(argv[1], "__parent") == 0) {
        souk::runtime::PosixProcessRunner runner;
        return runner.run({.program = "sh", .args = {"-c", argv[2]}}, {}).has_value() ? 0 : 1;
    }
    ::testing::InitGoogleMock(&argc, argv);
    return RUN_ALL_TESTS();
}
