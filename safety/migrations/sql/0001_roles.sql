-- What each role gets on whatever relais_owner makes from now on. PUBLIC (everybody) gets nothing.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO relais_portal;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO relais_portal;
-- Default rights of functions are PUBLIC's by PostgreSQL's own habit; only a global revoke takes that away.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO relais_portal;
-- The migration recorder made its table before this migration could run.
REVOKE ALL ON django_migrations FROM relais_portal;
GRANT SELECT ON django_migrations TO relais_portal;

-- The signed-in person of the current transaction. A missing context is an error, never an empty list.
CREATE FUNCTION relais_current_user() RETURNS uuid LANGUAGE plpgsql STABLE AS $$
DECLARE
    stated text := current_setting('relais.user', true);
BEGIN
    IF stated IS NULL OR stated = '' THEN
        RAISE EXCEPTION 'no row-level context: this query runs outside safety.context'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE stated WHEN 'nobody' THEN NULL ELSE stated::uuid END;
END $$;

CREATE FUNCTION relais_current_organization() RETURNS uuid LANGUAGE plpgsql STABLE AS $$
DECLARE
    stated text := current_setting('relais.organization', true);
BEGIN
    IF stated IS NULL OR stated = '' THEN
        RAISE EXCEPTION 'no row-level context: this query runs outside safety.context'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE stated WHEN 'nobody' THEN NULL ELSE stated::uuid END;
END $$;
