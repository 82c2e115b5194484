-- A phone hangs on one of five records: the four empty links were entries of four indexes. What asks for a link asks
-- for a value, so that an index of values alone answers it. Names stay as Django knows them.
DO $$
DECLARE
    link record;
BEGIN
    FOR link IN
        SELECT i.relname AS index_name, t.relname AS table_name, a.attname AS column_name
          FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
          JOIN pg_namespace n ON n.oid = t.relnamespace
          JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
          JOIN information_schema.columns c ON c.table_schema = n.nspname AND c.table_name = t.relname
               AND c.column_name = 'given_id'
         WHERE n.nspname = 'public' AND x.indnatts = 1 AND NOT x.indisunique AND x.indpred IS NULL
           AND x.indexprs IS NULL AND NOT a.attnotnull AND a.attname LIKE '%\_id'
    LOOP
        EXECUTE format('DROP INDEX public.%I', link.index_name);
        EXECUTE format('CREATE INDEX %I ON public.%I (%I) WHERE %I IS NOT NULL',
                       link.index_name, link.table_name, link.column_name, link.column_name);
    END LOOP;
END $$;

-- Who hides a door is asked of every service; few places are protected.
CREATE INDEX location_is_protected ON location (id) WHERE is_protected;
CREATE INDEX location_is_protected_of ON location (organization_id) WHERE is_protected;

-- Looking through 150,000 of these takes a tenth of a second; keeping the parts of each took more than the row itself.
DROP INDEX location_name_part;
DROP INDEX phone_number_part;
DROP INDEX address_postal_code_part;

-- A page is compared by its digest, made once: unpacking all of them for it is most of what a comparison cost.
CREATE FUNCTION page_digest(en text, fr text) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN sha256(convert_to(en || chr(1) || fr, 'UTF8'));
ALTER TABLE listing_page ADD COLUMN digest bytea NOT NULL GENERATED ALWAYS AS (page_digest(en, fr)) STORED;
