-- What an adviser said is neither rewritten nor taken away: who thinks again asks a question, which holds.
REVOKE ALL ON vetting_no_objection FROM relais_portal;
GRANT SELECT, INSERT ON vetting_no_objection TO relais_portal;
