GRANT SELECT, INSERT, UPDATE, DELETE ON break_glass TO relais_portal;
