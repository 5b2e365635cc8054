#pragma once

#include "app/access/caller.hpp"
#include "app/ports/database.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace souk::app {

struct OperationQuery {
    std::string store;  // id, slug or name; empty: all of the team
    std::optional<OperationState> state{};
    std::optional<OperationKind> kind{};
    int limit = 50;
    std::optional<Timestamp> before{};  // creation time and id of the last one of the page before
    std::string before_id;
};

struct OperationPage {
    std::vector<Operation> operations;  // newest first
    bool more = false;
};

/// One page of the caller's operations. Errors: NotFound (the store).
class ListOperations {
public:
    explicit ListOperations(Database& database) : database_(database) {}
    Result<OperationPage> operator()(const OperationQuery& query, const Caller& caller) const;

private:
    Database& database_;
};

/// One operation of the caller's team. Errors: NotFound.
class ReadOperation {
public:
    explicit ReadOperation(Database& database) : database_(database) {}
    Result<Operation> operator()(std::string_view operation, const Caller& caller) const;

private:
    Database& database_;
};

}  // namespace souk::app
