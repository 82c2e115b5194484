GRANT SELECT, INSERT, UPDATE, DELETE ON wrong_answer TO relais_portal;
