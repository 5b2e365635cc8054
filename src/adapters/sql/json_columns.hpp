#pragma once

#include "core/common/result.hpp"
#include "core/store/receipt.hpp"
#include "core/store/store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace souk::sql {

// Lists that are columns: JSON texts, times as microseconds. Reading tolerates fields that a newer version
// wrote and lacks of fields that an older one did not know; a text that is no JSON list is Internal. Texts
// are stored as they are: bytes that are not UTF-8 become U+FFFD.
std::string to_json(const std::vector<std::string>& texts);
std::string to_json(const std::vector<Condition>& conditions);
std::string to_json(const std::vector<StepRecord>& steps);
std::string to_json(const std::vector<ReceiptLine>& lines);

Result<std::vector<std::string>> texts_from_json(std::string_view json);
Result<std::vector<Condition>> conditions_from_json(std::string_view json);
/// A step that this version does not know is left out: the list is history for people.
Result<std::vector<StepRecord>> steps_from_json(std::string_view json);
Result<std::vector<ReceiptLine>> receipt_lines_from_json(std::string_view json);

}  // namespace souk::sql
