#pragma once

#include "app/access/caller.hpp"
#include "app/ports/cluster.hpp"
#include "app/ports/database.hpp"
#include "app/ports/signals.hpp"

#include <stop_token>
#include <string>
#include <string_view>

namespace souk::app {

struct Credentials {
    std::string username;
    Secret password;
};

/// The one audited reveal: the audit row and the event are committed before the cluster is asked, so there is
/// no reveal without a trace. `reason` is what the person says and must not be blank. Errors: InvalidInput
/// (/reason), NotFound, Gone, Conflict "NotMadeYet", Unavailable.
class RevealCredentials {
public:
    RevealCredentials(Database& database, Cluster& cluster, Signals& signals)
        : database_(database), cluster_(cluster), signals_(signals) {}
    Result<Credentials> operator()(std::string_view store, const std::string& reason, const Caller& caller,
                                   std::stop_token stop) const;

private:
    Database& database_;
    Cluster& cluster_;
    Signals& signals_;
};

}  // namespace souk::app
