#pragma once

#include "core/common/result.hpp"
#include "core/common/secret.hpp"

#include <string>

namespace souk::daemon {

/// Writes a file with mode 0600, whole or not at all (temporary file, fsync, rename); folders are made with
/// 0700.
Result<> write_private_file(const std::string& path, const std::string& text);

/// The admin token to its file and, unless the path is empty, a context for the CLI that names server and
/// token file.
Result<> write_first_token(const Secret& token, const std::string& token_path,
                           const std::string& context_path, const std::string& server);

/// The key that page tokens are signed with, from its file, which is made when missing: a list goes on after
/// a restart. InvalidInput when the file holds something else.
Result<Secret> page_token_key(const std::string& path);

}  // namespace souk::daemon
