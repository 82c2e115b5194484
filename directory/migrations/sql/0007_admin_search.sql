-- Stewards look for a part of a name or number, whatever its case, among 100,000.
CREATE INDEX service_name_part ON service USING gin (upper(name) gin_trgm_ops);
CREATE INDEX service_name_fr_part ON service USING gin (upper(name_fr) gin_trgm_ops);
CREATE INDEX organization_name_part ON organization USING gin (upper(name) gin_trgm_ops);
CREATE INDEX organization_name_fr_part ON organization USING gin (upper(name_fr) gin_trgm_ops);
CREATE INDEX location_name_part ON location USING gin (upper(name) gin_trgm_ops);
CREATE INDEX phone_number_part ON phone USING gin (upper(number) gin_trgm_ops);
CREATE INDEX address_postal_code_part ON address USING gin (upper(postal_code) gin_trgm_ops);
