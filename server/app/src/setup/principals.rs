//! Those whom list permissions speak of, as the configuration calls them and as the site numbers them.

use m365::sharepoint::{PrincipalId, Site};

use super::change::{Action, Changes};
use super::{Grantee, SetupError};
use crate::config::Config;
use crate::places::administrators_login;

/// Numbers of those whom list permissions speak of; in a plan `None` for whom the site does not know yet.
pub(super) struct Principals {
    participants: Option<PrincipalId>,
    administrators: Option<PrincipalId>,
}

/// Who holds a level on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holder {
    Participants,
    Administrators,
}

impl From<Grantee> for Holder {
    fn from(grantee: Grantee) -> Self {
        match grantee {
            Grantee::Participants => Self::Participants,
        }
    }
}

impl Holder {
    /// As the configuration calls them.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Participants => "people.participants",
            Self::Administrators => "people.administrators",
        }
    }

    fn login(self, config: &Config) -> String {
        match (self, &config.people.participants) {
            (Self::Participants, Some(login)) => login.clone(),
            (Self::Participants, None) => match &config.farm {
                None => Site::everyone_login(config.tenant.id),
                Some(_) => Site::windows_users_login(),
            },
            (Self::Administrators, _) => administrators_login(config),
        }
    }
}

impl Principals {
    /// Finds them, and makes the site know them when changes are wanted.
    pub(super) async fn ensure(
        site: &Site,
        config: &Config,
        changes: &mut Changes,
    ) -> Result<Self, SetupError> {
        Ok(Self {
            participants: admit(site, config, Holder::Participants, changes).await?,
            administrators: admit(site, config, Holder::Administrators, changes).await?,
        })
    }

    pub(super) fn number(&self, holder: Holder) -> Option<PrincipalId> {
        match holder {
            Holder::Participants => self.participants,
            Holder::Administrators => self.administrators,
        }
    }
}

async fn admit(
    site: &Site,
    config: &Config,
    holder: Holder,
    changes: &mut Changes,
) -> Result<Option<PrincipalId>, SetupError> {
    let login = holder.login(config);
    if let Some(known) = site.known_login(&login).await? {
        return Ok(Some(known.id));
    }
    if !changes.wanted(Action::AdmitPrincipal, holder.name()) {
        return Ok(None);
    }
    let admitted = site.ensure_login(&login).await?;
    Ok(Some(admitted.ok_or(SetupError::Principal(holder.name()))?.id))
}
