#pragma once

#include "core/common/result.hpp"
#include "runtime/http/client.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace souk::kube {

/// Several log streams into one sequence of lines on the caller's thread. A listener that is slower than the
/// logs loses the stream (Unavailable, "TooSlow") instead of filling the memory.
class LogFollower {
public:
    using OnLine =
        std::function<bool(const std::string& pod, const std::string& container, const std::string& line)>;
    /// Opens one stream with these callbacks.
    using Open = std::function<std::unique_ptr<runtime::HttpStream>(runtime::StreamCallbacks)>;

    struct Source {
        std::string pod;
        std::string container;
        Open open;
        /// On the caller's thread, after the last line.
        std::function<void(const std::optional<Error>&)> on_end = {};
    };
    /// How streams that begin later are found. On the caller's thread, `every` so long at the latest, and
    /// once more (`last`) when all streams have ended. What it returns then must come to an end.
    struct Joining {
        std::chrono::milliseconds every;
        std::function<std::vector<Source>(bool last)> look;
    };

    /// Blocks until all streams ended (success), one failed before its first line (its error, if no other
    /// goes on), `on_line` said no (success) or `stop` (Cancelled).
    static Result<> run(std::vector<Source> sources, const OnLine& on_line, const std::stop_token& stop,
                        const std::optional<Joining>& joining = {});
};

}  // namespace souk::kube
