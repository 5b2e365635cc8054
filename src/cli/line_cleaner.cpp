#include "cli/line_cleaner.hpp"

#include "cli/text.hpp"

#include <utility>

namespace souk::cli {
namespace {

constexpr std::size_t kLongestLine = std::size_t{64} << 10U;

std::string clean_line(std::string_view line) {
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return clean(line) + "\n";
}

}  // namespace

std::string LineCleaner::feed(std::string_view bytes) {
    std::string text;
    while (!bytes.empty()) {
        const auto end = bytes.find('\n');
        rest_.append(bytes.substr(0, end));
        if (end == std::string_view::npos && rest_.size() < kLongestLine) {
            break;
        }
        text += clean_line(std::exchange(rest_, {}));
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    }
    return text;
}

std::string LineCleaner::finish() {
    return rest_.empty() ? std::string() : clean_line(std::exchange(rest_, {}));
}

}  // namespace souk::cli
