-- One text for both databases: written for PostgreSQL; the SQLite side reads BIGINT as INTEGER, BYTEA as BLOB and the
-- comments that begin with "sqlite" as text (src/adapters/sql/README.md). Ids are text, times microseconds since 1970
-- in UTC, flags 0 or 1, lists JSON texts.

CREATE TABLE teams (
    name TEXT NOT NULL PRIMARY KEY,
    created BIGINT NOT NULL
)/*sqlite STRICT*/;
INSERT INTO teams (name, created) VALUES ('default', 0);

CREATE TABLE users (
    name TEXT NOT NULL PRIMARY KEY,
    team TEXT NOT NULL REFERENCES teams (name),
    created BIGINT NOT NULL
)/*sqlite STRICT*/;
INSERT INTO users (name, team, created) VALUES ('default', 'default', 0);

-- Columns that lists filter by come before the wide ones, so that a filter need not read those.
CREATE TABLE stores (
    id TEXT NOT NULL PRIMARY KEY,
    cluster TEXT NOT NULL,
    team TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    slug TEXT NOT NULL CHECK (length(slug) BETWEEN 1 AND 40),
    namespace TEXT NOT NULL,
    search_text TEXT NOT NULL,
    engine TEXT NOT NULL,
    engine_version TEXT NOT NULL,
    pack_digest TEXT NOT NULL,
    plan TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('Requested', 'Provisioning', 'Ready', 'Updating', 'Degraded', 'Suspended',
                                         'Failed', 'Deleting', 'Deleted')),
    living INTEGER NOT NULL GENERATED ALWAYS AS (CASE WHEN phase = 'Deleted' THEN 0 ELSE 1 END) STORED,
    deletion_wanted INTEGER NOT NULL CHECK (deletion_wanted IN (0, 1)),
    cancel_wanted INTEGER NOT NULL CHECK (cancel_wanted IN (0, 1)),
    generation BIGINT NOT NULL CHECK (generation >= 1),
    version BIGINT NOT NULL CHECK (version >= 1),
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    deadline BIGINT,
    admitted BIGINT,
    checks_passed BIGINT,
    first_ready BIGINT,
    deleted BIGINT,
    failure_reason TEXT,
    failure_message TEXT,
    hosts TEXT NOT NULL,
    conditions TEXT NOT NULL,
    steps TEXT NOT NULL
)/*sqlite STRICT*/;

-- Name and slug are free again when the store is gone.
CREATE UNIQUE INDEX stores_living_name ON stores (team, name) WHERE phase <> 'Deleted';
CREATE UNIQUE INDEX stores_living_slug ON stores (slug) WHERE phase <> 'Deleted';

-- One index per sort of the list. What follows the id lets a filter decide without reading the row. `living` is a column and not
-- the condition of a partial index, because SQLite took others before a partial one.
CREATE INDEX stores_living_by_created ON stores (team, living, created, id, phase, engine, plan, search_text);
CREATE INDEX stores_living_by_name ON stores (team, living, name, id, phase, engine, plan, search_text);
CREATE INDEX stores_living_by_updated ON stores (team, living, updated, id, phase, engine, plan, search_text);
-- The same with the deleted ones, which are kept for ever.
CREATE INDEX stores_by_created ON stores (team, created, id);
CREATE INDEX stores_by_name ON stores (team, name, id);
CREATE INDEX stores_by_updated ON stores (team, updated, id);
-- Admission, queue position, metrics.
CREATE INDEX stores_by_phase ON stores (phase, created, id);
CREATE INDEX stores_by_engine_phase ON stores (engine, phase);
CREATE INDEX stores_by_team_phase ON stores (team, phase);
CREATE INDEX stores_by_pack ON stores (pack_digest) WHERE phase <> 'Deleted';

CREATE TABLE operations (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('store.create', 'store.retry', 'store.delete')),
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

CREATE UNIQUE INDEX operations_one_running ON operations (store_id) WHERE state = 'running';
CREATE INDEX operations_by_store ON operations (store_id, created, id);
CREATE INDEX operations_by_team ON operations (team, created, id);
