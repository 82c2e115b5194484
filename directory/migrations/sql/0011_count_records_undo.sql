DROP FUNCTION count_records();
