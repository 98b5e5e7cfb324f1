-- Filters of the board that people keep under a name. An id is known among the views of one
-- person alone; `query` is a `CaseQuery` as JSON.
CREATE TABLE saved_views (
    user_name TEXT NOT NULL REFERENCES users (name),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    PRIMARY KEY (user_name, id)
);
CREATE INDEX saved_views_by_name ON saved_views (user_name, name, id);
