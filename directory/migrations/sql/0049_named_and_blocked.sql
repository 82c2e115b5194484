-- A name or a block is written and taken away; nobody turns one into another's. What was, stands in the audit trail.
REVOKE ALL ON named_organization, blocked_organization FROM relais_portal, relais_public;
GRANT SELECT, INSERT, DELETE ON named_organization, blocked_organization TO relais_portal;
-- Few listings are for those alone that they name: a search of the desk asks for all of these first.
CREATE INDEX service_for_named ON service (id) WHERE publish_to @> '{named}';
CREATE INDEX organization_for_named ON organization (id) WHERE publish_to @> '{named}';
