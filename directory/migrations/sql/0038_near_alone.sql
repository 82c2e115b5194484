-- What has no point is found by indexes of its own: the one of near listings finds it too, ten times slower, and looks
-- cheaper to the planner; that by reach and province gives no order, so everything was read and sorted.
DROP INDEX listing_near_by_tags;
CREATE INDEX listing_near_by_tags ON listing USING gist (
    point, tags gist__intbig_ops, concepts gist__intbig_ops (siglen = 64)) WHERE point IS NOT NULL;
DROP INDEX listing_without_point;
