REVOKE SELECT ON concept FROM relais_public;
DROP INDEX listing_afar_by_tags;
CREATE INDEX listing_afar_by_tags ON listing USING gin (tags gin__int_ops) WHERE point IS NULL;
DROP INDEX listing_near_by_tags;
CREATE INDEX listing_near_by_tags ON listing USING gist (point, tags gist__intbig_ops);
