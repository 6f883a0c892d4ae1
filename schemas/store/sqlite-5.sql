-- The group chat of a conference. Made from tables of version 4.
ALTER TABLE conference ADD COLUMN group_chat          TEXT    NOT NULL DEFAULT '';
ALTER TABLE conference ADD COLUMN group_password      TEXT    NOT NULL DEFAULT '';
ALTER TABLE conference ADD COLUMN group_attended      INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conference ADD COLUMN group_status_line   TEXT    NOT NULL DEFAULT '';
