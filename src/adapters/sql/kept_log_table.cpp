#include "adapters/sql/kept_log_table.hpp"

#include <zlib.h>

namespace souk::sql {
namespace {

// Two hundred lines are far below; a row that says more is not ours.
constexpr std::int64_t kMaxText = 16 * 1024 * 1024;

Result<std::string> deflated(std::string_view text) {
    uLongf size = compressBound(static_cast<uLong>(text.size()));
    std::string out(size, '\0');
    // zlib's interface speaks of bytes, not characters.
    const auto* in = reinterpret_cast<const Bytef*>(text.data());
    if (compress2(reinterpret_cast<Bytef*>(out.data()), &size, in, static_cast<uLong>(text.size()),
                  Z_BEST_SPEED) != Z_OK) {
        return fail(ErrorCode::Internal, "a log could not be compressed");
    }
    out.resize(size);
    return out;
}

Result<std::string> inflated(std::string_view bytes, std::int64_t size) {
    if (size < 0 || size > kMaxText) {
        return fail(ErrorCode::Internal, "a kept log has an impossible size", "UnreadableRow");
    }
    std::string out(static_cast<std::size_t>(size), '\0');
    uLongf got = static_cast<uLongf>(out.size());
    Bytef nothing = 0;  // uncompress wants an address, even for no bytes
    Bytef* target = out.empty() ? &nothing : reinterpret_cast<Bytef*>(out.data());
    const int code = uncompress(target, &got, reinterpret_cast<const Bytef*>(bytes.data()),
                                static_cast<uLong>(bytes.size()));
    if (code != Z_OK || got != out.size()) {
        return fail(ErrorCode::Internal, "a kept log cannot be read", "UnreadableRow");
    }
    return out;
}

}  // namespace

Result<> SqlKeptLogTable::replace(const StoreId& store, const std::vector<app::KeptLog>& logs) {
    if (const auto removed =
            session_.connection.execute("DELETE FROM kept_logs WHERE store_id = $1", {store.str()});
        !removed) {
        return forward(removed);
    }
    std::int64_t position = 0;
    for (const app::KeptLog& log : logs) {
        if (log.text.size() > static_cast<std::size_t>(kMaxText)) {
            return fail(ErrorCode::InvalidInput, "a log to keep is too long");
        }
        const auto content = deflated(log.text);
        if (!content) {
            return forward(content);
        }
        const auto inserted = session_.connection.execute(
            "INSERT INTO kept_logs (store_id, position, pod, container, time, size, content) VALUES ($1, $2, "
            "$3, $4, $5, $6, $7)",
            {store.str(), position++, log.pod, log.container, log.time, log.text.size(), Bytes{*content}});
        if (!inserted) {
            return forward(inserted);
        }
    }
    return {};
}

Result<std::vector<app::KeptLog>> SqlKeptLogTable::list(const StoreId& store) {
    return fetch(
        session_.connection,
        "SELECT pod, container, time, size, content FROM kept_logs WHERE store_id = $1 ORDER BY position",
        {store.str()}, [&](Reader& row) -> Result<app::KeptLog> {
            app::KeptLog log{.store_id = store, .pod = row.text(), .container = row.text(), .text = {}};
            log.time = row.time();
            const std::int64_t size = row.integer();
            auto text = inflated(row.bytes(), size);
            if (!text) {
                return forward(std::move(text));
            }
            log.text = std::move(*text);
            return log;
        });
}

Result<int> SqlKeptLogTable::remove_older_than(Timestamp time, int limit) {
    return as_count(session_.connection.execute(
        "DELETE FROM kept_logs WHERE (store_id, position) IN (SELECT store_id, position FROM kept_logs "
        "WHERE time < $1 ORDER BY time LIMIT $2)",
        {time, limit}));
}

}  // namespace souk::sql
