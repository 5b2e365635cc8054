#include "adapters/sql/constraints.hpp"
#include "adapters/sql/sqlite_connection.hpp"

namespace souk::sql {
namespace {

Error constraint(int extended_code, std::string_view message) {
    // "UNIQUE constraint failed: stores.team, stores.name"
    const auto colon = message.find(": ");
    const std::string_view what = colon == std::string_view::npos ? message : message.substr(colon + 2);
    switch (extended_code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return unique_violation(what);
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return {
                ErrorCode::NotFound, "the row that this one belongs to does not exist", "ParentMissing", {}};
        case SQLITE_CONSTRAINT_TRIGGER:
            return {ErrorCode::Internal,
                    "the database refused a change: " + std::string(message),
                    "IllegalChange",
                    {}};
        default:
            return {ErrorCode::Internal,
                    "the database refused a row: constraint " + std::string(what),
                    "IllegalRow",
                    {}};
    }
}

}  // namespace

Error sqlite_error(int extended_code, std::string_view message) {
    const std::string own(message);
    const std::string number = " (SQLite code " + std::to_string(extended_code) + ")";
    switch (extended_code & 0xFF) {
        case SQLITE_CONSTRAINT:
            return constraint(extended_code, message);
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorCode::Timeout,
                    "the database is locked by another process" + number,
                    "DatabaseLocked",
                    {}};
        case SQLITE_FULL:
            return {ErrorCode::Unavailable, "the disk of the database is full" + number, "DiskFull", {}};
        case SQLITE_IOERR:
            return {ErrorCode::Unavailable,
                    "the database file cannot be read or written: " + own + number,
                    "DiskError",
                    {}};
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            return {
                ErrorCode::Unavailable,
                "the database file cannot be opened: check that its folder exists and is writable" + number,
                "DatabaseUnavailable",
                {}};
        case SQLITE_NOMEM:
            return {ErrorCode::Unavailable, "the database has no memory left" + number, "OutOfMemory", {}};
        case SQLITE_INTERRUPT:
            return {ErrorCode::Cancelled, "the query was interrupted", {}, {}};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {ErrorCode::Internal,
                    "the database file is damaged: restore it from a backup" + number,
                    "DatabaseDamaged",
                    {}};
        case SQLITE_READONLY:
            return {ErrorCode::Internal,
                    "the database cannot be written here: a read transaction or a read-only file" + number,
                    "ReadOnly",
                    {}};
        case SQLITE_TOOBIG:
            return {ErrorCode::InvalidInput, "a value is too big for the database", "ValueTooBig", {}};
        default:
            return {ErrorCode::Internal, "the database failed: " + own + number, {}, {}};
    }
}

}  // namespace souk::sql
