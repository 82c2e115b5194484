-- Nobody who serves may change what was written: adding an entry is all there is.
REVOKE ALL ON audit_entry, audit_link FROM relais_portal;
GRANT SELECT, INSERT ON audit_entry TO relais_portal;
GRANT SELECT ON audit_link TO relais_portal;

ALTER TABLE audit_entry
    ADD CONSTRAINT audit_entry_action_is_a_word CHECK (action ~ '^[a-z][a-z0-9_]{1,62}$'),
    ADD CONSTRAINT audit_entry_subject_type_is_a_word CHECK (subject_type ~ '^[a-z][a-z0-9_]{1,62}$'),
    ADD CONSTRAINT audit_entry_details_are_short CHECK (octet_length(details) <= 65536),
    ADD CONSTRAINT audit_entry_details_are_an_object CHECK (jsonb_typeof(details::jsonb) = 'object');
ALTER TABLE audit_link
    ADD CONSTRAINT audit_link_seq_is_positive CHECK (seq > 0),
    ADD CONSTRAINT audit_link_hashes_are_whole CHECK (length(previous) = 32 AND length(hash) = 32);

-- The moment is the database's: a serving role can't date an entry back.
CREATE FUNCTION audit_stamp() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER audit_entry_is_stamped BEFORE INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_stamp();

-- Length, then bytes; -1 for null: no two different rows read as the same bytes.
CREATE FUNCTION audit_measured(part bytea) RETURNS bytea LANGUAGE sql IMMUTABLE
    SET search_path = pg_catalog, pg_temp
    RETURN int4send(coalesce(length(part), -1)) || coalesce(part, ''::bytea);

-- safety.audit.digest computes the same in Python, for verification.
CREATE FUNCTION audit_digest(seq bigint, previous bytea, entry audit_entry) RETURNS bytea LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    field text;
    bytes bytea := audit_measured(previous);
BEGIN
    FOREACH field IN ARRAY ARRAY[
        seq::text, entry.id::text, (extract(epoch FROM entry.at) * 1000000)::bigint::text,
        entry.actor::text, entry.organization::text, entry.action, entry.subject_type,
        entry.subject_id::text, entry.details]
    LOOP
        bytes := bytes || audit_measured(convert_to(field, 'UTF8'));
    END LOOP;
    RETURN sha256(bytes);
END $$;

-- Fires when the transaction commits. Each statement of it sees what is committed by then, which is why the
-- lock comes first and why a higher isolation, which would look at an old snapshot, is refused.
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last record;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'an audited transaction must be READ COMMITTED';
    END IF;
    PERFORM pg_advisory_xact_lock(5927674982034211);
    SELECT l.seq, l.hash INTO last FROM audit_link l ORDER BY l.seq DESC LIMIT 1;
    IF NOT FOUND THEN
        SELECT 0::bigint AS seq, decode(repeat('00', 32), 'hex') AS hash INTO last;
    END IF;
    INSERT INTO audit_link (seq, entry_id, previous, hash)
    VALUES (last.seq + 1, NEW.id, last.hash, audit_digest(last.seq + 1, last.hash, NEW));
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_entry_is_chained AFTER INSERT ON audit_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain();

-- Stops mistakes of the owner as well. An owner can take these triggers away: verification is for that.
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is only ever added to: % of % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_entry_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_link_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_link
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();

REVOKE ALL ON FUNCTION audit_stamp(), audit_measured(bytea), audit_digest(bigint, bytea, audit_entry),
    audit_chain(), audit_refuse_change() FROM PUBLIC, relais_portal;
