-- The same indexes as those of what everybody may find: one search goes through both, nearest first.
CREATE INDEX vetted_listing_near_by_tags ON vetted_listing USING gist (
    point, tags gist__intbig_ops, concepts gist__intbig_ops (siglen = 64)) WHERE point IS NOT NULL;
CREATE INDEX vetted_listing_afar_by_tags ON vetted_listing USING gin (tags gin__int_ops, concepts gin__int_ops)
    WHERE point IS NULL;
CREATE INDEX vetted_listing_of_province ON vetted_listing (province, tie) WHERE point IS NULL AND reach <> 'country';
CREATE INDEX vetted_listing_of_country ON vetted_listing (tie) WHERE point IS NULL AND reach = 'country';
CREATE INDEX vetted_listing_fresh_first ON vetted_listing (checked_on DESC NULLS LAST, tie);
CREATE INDEX vetted_listing_words_en ON vetted_listing USING gin (search_en);
CREATE INDEX vetted_listing_words_fr ON vetted_listing USING gin (search_fr);
CREATE INDEX vetted_coverage_afar_outlines ON vetted_coverage USING gist (outline)
    WHERE is_afar AND outline IS NOT NULL;
ALTER TABLE vetted_listing_page
    ADD COLUMN digest bytea NOT NULL GENERATED ALWAYS AS (page_digest(en, fr)) STORED;

-- Whoever serves the public reads none of it, whatever is granted elsewhere one day.
REVOKE ALL ON vetted_listing, vetted_listing_page, vetted_coverage, vetted_facts FROM relais_public;
