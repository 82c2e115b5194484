-- Whom one asked, and until when their link opens, is not rewritten.
REVOKE ALL ON truth_asked FROM relais_portal;
GRANT SELECT, INSERT ON truth_asked TO relais_portal;
