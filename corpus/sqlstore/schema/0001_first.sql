-- The first schema. Ids are UUIDs as text, times are UTC milliseconds since
-- 1970 (0: none), truth values are 0 and 1, lists inside a row are JSON.
-- n is the order in which rows were added: "oldest first" means by n.
--
-- act is the event by which a row came to be. It is no foreign key, because
-- the rows of an import are written before its event, in earlier commits.

-- +goose Up

CREATE TABLE account (
    id        TEXT    NOT NULL PRIMARY KEY,
    name      TEXT    NOT NULL,
    folded    TEXT    NOT NULL UNIQUE, -- the name, case folded
    full_name TEXT    NOT NULL,
    function  TEXT    NOT NULL,
    admin     INTEGER NOT NULL,
    created   INTEGER NOT NULL,
    closed    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE project (
    id       TEXT    NOT NULL PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE,
    source   TEXT    NOT NULL, -- BCP 47
    target   TEXT    NOT NULL,
    settings TEXT    NOT NULL, -- JSON
    created  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE member (
    project TEXT    NOT NULL REFERENCES project (id),
    account TEXT    NOT NULL REFERENCES account (id),
    roles   INTEGER NOT NULL,
    PRIMARY KEY (project, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
    id              TEXT    NOT NULL PRIMARY KEY,
    project         TEXT    NOT NULL REFERENCES project (id),
    name            TEXT    NOT NULL,
    format          TEXT    NOT NULL,
    created         INTEGER NOT NULL,
    current_version TEXT    NOT NULL,
    UNIQUE (project, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE blob (
    hash TEXT NOT NULL PRIMARY KEY,
    data BLOB NOT NULL
) STRICT;

CREATE TABLE version (
    id          TEXT    NOT NULL PRIMARY KEY,
    document    TEXT    NOT NULL REFERENCES document (id),
    number      INTEGER NOT NULL,
    ready       INTEGER NOT NULL,
    source_name TEXT    NOT NULL,
    source_hash TEXT    NOT NULL, -- of a blob; empty: this side was not received
    source_size INTEGER NOT NULL,
    source_hard INTEGER NOT NULL,
    target_name TEXT    NOT NULL,
    target_hash TEXT    NOT NULL,
    target_size INTEGER NOT NULL,
    target_hard INTEGER NOT NULL,
    engine      TEXT    NOT NULL,
    label       TEXT    NOT NULL,
    created     INTEGER NOT NULL,
    by_user     TEXT    NOT NULL,
    UNIQUE (document, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX version_unready ON version (id) WHERE ready = 0;

-- The counters of a version, kept by every change of a unit.
CREATE TABLE progress (
    version  TEXT    NOT NULL PRIMARY KEY REFERENCES version (id),
    units    INTEGER NOT NULL,
    machine  INTEGER NOT NULL,
    stale    INTEGER NOT NULL,
    returned INTEGER NOT NULL,
    proposed INTEGER NOT NULL,
    approved INTEGER NOT NULL,
    final    INTEGER NOT NULL,
    flags    INTEGER NOT NULL,
    major    INTEGER NOT NULL,
    findings INTEGER NOT NULL,
    doubtful INTEGER NOT NULL,
    pending  INTEGER NOT NULL,
    changed  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE unit (
    n            INTEGER PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    version      TEXT    NOT NULL REFERENCES version (id),
    document     TEXT    NOT NULL,
    position     INTEGER NOT NULL,
    source       TEXT    NOT NULL, -- JSON list of segments
    target       TEXT    NOT NULL,
    source_text  TEXT    NOT NULL,
    target_text  TEXT    NOT NULL,
    bead         TEXT    NOT NULL, -- JSON
    doubtful     INTEGER NOT NULL, -- what bead says, for filters
    missing      INTEGER NOT NULL, -- source or target is empty
    retired      INTEGER NOT NULL,
    lock         INTEGER NOT NULL,
    state        INTEGER NOT NULL,
    current_rev  TEXT    NOT NULL,
    latest_rev   TEXT    NOT NULL,
    pending      INTEGER NOT NULL,
    flags        INTEGER NOT NULL,
    major        INTEGER NOT NULL,
    needs_source INTEGER NOT NULL,
    findings     INTEGER NOT NULL,
    doubt        INTEGER NOT NULL,
    comments     INTEGER NOT NULL,
    blocked      TEXT    NOT NULL,
    risk         REAL    NOT NULL,
    waiting      INTEGER NOT NULL  -- n of the oldest pending proposal; 0: none
) STRICT;

-- One index for reading, and one for each condition of a filter, by state.
CREATE INDEX unit_reading ON unit (version, position) WHERE retired = 0;
CREATE INDEX unit_state ON unit (version, state, position) WHERE retired = 0;
CREATE INDEX unit_doubtful ON unit (version, state, position) WHERE retired = 0 AND doubtful = 1;
CREATE INDEX unit_missing ON unit (version, state, position) WHERE retired = 0 AND missing = 1;
CREATE INDEX unit_flagged ON unit (version, state, position) WHERE retired = 0 AND flags > 0;
CREATE INDEX unit_found ON unit (version, state, position) WHERE retired = 0 AND findings > 0;
CREATE INDEX unit_pending ON unit (version, state, position) WHERE retired = 0 AND pending > 0;
CREATE INDEX unit_waiting ON unit (version, waiting) WHERE retired = 0 AND waiting > 0;

CREATE TABLE lineage (
    n        INTEGER PRIMARY KEY,
    old_unit TEXT NOT NULL REFERENCES unit (id),
    new_unit TEXT NOT NULL REFERENCES unit (id),
    kind     TEXT NOT NULL,
    act      TEXT NOT NULL,
    UNIQUE (old_unit, new_unit, act)
) STRICT;

CREATE INDEX lineage_new ON lineage (new_unit);
CREATE INDEX lineage_act ON lineage (act);

CREATE TABLE revision (
    n           INTEGER PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE,
    unit        TEXT    NOT NULL REFERENCES unit (id),
    number      INTEGER NOT NULL,
    text        TEXT    NOT NULL,
    author      TEXT    NOT NULL,
    hands       TEXT    NOT NULL, -- JSON list of users
    origin      TEXT    NOT NULL,
    base        TEXT    NOT NULL,
    from_rev    TEXT    NOT NULL,
    place       TEXT    NOT NULL,
    note        TEXT    NOT NULL,
    instruction TEXT    NOT NULL,
    bad         INTEGER NOT NULL,
    reason      TEXT    NOT NULL,
    created     INTEGER NOT NULL,
    act         TEXT    NOT NULL,
    undone      INTEGER NOT NULL,
    key         TEXT    NOT NULL,
    UNIQUE (unit, number)
) STRICT;

CREATE UNIQUE INDEX revision_key ON revision (unit, author, key) WHERE key <> '';
CREATE INDEX revision_act ON revision (act);

CREATE TABLE proposal (
    n         INTEGER PRIMARY KEY,
    id        TEXT    NOT NULL UNIQUE,
    unit      TEXT    NOT NULL REFERENCES unit (id),
    revision  TEXT    NOT NULL,
    by_user   TEXT    NOT NULL,
    no_change INTEGER NOT NULL,
    created   INTEGER NOT NULL,
    act       TEXT    NOT NULL,
    undone    INTEGER NOT NULL
) STRICT;

CREATE INDEX proposal_unit ON proposal (unit);
CREATE INDEX proposal_act ON proposal (act);

CREATE TABLE decision (
    n          INTEGER PRIMARY KEY,
    id         TEXT    NOT NULL UNIQUE,
    unit       TEXT    NOT NULL REFERENCES unit (id),
    verb       TEXT    NOT NULL,
    revision   TEXT    NOT NULL,
    proposal   TEXT    NOT NULL,
    flag       TEXT    NOT NULL,
    by_user    TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    function   TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    created    INTEGER NOT NULL,
    batch      TEXT    NOT NULL,
    size       INTEGER NOT NULL,
    hash       TEXT    NOT NULL,
    no_source  INTEGER NOT NULL,
    one_person INTEGER NOT NULL,
    rests      TEXT    NOT NULL,
    act        TEXT    NOT NULL,
    undone     INTEGER NOT NULL
) STRICT;

CREATE INDEX decision_unit ON decision (unit);
CREATE INDEX decision_act ON decision (act);

CREATE TABLE flag (
    n            INTEGER PRIMARY KEY,
    id           TEXT    NOT NULL UNIQUE,
    unit         TEXT    NOT NULL REFERENCES unit (id),
    revision     TEXT    NOT NULL,
    by_user      TEXT    NOT NULL,
    source_start INTEGER NOT NULL,
    source_end   INTEGER NOT NULL,
    source_quote TEXT    NOT NULL,
    target_start INTEGER NOT NULL,
    target_end   INTEGER NOT NULL,
    target_quote TEXT    NOT NULL,
    category     TEXT    NOT NULL,
    severity     INTEGER NOT NULL,
    note         TEXT    NOT NULL,
    check_id     TEXT    NOT NULL,
    created      INTEGER NOT NULL,
    act          TEXT    NOT NULL,
    undone       INTEGER NOT NULL
) STRICT;

CREATE INDEX flag_unit ON flag (unit);
CREATE INDEX flag_act ON flag (act);

CREATE TABLE comment (
    n       INTEGER PRIMARY KEY,
    id      TEXT    NOT NULL UNIQUE,
    unit    TEXT    NOT NULL REFERENCES unit (id),
    by_user TEXT    NOT NULL,
    text    TEXT    NOT NULL,
    answers TEXT    NOT NULL,
    created INTEGER NOT NULL,
    act     TEXT    NOT NULL,
    undone  INTEGER NOT NULL
) STRICT;

CREATE INDEX comment_unit ON comment (unit);
CREATE INDEX comment_act ON comment (act);

CREATE TABLE draft (
    unit    TEXT    NOT NULL REFERENCES unit (id),
    by_user TEXT    NOT NULL,
    base    TEXT    NOT NULL,
    text    TEXT    NOT NULL,
    updated INTEGER NOT NULL,
    PRIMARY KEY (unit, by_user)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
    revision TEXT    NOT NULL REFERENCES revision (id),
    ordinal  INTEGER NOT NULL,
    check_id TEXT    NOT NULL,
    category TEXT    NOT NULL,
    severity INTEGER NOT NULL,
    message  TEXT    NOT NULL,
    args     TEXT    NOT NULL, -- JSON list of strings
    source   TEXT    NOT NULL, -- JSON list of spans
    target   TEXT    NOT NULL,
    fix      TEXT    NOT NULL, -- JSON; null: none
    key      TEXT    NOT NULL,
    PRIMARY KEY (revision, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE dismissal (
    n        INTEGER PRIMARY KEY,
    project  TEXT    NOT NULL REFERENCES project (id),
    document TEXT    NOT NULL, -- empty: the whole project
    unit     TEXT    NOT NULL, -- empty: the whole document or project
    key      TEXT    NOT NULL,
    check_id TEXT    NOT NULL,
    by_user  TEXT    NOT NULL,
    reason   TEXT    NOT NULL,
    created  INTEGER NOT NULL,
    act      TEXT    NOT NULL,
    undone   INTEGER NOT NULL
) STRICT;

CREATE INDEX dismissal_scope ON dismissal (project, document);
CREATE INDEX dismissal_act ON dismissal (act);

CREATE TABLE snapshot (
    n          INTEGER PRIMARY KEY,
    id         TEXT    NOT NULL UNIQUE,
    document   TEXT    NOT NULL REFERENCES document (id),
    version    TEXT    NOT NULL REFERENCES version (id),
    name       TEXT    NOT NULL,
    released   INTEGER NOT NULL,
    target     TEXT    NOT NULL, -- hash of a blob
    against    TEXT    NOT NULL,
    changed    INTEGER NOT NULL,
    exceptions TEXT    NOT NULL, -- JSON
    by_user    TEXT    NOT NULL,
    created    INTEGER NOT NULL,
    act        TEXT    NOT NULL
) STRICT;

CREATE INDEX snapshot_document ON snapshot (document);

CREATE TABLE standing (
    snapshot INTEGER NOT NULL REFERENCES snapshot (n),
    ordinal  INTEGER NOT NULL,
    unit     TEXT    NOT NULL REFERENCES unit (id),
    revision TEXT    NOT NULL,
    state    INTEGER NOT NULL,
    PRIMARY KEY (snapshot, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX standing_unit ON standing (unit);

-- The audit log. Its rows are never changed and never removed.
CREATE TABLE event (
    n       INTEGER PRIMARY KEY,
    id      TEXT    NOT NULL UNIQUE,
    chain   TEXT    NOT NULL,
    seq     INTEGER NOT NULL,
    prev    TEXT    NOT NULL,
    hash    TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    by_user TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    verb    TEXT    NOT NULL,
    data    BLOB    NOT NULL,
    units   TEXT    NOT NULL, -- JSON list of units
    UNIQUE (chain, seq)
) STRICT;

CREATE INDEX event_by ON event (chain, by_user, seq);

CREATE TABLE event_unit (
    unit  TEXT    NOT NULL,
    event INTEGER NOT NULL REFERENCES event (n),
    PRIMARY KEY (unit, event)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER event_unchanged BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER event_kept BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER event_unit_unchanged BEFORE UPDATE ON event_unit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER event_unit_kept BEFORE DELETE ON event_unit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- +goose StatementEnd

-- Wordings and decisions are evidence too: only undoing them may mark a row.
-- +goose StatementBegin
CREATE TRIGGER revision_unchanged BEFORE UPDATE OF id, unit, number, text, author, hands, act ON revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER decision_unchanged BEFORE UPDATE OF id, unit, verb, revision, proposal, flag, by_user, hash, act ON decision
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
-- +goose StatementEnd

-- The search index: our own tokens of the folded text of each revision, whose
-- n is the rowid. The tokenizer only cuts at spaces. Revisions up to indexed
-- are in it; the later ones are put in when the writer is idle.
CREATE VIRTUAL TABLE search USING fts5 (
    words, project, content = '', contentless_delete = 1, tokenize = 'ascii'
);

CREATE TABLE search_state (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    indexed INTEGER NOT NULL
) STRICT;

INSERT INTO search_state (one, indexed) VALUES (1, 0);
