-- A tombstone is never removed: without it a new key would be made for an owner whose data was destroyed.
REVOKE ALL ON owner_key FROM relais_portal;
GRANT SELECT, INSERT ON owner_key TO relais_portal;
GRANT UPDATE (wrapped, kek_id, shredded_at) ON owner_key TO relais_portal;

CREATE FUNCTION owner_key_refuse_return() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the key of this owner was shredded for good: % refused', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER owner_key_stays_shredded BEFORE UPDATE OR DELETE ON owner_key
    FOR EACH ROW WHEN (OLD.shredded_at IS NOT NULL) EXECUTE FUNCTION owner_key_refuse_return();
REVOKE ALL ON FUNCTION owner_key_refuse_return() FROM PUBLIC, relais_portal;
