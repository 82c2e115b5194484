GRANT SELECT, INSERT, UPDATE, DELETE ON truth_asked TO relais_portal;
