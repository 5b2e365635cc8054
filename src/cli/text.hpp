#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace souk::cli {

/// Makes text of the server harmless for a terminal: control characters (also the second set, U+0080 to
/// U+009F), and characters that change the direction of writing, become visible escapes such as \x1b; broken
/// UTF-8 becomes U+FFFD. A tab stays.
std::string clean(std::string_view text);

/// The same for JSON text: what is harmful there can only stand inside strings, and becomes \u009b there.
std::string clean_json(std::string_view text);

/// Columns a terminal needs for clean text: two for wide characters, none for combining ones.
std::size_t display_width(std::string_view text);

/// At most so many columns, with "…" at the end when something was cut.
std::string shorten(std::string_view text, std::size_t columns);

/// Filled up with spaces on the right.
std::string pad(std::string_view text, std::size_t columns);

}  // namespace souk::cli
