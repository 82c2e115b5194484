-- Many rows came at once, perhaps in this very transaction: nobody has counted them yet, and a plan made for empty
-- tables takes hours on full ones. Only an owner may count; this counts records for those who serve, nothing else.
CREATE FUNCTION count_records() RETURNS void
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
REVOKE ALL ON FUNCTION count_records() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_records() TO relais_portal;

-- The same for what an import may make: PUBLIC is everybody, and nothing is ever granted to it.
REVOKE ALL ON FUNCTION stage_import(text[]), count_import(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION stage_import(text[]), count_import(text[]) TO relais_portal;
