#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"

#include <string_view>

namespace souk::app {

/// Ends a session of the caller, this one (log-out) or another. NotFound with reason SessionNotFound.
/// Thread-safe.
class EndSession {
public:
    explicit EndSession(Database& database) : database_(database) {}
    Result<> operator()(std::string_view id, const Caller& caller) const;

private:
    Database& database_;
};

}  // namespace souk::app
