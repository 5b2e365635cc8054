#include "adapters/http/cookies.hpp"
#include "adapters/http/origins.hpp"
#include "adapters/http/parameters.hpp"
#include "adapters/http/site.hpp"
#include "core/common/time.hpp"
#include "runtime/http/accept_encoding.hpp"
#include "runtime/http/etag.hpp"
#include "runtime/http/request.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace souk;

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void check_time(const std::optional<Timestamp>& time) {
    using namespace std::chrono;
    // With its offset a time may fall out of the years that RFC 3339 can write.
    if (time && *time >= sys_days(year(1) / 1 / 1) && *time < sys_days(year(9999) / 12 / 31)) {
        const auto again = parse_rfc3339(to_rfc3339(*time));
        require(again && *again == floor<milliseconds>(*time));
    }
}

void check_parameters(const runtime::Request& request) {
    http::Parameters parameters(request);
    const auto after = parameters.number("after", 0);
    const int page = parameters.page_size();
    (void)parameters.texts("phase");
    (void)parameters.text("search");
    (void)parameters.flag("follow");
    check_time(parameters.time("since"));
    check_time(parameters.time("until"));
    require(!after || *after >= 0);
    require(page >= 1 && page <= 1000);
    if (const auto done = parameters.done(); !done) {
        require(!done.error().fields.empty());
        for (const auto& field : done.error().fields) {
            require(field.pointer.size() <= 100);
        }
    }
}

void check_origins(runtime::Request& request, const std::string& text) {
    static const auto known = http::Origins::make({"https://shop.example"});
    require(known->allowed(text) == (text == "https://shop.example"));
    request.headers.set("Origin", text);
    request.headers.set("Host", "souk.example:8090");
    static const auto site = http::Site::make("", "/");
    static const auto proxied = http::Site::make("https://souk.example", "/souk");
    require(proxied->is_own(request) == (text == "https://souk.example"));
    if (known->may_open_socket(request, *site)) {
        const std::string_view authority = std::string_view(text).substr(text.find("://") + 3);
        require(text == "https://shop.example" ||
                runtime::equals_ignoring_case(authority, "souk.example:8090"));
    }
    (void)http::Origins::make({text});
    if (const auto made = http::Site::make(text, text); made) {
        require(false);  // nothing is an origin and a path
    }
}

void check_cookie(runtime::Request& request, const std::string& text) {
    request.headers.set("Cookie", text);
    const std::string value = http::SessionCookie(true).value(request);
    require(value.empty() || text.find("__Host-souk-session=" + value) != std::string::npos);
    require(value.find(';') == std::string::npos);
}

}  // namespace

/// Query string, Accept, Accept-Encoding, Cookie, Origin and entity tags of one request: the whole input
/// plays each of them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text
    const std::string text(reinterpret_cast<const char*>(data), size);
    runtime::Request request;
    if (auto query = runtime::parse_query(text)) {
        request.query = std::move(*query);
        check_parameters(request);
    }
    request.headers.set("If-Match", text);
    if (const auto expected = http::expected_generation(request); expected && *expected) {
        require(**expected >= 0);
    }
    request.headers.set("Accept", text);
    (void)http::accepts(request, "text/event-stream");
    check_origins(request, text);
    (void)runtime::if_none_match_holds(text, "\"3.17\"");
    check_cookie(request, text);
    if (runtime::accepts_encoding(text, "br")) {
        require(text.find('*') != std::string::npos || text.find_first_of("bB") != std::string::npos);
    }
    return 0;
}
