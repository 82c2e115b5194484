-- A token is made, used and taken back; nobody gives it another secret, another scope or a longer life.
REVOKE ALL ON push_token FROM relais_portal, relais_public;
GRANT SELECT, INSERT ON push_token TO relais_portal;
GRANT UPDATE (last_used_on, revoked_at) ON push_token TO relais_portal;
