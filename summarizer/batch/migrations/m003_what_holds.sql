-- Which program made a report, its warnings, estimated tokens, files that are gone, failed batch requests.
-- An article's fingerprint was one of the program and its settings. It is one of the settings now, so that reports of
-- an earlier version are known as such and are not made anew unasked.
ALTER TABLE articles ADD COLUMN program TEXT;
ALTER TABLE articles ADD COLUMN warnings INTEGER NOT NULL DEFAULT 0;
ALTER TABLE articles ADD COLUMN estimated INTEGER NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN file BLOB;
ALTER TABLE items ADD COLUMN is_row INTEGER NOT NULL DEFAULT 0;
ALTER TABLE items ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batch_requests ADD COLUMN error TEXT;
CREATE TEMP TABLE marks AS SELECT i.fingerprint AS before, fingerprint_of(r.settings) AS after, max(r.id)
    FROM items i JOIN runs r ON r.id = i.run GROUP BY i.fingerprint;
UPDATE OR IGNORE articles SET fingerprint = m.after FROM marks m WHERE fingerprint = m.before;
UPDATE items SET fingerprint = m.after FROM marks m WHERE fingerprint = m.before;
DROP TABLE marks
