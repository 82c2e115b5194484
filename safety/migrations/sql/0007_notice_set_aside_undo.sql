REVOKE UPDATE (set_aside_at) ON notice FROM relais_portal;
