GRANT SELECT, INSERT, UPDATE, DELETE ON invitation TO relais_portal;
