DROP INDEX coverage_afar_outlines, listing_afar_by_tags;
