-- What an import read, before it is merged: empty tables shaped like the records, gone at the end of the
-- transaction. Roles that serve may make no table; this makes these for them and nothing else.
CREATE FUNCTION stage_import(entities text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entity text;
    made text;
    others CONSTANT text[][] := ARRAY[
        ['import_refused', 'entity text, id uuid, file int, line bigint'],
        ['import_ids', 'entity text, staged uuid, id uuid'],
        ['import_service', 'id uuid'],
        ['import_gone', 'entity text, id uuid'],
        ['import_kept', 'entity text, id uuid'],
        ['import_loose', 'id uuid, file int, line bigint'],
        ['import_placed', 'id uuid, placed_by text, community_id bigint'],
        ['import_reach', 'id uuid, reach text, province text'],
        ['import_area', 'service_area_id uuid, kind text, province text']
    ];
    i int;
BEGIN
    FOREACH entity IN ARRAY entities LOOP
        -- Only what has a publisher is a record that an import may bring.
        IF NOT EXISTS (SELECT FROM information_schema.columns
                        WHERE table_schema = 'public' AND table_name = entity AND column_name = 'given_id') THEN
            RAISE EXCEPTION 'no such record: %', entity;
        END IF;
        made := 'staged_' || entity;
        EXECUTE format('DROP TABLE IF EXISTS pg_temp.%I', made);
        EXECUTE format(
            'CREATE TEMP TABLE %I ON COMMIT DROP AS SELECT 0 AS _file, 0::bigint AS _line, ''''::text AS _path,'
            ' ''''::text AS _given, ''''::text AS _loose, false AS _nested, t.* FROM public.%I t WITH NO DATA',
            made, entity);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON pg_temp.%I TO relais_portal', made);
        made := 'touched_' || entity;
        EXECUTE format('DROP TABLE IF EXISTS pg_temp.%I', made);
        EXECUTE format('CREATE TEMP TABLE %I (id uuid, file int, is_new boolean) ON COMMIT DROP', made);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON pg_temp.%I TO relais_portal', made);
    END LOOP;
    FOR i IN 1 .. array_length(others, 1) LOOP
        EXECUTE format('DROP TABLE IF EXISTS pg_temp.%I', others[i][1]);
        EXECUTE format('CREATE TEMP TABLE %I (%s) ON COMMIT DROP', others[i][1], others[i][2]);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON pg_temp.%I TO relais_portal', others[i][1]);
    END LOOP;
END $$;

-- The planner knows nothing of tables that were filled a moment ago.
CREATE FUNCTION count_import(entities text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    entity text;
BEGIN
    FOREACH entity IN ARRAY entities LOOP
        EXECUTE format('ANALYZE pg_temp.%I', 'staged_' || entity);
    END LOOP;
END $$;
