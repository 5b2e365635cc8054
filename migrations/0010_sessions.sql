-- People at the dashboard. Only hashes of what proves who they are.
CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    user_name TEXT NOT NULL,
    team TEXT NOT NULL,
    role TEXT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    created BIGINT NOT NULL,
    last_used BIGINT NOT NULL,
    expires BIGINT NOT NULL
)/*sqlite STRICT*/;
CREATE INDEX sessions_by_user ON sessions (user_name, created, id);
CREATE INDEX sessions_expires ON sessions (expires);

CREATE TABLE sign_in_codes (
    hash TEXT NOT NULL PRIMARY KEY,
    user_name TEXT NOT NULL,
    team TEXT NOT NULL,
    role TEXT NOT NULL,
    expires BIGINT NOT NULL
)/*sqlite STRICT*/;
CREATE INDEX sign_in_codes_expires ON sign_in_codes (expires);

CREATE TABLE sign_in_refusals (
    address TEXT NOT NULL,
    time BIGINT NOT NULL
)/*sqlite STRICT*/;
CREATE INDEX sign_in_refusals_by_address ON sign_in_refusals (address, time);
CREATE INDEX sign_in_refusals_by_time ON sign_in_refusals (time);
