#pragma once

#include <string>
#include <string_view>

namespace souk::runtime {

/// `"text"` with quotes. The text must be without quotes and control characters (our ETags are numbers and
/// dots).
std::string make_etag(std::string_view text);

/// If-None-Match: "*", or a list in which one tag is the same (weak comparison, RFC 9110 13.1.2). Answer 304
/// then.
bool if_none_match_holds(std::string_view header, std::string_view etag);

}  // namespace souk::runtime
