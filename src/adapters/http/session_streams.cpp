#include "adapters/http/session_streams.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <utility>
#include <vector>

namespace souk::http {
namespace {
/// More than can end between the look at a session and the opening of its stream.
constexpr std::size_t kRemembered = 256;
}  // namespace

void SessionStreams::watch(runtime::Response& response, const Owner& owner) {
    if (response.is_stream()) {
        response.on_stream = [self = shared_from_this(), owner,
                              open = std::move(response.on_stream)](const runtime::EventStreamPtr& stream) {
            const auto number = self->add(owner, [weak = std::weak_ptr(stream)] {
                if (const auto living = weak.lock()) {
                    living->close();
                }
            });
            stream->on_close([self, number] { self->remove(number); });
            open(stream);
        };
    }
    if (response.is_websocket()) {
        response.on_websocket = [self = shared_from_this(), owner, open = std::move(response.on_websocket)](
                                    const runtime::WebSocketPtr& socket) {
            const auto number = self->add(owner, [weak = std::weak_ptr(socket)] {
                if (const auto living = weak.lock()) {
                    living->close(runtime::CloseCode::PolicyViolation, "unauthenticated");
                }
            });
            socket->on_close([self, number] { self->remove(number); });
            open(socket);
        };
    }
}

void SessionStreams::end(const std::string& session) {
    std::vector<std::function<void()>> closing;
    {
        const std::scoped_lock lock(mutex_);
        if (std::find(ended_.begin(), ended_.end(), session) == ended_.end()) {
            ended_.push_back(session);
        }
        if (ended_.size() > kRemembered) {
            ended_.pop_front();
        }
        for (const auto& [number, entry] : open_) {
            if (entry.owner.session == session) {
                closing.push_back(entry.close);
            }
        }
    }
    for (const auto& close : closing) {  // without the lock: a stream that ends asks to be removed
        close();
    }
}

Result<> SessionStreams::end_expired(const app::LivingSessions& living) {
    std::map<std::string, std::string> sessions;  // by hash
    {
        const std::scoped_lock lock(mutex_);
        for (const auto& [number, entry] : open_) {
            sessions.emplace(entry.owner.hash, entry.owner.session);
        }
    }
    std::set<std::string> hashes;
    for (const auto& [hash, session] : sessions) {
        hashes.insert(hash);
    }
    const auto alive = living(hashes);
    if (!alive) {
        return forward(alive);
    }
    for (const auto& [hash, session] : sessions) {
        if (!alive->contains(hash)) {
            end(session);
        }
    }
    return {};
}

std::uint64_t SessionStreams::add(const Owner& owner, std::function<void()> close) {
    std::uint64_t number = 0;
    {
        const std::scoped_lock lock(mutex_);
        number = next_++;
        if (std::find(ended_.begin(), ended_.end(), owner.session) == ended_.end()) {
            open_.emplace(number, Entry{owner, std::move(close)});
            return number;
        }
    }
    close();
    return number;
}

void SessionStreams::remove(std::uint64_t number) {
    const std::scoped_lock lock(mutex_);
    open_.erase(number);
}

}  // namespace souk::http
