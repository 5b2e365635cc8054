#include "runtime/http/server_core.hpp"

#include <exception>
#include <utility>

namespace souk::runtime {

namespace {

Answer bug(const ServerCore& core, const Request& request, std::string fault) {
    auto answer = server_error(core, &request, 500, "internal", "an internal error happened");
    answer.fault = std::move(fault);
    return answer;
}

}  // namespace

ConnectionRegistry::Membership::~Membership() {
    if (registry_ == nullptr) {
        return;
    }
    // Notified under the lock: the registry may go away as soon as the waiting thread sees it empty.
    const std::scoped_lock lock(registry_->mutex_);
    registry_->connections_.erase(id_);
    registry_->changed_.notify_all();
}

ConnectionRegistry::Membership ConnectionRegistry::join(const std::shared_ptr<Connection>& connection) {
    const std::scoped_lock lock(mutex_);
    const auto id = next_id_++;
    connections_.emplace(id, connection);
    return {*this, id};
}

std::size_t ConnectionRegistry::size() const {
    const std::scoped_lock lock(mutex_);
    return connections_.size();
}

std::vector<std::shared_ptr<Connection>> ConnectionRegistry::open() const {
    std::vector<std::shared_ptr<Connection>> out;
    const std::scoped_lock lock(mutex_);
    for (const auto& [id, weak] : connections_) {
        if (auto connection = weak.lock()) {
            out.push_back(std::move(connection));
        }
    }
    return out;
}

bool ConnectionRegistry::wait_until_empty(std::chrono::steady_clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    return changed_.wait_until(lock, deadline, [this] { return connections_.empty(); });
}

void ServerCore::report(const Exchange& exchange) const {
    if (observer) {
        observer(exchange);
    }
}

Answer run_handler(const ServerCore& core, Request& request) {
    try {
        Answer answer{core.handler(request), {}};
        if (const auto valid = check_response(answer.response); !valid) {
            return bug(core, request, valid.error().message);
        }
        if (answer.response.is_websocket() && !is_websocket_upgrade(request)) {
            return server_error(core, &request, 426, "upgrade_required", "this path speaks WebSocket only");
        }
        return answer;
    } catch (const std::exception& error) {
        return bug(core, request, std::string("handler threw: ") + error.what());
    } catch (...) {
        return bug(core, request, "handler threw something that is no exception");
    }
}

Answer server_error(const ServerCore& core, const Request* request, int status, std::string_view code,
                    std::string_view detail) {
    try {
        Answer answer{core.errors(request, status, code, detail), {}};
        if (check_response(answer.response) && !answer.response.is_stream() &&
            !answer.response.is_websocket()) {
            return answer;
        }
    } catch (...) {  // same as an answer that cannot be sent
        return {render_problem(request, status, code, detail), "the error renderer threw"};
    }
    return {render_problem(request, status, code, detail),
            "the error renderer gave a response that cannot be sent"};
}

}  // namespace souk::runtime
