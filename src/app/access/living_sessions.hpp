#pragma once

#include "app/ports/database.hpp"
#include "core/common/result.hpp"

#include <set>
#include <string>

namespace souk::app {

/// Which of these sessions (the hashes of their cookies) have neither expired nor been ended. Asking is no
/// use of them: it moves no end. Thread-safe.
class LivingSessions {
public:
    explicit LivingSessions(Database& database) : database_(database) {}
    Result<std::set<std::string>> operator()(const std::set<std::string>& hashes) const;

private:
    Database& database_;
};

}  // namespace souk::app
