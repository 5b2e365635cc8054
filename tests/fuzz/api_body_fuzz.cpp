#include "adapters/http/fields.hpp"
#include "adapters/http/page_tokens.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// Request bodies and page tokens: whatever comes, an answer and no crash; problems are bounded; nobody can
// make a token.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are characters
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (auto fields = souk::http::Fields::parse(text)) {
        (void)fields->text("name");
        (void)fields->maybe_text("plan");
        (void)fields->maybe_integer("after");
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
