#pragma once

#include "core/common/result.hpp"
#include "core/common/secret.hpp"

#include <string>
#include <string_view>

namespace souk::http {

/// Where the next page begins: the sort key and the id of the last row of this one.
struct PageCursor {
    std::string key;
    std::string id;
};

/// Makes and reads `page_token`s. Each is signed together with the list it belongs to (caller's team, path,
/// filters, sort), so it cannot be forged, and one of another list is refused. Immutable.
class PageTokens {
public:
    explicit PageTokens(Secret key) : key_(std::move(key)) {}

    std::string make(const PageCursor& cursor, std::string_view list) const;
    /// An empty token is the first page: an empty cursor. InvalidInput with reason PageTokenInvalid (400).
    Result<PageCursor> read(std::string_view token, std::string_view list) const;

private:
    std::string sign(std::string_view payload, std::string_view list) const;
    Secret key_;
};

}  // namespace souk::http
