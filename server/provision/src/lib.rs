//! What can be done to a tenant: plans, steps, connectors.
