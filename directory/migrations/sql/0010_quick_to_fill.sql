-- Texts of a kilobyte or two are written by the hundred thousand: where the server can, packed the quick way.
DO $$ BEGIN
    ALTER TABLE listing_page ALTER COLUMN en SET COMPRESSION lz4, ALTER COLUMN fr SET COMPRESSION lz4;
    ALTER TABLE hsds_document ALTER COLUMN document SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported OR syntax_error THEN
    NULL;
END $$;
