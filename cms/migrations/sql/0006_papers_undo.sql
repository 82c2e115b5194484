DROP POLICY edition_paper_kept ON edition_paper;
DROP POLICY edition_paper_of_an_edition ON edition_paper;
ALTER TABLE edition_paper DISABLE ROW LEVEL SECURITY;
REVOKE ALL ON edition_paper FROM relais_public;
