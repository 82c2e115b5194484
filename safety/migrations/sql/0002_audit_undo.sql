DROP TRIGGER audit_link_is_kept ON audit_link;
DROP TRIGGER audit_entry_is_kept ON audit_entry;
DROP TRIGGER audit_entry_is_chained ON audit_entry;
DROP TRIGGER audit_entry_is_stamped ON audit_entry;
DROP FUNCTION audit_refuse_change();
DROP FUNCTION audit_chain();
DROP FUNCTION audit_digest(bigint, bytea, audit_entry);
DROP FUNCTION audit_measured(bytea);
DROP FUNCTION audit_stamp();
ALTER TABLE audit_link
    DROP CONSTRAINT audit_link_hashes_are_whole,
    DROP CONSTRAINT audit_link_seq_is_positive;
ALTER TABLE audit_entry
    DROP CONSTRAINT audit_entry_details_are_an_object,
    DROP CONSTRAINT audit_entry_details_are_short,
    DROP CONSTRAINT audit_entry_subject_type_is_a_word,
    DROP CONSTRAINT audit_entry_action_is_a_word;
GRANT SELECT, INSERT, UPDATE, DELETE ON audit_entry, audit_link TO relais_portal;
