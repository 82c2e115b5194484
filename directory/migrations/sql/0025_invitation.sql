-- Who was asked to join what, by whom and as what, is not rewritten; the address goes once the question is over.
REVOKE ALL ON invitation FROM relais_portal;
GRANT SELECT, INSERT ON invitation TO relais_portal;
GRANT UPDATE (email, accepted_at, revoked_at) ON invitation TO relais_portal;
