-- Columns and indexes go with their tables.
SELECT 1;
