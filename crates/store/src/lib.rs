//! The only rusqlite on the workstation: keys, open, migrate, one writer, readers, journal, blobs.
