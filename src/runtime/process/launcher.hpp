#pragma once

namespace souk::runtime {

/// First argument that puts a program into launcher mode.
inline constexpr const char* kLauncherArgument = "__exec";

/// True when main must do nothing but `return exec_launcher_main(argc, argv);`, before it touches anything
/// else.
bool is_launcher_call(int argc, char** argv);

/// `<program> __exec <ppid> -- <program> <args...>`: asks the kernel to be killed with the parent, checks
/// that the parent is still <ppid>, and becomes the program. Returns (127) only if that failed; the reason
/// goes as an errno value to file descriptor 3, which the runner reads.
int exec_launcher_main(int argc, char** argv);

}  // namespace souk::runtime
