GRANT SELECT, INSERT, UPDATE, DELETE ON adviser, vetting_hold TO relais_portal;
