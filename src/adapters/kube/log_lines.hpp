#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace souk::kube {

/// Cuts what a container writes, in pieces of any size, into lines. A container may write anything: of a line
/// longer than the limit only the beginning is given, marked as cut.
class LogLines {
public:
    explicit LogLines(std::size_t max_line) : max_line_(max_line) {}
    /// `each` gets complete lines without their end, empty ones too. False: `each` said so.
    bool feed(std::string_view data, const std::function<bool(std::string_view)>& each);
    /// What stands after the last line end.
    std::string take_rest();

private:
    std::size_t max_line_;
    std::string rest_;
    bool skipping_ = false;  // the rest of a line that was given already
};

}  // namespace souk::kube
