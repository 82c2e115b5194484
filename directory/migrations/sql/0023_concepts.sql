-- Near a place, and far from one, what a question means is asked of the index too. A signature of 512 bits keeps some
-- hundred numbers apart.
DROP INDEX listing_near_by_tags;
CREATE INDEX listing_near_by_tags ON listing USING gist (
    point, tags gist__intbig_ops, concepts gist__intbig_ops (siglen = 64));
DROP INDEX listing_afar_by_tags;
CREATE INDEX listing_afar_by_tags ON listing USING gin (tags gin__int_ops, concepts gin__int_ops) WHERE point IS NULL;
GRANT SELECT ON concept TO relais_public;
