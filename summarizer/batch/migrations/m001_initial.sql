-- Runs of the command, the sources' items, their articles, and answers of unfinished ones.
-- state.change counts what exports depend on, state.exported is the change that the last export was made of.
-- One text is one article, however many items have it, and another fingerprint is another article.
CREATE TABLE state (change INTEGER NOT NULL, exported INTEGER NOT NULL);
INSERT INTO state VALUES (0, -1);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, started_at TEXT NOT NULL, ended_at TEXT, pid INTEGER, host TEXT,
    settings TEXT NOT NULL, summary TEXT);
CREATE TABLE articles (
    id INTEGER PRIMARY KEY, text_key TEXT NOT NULL, fingerprint TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'failed')),
    run INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, requests INTEGER NOT NULL DEFAULT 0,
    tokens_in INTEGER NOT NULL DEFAULT 0, tokens_out INTEGER NOT NULL DEFAULT 0, cost REAL,
    seconds REAL NOT NULL DEFAULT 0, error_kind TEXT, error TEXT, report BLOB, text BLOB, finished_at TEXT,
    change INTEGER NOT NULL DEFAULT 0, UNIQUE (text_key, fingerprint));
CREATE TABLE items (
    location TEXT PRIMARY KEY, name TEXT NOT NULL, slug TEXT NOT NULL, run INTEGER NOT NULL,
    position INTEGER NOT NULL, content_sha256 TEXT, text_key TEXT, fingerprint TEXT NOT NULL, source TEXT,
    error_kind TEXT, error TEXT, change INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX items_in_order ON items (run DESC, position);
CREATE INDEX items_of_text ON items (text_key, fingerprint);
CREATE INDEX items_by_slug ON items (slug);
CREATE TABLE answers (
    article INTEGER NOT NULL, request TEXT NOT NULL, response BLOB NOT NULL,
    PRIMARY KEY (article, request)) WITHOUT ROWID
