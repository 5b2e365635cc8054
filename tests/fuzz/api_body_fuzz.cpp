#include "adapters/http/fields.hpp"
#include "adapters/http/page_tokens.hpp"
#include "core/common/split.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

// Request bodies, a socket's first message and page tokens: whatever comes, an answer and no crash; problems
// are bounded; nobody can make a token.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are characters
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (auto fields = souk::http::Fields::parse(text)) {
        (void)fields->text("name");
        (void)fields->maybe_text("plan");
        (void)fields->maybe_integer("after");
        (void)fields->text("token");
        (void)fields->maybe_text("store");
        std::size_t size_of_types = 0;
        const std::string type = fields->maybe_text("type").value_or(std::string());
        for (const std::string& one : souk::split(type, ',')) {
            size_of_types += one.size() + 1;
        }
        if (size_of_types != type.size() && size_of_types != type.size() + 1) {
            std::abort();
        }
        const auto done = fields->done();
        if (done.has_value() != fields->clean() ||
            (!done && (done.error().fields.empty() || done.error().fields.size() > 50))) {
            std::abort();
        }
    }
    static const souk::http::PageTokens tokens(souk::Secret("0123456789abcdef0123456789abcdef"));
    if (!text.empty() && tokens.read(text, "stores")) {
        std::abort();
    }
    return 0;
}
