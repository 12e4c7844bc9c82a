-- The glossary of a project, what people make of findings, and the orders by
-- risk. Lists inside a row are JSON.

-- +goose Up

CREATE TABLE term (
    id         TEXT    NOT NULL PRIMARY KEY,
    project    TEXT    NOT NULL REFERENCES project (id),
    sort       TEXT    NOT NULL, -- the first source word, folded
    words      TEXT    NOT NULL, -- all words and notes, folded, for search
    source     TEXT    NOT NULL,
    target     TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    definition TEXT    NOT NULL,
    note       TEXT    NOT NULL,
    by_user    TEXT    NOT NULL,
    changed    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX term_order ON term (project, sort, id);

CREATE TABLE termbase (
    project TEXT    NOT NULL PRIMARY KEY REFERENCES project (id),
    edition INTEGER NOT NULL, -- raised by every change of a term
    checked INTEGER NOT NULL  -- the edition the texts were checked against
) STRICT, WITHOUT ROWID;

-- Replacements that people took: with flags and dismissals they say how often a
-- check is right.
CREATE TABLE taken (
    n        INTEGER PRIMARY KEY,
    project  TEXT    NOT NULL REFERENCES project (id),
    unit     TEXT    NOT NULL REFERENCES unit (id),
    check_id TEXT    NOT NULL,
    act      TEXT    NOT NULL,
    undone   INTEGER NOT NULL
) STRICT;

CREATE INDEX taken_project ON taken (project, check_id) WHERE undone = 0;
CREATE INDEX taken_unit ON taken (unit);
CREATE INDEX taken_act ON taken (act);
CREATE INDEX flag_check ON flag (check_id, unit) WHERE undone = 0 AND check_id <> '';
CREATE INDEX finding_key ON finding (key);

CREATE INDEX unit_risk ON unit (version, risk DESC, position) WHERE retired = 0;
CREATE INDEX unit_density ON unit (version, (risk / (length(target_text) - length(replace(target_text, ' ', '')) + 1.0)) DESC, position) WHERE retired = 0;
