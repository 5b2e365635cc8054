-- What the removal of old rows looks for.
CREATE INDEX operations_ended ON operations (ended) WHERE state <> 'running';
