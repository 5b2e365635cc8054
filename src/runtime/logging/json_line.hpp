#pragma once

#include "runtime/logging/log.hpp"

#include <string>
#include <string_view>

namespace souk::runtime {

/// Appends a JSON string with its quotes. Control characters are escaped and bytes that are not UTF-8 become
/// U+FFFD, so that no text, whoever wrote it, can break the line or forge another one.
void append_json_text(std::string& line, std::string_view text);

/// Appends `,"name":value`.
void append_json_field(std::string& line, const LogField& field);

/// Appends ` name=value`; quoted as JSON when it is not a plain word.
void append_human_field(std::string& line, const LogField& field);

}  // namespace souk::runtime
