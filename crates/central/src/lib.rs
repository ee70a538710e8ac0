//! The central service: axum over PostgreSQL or embedded SQLite.
