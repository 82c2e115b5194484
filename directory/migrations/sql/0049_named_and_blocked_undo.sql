DROP INDEX service_for_named, organization_for_named;
GRANT SELECT, INSERT, UPDATE, DELETE ON named_organization, blocked_organization TO relais_portal;
