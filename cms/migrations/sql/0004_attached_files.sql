-- A file is had through an edition that carries it: the public role sees those of the editions that it sees, by the same
-- policy, which a policy that asks the table is held to as well.
CREATE INDEX edition_files ON edition USING gin (files);
REVOKE ALL ON attached_file FROM relais_public;
GRANT SELECT ON attached_file TO relais_public;
ALTER TABLE attached_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY attached_file_of_an_edition ON attached_file FOR SELECT TO relais_public
  USING (EXISTS (SELECT FROM edition e WHERE e.files @> ARRAY[attached_file.id]));
CREATE POLICY attached_file_read ON attached_file FOR SELECT TO relais_portal USING (true);
CREATE POLICY attached_file_added ON attached_file FOR INSERT TO relais_portal WITH CHECK (true);
-- What an edition carries stays with it, and nothing is altered.
CREATE POLICY attached_file_removed ON attached_file FOR DELETE TO relais_portal
  USING (NOT EXISTS (SELECT FROM edition e WHERE e.files @> ARRAY[attached_file.id]));
REVOKE UPDATE, TRUNCATE ON attached_file FROM relais_portal;
