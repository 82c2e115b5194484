-- Those who serve add to sums; nobody who serves takes a day away, or writes one anew for another listing.
REVOKE ALL ON help_count FROM relais_portal;
GRANT SELECT, INSERT ON help_count TO relais_portal;
GRANT UPDATE (yes, no) ON help_count TO relais_portal;
