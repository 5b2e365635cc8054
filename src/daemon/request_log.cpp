#include "daemon/request_log.hpp"

#include "core/common/id.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace souk::daemon {
namespace {

constexpr std::string_view kStores = "/api/v1/stores/";

/// The path is whatever a client wrote: only what is an id in full counts.
std::optional<StoreId> store_in(std::string_view path) {
    if (!path.starts_with(kStores)) {
        return std::nullopt;
    }
    path.remove_prefix(kStores.size());
    const auto id = StoreId::parse(path.substr(0, path.find('/')));
    return id ? std::optional<StoreId>(*id) : std::nullopt;
}

bool changes_something(std::string_view method) {
    return method == "POST" || method == "PATCH" || method == "PUT" || method == "DELETE";
}

}  // namespace

void log_request(const runtime::Logger& log, const runtime::Exchange& exchange) {
    const bool matters = changes_something(exchange.method) || exchange.status >= 400;
    const auto named = store_in(exchange.path);
    const std::string store = named ? named->str() : exchange.subject;
    const runtime::Logger line = store.empty() ? log : log.with({{"store_id", store}});
    line.log(matters ? runtime::LogLevel::Info : runtime::LogLevel::Debug, "request",
             {{"request_id", exchange.request_id},
              {"method", exchange.method},
              {"path", exchange.path},
              {"status", exchange.status},
              {"duration_ms", static_cast<double>(exchange.duration.count()) / 1000.0}});
    if (!exchange.fault.empty()) {
        line.error("a request handler failed",
                   {{"request_id", exchange.request_id}, {"detail", exchange.fault}});
    }
}

}  // namespace souk::daemon
