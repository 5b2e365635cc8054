#include "cli/prompt.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <ostream>

namespace souk::cli {
namespace {

constexpr int kLookForStopMs = 100;
constexpr std::size_t kLongestAnswer = 4096;

}  // namespace

std::optional<std::string> ask(const Console& console, const std::string& question,
                               const std::stop_token& stop) {
    console.err << question << std::flush;
    std::string answer;
    while (answer.size() < kLongestAnswer) {
        pollfd waiting{console.in_fd, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, kLookForStopMs);
        if (stop.stop_requested() || (ready < 0 && errno != EINTR)) {
            break;
        }
        if (ready <= 0) {
            continue;
        }
        char character = 0;
        if (::read(console.in_fd, &character, 1) != 1) {
            break;
        }
        if (character == '\n') {
            return answer;
        }
        answer.push_back(character);
    }
    console.err << "\n" << std::flush;
    return std::nullopt;
}

}  // namespace souk::cli
