GRANT SELECT, INSERT, UPDATE, DELETE ON safety_report TO relais_portal;
