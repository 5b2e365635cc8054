#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace souk {

/// Kubernetes quantities ("2", "250m", "17382n", "2Gi", "100M", "1e3"), rounded up. Nothing for anything
/// else, negative and enormous ones included.
std::optional<std::int64_t> parse_millicores(std::string_view quantity);
std::optional<std::int64_t> parse_bytes(std::string_view quantity);

}  // namespace souk
