//! The resources tokens are made for, and every name each is known by.

use uuid::Uuid;

use crate::world::TenantNames;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    SharePoint,
    Graph,
    Exchange,
}

impl Audience {
    pub(crate) const ALL: [Self; 3] = [Self::SharePoint, Self::Graph, Self::Exchange];

    /// Application id of Microsoft's own service.
    pub const fn app_id(self) -> Uuid {
        match self {
            Self::SharePoint => Uuid::from_u128(0x0000_0003_0000_0ff1_ce00_0000_0000_0000),
            Self::Graph => Uuid::from_u128(0x0000_0003_0000_0000_c000_0000_0000_0000),
            Self::Exchange => Uuid::from_u128(0x0000_0002_0000_0ff1_ce00_0000_0000_0000),
        }
    }

    /// Whether `aud` (or the resource of a scope) names this service; a trailing slash is let pass.
    pub fn accepts(self, names: &TenantNames, aud: &str) -> bool {
        let aud = aud.trim_end_matches('/').to_ascii_lowercase();
        aud == self.app_id().to_string() || self.uris(names).contains(&aud)
    }

    fn uris(self, names: &TenantNames) -> Vec<String> {
        let name = &names.name;
        match self {
            Self::SharePoint => vec![
                format!("https://{name}.sharepoint.com"),
                format!("https://{name}-admin.sharepoint.com"),
            ],
            Self::Graph => vec!["https://graph.microsoft.com".to_owned()],
            Self::Exchange => vec![
                "https://outlook.office365.com".to_owned(),
                "https://outlook.office.com".to_owned(),
            ],
        }
    }
}
