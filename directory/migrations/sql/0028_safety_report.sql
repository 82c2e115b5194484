-- What was told is not rewritten by those who serve, nor taken away; it is judged.
REVOKE ALL ON safety_report FROM relais_portal;
GRANT SELECT, INSERT ON safety_report TO relais_portal;
GRANT UPDATE (organization_id, judgement, sealed_why, judged_by_id, judged_at, decision_id) ON safety_report
   TO relais_portal;
