//! Definitions, routes, the life of an application, access sets.
