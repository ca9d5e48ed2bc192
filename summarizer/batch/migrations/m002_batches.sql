-- Batches of a provider's Batch API, each known to the provider by its name, and what was asked in them.
CREATE TABLE batches (
    name TEXT PRIMARY KEY, file TEXT NOT NULL, requests INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sealed', 'submitting', 'submitted', 'collected', 'refused')),
    sealed_at INTEGER NOT NULL, input_file TEXT, batch TEXT, error TEXT);
CREATE TABLE batch_requests (
    article INTEGER NOT NULL, request TEXT NOT NULL, batch TEXT NOT NULL,
    PRIMARY KEY (article, request)) WITHOUT ROWID;
CREATE INDEX batch_requests_by_request ON batch_requests (request)
