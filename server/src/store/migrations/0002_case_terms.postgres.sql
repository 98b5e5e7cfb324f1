-- The terms by which searches find cases, each case at its `reported_order`.
-- Neither the text (it is in the log) nor where in it a term stands is kept.
CREATE TABLE case_terms (
    reported_order BIGINT NOT NULL PRIMARY KEY,
    terms TSVECTOR NOT NULL
);
CREATE INDEX cases_by_term ON case_terms USING GIN (terms);
-- Reads the index back, for checking; it stores nothing.
CREATE VIEW case_term_instances AS
    SELECT reported_order AS doc, unnest(tsvector_to_array(terms)) AS term FROM case_terms;
