#pragma once

#include "core/common/result.hpp"

#include <string>

namespace souk::cli {

/// At most 1 MiB. NotFound: there is none. InvalidInput: it cannot be read.
Result<std::string> read_file(const std::string& path);

/// The same for a file that may hold a secret. InvalidInput also when it belongs to somebody else or others
/// can read it.
Result<std::string> read_private_file(const std::string& path);

/// Mode 0600, whole or not at all (temporary file, rename); the folder is made with 0700.
Result<> write_private_file(const std::string& path, const std::string& text);

}  // namespace souk::cli
