-- The durable queue. `asked` remembers that a person woke the job during a turn.
CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind <> ''),
    store_id TEXT NOT NULL REFERENCES stores (id),
    cluster TEXT NOT NULL,
    team TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ready', 'running', 'snoozed', 'stalled', 'done')),
    priority INTEGER NOT NULL,
    run_at BIGINT NOT NULL,
    attempt INTEGER NOT NULL CHECK (attempt >= 0),
    wake_seq BIGINT NOT NULL,
    asked INTEGER NOT NULL CHECK (asked IN (0, 1)),
    lease_epoch BIGINT NOT NULL,
    lease_until BIGINT,
    worker TEXT,
    last_error TEXT NOT NULL,
    created BIGINT NOT NULL,
    ended BIGINT,
    CHECK ((state = 'running') = (lease_until IS NOT NULL)),
    CHECK ((state = 'done') = (ended IS NOT NULL))
)/*sqlite STRICT*/;

CREATE INDEX jobs_ready ON jobs (priority, run_at, id) WHERE state = 'ready';
CREATE INDEX jobs_snoozed ON jobs (run_at) WHERE state = 'snoozed';
CREATE INDEX jobs_leases ON jobs (lease_until) WHERE state = 'running';
CREATE UNIQUE INDEX jobs_one_running ON jobs (store_id) WHERE state = 'running';
CREATE UNIQUE INDEX jobs_one_pending ON jobs (store_id, kind) WHERE state <> 'done';
CREATE INDEX jobs_by_kind_state ON jobs (kind, state);
CREATE INDEX jobs_ended ON jobs (ended) WHERE state = 'done';
