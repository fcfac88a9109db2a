//! Every type of request, from the form to the tenant and back: carried out exactly as approved, under faults too,
//! refused where it must be, and undone by an application of its own.

#[path = "requests/adoption.rs"]
mod adoption;
#[path = "requests/by_hand.rs"]
mod by_hand;
#[path = "requests/contacts.rs"]
mod contacts;
#[path = "requests/custom_actions.rs"]
mod custom_actions;
#[path = "requests/custom_actions_under_faults.rs"]
mod custom_actions_under_faults;
#[path = "requests/deletions.rs"]
mod deletions;
#[path = "requests/distributions.rs"]
mod distributions;
#[path = "requests/expiring.rs"]
mod expiring;
#[path = "requests/groups.rs"]
mod groups;
#[path = "requests/groups_under_faults.rs"]
mod groups_under_faults;
#[path = "requests/halted.rs"]
mod halted;
#[path = "requests/licences.rs"]
mod licences;
#[path = "requests/lists.rs"]
mod lists;
#[path = "requests/mailboxes.rs"]
mod mailboxes;
#[path = "requests/mailboxes_under_faults.rs"]
mod mailboxes_under_faults;
#[path = "requests/managers.rs"]
mod managers;
#[path = "requests/names.rs"]
mod names;
#[path = "requests/naming.rs"]
mod naming;
#[path = "requests/offboarding.rs"]
mod offboarding;
#[path = "requests/opened.rs"]
mod opened;
#[path = "requests/ownerless.rs"]
mod ownerless;
#[path = "requests/passwords.rs"]
mod passwords;
#[path = "requests/refused.rs"]
mod refused;
#[path = "requests/remedies.rs"]
mod remedies;
#[path = "requests/scheduled.rs"]
mod scheduled;
#[path = "requests/stage.rs"]
mod stage;
#[path = "requests/team_changes.rs"]
mod team_changes;
#[path = "requests/team_pictures.rs"]
mod team_pictures;
#[path = "requests/teams.rs"]
mod teams;
#[path = "requests/teams_under_faults.rs"]
mod teams_under_faults;
#[path = "requests/undocumented.rs"]
mod undocumented;
#[path = "requests/users.rs"]
mod users;
