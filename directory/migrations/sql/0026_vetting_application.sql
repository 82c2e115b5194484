-- What was asked, looked at and signed is not rewritten by those who serve: a draft is, until it is sent or withdrawn.
REVOKE ALL ON vetting_application, vetting_check, vetting_paper FROM relais_portal;
GRANT SELECT, INSERT ON vetting_application, vetting_check, vetting_paper TO relais_portal;
GRANT UPDATE (sealed, version, saved_at, sponsor_id, sent_by_id, sent_at, withdrawn_by_id, withdrawn_at)
   ON vetting_application TO relais_portal;

CREATE FUNCTION keep_sent_application() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sent_at IS NOT NULL
       AND (NEW.sealed, NEW.version, NEW.saved_at, NEW.sent_by_id, NEW.sent_at)
           IS DISTINCT FROM (OLD.sealed, OLD.version, OLD.saved_at, OLD.sent_by_id, OLD.sent_at) THEN
        RAISE EXCEPTION 'What was sent is not rewritten.' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.withdrawn_at IS NOT NULL THEN
        RAISE EXCEPTION 'What was withdrawn stays so.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_sent_application BEFORE UPDATE ON vetting_application
   FOR EACH ROW EXECUTE FUNCTION keep_sent_application();
