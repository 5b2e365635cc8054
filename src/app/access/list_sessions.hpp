#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"

#include <vector>

namespace souk::app {

/// The caller's sessions that have not ended, newest first. Thread-safe.
class ListSessions {
public:
    explicit ListSessions(Database& database) : database_(database) {}
    Result<std::vector<Session>> operator()(const Caller& caller) const;

private:
    Database& database_;
};

}  // namespace souk::app
