DROP TRIGGER protected_address_of_protected_place ON protected_address;
DROP FUNCTION refuse_sealed_street_of_open_place();
DROP TRIGGER location_area_is_agreed ON location;
DROP FUNCTION refuse_unagreed_area();
DROP TRIGGER service_moves_to_protected_place ON service_at_location;
DROP TRIGGER service_comes_to_protected_place ON service_at_location;
DROP FUNCTION drop_fine_coverage();
DROP TRIGGER service_coverage_not_finer_than_area ON service_coverage;
DROP FUNCTION refuse_fine_coverage();
DROP TRIGGER location_new_and_protected_has_no_street ON location;
DROP TRIGGER accessibility_not_of_protected_place ON accessibility;

CREATE OR REPLACE FUNCTION refuse_street_of_protected_place() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    hidden boolean;
BEGIN
    -- Held until this commits: nobody protects the place meanwhile without seeing this street.
    SELECT is_protected INTO hidden FROM location WHERE id = NEW.location_id FOR SHARE;
    IF hidden THEN
        RAISE EXCEPTION 'a protected place keeps no street address'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'address_not_of_protected_place';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION refuse_protecting_with_street() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM address WHERE location_id = NEW.id) THEN
        RAISE EXCEPTION 'remove the street addresses of a place before protecting it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'location_protected_has_no_street';
    END IF;
    RETURN NEW;
END $$;
