//! What can be done to a tenant: plans, steps, connectors.
//!
//! [`look`] reads the tenant, [`plan`] and [`plan_rows`] turn wishes and what was read into [`Plans`] or into the
//! issues that stand against them, and an [`Executor`] carries them out step by step, or row by row.

mod account;
mod action;
mod address;
mod amend;
mod attributes;
mod by_hand;
mod connect;
mod contact;
mod deletions;
mod failure;
mod former;
mod group;
mod inverse;
mod judge;
mod leaving;
mod licences;
mod list;
mod look;
mod lost;
mod mailbox;
mod mark;
mod name;
mod ownership;
mod password;
mod plan;
mod planner;
mod plans;
mod preview;
mod recipient;
mod renewal;
mod restorable;
mod rows;
mod standing;
mod view;
mod wish;

pub use account::{AccountKey, AccountPlan, AccountStep, Colleague, Forward, Identity, NewAccount};
pub use action::{ActionPlan, ActionStep, Call, CallFailure, Sent};
pub use amend::Given;
pub use by_hand::ByHandPlan;
pub use connect::{Executor, RowOutcome, StepOutcome};
pub use contact::{
    ContactChange, ContactFields, ContactIdentity, ContactKey, ContactNow, ContactPlan, ContactStep,
    ContactView, ContactWish, NewContact, look_at_contact, look_for_contact, plan_contact,
    plan_contact_change,
};
pub use failure::Failure;
pub use former::Former;
pub use group::{
    GroupChange, GroupChangeFields, GroupFields, GroupIdentity, GroupKey, GroupKind, GroupNow, GroupPeople,
    GroupPlan, GroupStep, GroupWish, NameView, NewGroup, People, PeopleTurnover, TeamNow, TeamPicture,
    TeamStep, TeamWish, Visibility, look_at_group, look_for_group, plan_group, plan_group_change,
};
pub use inverse::{Executed, Inverse, inverse};
pub use leaving::{Belonging, LeaveFields, LeaveWish, LeavingMailbox, LeavingView};
pub use licences::{AssignedLicences, Assignment, FailedLicence, Licence, Services};
pub use list::{
    ListChange, ListFields, ListIdentity, ListKey, ListKind, ListNow, ListPlan, ListStep, ListView, ListWish,
    NewList, look_at_list, look_for_list, plan_list, plan_list_change,
};
pub use look::look;
pub use lost::Lost;
pub use mailbox::{
    MailboxAddresses, MailboxChange, MailboxFields, MailboxIdentity, MailboxKey, MailboxNow, MailboxPlan,
    MailboxStep, MailboxView, MailboxWish, NewMailbox, Right, TurnoverFields, look_at_mailbox,
    look_for_mailbox, plan_mailbox, plan_mailbox_change,
};
pub use name::{NameStanding, WantedName, look_for_name};
pub use ownership::{OwnerSearch, Ownership, owners_of};
pub use password::{PASSWORD_BYTES, password};
pub use plan::{Change, Plan, Step, StepId, differs};
pub use planner::plan;
pub use plans::Plans;
pub use recipient::{MailPeople, MailPerson, Recipient, Recipients};
pub use renewal::{Renewal, RenewalPlan};
pub use restorable::is_restorable;
pub use rows::{are_independent, plan_change_rows, plan_rows};
pub use standing::{
    AccountView, ChangeFields, ChangeWish, LicenceTurnover, ManagerWish, SignIn, Turnover, look_at,
    plan_change,
};
pub use view::{GroupView, LicenceView, PersonView, TenantView};
pub use wish::{UserWish, WishFields};
