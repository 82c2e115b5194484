-- Words of at least four letters, without digits: what is shorter is not told from another word with a slip in it.
CREATE FUNCTION told_words(text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT DISTINCT word FROM unnest(string_to_array($1, ' ')) word
     WHERE length(word) BETWEEN 4 AND 40 AND word !~ '[0-9]'
$$;

-- In the order of words, so that two who write at once wait for each other and not in a circle. That holds for one
-- statement: parts of a projection, of several statements each and several at once, have the words counted afterwards.
CREATE FUNCTION count_words_of_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('relais.words_later', true) = 'on' THEN RETURN NULL; END IF;
    INSERT INTO listing_word SELECT word, count(*) FROM added, told_words(words) word GROUP BY word ORDER BY word
    ON CONFLICT (word) DO UPDATE SET listings = listing_word.listings + EXCLUDED.listings;
    RETURN NULL;
END $$;
CREATE FUNCTION count_words_of_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('relais.words_later', true) = 'on' THEN RETURN NULL; END IF;
    PERFORM FROM listing_word WHERE word IN (SELECT told_words(words) FROM gone) ORDER BY word FOR UPDATE;
    UPDATE listing_word w SET listings = w.listings - told.n
      FROM (SELECT word, count(*) AS n FROM gone, told_words(words) word GROUP BY word) told WHERE told.word = w.word;
    DELETE FROM listing_word w WHERE listings <= 0 AND word IN (SELECT told_words(words) FROM gone);
    RETURN NULL;
END $$;
CREATE FUNCTION count_words_of_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('relais.words_later', true) = 'on' THEN RETURN NULL; END IF;
    PERFORM FROM listing_word WHERE word IN (
        SELECT told_words(g.words) FROM gone g JOIN added a USING (id) WHERE g.words <> a.words) ORDER BY word FOR UPDATE;
    INSERT INTO listing_word
    SELECT word, sum(n) FROM (
        SELECT word, 1 AS n FROM added a JOIN gone g USING (id), told_words(a.words) word WHERE g.words <> a.words
        UNION ALL
        SELECT word, -1 FROM gone g JOIN added a USING (id), told_words(g.words) word WHERE g.words <> a.words
    ) told GROUP BY word HAVING sum(n) <> 0 ORDER BY word
    ON CONFLICT (word) DO UPDATE SET listings = listing_word.listings + EXCLUDED.listings;
    DELETE FROM listing_word w WHERE listings <= 0 AND word IN (
        SELECT told_words(g.words) FROM gone g JOIN added a USING (id) WHERE g.words <> a.words);
    RETURN NULL;
END $$;

CREATE FUNCTION recount_listing_words() RETURNS void LANGUAGE sql AS $$
    WITH told AS MATERIALIZED (
        SELECT word, count(*) AS n FROM listing, told_words(words) word GROUP BY word
    ), gone AS (
        DELETE FROM listing_word w WHERE NOT EXISTS (SELECT FROM told WHERE told.word = w.word)
    )
    INSERT INTO listing_word SELECT word, n FROM told
    ON CONFLICT (word) DO UPDATE SET listings = EXCLUDED.listings WHERE listing_word.listings <> EXCLUDED.listings
$$;

SELECT recount_listing_words();
CREATE TRIGGER listing_words_added AFTER INSERT ON listing REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION count_words_of_new();
CREATE TRIGGER listing_words_gone AFTER DELETE ON listing REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION count_words_of_gone();
CREATE TRIGGER listing_words_changed AFTER UPDATE ON listing REFERENCING OLD TABLE AS gone NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION count_words_of_changed();

CREATE INDEX listing_word_alike ON listing_word USING gin (word gin_trgm_ops);
-- Nothing asks for letters within all words any more.
DROP INDEX listing_words_near;
GRANT SELECT ON listing_word TO relais_public;
