-- A paper is had by whoever may read its edition: the public role sees those of the editions that it sees, by the same
-- policy, which a policy that asks the table is held to as well. Papers are made of editions and nothing else: one that
-- is out of date goes, and another is made.
REVOKE ALL ON edition_paper FROM relais_public;
GRANT SELECT ON edition_paper TO relais_public;
ALTER TABLE edition_paper ENABLE ROW LEVEL SECURITY;
CREATE POLICY edition_paper_of_an_edition ON edition_paper FOR SELECT TO relais_public
  USING (EXISTS (SELECT FROM edition e WHERE e.id = edition_paper.edition_id));
CREATE POLICY edition_paper_kept ON edition_paper FOR ALL TO relais_portal USING (true) WITH CHECK (true);
REVOKE UPDATE, TRUNCATE ON edition_paper FROM relais_portal;
