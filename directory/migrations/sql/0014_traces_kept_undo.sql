ALTER TABLE door_trace DROP CONSTRAINT door_trace_is_a_digest;
