//! What we know of a person: a copy of what Entra says.

use m365::graph::User;
use serde::{Deserialize, Serialize};
use workflow::PersonId;

use crate::config::Language;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    pub name: String,
    pub upn: String,
    pub mail: Option<String>,
    #[serde(default)]
    pub standing: Standing,
    #[serde(default)]
    pub department: Option<String>,
    /// `jobTitle` of Microsoft Graph.
    #[serde(default)]
    pub post: Option<String>,
    /// `preferredLanguage` of Microsoft Graph, a tag such as `ja-JP`.
    #[serde(default)]
    pub language: Option<String>,
}

/// Whether a person is there. Whoever has left reads and decides nothing, and is written no mails.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Standing {
    #[default]
    Active,
    /// The account may not sign in.
    Disabled,
    /// Entra knows no such person (any more).
    Gone,
}

impl Known {
    pub fn is_active(&self) -> bool {
        self.standing == Standing::Active
    }

    /// In which mails are written to him; `otherwise` where he prefers none of ours.
    pub fn reads(&self, otherwise: Language) -> Language {
        let preferred = self.language.as_deref().and_then(Language::of_tag);
        preferred.unwrap_or(otherwise)
    }

    /// Where mail reaches him.
    pub fn address(&self) -> &str {
        self.mail.as_deref().unwrap_or(&self.upn)
    }

    pub(super) fn is_address(&self, address: &str) -> bool {
        let own = [Some(&self.upn), self.mail.as_ref()];
        let address = address.to_lowercase();
        own.into_iter().flatten().any(|own| own.to_lowercase() == address)
    }

    /// The copy after a reading. Of whom Entra does not know, the last name is kept.
    pub(super) fn after(before: Option<&Self>, id: &PersonId, read: Option<User>) -> Self {
        match (read, before) {
            (Some(user), _) => Self::of(user),
            (None, Some(before)) => Self {
                standing: Standing::Gone,
                ..before.clone()
            },
            (None, None) => Self {
                name: id.to_string(),
                upn: String::new(),
                mail: None,
                standing: Standing::Gone,
                department: None,
                post: None,
                language: None,
            },
        }
    }

    fn of(user: User) -> Self {
        let standing = if user.account_enabled == Some(true) {
            Standing::Active
        } else {
            Standing::Disabled
        };
        let name = user.display_name;
        Self {
            name: name.unwrap_or_else(|| user.user_principal_name.clone()),
            upn: user.user_principal_name,
            mail: user.mail,
            standing,
            department: user.department,
            post: user.job_title,
            language: user.preferred_language,
        }
    }
}
