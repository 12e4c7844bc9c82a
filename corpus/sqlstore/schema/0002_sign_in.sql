-- How people sign in. Keys of sessions and links are hashes of the tokens that
-- browsers and addresses hold, so that this file lets nobody in.

-- +goose Up

CREATE TABLE instance (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id  TEXT    NOT NULL
) STRICT;

INSERT INTO instance (one, id) VALUES (1, lower(hex(randomblob(4))));

CREATE TABLE credential (
    account TEXT    NOT NULL PRIMARY KEY REFERENCES account (id),
    hash    TEXT    NOT NULL, -- PHC string
    changed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    key     TEXT    NOT NULL PRIMARY KEY,
    account TEXT    NOT NULL REFERENCES account (id),
    seen    INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX session_account ON session (account);

CREATE TABLE link (
    key     TEXT    NOT NULL PRIMARY KEY,
    account TEXT    NOT NULL, -- empty: the link opens the first account
    purpose TEXT    NOT NULL,
    expires INTEGER NOT NULL,
    used    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (
    key    TEXT    NOT NULL PRIMARY KEY,
    failed INTEGER NOT NULL,
    last   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE preferences (
    account    TEXT    NOT NULL PRIMARY KEY REFERENCES account (id),
    language   TEXT    NOT NULL, -- BCP 47
    keys       TEXT    NOT NULL, -- JSON object
    no_letters INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
