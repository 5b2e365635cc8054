#pragma once

#include "adapters/kube/json.hpp"
#include "adapters/kube/kinds.hpp"
#include "app/ports/inspection.hpp"

#include <map>
#include <string>

namespace souk::kube {

/// An object as people see it: without what only the API server and kubectl need, and which may repeat its
/// content; of a Secret only the names of its keys.
json::object shown(const Kind& kind, json::value value);

app::ResourceEvent read_event(const json::value& event);

/// Adds what one pod uses, as the metrics API says it, to the usage of its namespace.
void add_metrics(const json::value& metrics, std::map<std::string, app::StoreUsage>& out);
/// The same for what a volume claim asks for.
void add_claim(const json::value& claim, std::map<std::string, app::StoreUsage>& out);

}  // namespace souk::kube
