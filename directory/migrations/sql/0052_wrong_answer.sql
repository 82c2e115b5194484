-- What was done about a report is not rewritten. The public reads none of it.
REVOKE ALL ON wrong_answer FROM relais_portal, relais_public;
GRANT SELECT, INSERT ON wrong_answer TO relais_portal;
