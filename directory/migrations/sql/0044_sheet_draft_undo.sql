GRANT SELECT, INSERT, UPDATE, DELETE ON sheet_draft TO relais_portal;
