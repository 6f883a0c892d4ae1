-- Who was put out of a call and may not come in again until it is over. Made from tables of version 3.
CREATE TABLE removal (
  conference TEXT NOT NULL REFERENCES conference(id) ON DELETE CASCADE,
  person     TEXT NOT NULL,
  PRIMARY KEY (conference, person)
);
