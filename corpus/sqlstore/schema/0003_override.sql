-- What people decided about the shape of a text: units that they merged and
-- split, blocks that they call headings or not; and files that hold both
-- languages.

-- +goose Up

CREATE TABLE override (
    n        INTEGER PRIMARY KEY,
    id       TEXT    NOT NULL UNIQUE,
    version  TEXT    NOT NULL REFERENCES version (id),
    kind     TEXT    NOT NULL,
    unit     TEXT    NOT NULL REFERENCES unit (id),
    source   TEXT    NOT NULL, -- JSON stretch
    target   TEXT    NOT NULL,
    from_one TEXT    NOT NULL, -- the override of the version before; empty: a new one
    by_user  TEXT    NOT NULL,
    created  INTEGER NOT NULL,
    act      TEXT    NOT NULL,
    undone   INTEGER NOT NULL
) STRICT;

CREATE INDEX override_version ON override (version);
CREATE INDEX override_act ON override (act);

ALTER TABLE version ADD COLUMN source_chosen INTEGER NOT NULL DEFAULT 0; -- whether a person said what line ends mean
ALTER TABLE version ADD COLUMN target_chosen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE version ADD COLUMN shared TEXT NOT NULL DEFAULT ''; -- languages of the one file of both sides
