#include "adapters/kube/log_lines.hpp"

#include <utility>

namespace souk::kube {
namespace {

/// The beginning of a line, without half a character of UTF-8 at its end.
std::string beginning_of(std::string_view line, std::size_t size) {
    while (size > 0 && (static_cast<unsigned char>(line[size]) & 0xC0U) == 0x80U) {
        --size;
    }
    return std::string(line.substr(0, size)) + " (cut)";
}

}  // namespace

bool LogLines::feed(std::string_view data, const std::function<bool(std::string_view)>& each) {
    while (!data.empty()) {
        const std::size_t end = data.find('\n');
        if (!skipping_) {
            rest_.append(data.substr(0, end));
        }
        const bool too_long = rest_.size() > max_line_;
        const bool complete = end != std::string_view::npos;
        if (too_long || (complete && !skipping_)) {
            const std::string line = std::exchange(rest_, {});
            if (!each(too_long ? beginning_of(line, max_line_) : line)) {
                return false;
            }
        }
        if (!complete) {
            skipping_ = skipping_ || too_long;
            return true;
        }
        skipping_ = false;
        data.remove_prefix(end + 1);
    }
    return true;
}

std::string LogLines::take_rest() { return std::exchange(rest_, {}); }

}  // namespace souk::kube
