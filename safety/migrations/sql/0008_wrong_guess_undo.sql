GRANT SELECT, INSERT, UPDATE, DELETE ON wrong_guess TO relais_portal;
