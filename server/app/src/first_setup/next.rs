//! What is to be done next. A pure question: the first thing that everything after it waits for.

use super::standing::{Access, Grant, Standing};
use crate::permissions::{Api, Permission};

/// The first thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Next {
    Missing(Missing),
    /// The app is let in; the site and the service come next.
    Site,
    /// There is nothing to do.
    Nothing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Missing {
    /// A plan makes no certificate.
    Certificate,
    /// Entra must be given the certificate.
    Upload,
    Consent {
        api: Api,
        lacking: Vec<Permission>,
    },
    Grant,
    /// What the doctor found.
    Findings,
}

impl Standing {
    /// `is_sick`: the doctor found something wrong; `is_installed`: the whole installation was looked at.
    pub(crate) fn next(&self, is_sick: bool, is_installed: bool) -> Next {
        if let Some(missing) = self.missing() {
            return Next::Missing(missing);
        }
        match (is_sick, is_installed) {
            (true, _) => Next::Missing(Missing::Findings),
            (false, false) => Next::Site,
            (false, true) => Next::Nothing,
        }
    }

    fn missing(&self) -> Option<Missing> {
        if self.apis.iter().any(|(_, access)| *access == Access::UnknownKey) {
            return Some(Missing::Upload);
        }
        if self.apis.iter().any(|(_, access)| *access == Access::NoToken) {
            return Some(Missing::Findings);
        }
        let mut apis = self.apis.iter();
        let consent = apis.find_map(|(api, access)| match access {
            Access::Token { lacking, .. } if !lacking.is_empty() => Some((*api, lacking.clone())),
            _ => None,
        });
        if let Some((api, lacking)) = consent {
            return Some(Missing::Consent { api, lacking });
        }
        (self.grant == Grant::Lacking).then_some(Missing::Grant)
    }
}
