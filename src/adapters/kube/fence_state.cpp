#include "adapters/kube/fence_state.hpp"

#include "runtime/crypto/hash.hpp"

#include <boost/json.hpp>

#include <charconv>

namespace souk::kube {

std::optional<std::size_t> fence_index(const Kind& kind, std::string_view name) {
    for (std::size_t i = 0; i < kFenceObjects.size(); ++i) {
        if (kFenceObjects[i].kind->plural == kind.plural && kFenceObjects[i].name == name) {
            return i;
        }
    }
    return std::nullopt;
}

std::uint64_t fence_digest_of(const json::value& object) {
    json::array says;
    for (const char* field : {"spec", "automountServiceAccountToken"}) {
        const json::value* value = find_at(object, {field});
        says.push_back(value == nullptr ? json::value() : *value);
    }
    const std::string hash = runtime::sha256_hex(canonical(says));
    std::uint64_t number = 0;
    std::from_chars(hash.data(), hash.data() + 16, number, 16);
    return number == 0 ? 1 : number;
}

std::string to_text(const FenceState& state) {
    std::string all;
    for (const std::uint64_t part : state) {
        all += std::to_string(part) + " ";
    }
    return runtime::sha256_hex(all).substr(0, 32);
}

}  // namespace souk::kube
