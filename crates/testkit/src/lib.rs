//! For tests only: a fake clock, temporary folders, a real PostgreSQL, a centre that fails on purpose.
