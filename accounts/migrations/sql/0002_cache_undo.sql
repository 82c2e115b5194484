DROP TABLE accounts_cache;
