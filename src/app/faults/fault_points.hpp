#pragma once

#include <functional>
#include <string_view>

namespace souk::app {

/// Named places right before and right after every external effect and every commit:
/// "cluster.ensure_fence.before", "helm.apply.after", "commit.create_store.before". A test ends the process
/// at one of them; production wires none of the decorators that call it. The list is
/// docs/reference/fault-points.md, kept true by tests/faults.
using FaultPoint = std::function<void(std::string_view name)>;

}  // namespace souk::app
