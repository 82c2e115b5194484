GRANT SELECT, INSERT, UPDATE, DELETE ON told_answer TO relais_portal;
