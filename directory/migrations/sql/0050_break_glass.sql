-- Opened and ended, never made longer, never taken away.
REVOKE ALL ON break_glass FROM relais_portal, relais_public;
GRANT SELECT, INSERT ON break_glass TO relais_portal;
GRANT UPDATE (ended_at, ended_by_id) ON break_glass TO relais_portal;
