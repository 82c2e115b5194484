GRANT SELECT, INSERT, UPDATE, DELETE ON help_count TO relais_portal;
