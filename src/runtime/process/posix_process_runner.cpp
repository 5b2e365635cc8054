#include "runtime/process/posix_process_runner.hpp"

#include "runtime/process/capped_text.hpp"
#include "runtime/process/spawner.hpp"
#include "runtime/process/unique_fd.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <thread>

namespace souk::runtime {
namespace {

using Clock = std::chrono::steady_clock;

/// How long to wait for the end of the outputs when the program is gone: only somebody who left the group can
/// hold them open.
constexpr auto kDrainTime = std::chrono::milliseconds(200);

enum class Phase { Running, Terminating, Killing, Draining };

/// Watches one child from its start to the end of its outputs.
class Supervisor {
public:
    Supervisor(const Command& command, Child child)
        : command_(command),
          child_(std::move(child)),
          out_(command.output_cap),
          err_(command.output_cap),
          started_(Clock::now()),
          deadline_(command.timeout.count() > 0 ? started_ + command.timeout : Clock::time_point::max()) {}

    ~Supervisor() {
        if (!reaped_) {  // an exception on the way: leave nothing behind
            ::kill(-child_.pid, SIGKILL);
            reap();
        }
    }

    Supervisor(const Supervisor&) = delete;
    Supervisor& operator=(const Supervisor&) = delete;

    Result<ProcessResult> run(const std::stop_token& stop) {
        const UniqueFd stopped(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
        if (!stopped.open()) {
            return fail(ErrorCode::Unavailable,
                        "watch " + command_.program + ": " + std::generic_category().message(errno));
        }
        const std::stop_callback on_stop(stop, [&] { ::eventfd_write(stopped.get(), 1); });
        while (!finished()) {
            wait(stopped.get());
            react(stop);
        }
        if (launch_error_ != 0) {
            return not_started();
        }
        result_.out = out_.take();
        result_.err = err_.take();
        return std::move(result_);
    }

private:
    bool finished() const {
        if (phase_ != Phase::Draining) {
            return false;
        }
        return (!child_.out.open() && !child_.err.open()) || Clock::now() >= deadline_;
    }

    int poll_time() const {
        if (deadline_ == Clock::time_point::max()) {
            return -1;
        }
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
        return static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(left, 0, 60000));
    }

    void wait(int stopped) {
        // A negative number is skipped by poll: closed outputs, the reaped child, a stop that was seen.
        std::array<pollfd, 5> watched = {{{reaped_ ? -1 : child_.pidfd.get(), POLLIN, 0},
                                          {child_.out.get(), POLLIN, 0},
                                          {child_.err.get(), POLLIN, 0},
                                          {child_.report.get(), POLLIN, 0},
                                          {phase_ == Phase::Running ? stopped : -1, POLLIN, 0}}};
        if (::poll(watched.data(), watched.size(), poll_time()) <= 0) {
            return;
        }
        drain(child_.out, out_);
        drain(child_.err, err_);
        read_report();
        if (!reaped_ && watched[0].revents != 0) {
            // While the leader is a zombie its number, and so the group's, cannot belong to anybody else.
            ::kill(-child_.pid, SIGKILL);
            reap();
            phase_ = Phase::Draining;
            deadline_ = Clock::now() + kDrainTime;
        }
    }

    void react(const std::stop_token& stop) {
        if (phase_ == Phase::Draining) {
            return;
        }
        const bool late = Clock::now() >= deadline_;
        if (phase_ == Phase::Running && (stop.stop_requested() || late)) {
            result_.cancelled = stop.stop_requested();
            result_.timed_out = !result_.cancelled;
            ::kill(-child_.pid, SIGTERM);
            phase_ = Phase::Terminating;
            deadline_ = Clock::now() + command_.kill_grace;
        } else if (phase_ == Phase::Terminating && late) {
            ::kill(-child_.pid, SIGKILL);
            phase_ = Phase::Killing;
            deadline_ = Clock::time_point::max();  // nobody survives that
        }
    }

    static void drain(UniqueFd& from, CappedText& into) {
        std::array<char, 65536> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled by read
        // Bounded, so that a program which writes faster than we read cannot keep us from its deadline.
        for (int turn = 0; from.open() && turn < 16; ++turn) {
            const ssize_t got = ::read(from.get(), buffer.data(), buffer.size());
            if (got > 0) {
                into.append({buffer.data(), static_cast<std::size_t>(got)});
            } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
                from.reset();
            } else {
                return;
            }
        }
    }

    void read_report() {
        if (!child_.report.open()) {
            return;
        }
        int error = 0;
        const ssize_t got = ::read(child_.report.get(), &error, sizeof error);
        if (got == sizeof error) {
            launch_error_ = error;
        }
        if (got >= 0 || (errno != EAGAIN && errno != EINTR)) {
            child_.report.reset();
        }
    }

    void reap() {
        siginfo_t info{};
        while (::waitid(P_PID, static_cast<id_t>(child_.pid), &info, WEXITED) != 0 && errno == EINTR) {
        }
        reaped_ = true;
        result_.duration = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - started_);
        if (info.si_code == CLD_EXITED) {
            result_.exit_code = info.si_status;
        } else {
            result_.signal = info.si_status;
        }
    }

    tl::unexpected<Error> not_started() const {
        const bool missing = launch_error_ == ENOENT || launch_error_ == ENOTDIR;
        const bool transient = launch_error_ == EAGAIN || launch_error_ == ENOMEM ||
                               launch_error_ == ETXTBSY || launch_error_ == ESRCH;
        return fail(
            transient ? ErrorCode::Unavailable : ErrorCode::Internal,
            "cannot start " + command_.program + ": " + std::generic_category().message(launch_error_),
            transient ? ""
            : missing ? "ProgramMissing"
                      : "NotExecutable");
    }

    const Command& command_;
    Child child_;
    CappedText out_;
    CappedText err_;
    ProcessResult result_;
    Phase phase_ = Phase::Running;
    bool reaped_ = false;
    int launch_error_ = 0;
    Clock::time_point started_;
    Clock::time_point deadline_;  // of the phase
};

bool has_nul(const Command& command) {
    const auto bad = [](const std::string& text) { return text.find('\0') != std::string::npos; };
    return bad(command.program) || bad(command.working_dir) ||
           std::any_of(command.args.begin(), command.args.end(), bad) ||
           std::any_of(command.env.begin(), command.env.end(),
                       [&](const auto& entry) { return bad(entry.first) || bad(entry.second); });
}

}  // namespace

PosixProcessRunner::PosixProcessRunner(PosixProcessRunnerOptions options)
    : options_(std::move(options)), spawner_(std::make_unique<Spawner>(options_)) {}

PosixProcessRunner::~PosixProcessRunner() = default;

Result<ProcessResult> PosixProcessRunner::run(const Command& command, std::stop_token stop) {
    if (command.program.empty() || has_nul(command)) {
        return fail(ErrorCode::InvalidInput, "the command has no program or contains a zero byte");
    }
    if (stop.stop_requested()) {
        ProcessResult result;
        result.cancelled = true;
        return result;
    }
    auto child = spawner_->spawn(command);
    if (!child) {
        return forward(std::move(child));
    }
    return Supervisor(command, std::move(*child)).run(stop);
}

}  // namespace souk::runtime
