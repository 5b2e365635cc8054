#pragma once

#include <boost/json/fwd.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace souk::cli {

enum class Format { Table, Json, Yaml };

std::optional<Format> parse_format(std::string_view text);

/// Indented by two, with a line feed at the end; harmless for a terminal.
std::string to_json(const boost::json::value& value);
/// On one line, with a line feed at the end.
std::string to_json_line(const boost::json::value& value);
/// YAML 1.2 that every YAML reader takes for the same value: whatever could be mistaken is quoted.
std::string to_yaml(const boost::json::value& value);

/// `Format::Table` has no form for documents and counts as JSON.
std::string to_text(const boost::json::value& value, Format format);
/// One document of a stream: a line of JSON, or a YAML document that begins with "---".
std::string to_stream_text(const boost::json::value& value, Format format);

}  // namespace souk::cli
