-- What was heard is not rewritten by those who serve: it is decided, once.
REVOKE ALL ON told_answer FROM relais_portal, relais_public;
GRANT SELECT, INSERT ON told_answer TO relais_portal;
GRANT UPDATE (decided_at, is_confirmed) ON told_answer TO relais_portal;
