-- Which open cases are overdue or nearly so: all that is asked is in the index, so that they are
-- counted without a row of the table.
DROP INDEX open_cases_due;
CREATE INDEX open_cases_due ON cases (due_order, id, near_after, is_open) WHERE is_open = 1;
