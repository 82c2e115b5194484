DROP TRIGGER owner_key_stays_shredded ON owner_key;
DROP FUNCTION owner_key_refuse_return();
GRANT SELECT, INSERT, UPDATE, DELETE ON owner_key TO relais_portal;
