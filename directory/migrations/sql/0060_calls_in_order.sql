-- What was checked once, in the order in which the check ends.
CREATE INDEX listing_by_end_of_check ON listing (fresh_until, service_id) INCLUDE (checked_on)
    WHERE fresh_until IS NOT NULL;
CREATE INDEX vetted_listing_by_end_of_check ON vetted_listing (fresh_until, service_id) INCLUDE (checked_on)
    WHERE fresh_until IS NOT NULL;
