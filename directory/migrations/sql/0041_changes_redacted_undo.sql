DROP FUNCTION redact_change(uuid, jsonb);
