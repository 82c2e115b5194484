DROP FUNCTION count_import(text[]);
DROP FUNCTION stage_import(text[]);
