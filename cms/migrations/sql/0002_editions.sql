-- Readers get editions and nothing else of the CMS. The public role sees those that are live, in time and for everybody:
-- a vetted, withdrawn or outdated one is not there for it, whatever a view asks for.
CREATE INDEX edition_words_en ON edition USING gin (search_en);
CREATE INDEX edition_words_fr ON edition USING gin (search_fr);
CREATE INDEX edition_needs ON edition USING gin (needs);
REVOKE ALL ON edition FROM relais_public;
GRANT SELECT ON edition TO relais_public;
ALTER TABLE edition ENABLE ROW LEVEL SECURITY;
CREATE POLICY edition_for_everybody ON edition FOR SELECT TO relais_public
  USING (is_live AND tier = 'public' AND (shown_until IS NULL OR shown_until >= current_date));
CREATE POLICY edition_for_the_portal ON edition TO relais_portal USING (true) WITH CHECK (true);
-- What somebody cited stays what it was: no text of an edition is altered, none is taken away.
REVOKE UPDATE, DELETE, TRUNCATE ON edition FROM relais_portal;
GRANT UPDATE (page_id, tier, is_live, is_current, reviewed_on, reviewed_by) ON edition TO relais_portal;
