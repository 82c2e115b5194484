CREATE INDEX listing_without_point ON listing (reach, province) WHERE point IS NULL;
DROP INDEX listing_near_by_tags;
CREATE INDEX listing_near_by_tags ON listing USING gist (
    point, tags gist__intbig_ops, concepts gist__intbig_ops (siglen = 64));
