#pragma once

#include <string>
#include <string_view>

namespace souk::sql {

/// Lower case for searching: ASCII, Latin-1, Latin Extended-A, Greek and Cyrillic letters; everything else
/// stays. Both databases get the same text, whatever their collation. Any bytes are fine.
std::string fold_case(std::string_view utf8);

/// What a search looks through: name and slug, kept apart so that nothing matches across the two.
std::string search_text(std::string_view name, std::string_view slug);

/// A pattern for LIKE ... ESCAPE '\' that finds `search` anywhere and literally.
std::string like_pattern(std::string_view search);

}  // namespace souk::sql
