CREATE UNIQUE INDEX IF NOT EXISTS provider_keys_selected ON provider_keys (owner, provider) WHERE selected;
