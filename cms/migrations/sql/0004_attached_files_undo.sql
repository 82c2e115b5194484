DROP POLICY attached_file_removed ON attached_file;
DROP POLICY attached_file_added ON attached_file;
DROP POLICY attached_file_read ON attached_file;
DROP POLICY attached_file_of_an_edition ON attached_file;
ALTER TABLE attached_file DISABLE ROW LEVEL SECURITY;
REVOKE ALL ON attached_file FROM relais_public;
GRANT UPDATE ON attached_file TO relais_portal;
DROP INDEX edition_files;
