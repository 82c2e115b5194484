DROP INDEX address_postal_code_part;
DROP INDEX phone_number_part;
DROP INDEX location_name_part;
DROP INDEX organization_name_fr_part;
DROP INDEX organization_name_part;
DROP INDEX service_name_fr_part;
DROP INDEX service_name_part;
