#pragma once

#include "core/common/result.hpp"
#include "runtime/http/client.hpp"

#include <cstddef>
#include <functional>
#include <memory>
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
    };

    /// Blocks until all streams ended (success), one failed before its first line (its error, if no other
    /// goes on), `on_line` said no (success) or `stop` (Cancelled).
    static Result<> run(std::vector<Source> sources, const OnLine& on_line, const std::stop_token& stop);
};

}  // namespace souk::kube
