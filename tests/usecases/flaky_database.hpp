#pragma once

#include "app/ports/database.hpp"

#include <chrono>
#include <memory>

namespace souk::usecases {

/// The real database, which a test can take away; counts who asks, and who asks to write.
struct FlakyDatabase final : app::Database {
    explicit FlakyDatabase(app::Database& database) : real(database) {}
    Result<std::unique_ptr<app::Transaction>> begin(app::Access access) override {
        ++asked;
        writes += access == app::Access::Write ? 1 : 0;
        if (away) {
            return fail(ErrorCode::Unavailable, "the database does not answer");
        }
        return real.begin(access);
    }
    Result<std::chrono::microseconds> ping() override { return real.ping(); }
    app::ConnectionCounts connections(app::Access access) const override { return real.connections(access); }

    app::Database& real;
    bool away = false;
    int asked = 0;
    int writes = 0;
};

}  // namespace souk::usecases
