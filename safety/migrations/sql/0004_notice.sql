-- What was to be told is not rewritten: only what became of it.
REVOKE ALL ON notice FROM relais_portal;
GRANT SELECT, INSERT ON notice TO relais_portal;
GRANT UPDATE (due_at, tries, sent_at, failed_at) ON notice TO relais_portal;
