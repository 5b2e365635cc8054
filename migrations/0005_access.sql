-- Only the hash of a token is kept.
CREATE TABLE tokens (
    id TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    user_name TEXT NOT NULL,
    team TEXT NOT NULL,
    role TEXT NOT NULL,
    created BIGINT NOT NULL,
    last_used BIGINT
)/*sqlite STRICT*/;

CREATE TABLE idempotency (
    scope TEXT NOT NULL,
    idem_key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    location TEXT NOT NULL,
    etag TEXT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (scope, idem_key)
)/*sqlite STRICT*/;
CREATE INDEX idempotency_by_created ON idempotency (created);

-- For ever. Not every entry is about a store, so there is no reference.
CREATE TABLE audit (
    id BIGINT PRIMARY KEY/*sqlite  AUTOINCREMENT*/,
    time BIGINT NOT NULL,
    team TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    store_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    request_id TEXT NOT NULL
)/*sqlite STRICT*/;
CREATE INDEX audit_by_store ON audit (store_id, id);
