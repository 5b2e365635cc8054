// Names and ids that people and programs send.
#include "core/common/id.hpp"
#include "core/store/names.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace souk;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    static const StoreId store = StoreId::from_bytes({});
    if (const auto name = StoreName::parse(text)) {
        require(!name->str().empty() && name->str().size() <= 4U * 63);
        require(StoreName::parse(name->str()).has_value());
        const Slug slug = Slug::from_name(*name);
        require(Slug::parse(slug.str()).has_value());
        const auto as_name = StoreName::parse(slug.str());
        require(as_name && Slug::from_name(*as_name) == slug);
        require(slug.numbered(1000).str().size() <= 40);
        require(NamespaceName::parse(NamespaceName::for_store(slug, store).str()).has_value());
    }
    if (const auto slug = Slug::parse(text)) {
        require(slug->str() == text);
    }
    if (const auto id = StoreId::parse(text)) {
        require(id->str() == text && text.size() == 30);
    }
    (void)NamespaceName::parse(text);
    return 0;
}
