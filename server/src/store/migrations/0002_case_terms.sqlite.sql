-- The terms by which searches find cases, each case at its `reported_order`.
-- Neither the text (it is in the log) nor where in it a term stands is kept.
CREATE VIRTUAL TABLE case_terms USING fts5 (
    terms, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
-- Terms on their way into the index; empty outside of a transaction.
CREATE TABLE waiting_case_terms (
    reported_order INTEGER NOT NULL PRIMARY KEY,
    terms TEXT NOT NULL
);
-- Reads the index back, for checking; it stores nothing.
CREATE VIRTUAL TABLE case_term_instances USING fts5vocab ('case_terms', 'instance');
