#pragma once

#include "runtime/http/server.hpp"
#include "runtime/http/server_workers.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

/// Internal to the server: what connections share. No sockets in here.
namespace souk::runtime {

/// What the server asks of an open connection at shutdown. Both may be called from any thread and only post.
class Connection {
public:
    virtual ~Connection() = default;
    virtual void drain() = 0;
    virtual void abort() = 0;
};

/// The open connections. Thread-safe.
class ConnectionRegistry {
public:
    /// Leaves the registry when destroyed; a member of each connection.
    class Membership {
    public:
        Membership() = default;
        Membership(ConnectionRegistry& registry, std::uint64_t id) : registry_(&registry), id_(id) {}
        Membership(Membership&& other) noexcept
            : registry_(std::exchange(other.registry_, nullptr)), id_(other.id_) {}
        Membership& operator=(Membership&& other) noexcept {
            std::swap(registry_, other.registry_);
            std::swap(id_, other.id_);
            return *this;
        }
        ~Membership();

    private:
        ConnectionRegistry* registry_ = nullptr;
        std::uint64_t id_ = 0;
    };

    Membership join(const std::shared_ptr<Connection>& connection);
    std::size_t size() const;
    std::vector<std::shared_ptr<Connection>> open() const;
    /// False when some are left at the deadline.
    bool wait_until_empty(std::chrono::steady_clock::time_point deadline);

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::uint64_t, std::weak_ptr<Connection>> connections_;
    std::uint64_t next_id_ = 0;
};

struct ServerCore {
    ServerSettings settings;
    Handler handler;
    ErrorRenderer errors;
    Observer observer;
    ServerWorkers workers;
    ConnectionRegistry connections;
    std::atomic<bool> draining = false;
    std::stop_source stop;

    void report(const Exchange& exchange) const;
};

/// What a handler (or the server in its place) answers, checked.
struct Answer {
    Response response;
    std::string fault;  // for the log
};

/// Runs the handler; an exception and an impossible response become a 500. Runs on a worker.
Answer run_handler(const ServerCore& core, Request& request);
/// An error of the server itself. An error renderer that answers nonsense is replaced by the built-in one.
Answer server_error(const ServerCore& core, const Request* request, int status, std::string_view code,
                    std::string_view detail);

}  // namespace souk::runtime
