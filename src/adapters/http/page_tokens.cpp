#include "adapters/http/page_tokens.hpp"

#include "runtime/crypto/encoding.hpp"
#include "runtime/crypto/hash.hpp"

namespace souk::http {
namespace {

constexpr std::size_t kSignature = 16;
constexpr std::size_t kMaxToken = 2048;

tl::unexpected<Error> refused() {
    Error error{ErrorCode::InvalidInput,
                "the page token does not belong to this list; begin at its first page",
                "PageTokenInvalid",
                {}};
    error.fields.push_back(
        {"page_token", "invalid", "made by us for other filters or another sort, or not made by us"});
    return tl::unexpected(std::move(error));
}

}  // namespace

std::string PageTokens::sign(std::string_view payload, std::string_view list) const {
    // The list's fingerprint has a fixed size, so no two pairs of payload and list are signed alike.
    return runtime::hmac_sha256(key_.reveal(), runtime::sha256(list) + std::string(payload))
        .substr(0, kSignature);
}

std::string PageTokens::make(const PageCursor& cursor, std::string_view list) const {
    const std::string payload = cursor.key + "\n" + cursor.id;
    return runtime::base64url_encode(sign(payload, list) + payload);
}

Result<PageCursor> PageTokens::read(std::string_view token, std::string_view list) const {
    if (token.empty()) {
        return PageCursor{};
    }
    if (token.size() > kMaxToken) {
        return refused();
    }
    const auto bytes = runtime::base64url_decode(token);
    if (!bytes || bytes->size() < kSignature) {
        return refused();
    }
    const std::string payload = bytes->substr(kSignature);
    const auto split = payload.rfind('\n');
    if (!runtime::constant_time_equal(bytes->substr(0, kSignature), sign(payload, list)) ||
        split == std::string::npos) {
        return refused();
    }
    return PageCursor{payload.substr(0, split), payload.substr(split + 1)};
}

}  // namespace souk::http
