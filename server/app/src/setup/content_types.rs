//! What the menu for new items calls a row. Every list has a content type of its own for its items, made by
//! SharePoint with the list; those that an owner added beside it are his.

use m365::sharepoint::{ContentType, List as Standing};

use super::change::{Action, Changes, differing};
use super::{List, SetupError};
use crate::config::Language;

pub(super) async fn ensure(
    list: &Standing,
    wish: &List,
    language: Language,
    changes: &mut Changes,
) -> Result<(), SetupError> {
    let name = wish.item.in_language(language);
    let types = list.content_types().await?;
    let Some(own) = own(&types, name) else {
        return Err(SetupError::NoContentType(wish.url.clone()));
    };
    if let Some(detail) = differing(("表示名", "title"), &own.name.as_str(), &name)
        && changes.wanted_since(Action::NameContentType, &wish.url, detail)
    {
        list.rename_content_type(&own.string_id, name).await?;
    }
    Ok(())
}

/// The one of our name, or the first: that of new items.
fn own<'a>(types: &'a [ContentType], name: &str) -> Option<&'a ContentType> {
    let mut of_items = types.iter().filter(|of| of.is_of_items());
    let named = of_items.clone().find(|of| of.name == name);
    named.or_else(|| of_items.next())
}
