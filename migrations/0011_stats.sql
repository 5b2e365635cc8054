-- What /stats asks for, and events by type and time.

-- How long creations took, from the index alone.
CREATE INDEX stores_by_first_ready ON stores (team, first_ready, admitted, engine, id) WHERE first_ready IS NOT NULL;
CREATE INDEX operations_failed ON operations (team, ended) WHERE state = 'failed';

-- Type and time decide without reading the row.
DROP INDEX events_by_team;
CREATE INDEX events_by_team ON events (team, number, type, time);
