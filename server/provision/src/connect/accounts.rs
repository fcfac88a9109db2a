//! The steps that are about one account.

use m365::Result;
use m365::exchange::Exchange;
use m365::graph::Graph;
use secrecy::SecretString;
use serde_json::Value;
use uuid::Uuid;

use super::account::CreateUser;
use super::account_mailbox::{Clients, SetAccess, SetForwarding, SetType};
use super::back::{RemoveFromGroup, RemoveManager};
use super::changed::{DeleteUser, UpdateUser};
use super::licences::ChangeLicences;
use super::list_membership::SetListMembership;
use super::manager::SetManager;
use super::membership::AddToGroup;
use super::password::ResetPassword;
use super::restored::RestoreUser;
use super::sign_in::SetSignIn;
use super::{StepOutcome, carry_out, image_of};
use crate::{AccountKey, AccountStep, Colleague, Forward};

pub(super) struct OfAccount<'a> {
    pub(super) graph: &'a Graph,
    pub(super) exchange: &'a Exchange,
    pub(super) account: &'a AccountKey,
    pub(super) password: &'a SecretString,
}

impl OfAccount<'_> {
    pub(super) async fn before(&self, step: &AccountStep) -> Result<Option<Value>> {
        let graph = self.graph;
        match step {
            AccountStep::CreateUser(new) => image_of(graph, &CreateUser::new(self, new)).await,
            AccountStep::SetManager { manager, from, .. } => {
                image_of(graph, &SetManager::new(self, *manager, from)).await
            }
            AccountStep::AssignLicence(_)
            | AccountStep::ChangeLicences { .. }
            | AccountStep::RemoveLicence(_) => image_of(graph, &ChangeLicences::new(self, step)).await,
            AccountStep::AddToGroup { group, .. } => image_of(graph, &AddToGroup::new(self, *group)).await,
            AccountStep::UpdateUser(change) => image_of(graph, &UpdateUser::new(self, change)).await,
            AccountStep::RemoveManager { manager, .. } => {
                image_of(graph, &RemoveManager::new(self, *manager)).await
            }
            AccountStep::RemoveFromGroup { group, .. } => {
                image_of(graph, &RemoveFromGroup::new(self, *group)).await
            }
            AccountStep::DeleteUser {} => image_of(graph, &DeleteUser::new(self)).await,
            AccountStep::RestoreUser {} => image_of(graph, &RestoreUser::new(self)).await,
            AccountStep::BlockSignIn {} => image_of(graph, &SetSignIn::new(self, false)).await,
            AccountStep::AllowSignIn {} => image_of(graph, &SetSignIn::new(self, true)).await,
            AccountStep::ResetPassword { .. } => ResetPassword::new(self).before(graph).await,
            AccountStep::ShareMailbox {} => image_of(&self.clients(), &self.kind(true)).await,
            AccountStep::UnshareMailbox {} => image_of(&self.clients(), &self.kind(false)).await,
            AccountStep::SetForwarding { from, to, .. } => {
                image_of(&self.clients(), &self.forwarding(from.as_ref(), to.as_ref())).await
            }
            AccountStep::OpenMailbox { person } => {
                image_of(&self.clients(), &self.access(person, true)).await
            }
            AccountStep::CloseMailbox { person } => {
                image_of(&self.clients(), &self.access(person, false)).await
            }
            AccountStep::AddToList { list, .. } => image_of(&self.clients(), &self.list(*list, true)).await,
            AccountStep::RemoveFromList { list, .. } => {
                image_of(&self.clients(), &self.list(*list, false)).await
            }
        }
    }

    pub(super) async fn run(&self, step: &AccountStep) -> Result<StepOutcome> {
        let graph = self.graph;
        match step {
            AccountStep::CreateUser(new) => carry_out(graph, &CreateUser::new(self, new)).await,
            AccountStep::SetManager { manager, from, .. } => {
                carry_out(graph, &SetManager::new(self, *manager, from)).await
            }
            AccountStep::AssignLicence(_)
            | AccountStep::ChangeLicences { .. }
            | AccountStep::RemoveLicence(_) => carry_out(graph, &ChangeLicences::new(self, step)).await,
            AccountStep::AddToGroup { group, .. } => carry_out(graph, &AddToGroup::new(self, *group)).await,
            AccountStep::UpdateUser(change) => carry_out(graph, &UpdateUser::new(self, change)).await,
            AccountStep::RemoveManager { manager, .. } => {
                carry_out(graph, &RemoveManager::new(self, *manager)).await
            }
            AccountStep::RemoveFromGroup { group, .. } => {
                carry_out(graph, &RemoveFromGroup::new(self, *group)).await
            }
            AccountStep::DeleteUser {} => carry_out(graph, &DeleteUser::new(self)).await,
            AccountStep::RestoreUser {} => carry_out(graph, &RestoreUser::new(self)).await,
            AccountStep::BlockSignIn {} => carry_out(graph, &SetSignIn::new(self, false)).await,
            AccountStep::AllowSignIn {} => carry_out(graph, &SetSignIn::new(self, true)).await,
            AccountStep::ResetPassword { .. } => ResetPassword::new(self).run(graph).await,
            AccountStep::ShareMailbox {} => carry_out(&self.clients(), &self.kind(true)).await,
            AccountStep::UnshareMailbox {} => carry_out(&self.clients(), &self.kind(false)).await,
            AccountStep::SetForwarding { from, to, .. } => {
                carry_out(&self.clients(), &self.forwarding(from.as_ref(), to.as_ref())).await
            }
            AccountStep::OpenMailbox { person } => {
                carry_out(&self.clients(), &self.access(person, true)).await
            }
            AccountStep::CloseMailbox { person } => {
                carry_out(&self.clients(), &self.access(person, false)).await
            }
            AccountStep::AddToList { list, .. } => carry_out(&self.clients(), &self.list(*list, true)).await,
            AccountStep::RemoveFromList { list, .. } => {
                carry_out(&self.clients(), &self.list(*list, false)).await
            }
        }
    }

    fn clients(&self) -> Clients<'_> {
        let (graph, exchange) = (self.graph, self.exchange);
        Clients { graph, exchange }
    }

    fn kind(&self, shared: bool) -> SetType<'_> {
        let account = self.account;
        SetType { account, shared }
    }

    fn forwarding<'b>(&'b self, from: Option<&'b Forward>, to: Option<&'b Forward>) -> SetForwarding<'b> {
        let account = self.account;
        SetForwarding { account, from, to }
    }

    fn access<'b>(&'b self, person: &'b Colleague, open: bool) -> SetAccess<'b> {
        let account = self.account;
        let person = &person.address;
        SetAccess {
            account,
            person,
            open,
        }
    }

    fn list(&self, list: Uuid, member: bool) -> SetListMembership<'_> {
        let account = self.account;
        SetListMembership {
            account,
            list,
            member,
        }
    }
}
