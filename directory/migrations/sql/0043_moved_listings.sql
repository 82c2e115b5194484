-- The public door answers an old address with where it leads now; the projector alone writes it.
REVOKE ALL ON moved_listing FROM relais_public;
GRANT SELECT ON moved_listing TO relais_public;
