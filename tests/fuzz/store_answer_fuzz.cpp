#include "adapters/engines/checks.hpp"
#include "adapters/engines/cookie_jar.hpp"
#include "adapters/engines/json_text.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

namespace {

using namespace souk;

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

/// A store that answers every request with the same text, in the status, the headers and the body.
class AnsweringStore final : public runtime::HttpClient {
public:
    explicit AnsweringStore(runtime::HttpResponse answer) : answer_(std::move(answer)) {}

    Result<runtime::HttpResponse> send(const runtime::HttpRequest& request, std::stop_token) override {
        // Whatever the store said before, it does not choose where we go and writes no line of our header.
        require(request.url.starts_with("http://ann.localhost:8080/"));
        require(request.url.find_first_of("\r\n ") == std::string::npos);
        for (const auto& [name, value] : request.headers) {
            require(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
        }
        return answer_;
    }
    std::unique_ptr<runtime::HttpStream> stream(runtime::HttpRequest, runtime::StreamCallbacks) override {
        return nullptr;
    }

private:
    const runtime::HttpResponse answer_;
};

/// Saves what the first answer holds and sends it back in every place that takes a variable.
Engine curious_engine() {
    CheckStep read;
    read.name = "read";
    read.path = "/";
    read.statuses = {200, 302};
    read.save = {{"location", "", "location"}, {"value", "/a/0/b", ""}};
    CheckStep send;
    send.name = "send";
    send.method = "POST";
    send.path = "/${value}/x";
    send.statuses = {200, 302};
    send.headers = {{"x-value", "${location}"}};
    send.json = R"({"v":"${value}"})";
    send.expect_json = {{"/a", JsonExpectation::Kind::NonEmpty, ""},
                        {"/a/0", JsonExpectation::Kind::Equals, R"({"b":"${value}"})"}};
    Engine engine;
    engine.checks = {{"page", "Page", true, true, {std::move(read), std::move(send)}}};
    return engine;
}

Store some_store() {
    return Store{.id = *StoreId::parse("str_01h455vb4pex5vsknk084sn02q"),
                 .name = *StoreName::parse("Ann"),
                 .created_name = *StoreName::parse("Ann"),
                 .slug = *Slug::parse("ann"),
                 .ns = *NamespaceName::parse("souk-ann-84sn02"),
                 .hosts = {"ann.localhost"}};
}

/// Boost.JSON 1.81 reads a number that is no integer within an ulp or two, so such a text may read otherwise
/// again.
bool has_double(const boost::json::value& value) {
    if (const auto* array = value.if_array()) {
        return std::any_of(array->begin(), array->end(), has_double);
    }
    if (const auto* object = value.if_object()) {
        return std::any_of(object->begin(), object->end(),
                           [](const auto& member) { return has_double(member.value()); });
    }
    return value.is_double();
}

void check_cookies(std::string_view text) {
    engines::CookieJar jar;
    for (std::string_view rest = text; !rest.empty();) {
        const auto line = rest.substr(0, rest.find('\n'));
        jar.take(line);
        rest.remove_prefix(line.size() < rest.size() ? line.size() + 1 : rest.size());
    }
    for (const char c : jar.header()) {
        require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
    }
}

}  // namespace

/// What a store answers comes from programs of strangers. The first line is the header Location, the second
/// Set-Cookie, the rest the body; the first byte chooses whether it is a redirect.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text
    const std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
    check_cookies(text);
    if (const auto value = engines::parse_json(text)) {
        const std::string canonical = engines::canonical_json(*value);
        const auto again = engines::parse_json(canonical);
        require(again && (has_double(*again) || engines::canonical_json(*again) == canonical));
    }
    const auto first = text.find('\n');
    const auto second = first == std::string::npos ? first : text.find('\n', first + 1);
    const auto body = second == std::string::npos ? text.size() : second + 1;
    AnsweringStore client(
        {data[0] % 2 == 0 ? 200 : 302,
         {{"Location", text.substr(0, first)},
          {"Set-Cookie", first == std::string::npos ? "" : text.substr(first + 1, second - first - 1)}},
         text.substr(body)});
    static const Engine engine = curious_engine();
    static const Store store = some_store();
    app::CheckRequest request;
    request.store = &store;
    request.engine = &engine;
    request.address = {"ann.localhost", "http://ann.localhost:8080"};
    engines::HttpEngineChecks checks(client, {.entry_address = "127.0.0.1", .entry_port = 8080});
    const auto result = checks.run(request, {});
    // Whatever a store says, it is the store's failure, never an error of ours.
    require(result && (!*result || (*result)->message.size() < 500));
    return 0;
}
