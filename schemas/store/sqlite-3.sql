-- In which ways people can be reached, what they had dialled, and telephones as legs. Made from tables of version 2.
-- From one source (node, person, vcard) each; what the IM server says now replaces all that it said before.
CREATE TABLE modes (
  person  TEXT    NOT NULL,
  source  TEXT    NOT NULL,
  at_once INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (person, source)
);
-- In the order of the person's choice. Hours as in the table person.
CREATE TABLE mode (
  person       TEXT    NOT NULL,
  source       TEXT    NOT NULL,
  place        INTEGER NOT NULL,
  mode         TEXT    NOT NULL,
  address      TEXT    NOT NULL,
  label        TEXT    NOT NULL,
  hours_from   INTEGER NOT NULL DEFAULT -1,
  hours_until  INTEGER NOT NULL DEFAULT -1,
  hours_offset INTEGER NOT NULL DEFAULT -10000,
  ring         INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (person, source, place),
  FOREIGN KEY (person, source) REFERENCES modes(person, source) ON DELETE CASCADE
);
-- What was dialled for somebody on one day (since 1970-01-01 UTC); the last day only.
CREATE TABLE dialled (
  person  TEXT    PRIMARY KEY,
  day     INTEGER NOT NULL,
  calls   INTEGER NOT NULL,
  seconds INTEGER NOT NULL
);
-- Digits by which telephones choose the conference; empty: none.
ALTER TABLE conference ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE leg ADD COLUMN mode       TEXT    NOT NULL DEFAULT 'computer';
ALTER TABLE leg ADD COLUMN endpoint   TEXT    NOT NULL DEFAULT '';
ALTER TABLE leg ADD COLUMN called     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE leg ADD COLUMN charged_to TEXT    NOT NULL DEFAULT '';
