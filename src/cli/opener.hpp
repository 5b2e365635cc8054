#pragma once

#include "cli/environment.hpp"

#include <string>

namespace souk::cli {

/// Starts the desktop's program for addresses (xdg-open, open) without a shell and without waiting for it;
/// the browser outlives us. False: there is none, or no desktop.
bool open_in_browser(const std::string& url, const Environment& environment);

/// The same for an address that is a secret: everybody on the machine can read the arguments of a program, so
/// the desktop's program gets the path of a page that leads there. Only this user can read it; it stands
/// beside the CLI's context and is written anew each time.
bool open_secret_in_browser(const std::string& url, const Environment& environment);

/// Only what a browser takes for a web page: a server must not make us open files or other programs.
bool is_web_address(const std::string& url);

}  // namespace souk::cli
