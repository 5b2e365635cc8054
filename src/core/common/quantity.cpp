#include "core/common/quantity.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace souk {
namespace {

struct Suffix {
    std::string_view text;
    double factor;
};

constexpr double kKi = 1024.0;
constexpr std::array kSuffixes = {Suffix{"", 1},
                                  Suffix{"n", 1e-9},
                                  Suffix{"u", 1e-6},
                                  Suffix{"m", 1e-3},
                                  Suffix{"k", 1e3},
                                  Suffix{"M", 1e6},
                                  Suffix{"G", 1e9},
                                  Suffix{"T", 1e12},
                                  Suffix{"P", 1e15},
                                  Suffix{"E", 1e18},
                                  Suffix{"Ki", kKi},
                                  Suffix{"Mi", kKi* kKi},
                                  Suffix{"Gi", kKi* kKi* kKi},
                                  Suffix{"Ti", kKi* kKi* kKi* kKi},
                                  Suffix{"Pi", kKi* kKi* kKi* kKi* kKi},
                                  Suffix{"Ei", kKi* kKi* kKi* kKi* kKi* kKi}};

constexpr double kMost = 9e18;           // fits into the result
constexpr double kRoundingError = 1e-6;  // what binary fractions may add to a whole number

std::optional<std::int64_t> parse(std::string_view text, double unit) {
    if (text.empty() || text.front() < '0' || text.front() > '9') {
        return std::nullopt;
    }
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) {
        return std::nullopt;
    }
    const std::string_view suffix(end, static_cast<std::size_t>(text.data() + text.size() - end));
    for (const Suffix& known : kSuffixes) {
        if (known.text == suffix) {
            const double value = std::ceil(number * known.factor * unit - kRoundingError);
            return value <= kMost ? std::optional(static_cast<std::int64_t>(value)) : std::nullopt;
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> parse_millicores(std::string_view quantity) { return parse(quantity, 1000); }
std::optional<std::int64_t> parse_bytes(std::string_view quantity) { return parse(quantity, 1); }

}  // namespace souk
