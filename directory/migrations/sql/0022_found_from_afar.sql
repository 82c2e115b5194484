-- What has no point is found by where it reaches and what it offers, both of them tags.
CREATE INDEX listing_afar_by_tags ON listing USING gin (tags gin__int_ops) WHERE point IS NULL;
CREATE INDEX coverage_afar_outlines ON coverage USING gist (outline) WHERE is_afar AND outline IS NOT NULL;
