-- Which cases changed since a number, for live events.
CREATE INDEX cases_by_change ON cases (last_change);
