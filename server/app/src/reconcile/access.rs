//! An item's permissions as they are against the set that they should be.

use std::collections::BTreeSet;

use jiff::Timestamp;
use m365::csom::{Grant, SetAccess};
use m365::sharepoint::{Assignment, ItemId, List, PrincipalId, RoleDefinitionId};
use store::{ApplicationId, StoreError, Tx, transaction};

use super::report::Wrong;
use crate::cases::Case;
use crate::jobs::{JobError, application_lane};
use crate::publish;
use crate::service::Service;

/// What one item has and should have.
pub(super) struct Access {
    item: ItemId,
    /// Version of the application's row that says so.
    pub(super) version: i64,
    /// `None`: it inherits.
    have: Option<Vec<Assignment>>,
    want: BTreeSet<Grant>,
}

/// `None` while a job of the application is due, which sets the permissions itself and from newer facts; and of a
/// folded one, whose item holds none.
pub(super) async fn look(
    service: &Service,
    application: &ApplicationId,
    list: &List,
    item: i32,
) -> Result<Option<Access>, JobError> {
    let item = ItemId(item);
    let have = publish::held(list, item).await?;
    let now = service.now();
    let ours = transaction!(service.store.read(&service.tenant), tx => is_ours(tx, application, now).await);
    if !ours? {
        return Ok(None);
    }
    let case = Case::of_job(service, application).await?;
    let want = publish::wanted(service, &case).await?.grants;
    Ok(Some(Access {
        item,
        version: case.row.version,
        have,
        want,
    }))
}

/// Whether nobody but a comparison sets the item's permissions at this moment.
pub(super) async fn is_ours(
    tx: &mut Tx,
    application: &ApplicationId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let lane = application_lane(application);
    Ok(!tx.is_lane_busy(&lane, now).await? && tx.fold_of(application).await?.is_none())
}

impl Access {
    /// What has to be done; `None` when the set is right.
    pub(super) fn change(&self) -> Option<SetAccess> {
        SetAccess::between(self.item, self.have.as_deref(), &self.want)
    }

    /// Every difference, in words' parts.
    pub(super) async fn wrong(&self, service: &Service) -> Result<Vec<Wrong>, JobError> {
        let Some(have) = &self.have else {
            return Ok(vec![Wrong::Inherits {}]);
        };
        let held = have.iter().flat_map(|row| {
            let roles = row.role_definition_bindings.iter();
            roles.map(|role| Grant {
                principal: row.principal_id,
                role: role.id,
            })
        });
        let held: BTreeSet<Grant> = held.collect();
        let mut wrong = Vec::new();
        for grant in held.difference(&self.want) {
            wrong.push(Wrong::TooMuch {
                who: name(service, have, grant.principal).await?,
                level: level(service, have, grant.role).await?,
            });
        }
        for grant in self.want.difference(&held) {
            wrong.push(Wrong::TooLittle {
                who: name(service, have, grant.principal).await?,
                level: level(service, have, grant.role).await?,
            });
        }
        Ok(wrong)
    }
}

async fn name(service: &Service, rows: &[Assignment], id: PrincipalId) -> Result<String, JobError> {
    if let Some(row) = rows.iter().find(|row| row.principal_id == id) {
        return Ok(row.member.title.clone());
    }
    let user = service.site.user(id).await?;
    Ok(user.map_or_else(|| id.0.to_string(), |user| user.title))
}

async fn level(service: &Service, rows: &[Assignment], id: RoleDefinitionId) -> Result<String, JobError> {
    let places = service.places().await?;
    let ours = [(places.read, "PF-Read"), (places.decide, "PF-Decide")];
    let mut held = rows.iter().flat_map(|row| &row.role_definition_bindings);
    let name = held.find(|role| role.id == id).map(|role| role.name.as_str());
    let name = name.or_else(|| ours.iter().find(|(role, _)| *role == id).map(|(_, name)| *name));
    Ok(name.map_or_else(|| id.0.to_string(), str::to_owned))
}
