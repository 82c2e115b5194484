-- What was asked for is never rewritten by those who serve: it is decided about, once.
REVOKE ALL ON proposed_change FROM relais_portal;
GRANT SELECT, INSERT ON proposed_change TO relais_portal;
GRANT UPDATE (state, decided_by_id, decided_at, reason, called, spoke_with, looked_at) ON proposed_change TO relais_portal;
