//! The steps that are about one account.

use m365::Result;
use m365::graph::Graph;
use secrecy::SecretString;
use serde_json::Value;

use super::account::CreateUser;
use super::back::{RemoveFromGroup, RemoveLicence, RemoveManager};
use super::changed::{DeleteUser, UpdateUser};
use super::licences::ChangeLicences;
use super::manager::SetManager;
use super::membership::AddToGroup;
use super::restored::RestoreUser;
use super::sign_in::SetSignIn;
use super::{StepOutcome, carry_out, image_of};
use crate::{AccountKey, AccountStep};

pub(super) struct OfAccount<'a> {
    pub(super) graph: &'a Graph,
    pub(super) account: &'a AccountKey,
    pub(super) password: &'a SecretString,
}

impl OfAccount<'_> {
    pub(super) async fn before(&self, step: &AccountStep) -> Result<Option<Value>> {
        let graph = self.graph;
        match step {
            AccountStep::CreateUser(new) => image_of(graph, &CreateUser::new(self, new)).await,
            AccountStep::SetManager { manager, .. } => {
                image_of(graph, &SetManager::new(self, *manager)).await
            }
            AccountStep::AssignLicence { sku, .. } => {
                image_of(graph, &ChangeLicences::giving(self, *sku)).await
            }
            AccountStep::ChangeLicences { give, take } => {
                image_of(graph, &ChangeLicences::new(self, give, take)).await
            }
            AccountStep::AddToGroup { group, .. } => image_of(graph, &AddToGroup::new(self, *group)).await,
            AccountStep::UpdateUser(change) => image_of(graph, &UpdateUser::new(self, change)).await,
            AccountStep::RemoveManager { .. } => image_of(graph, &RemoveManager::new(self)).await,
            AccountStep::RemoveLicence { sku, .. } => image_of(graph, &RemoveLicence::new(self, *sku)).await,
            AccountStep::RemoveFromGroup { group, .. } => {
                image_of(graph, &RemoveFromGroup::new(self, *group)).await
            }
            AccountStep::DeleteUser {} => image_of(graph, &DeleteUser::new(self)).await,
            AccountStep::RestoreUser {} => image_of(graph, &RestoreUser::new(self)).await,
            AccountStep::BlockSignIn {} => image_of(graph, &SetSignIn::new(self, false)).await,
            AccountStep::AllowSignIn {} => image_of(graph, &SetSignIn::new(self, true)).await,
        }
    }

    pub(super) async fn run(&self, step: &AccountStep) -> Result<StepOutcome> {
        let graph = self.graph;
        match step {
            AccountStep::CreateUser(new) => carry_out(graph, &CreateUser::new(self, new)).await,
            AccountStep::SetManager { manager, .. } => {
                carry_out(graph, &SetManager::new(self, *manager)).await
            }
            AccountStep::AssignLicence { sku, .. } => {
                carry_out(graph, &ChangeLicences::giving(self, *sku)).await
            }
            AccountStep::ChangeLicences { give, take } => {
                carry_out(graph, &ChangeLicences::new(self, give, take)).await
            }
            AccountStep::AddToGroup { group, .. } => carry_out(graph, &AddToGroup::new(self, *group)).await,
            AccountStep::UpdateUser(change) => carry_out(graph, &UpdateUser::new(self, change)).await,
            AccountStep::RemoveManager { .. } => carry_out(graph, &RemoveManager::new(self)).await,
            AccountStep::RemoveLicence { sku, .. } => carry_out(graph, &RemoveLicence::new(self, *sku)).await,
            AccountStep::RemoveFromGroup { group, .. } => {
                carry_out(graph, &RemoveFromGroup::new(self, *group)).await
            }
            AccountStep::DeleteUser {} => carry_out(graph, &DeleteUser::new(self)).await,
            AccountStep::RestoreUser {} => carry_out(graph, &RestoreUser::new(self)).await,
            AccountStep::BlockSignIn {} => carry_out(graph, &SetSignIn::new(self, false)).await,
            AccountStep::AllowSignIn {} => carry_out(graph, &SetSignIn::new(self, true)).await,
        }
    }
}
