#pragma once

#include "cli/environment.hpp"

#include <string>

namespace souk::cli {

/// Starts the desktop's program for addresses (xdg-open, open) without a shell and without waiting for it;
/// the browser outlives us. False: there is none, or no desktop.
bool open_in_browser(const std::string& url, const Environment& environment);

/// Only what a browser takes for a web page: a server must not make us open files or other programs.
bool is_web_address(const std::string& url);

}  // namespace souk::cli
