//! Permission levels.

use std::collections::BTreeMap;

use m365::sharepoint::{Permission, PermissionMask, RoleDefinitionId, RoleWish, Site};

use super::change::{Action, Changes, together};
use super::{Level, SetupError, Words};

/// Makes the site's levels be those of the manifest; gives their ids by name (in a plan only those that exist).
pub(super) async fn ensure(
    site: &Site,
    levels: &[Level],
    changes: &mut Changes,
) -> Result<BTreeMap<String, RoleDefinitionId>, SetupError> {
    let standing = site.role_definitions().await?;
    let mut ids = BTreeMap::new();
    for level in levels {
        let wish = RoleWish {
            name: &level.name,
            description: &level.description,
            permissions: mask(&level.permissions)?,
        };
        let found = standing.iter().find(|role| role.name == level.name);
        if let Some(id) = ensure_one(site, &wish, found, changes).await? {
            ids.insert(level.name.clone(), id);
        }
    }
    Ok(ids)
}

async fn ensure_one(
    site: &Site,
    wish: &RoleWish<'_>,
    found: Option<&m365::sharepoint::RoleDefinition>,
    changes: &mut Changes,
) -> Result<Option<RoleDefinitionId>, SetupError> {
    match found {
        Some(role) => {
            if let Some(detail) = difference(role.base_permissions, wish.permissions)
                && changes.wanted_since(Action::ChangeLevel, wish.name, detail)
            {
                site.update_role_definition(role.id, wish).await?;
            }
            Ok(Some(role.id))
        }
        None if changes.wanted(Action::CreateLevel, wish.name) => {
            Ok(Some(site.create_role_definition(wish).await?.id))
        }
        None => Ok(None),
    }
}

/// Rights too many, and rights that lack.
fn difference(standing: PermissionMask, wanted: PermissionMask) -> Option<Words> {
    let named = |mask: PermissionMask| Some(mask.names().join(" ")).filter(|names| !names.is_empty());
    let extra = named(standing.without(wanted));
    let lacking = named(wanted.without(standing));
    together([
        extra.map(|names| Words::new(format!("余分な権限 {names}"), format!("too many rights {names}"))),
        lacking.map(|names| Words::new(format!("不足する権限 {names}"), format!("lacking rights {names}"))),
    ])
}

/// The mask of rights named as in `SP.PermissionKind`.
pub(super) fn mask(names: &[String]) -> Result<PermissionMask, SetupError> {
    let rights: Result<Vec<_>, _> = names.iter().map(|name| permission(name)).collect();
    Ok(PermissionMask::of(&rights?))
}

fn permission(name: &str) -> Result<Permission, SetupError> {
    Ok(match name {
        "ViewListItems" => Permission::ViewListItems,
        "AddListItems" => Permission::AddListItems,
        "EditListItems" => Permission::EditListItems,
        "OpenItems" => Permission::OpenItems,
        "ViewVersions" => Permission::ViewVersions,
        "ViewFormPages" => Permission::ViewFormPages,
        "Open" => Permission::Open,
        "ViewPages" => Permission::ViewPages,
        "BrowseUserInfo" => Permission::BrowseUserInfo,
        "UseClientIntegration" => Permission::UseClientIntegration,
        "UseRemoteAPIs" => Permission::UseRemoteApis,
        unknown => return Err(SetupError::Right(unknown.to_owned())),
    })
}
