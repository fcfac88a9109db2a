//! The members of a collection, as far as the caller may see them.

use super::resource::Resource;
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::operations::{
    assignments, content_types, items, lists, recycle_bin, site_features, subscriptions, versions,
};
use crate::sharepoint::state::base_permissions::BasePermissions;

pub(super) fn members(session: &Session<'_>, collection: &Resource) -> Result<Vec<Resource>, Fault> {
    Ok(match collection {
        Resource::Lists => lists::visible(session)
            .into_iter()
            .map(|list| Resource::List(list.id))
            .collect(),
        Resource::Items(list) => {
            let visible = items::visible(session, *list)?.into_iter();
            visible.map(|item| Resource::Item(*list, item.id)).collect()
        }
        Resource::Versions(list, item) => {
            let versions = versions::versions(session, *list, *item)?.into_iter();
            versions
                .map(|version| Resource::Version(*list, *item, version.id()))
                .collect()
        }
        Resource::Attachments(list, item) => {
            let names = session.item(*list, *item)?.attachments.keys();
            names
                .map(|name| Resource::Attachment(*list, *item, name.clone()))
                .collect()
        }
        Resource::Fields(list) => {
            let fields = session.list(*list)?.fields.iter();
            fields.map(|field| Resource::Field(*list, field.id)).collect()
        }
        Resource::Views(list) => session
            .list(*list)?
            .views
            .iter()
            .map(|view| Resource::View(*list, view.id))
            .collect(),
        Resource::ContentTypes(list) => {
            let types = session.list(*list)?.content_types.iter();
            types
                .map(|kind| Resource::ContentType(*list, kind.id.clone()))
                .collect()
        }
        Resource::EventReceivers(list) => {
            let receivers = session.list(*list)?.event_receivers.iter();
            receivers
                .map(|receiver| Resource::EventReceiver(*list, receiver.id))
                .collect()
        }
        Resource::Subscriptions(list) => {
            let own = subscriptions::visible(session, *list)?.into_iter();
            own.map(|subscription| Resource::Subscription(*list, subscription.id))
                .collect()
        }
        other => of_site(session, other)?,
    })
}

/// Collections of the site: people, levels, assignments, the recycle bin.
fn of_site(session: &Session<'_>, collection: &Resource) -> Result<Vec<Resource>, Fault> {
    let site = session.site();
    Ok(match collection {
        Resource::RoleAssignments(securable) => {
            let holders = assignments::assignments(session, *securable)?.assignments.keys();
            holders
                .map(|id| Resource::RoleAssignment(*securable, *id))
                .collect()
        }
        Resource::Bindings(securable, id) => {
            let scope = assignments::assignments(session, *securable)?;
            let levels = assignments::levels(scope, *id).into_iter().flatten();
            levels.map(|level| Resource::RoleDefinition(*level)).collect()
        }
        Resource::Features => site_features::active(session.tenant)
            .map(|feature| Resource::Feature(feature.id))
            .collect(),
        Resource::SiteContentTypes => {
            let all = content_types::AVAILABLE.iter();
            all.map(|(id, _)| Resource::SiteContentType((*id).to_owned()))
                .collect()
        }
        Resource::RoleDefinitions => site
            .roles
            .keys()
            .map(|id| Resource::RoleDefinition(*id))
            .collect(),
        Resource::Users => {
            session.require_web(BasePermissions::BROWSE_USER_INFO)?;
            site.users.keys().map(|id| Resource::User(*id)).collect()
        }
        Resource::Groups => site.groups.keys().map(|id| Resource::Group(*id)).collect(),
        Resource::GroupUsers(group) => {
            let members = site
                .groups
                .get(group)
                .into_iter()
                .flat_map(|group| &group.members);
            members.map(|id| Resource::User(*id)).collect()
        }
        Resource::People(people) => people
            .iter()
            .map(|id| super::navigate::principal(session, *id))
            .collect(),
        Resource::RecycleBin => {
            let bin = recycle_bin::visible(session).into_iter();
            bin.map(|recycled| Resource::Recycled(recycled.id)).collect()
        }
        _ => Vec::new(),
    })
}
