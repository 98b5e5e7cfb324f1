-- Who ever signed in on which device. A rescue bundle may bring what they did there.
CREATE TABLE device_users (
    device TEXT NOT NULL,
    user_name TEXT NOT NULL,
    PRIMARY KEY (device, user_name)
);
INSERT INTO device_users (device, user_name) SELECT DISTINCT device, user_name FROM sessions;
