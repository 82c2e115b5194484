-- A report is written over by the next one; a link is made and taken back, and never made anew for another service.
REVOKE ALL ON bed_report, night_link FROM relais_portal, relais_public;
GRANT SELECT, INSERT, DELETE ON bed_report TO relais_portal;
GRANT UPDATE (band, reported_at) ON bed_report TO relais_portal;
GRANT SELECT, INSERT ON night_link TO relais_portal;
GRANT UPDATE (revoked_at) ON night_link TO relais_portal;
