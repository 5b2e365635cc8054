#pragma once

#include "app/ports/database.hpp"

namespace souk::app {

/// When soukd starts: while it was not there, nobody looked at what was being made, so that time must not
/// make a creation fail. Repeating is harmless.
class ExtendDeadlines {
public:
    explicit ExtendDeadlines(Database& database) : database_(database) {}
    Result<> operator()() const;

private:
    Database& database_;
};

}  // namespace souk::app
