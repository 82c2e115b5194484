GRANT SELECT, INSERT, UPDATE, DELETE ON wrong_count TO relais_portal;
