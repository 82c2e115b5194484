ALTER TABLE listing_page DROP COLUMN digest;
DROP FUNCTION page_digest(text, text);
CREATE INDEX location_name_part ON location USING gin (upper(name) gin_trgm_ops);
CREATE INDEX phone_number_part ON phone USING gin (upper(number) gin_trgm_ops);
CREATE INDEX address_postal_code_part ON address USING gin (upper(postal_code) gin_trgm_ops);
DROP INDEX location_is_protected_of;
DROP INDEX location_is_protected;
-- Indexes of links stay as they are: they answer the same questions.
