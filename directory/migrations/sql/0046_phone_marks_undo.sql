GRANT SELECT, INSERT, UPDATE, DELETE ON phone_mark TO relais_portal;
