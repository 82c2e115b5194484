-- A site that is being updated has the terms already: searchers see them before anything is loaded or rebuilt.
INSERT INTO focus (slug, number, position, name, name_fr, description, description_fr, is_offered)
SELECT code, row_number() OVER (ORDER BY position, code), coalesce(position, 0), name, name_fr, description, description_fr,
       NOT flags @> ARRAY['code:retired']
  FROM taxonomy_term WHERE publisher_id = 'relais' AND taxonomy = 'relais_focus';

-- Part of all that the public directory may read.
GRANT SELECT ON focus, synonym_group TO relais_public;
