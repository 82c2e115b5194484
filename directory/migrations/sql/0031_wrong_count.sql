-- Those who serve add to sums; nobody who serves takes a day away, or writes one anew for another listing.
REVOKE ALL ON wrong_count FROM relais_portal;
GRANT SELECT, INSERT ON wrong_count TO relais_portal;
GRANT UPDATE (times) ON wrong_count TO relais_portal;
