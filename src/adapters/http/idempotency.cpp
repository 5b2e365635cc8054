#include "adapters/http/idempotency.hpp"

#include "adapters/http/wire.hpp"

#include <algorithm>

namespace souk::http {
namespace {

constexpr std::size_t kLongest = 255;

bool is_key(std::string_view text) {
    return !text.empty() && text.size() <= kLongest &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

Result<app::IdempotencyKey> idempotency_key(const ApiParts& parts, const runtime::Request& request,
                                            const app::Caller& caller,
                                            const std::vector<std::string>& canonical) {
    app::IdempotencyKey key;
    if (!request.headers.contains("Idempotency-Key")) {
        return key;
    }
    std::string_view text = request.headers.value("Idempotency-Key");
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
        text = text.substr(1, text.size() - 2);  // the draft's structured string
    }
    if (request.headers.count("Idempotency-Key") > 1 || !is_key(text)) {
        Error error{ErrorCode::InvalidInput, "the Idempotency-Key cannot be used", "InvalidHeader", {}};
        error.fields.push_back(
            {"Idempotency-Key", "invalid", "must be one key of 1 to 255 visible ASCII characters"});
        return tl::unexpected(std::move(error));
    }
    std::string fingerprint;
    for (const std::string& part : canonical) {
        fingerprint += std::to_string(part.size()) + ":" + part;
    }
    key.scope = caller.team + " " + request.method + " " + request.route;
    key.key = std::string(text);
    key.fingerprint = parts.crypto.sha256_hex(fingerprint);
    return key;
}

runtime::Response with_replay_mark(const app::Accepted& accepted) {
    auto response = to_response(accepted);
    if (accepted.replayed) {
        response.headers.set("Idempotency-Replayed", "true");
    }
    return response;
}

}  // namespace souk::http
