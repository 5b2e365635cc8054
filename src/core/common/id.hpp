#pragma once

#include "core/common/result.hpp"
#include "core/common/strong_text.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace souk {

/// Sixteen random or time-ordered bytes (UUIDv7) as 26 lower-case Crockford base32 characters.
std::string crockford32(const std::array<std::uint8_t, 16>& bytes);

/// True for exactly 26 characters of lower-case Crockford base32 (no i, l, o, u).
bool is_crockford32(std::string_view text);

/// An id such as `str_01j9...`: a prefix that names the kind and a UUIDv7. Safe to copy between threads.
template <class Tag>
class Id final : public StrongText<Tag> {
public:
    static Result<Id> parse(std::string_view text) {
        constexpr std::string_view prefix = Tag::kPrefix;
        if (!text.starts_with(prefix) || !is_crockford32(text.substr(prefix.size()))) {
            return fail(ErrorCode::InvalidInput, "not an id of the form " + std::string(prefix) + "...");
        }
        return Id(std::string(text));
    }
    static Id from_bytes(const std::array<std::uint8_t, 16>& bytes) {
        return Id(std::string(Tag::kPrefix) + crockford32(bytes));
    }

private:
    explicit Id(std::string text) : StrongText<Tag>(std::move(text)) {}
};

struct StoreIdTag {
    static constexpr std::string_view kPrefix = "str_";
};
struct OperationIdTag {
    static constexpr std::string_view kPrefix = "op_";
};
struct JobIdTag {
    static constexpr std::string_view kPrefix = "job_";
};
struct TokenIdTag {
    static constexpr std::string_view kPrefix = "tok_";
};
struct SessionIdTag {
    static constexpr std::string_view kPrefix = "ses_";
};

using StoreId = Id<StoreIdTag>;
using OperationId = Id<OperationIdTag>;
using JobId = Id<JobIdTag>;
using TokenId = Id<TokenIdTag>;
using SessionId = Id<SessionIdTag>;

}  // namespace souk
