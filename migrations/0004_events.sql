-- `number` is the global order that streams resume from: the order of commits, because SQLite has one writer.
CREATE TABLE events (
    number BIGINT PRIMARY KEY/*sqlite  AUTOINCREMENT*/,
    store_id TEXT NOT NULL REFERENCES stores (id),
    store_seq BIGINT NOT NULL,
    team TEXT NOT NULL,
    type TEXT NOT NULL,
    phase TEXT NOT NULL,
    step TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    percent INTEGER NOT NULL,
    store_version BIGINT NOT NULL,
    operation TEXT NOT NULL,
    time BIGINT NOT NULL,
    UNIQUE (store_id, store_seq)
)/*sqlite STRICT*/;

CREATE INDEX events_by_team ON events (team, number);
CREATE INDEX events_by_store ON events (store_id, number);
CREATE INDEX events_by_time ON events (time);

-- The last number given per store; outlives the events, so that none is given twice.
CREATE TABLE event_counters (
    store_id TEXT NOT NULL PRIMARY KEY REFERENCES stores (id),
    last_seq BIGINT NOT NULL
)/*sqlite STRICT*/;
