GRANT UPDATE (set_aside_at) ON notice TO relais_portal;
