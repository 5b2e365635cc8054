#pragma once

#include "app/health/check_health.hpp"
#include "app/ports/database.hpp"
#include "app/ports/engines.hpp"
#include "app/stores/accepted.hpp"
#include "app/stores/read_store.hpp"
#include "app/stores/validate_store.hpp"
#include "core/engine/engine.hpp"
#include "core/plan/plan.hpp"
#include "core/store/event.hpp"
#include "core/store/operation.hpp"
#include "core/store/receipt.hpp"
#include "core/store/store.hpp"
#include "runtime/http/response.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace souk::http {

struct ApiParts;

// The wire forms of api/openapi.yaml.

boost::json::object to_json(const ApiParts& parts, const app::StoreView& view);
boost::json::object to_json(const ApiParts& parts, const app::Validation& validation);
boost::json::object to_json(const Operation& operation);
boost::json::object to_json(const Event& event);
boost::json::object to_json(const app::PodInfo& pod);
boost::json::object to_json(const Receipt& receipt);
boost::json::object to_json(const Engine& engine);
boost::json::object to_json(const Plan& plan);
boost::json::object to_json(const app::Health& health, std::string_view version);
boost::json::object to_json(const app::Session& session, bool current);
/// Stores whose objects changed.
boost::json::object object_hint(const std::vector<StoreId>& stores);
boost::json::object progress_json(const std::vector<StepRecord>& steps);

boost::json::value or_null(const std::optional<Timestamp>& time);
/// An empty text is null on the wire where the contract says so.
boost::json::value or_null(const std::string& text);

/// `"<generation>.<version>"`
std::string etag_of(const Store& store);
std::string path_of(const StoreId& id);
std::string path_of(const OperationId& id);

/// Renders {store, operation} inside the use case's transaction.
app::RenderAccepted render_accepted(const ApiParts& parts);
runtime::Response to_response(const app::Accepted& accepted);

runtime::Response json_response(int status, const boost::json::object& body);
runtime::Response store_response(const ApiParts& parts, const app::StoreView& view);

}  // namespace souk::http
