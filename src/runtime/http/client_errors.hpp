#pragma once

#include "core/common/result.hpp"

namespace souk::runtime {

/// What a caller should do about a CURLcode other than CURLE_OK.
ErrorCode error_code_of(int code);

/// The library's detailed text may quote what the server sent; only that of connection and TLS set-up is
/// about us.
bool detail_is_harmless(int code);

}  // namespace souk::runtime
