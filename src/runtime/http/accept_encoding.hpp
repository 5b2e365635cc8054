#pragma once

#include <string_view>

namespace souk::runtime {

/// Accept-Encoding (RFC 9110 12.5.3) lets an answer have this coding: named, or by "*", and not with q=0.
bool accepts_encoding(std::string_view header, std::string_view coding);

}  // namespace souk::runtime
