//! Which application permissions an installation needs: the least for each feature that it has, and no others.

use std::collections::{BTreeMap, BTreeSet};

use m365::{Origin, OriginError};
use serde::Deserialize;
use uuid::Uuid;
use workflow::definition::PlanMapping;

use crate::config::{Config, Language};
use crate::setup::Words;
use crate::workflows::Offered;

const SOURCE: &str = include_str!("../../../manifests/permissions.json");

/// An API whose permissions are application roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Api {
    SharePoint,
    Graph,
    Exchange,
}

/// An application permission.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Permission {
    pub(crate) name: String,
    /// Id of the app role in the service's own registration, as `manifests/entra-app.json` asks for it.
    pub(crate) id: Uuid,
    pub(crate) r#for: Words,
    /// Lets in wherever this one does: who needs that one needs not this one.
    #[serde(default)]
    covered_by: Option<String>,
}

/// `manifests/permissions.json`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    sharepoint: Vec<Permission>,
    graph: Vec<Permission>,
    accounts: Vec<Permission>,
    groups: Vec<Permission>,
    teams: Vec<Permission>,
    exchange: Vec<Permission>,
    absences: Vec<Permission>,
    credentials: Vec<Permission>,
}

/// What needs permissions of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Feature {
    /// What every installation does.
    Base,
    Accounts,
    Groups,
    /// Changes of teams.
    Teams,
    /// What Exchange carries out.
    Exchange,
    /// The configuration's section of this name.
    Absences,
    /// The same.
    Credentials,
}

/// A feature that is in use.
#[derive(Debug)]
pub(crate) struct Need {
    pub(crate) feature: Feature,
    /// The workflows that make it one, by their keys.
    pub(crate) workflows: Vec<String>,
    pub(crate) permissions: Vec<(Api, Permission)>,
}

/// Of every feature that the configuration switches on or an offered workflow needs.
pub(crate) fn needs(config: &Config, offered: &[Offered]) -> Result<Vec<Need>, serde_json::Error> {
    let manifest: Manifest = serde_json::from_str(SOURCE)?;
    let mut workflows: BTreeMap<Feature, Vec<String>> = BTreeMap::new();
    for offered in offered {
        let key = offered.definition.key.to_string();
        for feature in of_plan(&offered.definition.execution.plan) {
            workflows.entry(*feature).or_default().push(key.clone());
        }
    }
    let configured = [
        (Feature::Base, true),
        (Feature::Absences, config.absences.is_some()),
        (Feature::Credentials, config.credentials.is_some()),
    ];
    for (feature, _) in configured.into_iter().filter(|(_, is_on)| *is_on) {
        workflows.entry(feature).or_default();
    }
    let mut needs: Vec<Need> = workflows
        .into_iter()
        .map(|(feature, workflows)| Need {
            feature,
            workflows,
            permissions: manifest.of(feature, config.farm.is_some()),
        })
        .collect();
    leave_out_covered(&mut needs);
    Ok(needs)
}

/// Each permission once.
pub(crate) fn union(needs: &[Need]) -> Vec<(Api, Permission)> {
    let mut all: Vec<(Api, Permission)> = Vec::new();
    for needed in needs.iter().flat_map(|need| &need.permissions) {
        if !all.contains(needed) {
            all.push(needed.clone());
        }
    }
    all.sort_by_key(|(api, _)| *api);
    all
}

/// What carries out a plan. Names of lists are looked for where those of groups are.
fn of_plan(plan: &PlanMapping) -> &'static [Feature] {
    if plan.action().is_some() {
        // Another system does it.
        &[]
    } else if plan.is_of_exchange() {
        &[Feature::Groups, Feature::Exchange]
    } else if plan.needs_exchange() {
        &[Feature::Accounts, Feature::Exchange]
    } else if plan.is_of_teams() {
        &[Feature::Groups, Feature::Teams]
    } else if plan.is_about_group() {
        &[Feature::Groups]
    } else {
        &[Feature::Accounts]
    }
}

fn leave_out_covered(needs: &mut [Need]) {
    let all: BTreeSet<String> = union(needs)
        .into_iter()
        .map(|(_, permission)| permission.name)
        .collect();
    for need in needs {
        let is_covered = |permission: &Permission| {
            let wider = permission.covered_by.as_ref();
            wider.is_some_and(|wider| all.contains(wider))
        };
        need.permissions.retain(|(_, permission)| !is_covered(permission));
    }
}

impl Manifest {
    /// A farm grants rights and no roles.
    fn of(&self, feature: Feature, has_farm: bool) -> Vec<(Api, Permission)> {
        let (api, own) = match feature {
            Feature::Base => (Api::Graph, &self.graph),
            Feature::Accounts => (Api::Graph, &self.accounts),
            Feature::Groups => (Api::Graph, &self.groups),
            Feature::Teams => (Api::Graph, &self.teams),
            Feature::Exchange => (Api::Exchange, &self.exchange),
            Feature::Absences => (Api::Graph, &self.absences),
            Feature::Credentials => (Api::Graph, &self.credentials),
        };
        let lists = (feature == Feature::Base && !has_farm).then_some(&self.sharepoint);
        let lists = lists
            .into_iter()
            .flatten()
            .map(|one| (Api::SharePoint, one.clone()));
        lists.chain(own.iter().map(|one| (api, one.clone()))).collect()
    }
}

impl Api {
    /// As the portal of Entra calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::SharePoint => "SharePoint",
            Self::Graph => "Microsoft Graph",
            Self::Exchange => "Office 365 Exchange Online",
        }
    }

    /// The same, shorter.
    pub(crate) fn short_name(self) -> &'static str {
        match self {
            Self::SharePoint => "SharePoint",
            Self::Graph => "Graph",
            Self::Exchange => "Exchange",
        }
    }

    /// Where tokens for it lead.
    pub(crate) fn resource(self, config: &Config) -> Result<Origin, OriginError> {
        match self {
            Self::SharePoint => Origin::of(&config.site.url),
            Self::Graph => Origin::parse("https://graph.microsoft.com"),
            Self::Exchange => Origin::parse("https://outlook.office365.com"),
        }
    }

    /// Client id of Microsoft's own registration.
    pub(crate) fn app_id(self) -> &'static str {
        match self {
            Self::SharePoint => "00000003-0000-0ff1-ce00-000000000000",
            Self::Graph => "00000003-0000-0000-c000-000000000000",
            Self::Exchange => "00000002-0000-0ff1-ce00-000000000000",
        }
    }
}

impl Feature {
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Accounts => "accounts",
            Self::Groups => "groups",
            Self::Teams => "teams",
            Self::Exchange => "exchange",
            Self::Absences => "absences",
            Self::Credentials => "credentials",
        }
    }

    pub(crate) fn title(self, language: Language) -> &'static str {
        let (ja, en) = match self {
            Self::Base => ("基本機能", "Always"),
            Self::Accounts => ("アカウントの申請", "Requests for accounts"),
            Self::Groups => ("グループとチームの申請", "Requests for groups and teams"),
            Self::Teams => ("チームの変更と参加の申請", "Changes of teams and joining them"),
            Self::Exchange => ("Exchange が実行する申請", "Requests that Exchange carries out"),
            Self::Absences => ("自動応答による不在の確認", "Absences by automatic replies"),
            Self::Credentials => ("資格情報の更新", "Renewal of credentials"),
        };
        match language {
            Language::Ja => ja,
            Language::En => en,
        }
    }
}

#[cfg(test)]
mod tests;
