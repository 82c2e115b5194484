-- Words are compared without accents and by their stems, in each official language.
CREATE TEXT SEARCH CONFIGURATION relais_en (COPY = english);
ALTER TEXT SEARCH CONFIGURATION relais_en
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
CREATE TEXT SEARCH CONFIGURATION relais_fr (COPY = french);
ALTER TEXT SEARCH CONFIGURATION relais_fr
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;

-- One index answers "which of these kinds, nearest first" without sorting and without a second look.
CREATE INDEX listing_near_by_tags ON listing USING gist (point, tags gist__intbig_ops);
CREATE INDEX listing_without_point ON listing (reach, province) WHERE point IS NULL;
CREATE INDEX listing_fresh_first ON listing (checked_on DESC NULLS LAST, tie);
CREATE INDEX listing_words_en ON listing USING gin (search_en);
CREATE INDEX listing_words_fr ON listing USING gin (search_fr);
CREATE INDEX listing_words_near ON listing USING gin (words gin_trgm_ops);

-- All that the public directory may read, and all that it may do.
GRANT SELECT ON listing, listing_page, need, place TO relais_public;

-- A protected place has no street: refused from either side, whoever writes.
CREATE FUNCTION refuse_street_of_protected_place() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER address_not_of_protected_place BEFORE INSERT OR UPDATE ON address
    FOR EACH ROW EXECUTE FUNCTION refuse_street_of_protected_place();

CREATE FUNCTION refuse_protecting_with_street() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM address WHERE location_id = NEW.id) THEN
        RAISE EXCEPTION 'remove the street addresses of a place before protecting it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'location_protected_has_no_street';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER location_protected_has_no_street BEFORE UPDATE OF is_protected ON location
    FOR EACH ROW WHEN (NEW.is_protected AND NOT OLD.is_protected)
    EXECUTE FUNCTION refuse_protecting_with_street();
