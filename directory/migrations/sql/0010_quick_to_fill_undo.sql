DO $$ BEGIN
    ALTER TABLE hsds_document ALTER COLUMN document SET COMPRESSION default;
    ALTER TABLE listing_page ALTER COLUMN en SET COMPRESSION default, ALTER COLUMN fr SET COMPRESSION default;
EXCEPTION WHEN feature_not_supported OR syntax_error THEN
    NULL;
END $$;
