#pragma once

#include "adapters/sql/connection.hpp"
#include "app/ports/database.hpp"

namespace souk::sql {

class SqlPackTable final : public app::PackTable {
public:
    explicit SqlPackTable(const Session& session) : session_(session) {}

    Result<bool> has(std::string_view digest) override;
    /// Safe to repeat: the digest names the content, so a known one is left as it is.
    Result<> insert(std::string_view digest, std::string_view engine, std::string_view version,
                    std::string_view archive) override;
    Result<std::string> load(std::string_view digest) override;
    Result<int> remove_unused(Timestamp time, int limit) override;

private:
    const Session& session_;
};

}  // namespace souk::sql
