//! How far Microsoft 365 lets the app in. Everything is read from tokens and from the site: nothing is changed.

use m365::CredentialFault;
use m365::Verdict;

use super::grant_request;
use crate::doctor::{self, App};
use crate::permissions::{self, Api, Need, Permission};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Of every API of which something is needed.
    pub(crate) apis: Vec<(Api, Access)>,
    pub(crate) grant: Grant,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Access {
    /// Entra does not know what the app proves itself by.
    UnknownKey,
    /// No token for another cause, which the doctor tells.
    NoToken,
    Token {
        /// Nobody consented to these yet.
        lacking: Vec<Permission>,
        may_grant: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grant {
    /// A farm's add-in is registered there; the doctor tells what it lacks.
    NotNeeded,
    /// Cannot be told yet, or was not answered.
    Unknown,
    Lacking,
    Full,
}

impl Standing {
    /// Whether the app may write its own grant.
    pub(crate) fn may_grant(&self) -> bool {
        let of_graph = self.apis.iter().find(|(api, _)| *api == Api::Graph);
        matches!(of_graph, Some((_, Access::Token { may_grant: true, .. })))
    }

    fn is_let_into_sharepoint(&self) -> bool {
        let mut apis = self.apis.iter();
        apis.any(|(api, access)| {
            *api == Api::SharePoint && matches!(access, Access::Token { lacking, .. } if lacking.is_empty())
        })
    }
}

pub(crate) async fn look(app: &App<'_>, needs: &[Need]) -> Standing {
    let mut standing = Standing {
        apis: Vec::new(),
        grant: Grant::Unknown,
    };
    for (api, needed) in by_api(permissions::union(needs)) {
        standing.apis.push((api, access(app, api, needed).await));
    }
    standing.grant = if app.config.farm.is_some() {
        Grant::NotNeeded
    } else if standing.is_let_into_sharepoint() {
        grant(app).await
    } else {
        Grant::Unknown
    };
    standing
}

/// In the order of APIs, in which [`permissions::union`] gives them.
fn by_api(needed: Vec<(Api, Permission)>) -> Vec<(Api, Vec<Permission>)> {
    let mut all: Vec<(Api, Vec<Permission>)> = Vec::new();
    for (api, permission) in needed {
        match all.last_mut() {
            Some((last, own)) if *last == api => own.push(permission),
            _ => all.push((api, vec![permission])),
        }
    }
    all
}

async fn access(app: &App<'_>, api: Api, needed: Vec<Permission>) -> Access {
    let Ok(resource) = api.resource(app.config) else {
        return Access::NoToken;
    };
    match app.microsoft.token_facts(&resource).await {
        Ok(facts) => Access::Token {
            may_grant: facts.roles.iter().any(|role| role == grant_request::PERMISSION),
            lacking: needed
                .into_iter()
                .filter(|permission| !facts.roles.contains(&permission.name))
                .collect(),
        },
        Err(error) if error.verdict == Verdict::Credentials(CredentialFault::UnknownKey) => {
            Access::UnknownKey
        }
        Err(_) => Access::NoToken,
    }
}

async fn grant(app: &App<'_>) -> Grant {
    match doctor::has_full_control(app.site).await {
        Ok(true) => Grant::Full,
        Ok(false) => Grant::Lacking,
        Err(_) => Grant::Unknown,
    }
}
