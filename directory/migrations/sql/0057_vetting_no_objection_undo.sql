GRANT SELECT, INSERT, UPDATE, DELETE ON vetting_no_objection TO relais_portal;
