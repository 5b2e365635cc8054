#pragma once

#include "adapters/engines/checks.hpp"
#include "adapters/engines/cookie_jar.hpp"
#include "app/ports/engines.hpp"
#include "core/common/result.hpp"
#include "runtime/http/client.hpp"

#include <boost/json/fwd.hpp>

#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace souk::engines {

/// One check being played: its variables and cookies. Not thread-safe, used once.
class CheckRun {
public:
    CheckRun(runtime::HttpClient& client, const HttpChecksOptions& options, const app::CheckRequest& request,
             const EngineCheck& check)
        : client_(client), options_(options), request_(request), check_(check) {}

    /// What the store did wrong, or the outer error of the port.
    Result<std::optional<app::CheckFailure>> play(const std::stop_token& stop);

private:
    /// A sentence about what the store did wrong; nothing: all as expected. It names only the engine's own
    /// texts.
    using Verdict = Result<std::optional<std::string>>;
    using Encoder = std::function<std::string(std::string_view)>;

    Verdict play_step(const CheckStep& step, const std::stop_token& stop);
    Result<runtime::HttpRequest> make_request(const CheckStep& step);
    runtime::HttpRequest base_request(std::string method, std::string path) const;
    runtime::ResolveOverride entry(int public_port) const;
    bool entry_answers(const std::stop_token& stop);
    Verdict explain(const CheckStep& step, const Error& error, const std::stop_token& stop);

    std::optional<std::string> judge(const CheckStep& step, const runtime::HttpResponse& response);
    std::optional<std::string> judge_json(const CheckStep& step, const boost::json::value* answer);
    bool leaves_store(std::string_view location) const;
    std::optional<std::string> save(const CheckStep& step, const runtime::HttpResponse& response,
                                    const boost::json::value* answer);

    Result<std::string> value_of(const std::string& name) const;
    Result<std::string> fill(std::string_view text, const Encoder& encode = {}) const;

    runtime::HttpClient& client_;
    const HttpChecksOptions& options_;
    const app::CheckRequest& request_;
    const EngineCheck& check_;
    std::map<std::string, std::string> saved_;
    CookieJar cookies_;
};

/// RFC 3986 percent-encoding of everything but unreserved characters.
std::string percent_encode(std::string_view text);

}  // namespace souk::engines
