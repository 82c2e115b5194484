GRANT SELECT, INSERT, UPDATE, DELETE ON factor_renewal TO relais_portal;
