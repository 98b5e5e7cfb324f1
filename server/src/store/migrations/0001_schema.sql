-- Times are milliseconds since 1970 (UTC); hashes and ids are text; documents are JSON
-- in text; bytes as they came are BYTEA. The column `checksum` is the SHA-256 of the other
-- fields of its row (see checksums.rs): rows that carry it are written once, or, in `meta`,
-- whole. Only types and clauses that SQLite and PostgreSQL share.

-- Facts about this data folder: epoch, signing key, whether it is the demo.
CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    checksum TEXT NOT NULL
);

-- Running numbers, taken inside the transaction that uses them.
CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

-- Versions of the district pack, compiled; a version is never changed.
CREATE TABLE packs (
    version TEXT NOT NULL PRIMARY KEY,
    compiled TEXT NOT NULL,
    in_force_from BIGINT NOT NULL,
    checksum TEXT NOT NULL
);

-- Accounts; `password` is an argon2id hash as a PHC string.
CREATE TABLE users (
    name TEXT NOT NULL PRIMARY KEY,
    shown TEXT NOT NULL,
    role TEXT NOT NULL,
    unit TEXT,
    person TEXT,
    password TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    checksum TEXT NOT NULL
);

-- The token itself is never stored, only its SHA-256.
CREATE TABLE sessions (
    token TEXT NOT NULL PRIMARY KEY,
    user_name TEXT NOT NULL REFERENCES users (name),
    device TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX sessions_of_device ON sessions (user_name, device);

-- Installations of the app; `highest` is the highest sequence number stored of each.
CREATE TABLE devices (
    id TEXT NOT NULL PRIMARY KEY,
    user_name TEXT NOT NULL,
    highest BIGINT NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    client TEXT NOT NULL,
    -- The last number that the device said it used.
    claimed BIGINT NOT NULL DEFAULT 0
);

-- Who ever signed in on which device, kept when the session is deleted: a rescue bundle may
-- bring what they did there.
CREATE TABLE device_users (
    device TEXT NOT NULL,
    user_name TEXT NOT NULL,
    PRIMARY KEY (device, user_name)
);

-- Every operation that could be read, carried out or refused, with its exact bytes.
CREATE TABLE operations (
    id TEXT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL,
    body BYTEA NOT NULL,
    device TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    author TEXT NOT NULL,
    case_id TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    verdict TEXT NOT NULL,
    receipt TEXT NOT NULL,
    checksum TEXT NOT NULL
);
CREATE INDEX operations_of_device ON operations (device, sequence);

-- Bytes that were not accepted as an operation, kept for a person to look at: damaged,
-- unreadable, not the sender's, or another content under a known id.
CREATE TABLE quarantine (
    operation_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    body BYTEA NOT NULL,
    device TEXT NOT NULL,
    sender TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    receipt TEXT NOT NULL,
    -- Whose number in which chain it is, where that can be read: such a number is no gap.
    of_device TEXT,
    sequence BIGINT,
    checksum TEXT NOT NULL,
    PRIMARY KEY (operation_id, digest, reason)
);
CREATE INDEX quarantine_of_device ON quarantine (of_device, sequence);

-- What queries ask of a case: its summary (see summary_columns.rs), which is computed from its
-- events and the district. `summary` is all of it; the other columns are to search and sort by.
CREATE TABLE cases (
    id TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    first_change BIGINT NOT NULL,
    last_change BIGINT NOT NULL,
    -- Its place among all by when it was reported (see reported_order.rs).
    reported_order BIGINT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    reporter TEXT,
    source TEXT NOT NULL,
    category TEXT NOT NULL,
    condition TEXT NOT NULL,
    -- The areas it lies in, one of a level.
    street_office TEXT,
    community TEXT,
    zone TEXT,
    grid_cell TEXT,
    section TEXT,
    point TEXT,
    -- Millionths of a degree.
    lon_e6 BIGINT,
    lat_e6 BIGINT,
    unit TEXT,
    person TEXT,
    tier TEXT,
    captured_at BIGINT NOT NULL,
    reported_at BIGINT NOT NULL,
    assigned_at BIGINT,
    near_after BIGINT,
    due_at BIGINT,
    -- `due_at`, or the end of time.
    due_order BIGINT NOT NULL,
    claimed_at BIGINT,
    rectified_at BIGINT,
    ended_at BIGINT,
    reworks BIGINT NOT NULL,
    photo TEXT,
    photos_missing BIGINT NOT NULL,
    summary TEXT NOT NULL
);
-- The feeds of phones.
CREATE INDEX cases_of_reporter_by_change ON cases (reporter, last_change);
-- Lists: what they are filtered by, then what they are sorted by. Open cases are few, and asked
-- for most.
CREATE INDEX cases_reported ON cases (reported_at, id);
CREATE INDEX cases_due ON cases (due_order, id);
CREATE INDEX open_cases_reported ON cases (reported_at, id) WHERE is_open = 1;
CREATE INDEX open_cases_due ON cases (due_order, id) WHERE is_open = 1;
CREATE INDEX cases_of_state ON cases (state, reported_at, id);
CREATE INDEX cases_ended ON cases (state, ended_at) WHERE is_open = 0;
CREATE INDEX cases_of_unit ON cases (unit, reported_at, id);
CREATE INDEX cases_of_person ON cases (person, reported_at, id);
CREATE INDEX cases_of_category ON cases (category, reported_at, id);
CREATE INDEX cases_of_source ON cases (source, reported_at, id);
CREATE INDEX cases_at ON cases (lat_e6, lon_e6);
CREATE INDEX open_cases_at ON cases (lat_e6, lon_e6) WHERE is_open = 1;
CREATE INDEX cases_of_street_office ON cases (street_office, reported_at, id);
CREATE INDEX cases_of_community ON cases (community, reported_at, id);
CREATE INDEX cases_of_zone ON cases (zone, reported_at, id);
CREATE INDEX cases_of_grid_cell ON cases (grid_cell, reported_at, id);
CREATE INDEX cases_of_section ON cases (section, reported_at, id);
CREATE INDEX cases_of_point ON cases (point, reported_at, id);
CREATE INDEX cases_of_reporter ON cases (reporter, reported_at, id);

-- The log of each case: the truth.
CREATE TABLE events (
    case_id TEXT NOT NULL REFERENCES cases (id),
    number BIGINT NOT NULL,
    change BIGINT NOT NULL,
    recorded TEXT NOT NULL,
    checksum TEXT NOT NULL,
    PRIMARY KEY (case_id, number)
);

-- Every unit that a case was ever assigned to.
CREATE TABLE case_units (
    case_id TEXT NOT NULL REFERENCES cases (id),
    code TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    reported_at BIGINT NOT NULL,
    due_order BIGINT NOT NULL,
    -- That of the case.
    last_change BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (case_id, code)
);
CREATE INDEX case_units_by_change ON case_units (code, last_change);
CREATE INDEX case_units_reported ON case_units (code, reported_at, case_id);
CREATE INDEX case_units_due ON case_units (code, due_order, case_id);
CREATE INDEX open_case_units_reported ON case_units (code, reported_at, case_id) WHERE is_open = 1;
CREATE INDEX open_case_units_due ON case_units (code, due_order, case_id) WHERE is_open = 1;

-- Every leader in whose patch a case lies.
CREATE TABLE case_patch_leaders (
    case_id TEXT NOT NULL REFERENCES cases (id),
    code TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    reported_at BIGINT NOT NULL,
    due_order BIGINT NOT NULL,
    PRIMARY KEY (case_id, code)
);
CREATE INDEX case_patch_leaders_reported ON case_patch_leaders (code, reported_at, case_id);
CREATE INDEX case_patch_leaders_due ON case_patch_leaders (code, due_order, case_id);
CREATE INDEX open_case_patch_leaders_reported ON case_patch_leaders (code, reported_at, case_id)
    WHERE is_open = 1;
CREATE INDEX open_case_patch_leaders_due ON case_patch_leaders (code, due_order, case_id)
    WHERE is_open = 1;

-- Photos whose bytes are on disk.
CREATE TABLE photos (
    hash TEXT NOT NULL PRIMARY KEY,
    length BIGINT NOT NULL,
    format TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    uploader TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    receipt TEXT NOT NULL,
    checksum TEXT NOT NULL
);

-- What became of the small pictures of each photo.
CREATE TABLE derivatives (
    hash TEXT NOT NULL PRIMARY KEY REFERENCES photos (hash),
    state TEXT NOT NULL
);

-- What the server has to do on its own. A row is there until its work is done.
CREATE TABLE jobs (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    -- 0: nobody works at it.
    leased_until BIGINT NOT NULL,
    -- 1: given up, until somebody has it tried again.
    is_failed BIGINT NOT NULL,
    last_error TEXT,
    PRIMARY KEY (kind, subject)
);
CREATE INDEX jobs_due ON jobs (due_at, subject) WHERE is_failed = 0;

-- A row for each photo that a case names, whether its bytes are here or not.
CREATE TABLE case_photos (
    case_id TEXT NOT NULL REFERENCES cases (id),
    hash TEXT NOT NULL,
    arrived BIGINT NOT NULL,
    PRIMARY KEY (case_id, hash)
);
CREATE INDEX cases_of_photo ON case_photos (hash);
