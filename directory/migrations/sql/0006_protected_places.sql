-- What leads to a protected door is refused from either side, whoever writes: streets, and how one gets in.
CREATE OR REPLACE FUNCTION refuse_street_of_protected_place() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    hidden boolean;
BEGIN
    -- Held until this commits: nobody protects the place meanwhile without seeing this row.
    SELECT is_protected INTO hidden FROM location WHERE id = NEW.location_id FOR SHARE;
    IF hidden THEN
        RAISE EXCEPTION 'a protected place keeps no % record', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_not_of_protected_place';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accessibility_not_of_protected_place BEFORE INSERT OR UPDATE ON accessibility
    FOR EACH ROW EXECUTE FUNCTION refuse_street_of_protected_place();

CREATE OR REPLACE FUNCTION refuse_protecting_with_street() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM address WHERE location_id = NEW.id)
        OR EXISTS (SELECT FROM accessibility WHERE location_id = NEW.id) THEN
        RAISE EXCEPTION 'remove the street addresses and accessibility of a place before protecting it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'location_protected_has_no_street';
    END IF;
    IF EXISTS (SELECT FROM service_coverage c JOIN service_at_location s USING (service_id)
                WHERE s.location_id = NEW.id AND c.kind IN ('community', 'polygon')) THEN
        RAISE EXCEPTION 'remove what the services of a place cover by community or outline before protecting it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'location_protected_has_no_fine_coverage';
    END IF;
    RETURN NEW;
END $$;
-- Links have no constraint: the street of a place may be here before the place.
CREATE TRIGGER location_new_and_protected_has_no_street BEFORE INSERT ON location
    FOR EACH ROW WHEN (NEW.is_protected) EXECUTE FUNCTION refuse_protecting_with_street();

-- A service of a protected place covers its province, the country, or nothing that we tell.
CREATE FUNCTION refuse_fine_coverage() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    hidden boolean;
BEGIN
    SELECT bool_or(place.is_protected) INTO hidden FROM (
        SELECT l.is_protected FROM service_at_location s JOIN location l ON l.id = s.location_id
         WHERE s.service_id = NEW.service_id FOR SHARE OF l
    ) place;
    IF hidden THEN
        RAISE EXCEPTION 'a service of a protected place has no coverage finer than its province'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'service_coverage_not_finer_than_area';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER service_coverage_not_finer_than_area BEFORE INSERT OR UPDATE ON service_coverage
    FOR EACH ROW WHEN (NEW.kind IN ('community', 'polygon')) EXECUTE FUNCTION refuse_fine_coverage();

-- A service that comes to a protected place loses what it told too finely.
CREATE FUNCTION drop_fine_coverage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM service_coverage c USING tied s, location l
     WHERE c.service_id = s.service_id AND l.id = s.location_id AND l.is_protected
       AND c.kind IN ('community', 'polygon');
    RETURN NULL;
END $$;
CREATE TRIGGER service_comes_to_protected_place AFTER INSERT ON service_at_location
    REFERENCING NEW TABLE AS tied FOR EACH STATEMENT EXECUTE FUNCTION drop_fine_coverage();
CREATE TRIGGER service_moves_to_protected_place AFTER UPDATE ON service_at_location
    REFERENCING NEW TABLE AS tied FOR EACH STATEMENT EXECUTE FUNCTION drop_fine_coverage();

-- A community is named only while its organization wishes so and two others have approved.
CREATE FUNCTION refuse_unagreed_area() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM area WHERE slug = NEW.area_id AND is_by_agreement)
        AND NOT EXISTS (SELECT FROM community_disclosure
                         WHERE location_id = NEW.id AND second_approved_at IS NOT NULL AND withdrawn_at IS NULL)
    THEN
        RAISE EXCEPTION 'the community of a protected place is named only after two approvals'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'location_area_is_agreed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER location_area_is_agreed BEFORE INSERT OR UPDATE OF area_id ON location
    FOR EACH ROW WHEN (NEW.area_id IS NOT NULL) EXECUTE FUNCTION refuse_unagreed_area();

-- Only a place that is protected has a sealed street; that of an open one is an address.
CREATE FUNCTION refuse_sealed_street_of_open_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM location WHERE id = NEW.location_id AND is_protected FOR SHARE) THEN
        RAISE EXCEPTION 'only a protected place keeps a sealed address'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'protected_address_of_protected_place';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER protected_address_of_protected_place BEFORE INSERT OR UPDATE ON protected_address
    FOR EACH ROW EXECUTE FUNCTION refuse_sealed_street_of_open_place();
