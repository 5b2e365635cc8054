#include "runtime/process/spawner.hpp"

#include "runtime/process/launcher.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <map>
#include <system_error>

namespace souk::runtime {
namespace {

Error system_error(std::string_view doing, int error) {
    const bool passes =
        error == EAGAIN || error == ENOMEM || error == EMFILE || error == ENFILE || error == ENOBUFS;
    return Error{passes ? ErrorCode::Unavailable : ErrorCode::Internal,
                 std::string(doing) + ": " + std::generic_category().message(error),
                 {},
                 {}};
}

/// Above the numbers that the child's own files get, so that putting one in place never overwrites another.
Result<UniqueFd> lift(UniqueFd fd) {
    UniqueFd lifted(::fcntl(fd.get(), F_DUPFD_CLOEXEC, 10));
    if (!lifted.open()) {
        return tl::unexpected(system_error("prepare a program", errno));
    }
    return lifted;
}

struct Pipe {
    UniqueFd read;
    UniqueFd write;
};

Result<Pipe> make_pipe() {
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        return tl::unexpected(system_error("make a pipe", errno));
    }
    Pipe pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
    auto write = lift(std::move(pipe.write));
    if (!write) {
        return forward(std::move(write));
    }
    pipe.write = std::move(*write);
    if (::fcntl(pipe.read.get(), F_SETFL, O_NONBLOCK) != 0) {
        return tl::unexpected(system_error("make a pipe", errno));
    }
    return pipe;
}

/// Standard input is a file in memory: the child reads it at its own pace, and one that never reads blocks
/// nobody.
Result<UniqueFd> make_input(const std::string& text) {
    if (text.empty()) {
        UniqueFd null(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        return null.open() ? lift(std::move(null)) : tl::unexpected(system_error("open /dev/null", errno));
    }
    UniqueFd file(::memfd_create("stdin", MFD_CLOEXEC));
    if (!file.open()) {
        return tl::unexpected(system_error("make standard input", errno));
    }
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t written = ::write(file.get(), text.data() + done, text.size() - done);
        if (written < 0 && errno != EINTR) {
            return tl::unexpected(system_error("write standard input", errno));
        }
        done += written > 0 ? static_cast<std::size_t>(written) : 0;
    }
    if (::lseek(file.get(), 0, SEEK_SET) != 0) {
        return tl::unexpected(system_error("rewind standard input", errno));
    }
    return lift(std::move(file));
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> list;
    list.reserve(texts.size() + 1);
    for (auto& text : texts) {
        list.push_back(text.data());
    }
    list.push_back(nullptr);
    return list;
}

/// RAII over the two C objects; the first error sticks.
class SpawnPlan {
public:
    SpawnPlan() : error_(posix_spawn_file_actions_init(&actions_)) {
        note(posix_spawnattr_init(&attributes_));
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        note(posix_spawnattr_setsigmask(&attributes_, &none));
        note(posix_spawnattr_setsigdefault(&attributes_, &all));
        note(posix_spawnattr_setpgroup(&attributes_, 0));
        note(posix_spawnattr_setflags(
            &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP));
    }
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;

    void put(const UniqueFd& fd, int number) {
        note(posix_spawn_file_actions_adddup2(&actions_, fd.get(), number));
    }
    void close_from(int number) { note(posix_spawn_file_actions_addclosefrom_np(&actions_, number)); }
    void change_dir(const std::string& path) {
        note(posix_spawn_file_actions_addchdir_np(&actions_, path.c_str()));
    }
    int start(pid_t& pid, const std::string& program, std::vector<std::string>& args,
              std::vector<std::string>& env) {
        if (error_ != 0) {
            return error_;
        }
        return posix_spawn(&pid, program.c_str(), &actions_, &attributes_, pointers(args).data(),
                           pointers(env).data());
    }

private:
    void note(int error) { error_ = error_ != 0 ? error_ : error; }

    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
    int error_;
};

/// glibc 2.36 declares pidfd_open without extern "C", so C++ cannot link it.
int open_pidfd(pid_t pid) { return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)); }

void discard(pid_t pid) {
    ::kill(-pid, SIGKILL);
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
}

}  // namespace

PosixProcessRunner::Spawner::Spawner(const PosixProcessRunnerOptions& options)
    : options_(options), thread_([this](const std::stop_token& stop) { loop(stop); }) {}

Result<Child> PosixProcessRunner::Spawner::spawn(const Command& command) {
    Task task([&] { return spawn_here(command); });
    auto result = task.get_future();
    {
        const std::scoped_lock lock(mutex_);
        tasks_.push_back(std::move(task));
    }
    changed_.notify_one();
    return result.get();
}

void PosixProcessRunner::Spawner::loop(const std::stop_token& stop) {
    pthread_setname_np(pthread_self(), "spawner");
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [&] { return !tasks_.empty(); })) {
        Task task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        task();
        lock.lock();
    }
}

std::vector<std::string> PosixProcessRunner::Spawner::environment_of(const Command& command) const {
    std::map<std::string, std::string> merged;
    for (const auto& [name, value] : options_.base_env) {
        merged[name] = value;
    }
    for (const auto& [name, value] : command.env) {
        merged[name] = value;
    }
    std::vector<std::string> lines;
    lines.reserve(merged.size());
    for (const auto& [name, value] : merged) {
        lines.push_back(name + "=" + value);
    }
    return lines;
}

Result<Child> PosixProcessRunner::Spawner::spawn_here(const Command& command) const {
    const auto input = make_input(command.stdin_text);
    auto out = make_pipe();
    auto err = make_pipe();
    auto report = make_pipe();
    if (!input || !out || !err || !report) {
        return tl::unexpected(!input ? input.error()
                              : !out ? out.error()
                              : !err ? err.error()
                                     : report.error());
    }
    SpawnPlan plan;
    plan.put(*input, 0);
    plan.put(out->write, 1);
    plan.put(err->write, 2);
    plan.put(report->write, 3);
    plan.close_from(4);
    if (!command.working_dir.empty()) {
        plan.change_dir(command.working_dir);
    }
    std::vector<std::string> args = {"exec", kLauncherArgument, std::to_string(::getpid()), "--",
                                     command.program};
    args.insert(args.end(), command.args.begin(), command.args.end());
    auto env = environment_of(command);
    Child child;
    if (const int error = plan.start(child.pid, options_.launcher, args, env); error != 0) {
        return tl::unexpected(system_error("start " + command.program, error));
    }
    child.pidfd = UniqueFd(open_pidfd(child.pid));
    if (!child.pidfd.open()) {
        const int error = errno;
        discard(child.pid);
        return tl::unexpected(system_error("watch " + command.program, error));
    }
    child.out = std::move(out->read);
    child.err = std::move(err->read);
    child.report = std::move(report->read);
    return child;
}

}  // namespace souk::runtime
