//! Rows, journal and jobs on SQLite and PostgreSQL.
