#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace souk::app {

/// Named places right before and right after every external effect and every commit:
/// "kube.create.secrets/souk-admin.before", "helm.apply.after", "commit.create_store.before". A test ends the
/// process at one of them; production wires none of the decorators that call it. The list is
/// docs/reference/fault-points.md, kept true by tests/faults.
using FaultPoint = std::function<void(std::string_view name)>;

/// The answer of `call`, with "<point>.before" and "<point>.after" around it.
template <class Call>
auto around(const FaultPoint& reach, const std::string& point, Call&& call) {
    reach(point + ".before");
    auto result = call();
    reach(point + ".after");
    return result;
}

}  // namespace souk::app
