//! Every type of request, from the form to the tenant and back: carried out exactly as approved, under faults too,
//! refused where it must be, and undone by an application of its own.

#[path = "requests/stage.rs"]
mod stage;
#[path = "requests/users.rs"]
mod users;
