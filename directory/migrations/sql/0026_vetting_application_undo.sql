DROP TRIGGER keep_sent_application ON vetting_application;
DROP FUNCTION keep_sent_application();
GRANT SELECT, INSERT, UPDATE, DELETE ON vetting_application, vetting_check, vetting_paper TO relais_portal;
