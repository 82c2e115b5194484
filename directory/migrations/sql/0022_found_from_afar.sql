-- What has no point is found by where it reaches and what it offers, both of them tags. Those that are here get theirs at
-- once (rules/tags.py, REACH): nothing may be lost to a searcher until the read model is made anew.
UPDATE listing SET tags = tags || CASE
           WHEN reach = 'country' THEN 11000000
           ELSE 11000000 + CASE reach WHEN 'place' THEN 100 ELSE 200 END + array_position(
                ARRAY['AB', 'BC', 'MB', 'NB', 'NL', 'NS', 'NT', 'NU', 'ON', 'PE', 'QC', 'SK', 'YT'], province::text)
       END
 WHERE point IS NULL AND (reach = 'country' OR province = ANY (
       ARRAY['AB', 'BC', 'MB', 'NB', 'NL', 'NS', 'NT', 'NU', 'ON', 'PE', 'QC', 'SK', 'YT']));
UPDATE coverage c SET is_afar = true FROM listing l WHERE l.id = c.listing_id AND l.point IS NULL;
CREATE INDEX listing_afar_by_tags ON listing USING gin (tags gin__int_ops) WHERE point IS NULL;
CREATE INDEX coverage_afar_outlines ON coverage USING gist (outline) WHERE is_afar AND outline IS NOT NULL;
