GRANT SELECT, INSERT, UPDATE, DELETE ON push_token TO relais_portal;
