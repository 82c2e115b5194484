DROP POLICY edition_for_the_portal ON edition;
DROP POLICY edition_for_everybody ON edition;
ALTER TABLE edition DISABLE ROW LEVEL SECURITY;
REVOKE ALL ON edition FROM relais_public;
GRANT UPDATE, DELETE ON edition TO relais_portal;
DROP INDEX edition_needs;
DROP INDEX edition_words_fr;
DROP INDEX edition_words_en;
