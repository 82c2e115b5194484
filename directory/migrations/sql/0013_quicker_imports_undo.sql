DROP FUNCTION count_read_model();
CREATE OR REPLACE FUNCTION count_records() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    record_table text;
BEGIN
    FOR record_table IN
        SELECT c.table_name FROM information_schema.columns c
         WHERE c.table_schema = 'public' AND c.column_name = 'given_id'
    LOOP
        EXECUTE format('ANALYZE public.%I', record_table);
    END LOOP;
END $$;
CREATE OR REPLACE FUNCTION count_import(entities text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entity text;
BEGIN
    FOREACH entity IN ARRAY entities LOOP
        EXECUTE format('ANALYZE pg_temp.%I', 'staged_' || entity);
    END LOOP;
END $$;
DROP FUNCTION count_links(regclass);
DROP TRIGGER accessibility_not_to_protected_place ON accessibility;
DROP TRIGGER accessibility_not_of_protected_place ON accessibility;
DROP TRIGGER address_not_to_protected_place ON address;
DROP TRIGGER address_not_of_protected_place ON address;
DROP FUNCTION refuse_street_of_protected_place();
CREATE FUNCTION refuse_street_of_protected_place() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    hidden boolean;
BEGIN
    SELECT is_protected INTO hidden FROM location WHERE id = NEW.location_id FOR SHARE;
    IF hidden THEN
        RAISE EXCEPTION 'a protected place keeps no % record', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_not_of_protected_place';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER address_not_of_protected_place BEFORE INSERT OR UPDATE ON address
    FOR EACH ROW EXECUTE FUNCTION refuse_street_of_protected_place();
CREATE TRIGGER accessibility_not_of_protected_place BEFORE INSERT OR UPDATE ON accessibility
    FOR EACH ROW EXECUTE FUNCTION refuse_street_of_protected_place();
