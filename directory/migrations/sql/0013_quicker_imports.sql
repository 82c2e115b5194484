-- Nobody looks for publishers by the beginning of their slug, and each of a million rows would be written there too.
DO $$
DECLARE
    index_name text;
BEGIN
    FOR index_name IN
        SELECT i.indexname FROM pg_indexes i JOIN information_schema.columns c
            ON c.table_schema = i.schemaname AND c.table_name = i.tablename AND c.column_name = 'given_id'
         WHERE i.schemaname = 'public' AND i.indexname LIKE '%\_publisher\_id\_%\_like'
    LOOP
        EXECUTE format('DROP INDEX public.%I', index_name);
    END LOOP;
END $$;
DROP INDEX IF EXISTS location_area_id_d18b00ee_like;

-- The same wall as before, asked once for all rows that a statement wrote.
DROP TRIGGER IF EXISTS address_not_of_protected_place ON address;
DROP TRIGGER IF EXISTS accessibility_not_of_protected_place ON accessibility;
DROP FUNCTION refuse_street_of_protected_place();
CREATE FUNCTION refuse_street_of_protected_place() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    hidden boolean;
BEGIN
    -- Held until this commits: nobody protects a place meanwhile without seeing these rows. A place that this very
    -- transaction brought is nobody else's to protect yet. Planned anew each time, for one row or for thousands.
    EXECUTE 'SELECT count(*) FROM (SELECT FROM location l WHERE l.id IN (SELECT w.location_id FROM written w)'
            ' AND l.xmin <> pg_current_xact_id()::xid FOR SHARE) held';
    EXECUTE 'SELECT EXISTS (SELECT FROM written w JOIN location l ON l.id = w.location_id WHERE l.is_protected)'
       INTO hidden;
    IF hidden THEN
        RAISE EXCEPTION 'a protected place keeps no % record', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_not_of_protected_place';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER address_not_of_protected_place AFTER INSERT ON address
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION refuse_street_of_protected_place();
CREATE TRIGGER address_not_to_protected_place AFTER UPDATE ON address
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION refuse_street_of_protected_place();
CREATE TRIGGER accessibility_not_of_protected_place AFTER INSERT ON accessibility
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION refuse_street_of_protected_place();
CREATE TRIGGER accessibility_not_to_protected_place AFTER UPDATE ON accessibility
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION refuse_street_of_protected_place();

-- How many there are, and how the links lie, is all that a plan needs to know: long texts are not read for it.
CREATE FUNCTION count_links(counted regclass) RETURNS void
LANGUAGE plpgsql SET default_statistics_target = 20 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('ANALYZE %s (%s)', counted, (
        SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
         WHERE attrelid = counted AND attnum > 0 AND NOT attisdropped
           AND (atttypid = 'uuid'::regtype OR attname IN ('entity', 'publisher_id', 'location_type'))));
END $$;
CREATE OR REPLACE FUNCTION count_import(entities text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entity text;
BEGIN
    FOREACH entity IN ARRAY entities LOOP
        PERFORM public.count_links(format('pg_temp.%I', 'staged_' || entity)::regclass);
    END LOOP;
END $$;
CREATE OR REPLACE FUNCTION count_records() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    record_table text;
BEGIN
    FOR record_table IN
        SELECT c.table_name FROM information_schema.columns c
         WHERE c.table_schema = 'public' AND c.column_name = 'given_id'
    LOOP
        PERFORM public.count_links(format('public.%I', record_table)::regclass);
    END LOOP;
END $$;
-- What searchers see fills as quickly.
CREATE FUNCTION count_read_model() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    read_table text;
BEGIN
    FOREACH read_table IN ARRAY ARRAY['listing', 'listing_page', 'coverage', 'hsds_document'] LOOP
        PERFORM public.count_links(format('public.%I', read_table)::regclass);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION count_links(regclass), count_read_model() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_read_model() TO relais_portal;
