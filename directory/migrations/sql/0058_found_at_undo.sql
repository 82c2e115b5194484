REVOKE UPDATE (found_at) ON proposed_change FROM relais_portal;
