#pragma once

#include "core/common/result.hpp"

#include <string>
#include <string_view>

namespace souk::helm {

/// What a failed helm wrote to stderr, as the port's errors. The message is helm's own sentence, one line, at
/// most 500 bytes. Pure. `doing` is "install or upgrade", "uninstall" or "roll back".
Error classify_helm_failure(std::string_view doing, std::string_view standard_error);

/// The part of stderr that says what went wrong: from the last line that begins with "Error:", else the end.
std::string helm_sentence(std::string_view standard_error);

}  // namespace souk::helm
