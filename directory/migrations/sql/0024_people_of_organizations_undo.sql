GRANT SELECT, INSERT, UPDATE, DELETE ON membership, vetting_decision TO relais_portal;
