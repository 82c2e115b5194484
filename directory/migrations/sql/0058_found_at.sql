GRANT UPDATE (found_at) ON proposed_change TO relais_portal;
