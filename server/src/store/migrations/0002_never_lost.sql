-- The last number that the device said it used.
ALTER TABLE devices ADD COLUMN claimed BIGINT NOT NULL DEFAULT 0;

-- Whose number in which chain it is, where that can be read: such a number is no gap.
ALTER TABLE quarantine ADD COLUMN of_device TEXT;
ALTER TABLE quarantine ADD COLUMN sequence BIGINT;
CREATE INDEX quarantine_of_device ON quarantine (of_device, sequence);

-- What is written once carries the SHA-256 of its own fields (see sums.rs).
ALTER TABLE meta ADD COLUMN sum TEXT;
ALTER TABLE packs ADD COLUMN sum TEXT;
ALTER TABLE users ADD COLUMN sum TEXT;
ALTER TABLE operations ADD COLUMN sum TEXT;
ALTER TABLE quarantine ADD COLUMN sum TEXT;
ALTER TABLE events ADD COLUMN sum TEXT;
ALTER TABLE photos ADD COLUMN sum TEXT;
