-- Packs by digest, as long as a store is made of them.
CREATE TABLE packs (
    digest TEXT NOT NULL PRIMARY KEY,
    engine TEXT NOT NULL,
    version TEXT NOT NULL,
    created BIGINT NOT NULL,
    archive BYTEA NOT NULL
)/*sqlite STRICT*/;

-- What a store's containers said before it failed or was deleted; `content` is zlib's deflate of `size` bytes of text.
CREATE TABLE kept_logs (
    store_id TEXT NOT NULL REFERENCES stores (id),
    position INTEGER NOT NULL,
    pod TEXT NOT NULL,
    container TEXT NOT NULL,
    time BIGINT NOT NULL,
    size BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (store_id, position)
)/*sqlite STRICT*/;
CREATE INDEX kept_logs_by_time ON kept_logs (time);

-- The proof of a deletion, for ever.
CREATE TABLE receipts (
    store_id TEXT NOT NULL PRIMARY KEY REFERENCES stores (id),
    store_name TEXT NOT NULL,
    slug TEXT NOT NULL,
    engine TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    requested BIGINT NOT NULL,
    completed BIGINT,
    lines TEXT NOT NULL
)/*sqlite STRICT*/;
