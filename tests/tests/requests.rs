//! Every type of request, from the form to the tenant and back: carried out exactly as approved, under faults too,
//! refused where it must be, and undone by an application of its own.

#[path = "requests/contacts.rs"]
mod contacts;
#[path = "requests/distributions.rs"]
mod distributions;
#[path = "requests/groups.rs"]
mod groups;
#[path = "requests/groups_under_faults.rs"]
mod groups_under_faults;
#[path = "requests/lists.rs"]
mod lists;
#[path = "requests/mailboxes.rs"]
mod mailboxes;
#[path = "requests/mailboxes_under_faults.rs"]
mod mailboxes_under_faults;
#[path = "requests/stage.rs"]
mod stage;
#[path = "requests/teams.rs"]
mod teams;
#[path = "requests/users.rs"]
mod users;
