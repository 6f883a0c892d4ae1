-- What a restarted allocator must know. Times are milliseconds since 1970, addresses are in their folded form.
CREATE TABLE conference (
  id         TEXT    PRIMARY KEY,
  title      TEXT    NOT NULL,
  creator    TEXT    NOT NULL,
  created    INTEGER NOT NULL,
  last_used  INTEGER NOT NULL,
  mcu        TEXT    NOT NULL DEFAULT ''
);
CREATE TABLE invitation (
  conference TEXT    NOT NULL REFERENCES conference(id) ON DELETE CASCADE,
  invitee    TEXT    NOT NULL,
  inviter    TEXT    NOT NULL,
  mode       TEXT    NOT NULL,
  address    TEXT    NOT NULL,
  sent       INTEGER NOT NULL,
  PRIMARY KEY (conference, invitee)
);
CREATE TABLE holder (
  conference TEXT    NOT NULL REFERENCES conference(id) ON DELETE CASCADE,
  person     TEXT    NOT NULL,
  PRIMARY KEY (conference, person)
);
CREATE TABLE leg (
  id         TEXT    PRIMARY KEY,
  conference TEXT    NOT NULL REFERENCES conference(id) ON DELETE CASCADE,
  door       TEXT    NOT NULL,
  door_peer  TEXT    NOT NULL,
  address    TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  mcu        TEXT    NOT NULL,
  since      INTEGER NOT NULL,
  signalling TEXT    NOT NULL
);
