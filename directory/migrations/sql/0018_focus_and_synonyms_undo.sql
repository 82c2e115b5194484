REVOKE SELECT ON focus, synonym_group FROM relais_public;
