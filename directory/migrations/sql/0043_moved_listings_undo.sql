REVOKE SELECT ON moved_listing FROM relais_public;
