DROP INDEX coverage_afar_outlines, listing_afar_by_tags;
UPDATE listing SET tags = ARRAY(SELECT tag FROM unnest(tags) tag WHERE tag / 1000000 <> 11) WHERE point IS NULL;
