-- Changes of layout that people propose, and what was decided on them.

-- +goose Up

CREATE TABLE cleaning (
    n         INTEGER PRIMARY KEY,
    id        TEXT    NOT NULL UNIQUE,
    version   TEXT    NOT NULL REFERENCES version (id),
    unit      TEXT    NOT NULL REFERENCES unit (id),
    kind      TEXT    NOT NULL,
    level     INTEGER NOT NULL,
    block     INTEGER NOT NULL,
    at_offset INTEGER NOT NULL,
    old_span  TEXT    NOT NULL, -- JSON span, in bytes of the file
    before    BLOB    NOT NULL, -- bytes of the file, whatever they are
    after     BLOB    NOT NULL,
    text_hash TEXT    NOT NULL,
    by_user   TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    created   INTEGER NOT NULL,
    act       TEXT    NOT NULL,
    undone    INTEGER NOT NULL
) STRICT;

CREATE INDEX cleaning_version ON cleaning (version);
CREATE INDEX cleaning_act ON cleaning (act);

CREATE TABLE cleaning_decision (
    n          INTEGER PRIMARY KEY,
    id         TEXT    NOT NULL UNIQUE,
    cleaning   TEXT    NOT NULL REFERENCES cleaning (id),
    verb       TEXT    NOT NULL,
    by_user    TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    function   TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    created    INTEGER NOT NULL,
    one_person INTEGER NOT NULL,
    act        TEXT    NOT NULL,
    undone     INTEGER NOT NULL
) STRICT;

CREATE INDEX cleaning_decision_cleaning ON cleaning_decision (cleaning);
CREATE INDEX cleaning_decision_act ON cleaning_decision (act);
