#pragma once

#include "core/common/result.hpp"
#include "core/common/time.hpp"
#include "runtime/http/request.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace souk::http {

inline constexpr std::size_t kMaxEventTypes = 20;

/// Reads query parameters and collects every problem. Read all that exist, then ask `done`: a misspelt filter
/// must not mean "everything".
class Parameters {
public:
    explicit Parameters(const runtime::Request& request) : query_(request.query) {}

    /// Empty when not given.
    std::string text(std::string_view name);
    std::vector<std::string> texts(std::string_view name);
    bool flag(std::string_view name);
    /// Digits only; what does not fit into the type is its maximum.
    std::optional<std::int64_t> number(std::string_view name, std::int64_t least);
    /// RFC 3339.
    std::optional<Timestamp> time(std::string_view name);
    /// `page_size`: 1 to 1000, larger is taken as 1000.
    int page_size();

    void note(std::string_view name, std::string code, std::string detail);
    /// InvalidInput with reason InvalidParameter (400).
    Result<> done() const;

private:
    const std::string* once(std::string_view name);

    const runtime::Query& query_;
    std::set<std::string, std::less<>> read_;
    std::vector<FieldProblem> problems_;
};

/// A decimal number without sign; nullopt for anything else. Too large is the type's maximum.
std::optional<std::int64_t> parse_number(std::string_view text);

/// True when `Accept` names this type. "*/*" does not count: it is what a client says that does not care.
bool accepts(const runtime::Request& request, std::string_view type);

/// The generation that If-Match speaks of; nullopt for "*". PreconditionFailed with reason
/// PreconditionRequired without the header, InvalidInput for what is no ETag of a store.
Result<std::optional<std::int64_t>> expected_generation(const runtime::Request& request);

}  // namespace souk::http
