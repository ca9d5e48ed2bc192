-- How many parts of a report are in doubt.
ALTER TABLE articles ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0;
UPDATE articles SET doubtful = doubtful_in(report) WHERE report IS NOT NULL
