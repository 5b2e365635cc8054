-- A store that was Ready can be suspended, resumed and restarted.
ALTER TABLE stores ADD COLUMN suspension_wanted INTEGER NOT NULL DEFAULT 0 CHECK (suspension_wanted IN (0, 1));
ALTER TABLE stores ADD COLUMN restarted BIGINT;

-- The same table without a list of kinds: a CHECK cannot be widened in place, and each new kind would need this again. The
-- code that reads a row knows the kinds.
CREATE TABLE operations_of_any_kind (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind <> ''),
    store_id TEXT NOT NULL REFERENCES stores (id),
    team TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'succeeded', 'failed', 'aborted')),
    requested_by TEXT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    ended BIGINT,
    error_reason TEXT,
    error_message TEXT,
    steps TEXT NOT NULL,
    CHECK ((state = 'running') = (ended IS NULL))
)/*sqlite STRICT*/;
INSERT INTO operations_of_any_kind (id, kind, store_id, team, state, requested_by, created, updated, ended, error_reason,
                                    error_message, steps)
SELECT id, kind, store_id, team, state, requested_by, created, updated, ended, error_reason, error_message, steps FROM operations;
DROP TABLE operations;
ALTER TABLE operations_of_any_kind RENAME TO operations;
CREATE UNIQUE INDEX operations_one_running ON operations (store_id) WHERE state = 'running';
CREATE INDEX operations_by_store ON operations (store_id, created, id);
CREATE INDEX operations_by_team ON operations (team, created, id);
CREATE INDEX operations_ended ON operations (ended) WHERE state <> 'running';
