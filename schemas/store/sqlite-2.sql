-- Conferences that last, what people are in them, and what is known of people. Made from tables of version 1.
ALTER TABLE conference ADD COLUMN owner        TEXT    NOT NULL DEFAULT '';
ALTER TABLE conference ADD COLUMN kept         INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conference ADD COLUMN members_only INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conference ADD COLUMN locked       INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conference ADD COLUMN chat         INTEGER NOT NULL DEFAULT 1;
ALTER TABLE conference ADD COLUMN recording    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conference ADD COLUMN pin          TEXT    NOT NULL DEFAULT '';
ALTER TABLE conference ADD COLUMN layout       TEXT    NOT NULL DEFAULT 'auto';
ALTER TABLE conference ADD COLUMN spotlight    TEXT    NOT NULL DEFAULT '';
UPDATE conference SET owner = creator;
ALTER TABLE leg ADD COLUMN muted_by_moderator  INTEGER NOT NULL DEFAULT 0;
-- Who is more than a guest; the owner stands with the conference.
CREATE TABLE role (
  conference TEXT    NOT NULL REFERENCES conference(id) ON DELETE CASCADE,
  person     TEXT    NOT NULL,
  role       TEXT    NOT NULL,
  PRIMARY KEY (conference, person)
);
-- Quiet hours are minutes since midnight, and minutes east of UTC; -1 where there are none, or no clock of his own
-- (which is -10000, because clocks go to the west of UTC as well).
CREATE TABLE person (
  address      TEXT    PRIMARY KEY,
  language     TEXT    NOT NULL DEFAULT '',
  nick         TEXT    NOT NULL DEFAULT '',
  quiet_from   INTEGER NOT NULL DEFAULT -1,
  quiet_until  INTEGER NOT NULL DEFAULT -1,
  quiet_offset INTEGER NOT NULL DEFAULT -10000
);
