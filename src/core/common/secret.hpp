#pragma once

#include <string>
#include <utility>

namespace souk {

/// A value that must never be seen: it has no printing, no comparison with text and no conversion.
/// The only way out is `reveal()`, which is easy to find in a review.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value) : value_(std::move(value)) {}
    const std::string& reveal() const { return value_; }
    bool empty() const { return value_.empty(); }

private:
    std::string value_;
};

}  // namespace souk
