REVOKE SELECT ON hsds_document, hsds_total, coverage FROM relais_public;
DROP INDEX coverage_outlines, hsds_document_near, hsds_document_taxonomies, hsds_document_terms, hsds_document_words;
