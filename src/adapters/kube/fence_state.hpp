#pragma once

#include "adapters/kube/json.hpp"
#include "adapters/kube/kinds.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace souk::kube {

/// The objects that the fence consists of once its RoleBindings are there (without those nothing in the
/// namespace can be read, which is seen anyway).
struct FenceObject {
    const Kind* kind;
    std::string_view name;
};
inline constexpr std::array<FenceObject, 8> kFenceObjects = {{{&kQuota, "souk-plan"},
                                                              {&kLimitRange, "souk-plan"},
                                                              {&kNetworkPolicy, "souk-default-deny"},
                                                              {&kNetworkPolicy, "souk-dns"},
                                                              {&kNetworkPolicy, "souk-web"},
                                                              {&kNetworkPolicy, "souk-internet"},
                                                              {&kAccount, "souk-store"},
                                                              {&kAccount, "default"}}};

/// What each of them says, as a number; 0: it is not there. Small, because there is one for every store.
using FenceState = std::array<std::uint64_t, kFenceObjects.size()>;

/// Nothing for an object that is no part of the fence.
std::optional<std::size_t> fence_index(const Kind& kind, std::string_view name);
/// Of what the object says; status, versions and who changed it do not count. Never 0.
std::uint64_t fence_digest_of(const json::value& object);
/// One text for all of them: what ensure_fence left behind, and what is there now.
std::string to_text(const FenceState& state);

}  // namespace souk::kube
