//! Changing title and description of the web.

use super::fault::Fault;
use super::session::Session;
use crate::sharepoint::state::base_permissions::BasePermissions;
use crate::sharepoint::state::change::{ChangeType, Changed};
use crate::sharepoint::state::site::Site;

/// What the web is to become: the caller starts from [`current`], changes members and hands it to [`update`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebFace {
    pub title: String,
    pub description: String,
}

pub fn current(site: &Site) -> WebFace {
    WebFace {
        title: site.title.clone(),
        description: site.description.clone(),
    }
}

/// Sets title and description.
///
/// # Errors
/// 403 without ManageWeb.
pub fn update(session: &mut Session<'_>, face: WebFace) -> Result<(), Fault> {
    session.require_web(BasePermissions::MANAGE_WEB)?;
    let site = session.site_mut();
    site.title = face.title;
    site.description = face.description;
    session.log(ChangeType::Update, Changed::Web);
    session.record("update-web::");
    Ok(())
}
