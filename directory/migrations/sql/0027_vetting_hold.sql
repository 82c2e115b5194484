-- Who advises, what was asked and what was answered is not rewritten: it ends, and it is answered.
REVOKE ALL ON adviser, vetting_hold FROM relais_portal;
GRANT SELECT, INSERT ON adviser, vetting_hold TO relais_portal;
GRANT UPDATE (ended_at) ON adviser TO relais_portal;
GRANT UPDATE (sealed_answer, answered_by_id, answered_at) ON vetting_hold TO relais_portal;
