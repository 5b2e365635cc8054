#include "client/api_error.hpp"
#include "client/json_reader.hpp"
#include "client/models.hpp"
#include "runtime/http/client.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

/// What a server of any version, or whoever stands in its place, answers to `souk`: a value or one sentence.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace souk::client;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text
    const std::string text(reinterpret_cast<const char*>(data), size);
    souk::runtime::HttpResponse refusal{.status = 429, .body = text};
    refusal.headers.set("Retry-After", text);
    if (error_from_response(refusal).error.message.empty()) {
        std::abort();
    }
    const auto object = parse_object(text);
    const auto event = parse_event(text);
    if (!object) {
        if (event || object.error().message.empty()) {
            std::abort();
        }
        return 0;
    }
    (void)read_store(*object);
    (void)read_operation(*object);
    (void)read_receipt(*object);
    (void)read_engine(*object);
    (void)read_plan(*object);
    (void)read_health(*object);
    (void)read_validation(*object);
    (void)read_resources(*object);
    (void)read_usage(*object);
    (void)read_credentials(*object);
    (void)read_sign_in_link(*object);
    (void)read_accepted(*object);
    return 0;
}
