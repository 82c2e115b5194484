REVOKE ALL ON website_check FROM relais_public;
