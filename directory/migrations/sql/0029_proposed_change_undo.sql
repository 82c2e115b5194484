GRANT SELECT, INSERT, UPDATE, DELETE ON proposed_change TO relais_portal;
