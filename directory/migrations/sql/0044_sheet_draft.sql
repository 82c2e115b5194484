-- What waits for a yes is written once and taken away: nobody changes what a person was shown.
REVOKE ALL ON sheet_draft FROM relais_portal, relais_public;
GRANT SELECT, INSERT, DELETE ON sheet_draft TO relais_portal;
