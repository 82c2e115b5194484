DROP TRIGGER location_protected_has_no_street ON location;
DROP FUNCTION refuse_protecting_with_street();
DROP TRIGGER address_not_of_protected_place ON address;
DROP FUNCTION refuse_street_of_protected_place();
REVOKE SELECT ON listing, listing_page, need, place FROM relais_public;
DROP INDEX listing_words_near, listing_words_fr, listing_words_en;
DROP INDEX listing_fresh_first, listing_without_point, listing_near_by_tags;
DROP TEXT SEARCH CONFIGURATION relais_fr;
DROP TEXT SEARCH CONFIGURATION relais_en;
