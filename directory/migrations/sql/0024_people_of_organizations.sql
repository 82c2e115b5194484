-- Who was there, and what was decided, is not rewritten by those who serve: a membership ends, a proposal is agreed to.
REVOKE ALL ON membership, vetting_decision FROM relais_portal;
GRANT SELECT, INSERT ON membership, vetting_decision TO relais_portal;
GRANT UPDATE (ended_at) ON membership TO relais_portal;
GRANT UPDATE (agreed_by_id, agreed_at) ON vetting_decision TO relais_portal;
