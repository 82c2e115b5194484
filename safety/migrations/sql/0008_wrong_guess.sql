REVOKE ALL ON wrong_guess FROM relais_portal, relais_public;
GRANT SELECT, INSERT, DELETE ON wrong_guess TO relais_portal;
GRANT UPDATE (times) ON wrong_guess TO relais_portal;
