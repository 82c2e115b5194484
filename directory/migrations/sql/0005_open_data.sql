-- Open data is found by its words, its terms and its place.
CREATE INDEX hsds_document_words ON hsds_document USING gin (search);
CREATE INDEX hsds_document_terms ON hsds_document USING gin (term_ids);
CREATE INDEX hsds_document_taxonomies ON hsds_document USING gin (taxonomy_ids);
CREATE INDEX hsds_document_near ON hsds_document USING gist (point) WHERE point IS NOT NULL;
CREATE INDEX coverage_outlines ON coverage USING gist (outline) WHERE outline IS NOT NULL;

-- Part of all that the public directory may read.
GRANT SELECT ON hsds_document, hsds_total, coverage TO relais_public;
