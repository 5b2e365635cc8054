#pragma once

#include <string_view>

namespace souk::kube {

// The labels and annotations that make an object ours. They never change: objects of living stores carry
// them.
inline constexpr std::string_view kManagedBy = "app.kubernetes.io/managed-by";
inline constexpr std::string_view kManager = "souk";
inline constexpr std::string_view kComponent = "app.kubernetes.io/component";
inline constexpr std::string_view kInstance = "app.kubernetes.io/instance";
inline constexpr std::string_view kStore = "souk.dev/store";
inline constexpr std::string_view kTeam = "souk.dev/team";
inline constexpr std::string_view kEngine = "souk.dev/engine";
inline constexpr std::string_view kDigest = "souk.dev/digest";  // label of Helm's release Secret
inline constexpr std::string_view kFence = "souk.dev/fence";    // annotation: digest of the fence as applied
inline constexpr std::string_view kFenceState =
    "souk.dev/fence-objects";  // annotation: digest of the fence's objects as the API server keeps them
inline constexpr std::string_view kEpoch =
    "souk.dev/epoch";  // annotation: newest lease that changed the namespace
inline constexpr std::string_view kHosts =
    "souk.dev/hosts";  // annotation: hosts the store's Ingress may name
inline constexpr std::string_view kPodSecurity = "pod-security.kubernetes.io/";

inline constexpr std::string_view kFieldManager = "souk";
inline constexpr std::string_view kServiceAccount = "souk-store";
inline constexpr std::string_view kAdminSecret = "souk-admin";
inline constexpr std::string_view kAdminRole = "store-namespace-admin";
inline constexpr std::string_view kReaderRole = "store-namespace-reader";

}  // namespace souk::kube
