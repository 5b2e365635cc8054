#pragma once

#include "app/access/living_sessions.hpp"
#include "core/common/result.hpp"
#include "runtime/http/response.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace souk::http {

/// The open streams and WebSockets of each session, so that they end with it. Thread-safe.
class SessionStreams : public std::enable_shared_from_this<SessionStreams> {
public:
    struct Owner {
        std::string session;  // id
        std::string hash;     // of its cookie
    };
    /// What `response` opens belongs to the session. Others stay as they are.
    void watch(runtime::Response& response, const Owner& owner);
    void end(const std::string& session);
    /// Ends what belongs to a session that is over: expired, or ended by another process. To be called once
    /// in a while. An error: nothing is known, so nothing ends.
    Result<> end_expired(const app::LivingSessions& living);

private:
    /// Closes at once what belongs to a session that ended while it was being opened.
    std::uint64_t add(const Owner& owner, std::function<void()> close);
    void remove(std::uint64_t number);

    struct Entry {
        Owner owner;
        std::function<void()> close;
    };
    std::mutex mutex_;
    std::map<std::uint64_t, Entry> open_;  // guarded by mutex_
    std::deque<std::string> ended_;        // the latest; guarded by mutex_
    std::uint64_t next_ = 1;               // guarded by mutex_
};

}  // namespace souk::http
