GRANT SELECT, INSERT, UPDATE, DELETE ON bed_report, night_link TO relais_portal;
