-- The name a store was created with, which its release keeps; a rename changes `name` only. Empty in the row of a soukd
-- that does not know the column yet: then it is `name`.
ALTER TABLE stores ADD COLUMN created_name TEXT NOT NULL DEFAULT '';
UPDATE stores SET created_name = name;

-- Since when a store stands in the line for a place in Provisioning. A retried one enters it when what its last try left
-- is gone.
ALTER TABLE stores ADD COLUMN waiting_since BIGINT;
UPDATE stores SET waiting_since = created WHERE phase = 'Requested';
CREATE INDEX stores_waiting ON stores (waiting_since, id) WHERE waiting_since IS NOT NULL;

-- Which condition an event of the type store.condition is about. Empty for the others, and for those from before.
ALTER TABLE events ADD COLUMN condition TEXT NOT NULL DEFAULT '';
