REVOKE SELECT ON listing_word FROM relais_public;
CREATE INDEX listing_words_near ON listing USING gin (words gin_trgm_ops);
DROP INDEX listing_word_alike;
DROP TRIGGER listing_words_changed ON listing;
DROP TRIGGER listing_words_gone ON listing;
DROP TRIGGER listing_words_added ON listing;
DROP FUNCTION count_words_of_changed(), count_words_of_gone(), count_words_of_new(), recount_listing_words(),
    told_words(text);
