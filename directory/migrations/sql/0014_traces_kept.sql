-- A digest is a digest: no street in clear fits into it, whoever writes.
ALTER TABLE door_trace ADD CONSTRAINT door_trace_is_a_digest CHECK (octet_length(digest) = 16);
