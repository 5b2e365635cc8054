-- What each store used, all at one time in one transaction: so the time comes first, and a sample of ten thousand stores is written
-- (and, after thirty days, removed) as one piece.
CREATE TABLE usage_samples (
    time BIGINT NOT NULL,
    store_id TEXT NOT NULL REFERENCES stores (id),
    cpu_millicores BIGINT NOT NULL,
    memory_bytes BIGINT NOT NULL,
    storage_bytes BIGINT NOT NULL,
    pods INTEGER NOT NULL,
    PRIMARY KEY (time, store_id)
)/*sqlite STRICT, WITHOUT ROWID*/;
