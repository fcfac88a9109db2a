//! What plans count, for the conditions of routes.

use std::collections::BTreeMap;

use provision::{AccountStep, ContactStep, GroupStep, ListStep, MailboxStep, Plan, Plans, Step, TeamStep};

use workflow::condition::BY_HAND;

/// By the names that conditions use under `plan`.
pub(crate) fn counts(plans: &Plans) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    let by_hand = plans.all().iter().flat_map(Plan::steps_by_hand);
    counts.insert(BY_HAND.to_owned(), by_hand.clone().count() as u64);
    // Who must agree to a change does not depend on who carries it out.
    for step in plans.all().iter().flat_map(Plan::steps).chain(by_hand) {
        let counted = match step {
            Step::Account(_, AccountStep::ChangeLicences { give, take }) => {
                vec![("licences", give.len() as u64), ("removals", take.len() as u64)]
            }
            Step::Account(_, step) => vec![(of_account(step), 1)],
            Step::Group(_, step) => vec![of_group(step)],
            Step::List(_, step) => vec![of_list(step)],
            Step::Mailbox(_, step) => vec![of_mailbox(step)],
            Step::Contact(_, step) => vec![(of_contact(step), 1)],
            Step::Action(..) | Step::Renewal(_) => vec![("updates", 1)],
        };
        for (name, count) in counted {
            *counts.entry(name.to_owned()).or_default() += count;
        }
    }
    for name in workflow::condition::OF_PLAN {
        counts.entry(name.to_owned()).or_default();
    }
    counts
}

fn of_account(step: &AccountStep) -> &'static str {
    match step {
        AccountStep::CreateUser(_) | AccountStep::RestoreUser {} => "creates",
        AccountStep::SetManager { .. }
        | AccountStep::RemoveManager { .. }
        | AccountStep::UpdateUser(_)
        | AccountStep::AllowSignIn {}
        | AccountStep::ResetPassword { .. }
        | AccountStep::ShareMailbox {}
        | AccountStep::UnshareMailbox {}
        | AccountStep::SetForwarding { .. }
        | AccountStep::CloseMailbox { .. } => "updates",
        AccountStep::BlockSignIn {} => "blocks",
        AccountStep::AssignLicence { .. } | AccountStep::ChangeLicences { .. } => "licences",
        AccountStep::AddToGroup { .. } | AccountStep::AddToList { .. } | AccountStep::OpenMailbox { .. } => {
            "additions"
        }
        AccountStep::RemoveLicence { .. }
        | AccountStep::RemoveFromGroup { .. }
        | AccountStep::RemoveFromList { .. } => "removals",
        AccountStep::DeleteUser {} => "deletes",
    }
}

/// People are counted one by one.
fn of_group(step: &GroupStep) -> (&'static str, u64) {
    match step {
        GroupStep::CreateGroup(_) | GroupStep::RestoreGroup { .. } => ("creates", 1),
        GroupStep::UpdateGroup(_) | GroupStep::MakeTeam {} => ("updates", 1),
        GroupStep::AddOwners { people } | GroupStep::AddMembers { people } => {
            ("additions", people.len() as u64)
        }
        GroupStep::RemoveOwners { people } | GroupStep::RemoveMembers { people } => {
            ("removals", people.len() as u64)
        }
        GroupStep::DeleteGroup { .. } => ("deletes", 1),
        GroupStep::Team(step) => of_team(step),
    }
}

fn of_team(step: &TeamStep) -> (&'static str, u64) {
    match step {
        TeamStep::AddTeamOwners { people } | TeamStep::AddTeamMembers { people } => {
            ("additions", people.len() as u64)
        }
        TeamStep::RemoveTeamOwners { people } | TeamStep::RemoveTeamMembers { people } => {
            ("removals", people.len() as u64)
        }
        TeamStep::UpdateTeam(_)
        | TeamStep::SetTeamPicture(_)
        | TeamStep::ArchiveTeam {}
        | TeamStep::UnarchiveTeam {} => ("updates", 1),
    }
}

fn of_list(step: &ListStep) -> (&'static str, u64) {
    match step {
        ListStep::CreateList(_) => ("creates", 1),
        ListStep::UpdateList(_) => ("updates", 1),
        ListStep::AddOwners { people } | ListStep::AddMembers { people } => {
            ("additions", people.len() as u64)
        }
        ListStep::RemoveOwners { people } | ListStep::RemoveMembers { people } => {
            ("removals", people.len() as u64)
        }
        ListStep::DeleteList {} => ("deletes", 1),
    }
}

fn of_mailbox(step: &MailboxStep) -> (&'static str, u64) {
    match step {
        MailboxStep::CreateMailbox(_) | MailboxStep::RestoreMailbox {} => ("creates", 1),
        MailboxStep::UpdateMailbox(_) => ("updates", 1),
        MailboxStep::BlockSignIn {} => ("blocks", 1),
        MailboxStep::GiveRight { people, .. } => ("additions", people.len() as u64),
        MailboxStep::TakeRight { people, .. } => ("removals", people.len() as u64),
        MailboxStep::DeleteMailbox {} => ("deletes", 1),
    }
}

fn of_contact(step: &ContactStep) -> &'static str {
    match step {
        ContactStep::CreateContact(_) => "creates",
        ContactStep::UpdateContact(_) | ContactStep::UpdateDetails(_) => "updates",
        ContactStep::DeleteContact {} => "deletes",
    }
}
