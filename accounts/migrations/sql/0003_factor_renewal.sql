-- For whom, why and by whom it was asked is not rewritten: only what became of it. The public reads none of it.
REVOKE ALL ON factor_renewal FROM relais_portal, relais_public;
GRANT SELECT, INSERT ON factor_renewal TO relais_portal;
GRANT UPDATE (agreed_by_id, opens_at, expires_at, factor_ended_at, used_at, ended_at) ON factor_renewal TO relais_portal;
