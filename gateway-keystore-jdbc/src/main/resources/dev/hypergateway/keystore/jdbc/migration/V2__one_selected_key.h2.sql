-- H2 has no partial indexes. A unique index takes any number of rows with a null in them, so unselected rows have one.
ALTER TABLE provider_keys
    ADD COLUMN IF NOT EXISTS selected_mark BOOLEAN GENERATED ALWAYS AS (CASE WHEN selected THEN TRUE END);
CREATE UNIQUE INDEX IF NOT EXISTS provider_keys_selected ON provider_keys (owner, provider, selected_mark);
