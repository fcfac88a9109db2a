//! Columns: type, title, index, place in forms, choices and formatting.

use m365::sharepoint::{Field as Standing, FieldWish, Form, List};

use super::change::{Action, Changes, differing};
use super::formatting::{formatter, is_same};
use super::{BuiltIn, Field, SetupError, Words};
use crate::config::Language;

/// Makes the columns of the manifest be as it says. Others are left alone.
pub(super) async fn ensure(
    list: &List,
    wish: &super::List,
    language: Language,
    changes: &mut Changes,
) -> Result<(), SetupError> {
    let standing = list.fields().await?;
    let found = |name: &str| standing.iter().find(|field| field.internal_name == name);
    for built_in in &wish.built_in {
        if let Some(field) = found(&built_in.name) {
            adjust(list, &wish.url, (built_in, field), language, changes).await?;
        }
    }
    for field in &wish.fields {
        let object = format!("{}: {}", wish.url, field.name);
        match found(&field.name) {
            Some(standing) if standing.type_as_string != field.type_name() => {
                let types = differing(
                    ("種類", "type"),
                    &standing.type_as_string,
                    &field.type_name().into(),
                );
                let types = types.unwrap_or_else(|| Words::new("", ""));
                changes.wanted_since(Action::ForeignColumn, object, types);
            }
            Some(standing) => correct(list, &object, (field, standing), language, changes).await?,
            None => create(list, &object, field, language, changes).await?,
        }
    }
    Ok(())
}

async fn create(
    list: &List,
    object: &str,
    wish: &Field,
    language: Language,
    changes: &mut Changes,
) -> Result<(), SetupError> {
    if !changes.wanted(Action::CreateColumn, object) {
        return Ok(());
    }
    let field = FieldWish {
        name: &wish.name,
        title: wish.title.in_language(language),
        kind: wish.type_name(),
        choices: &wish.choices(),
        attributes: &wish.attributes(),
    };
    list.create_field(&field).await?;
    if wish.indexed && changes.wanted(Action::IndexColumn, object) {
        list.index_field(&wish.name, wish.unique).await?;
    }
    if let Some(formatter) = formatter(wish)
        && changes.wanted(Action::FormatColumn, object)
    {
        list.format_field(&wish.name, &formatter.to_string()).await?;
    }
    Ok(())
}

async fn correct(
    list: &List,
    object: &str,
    (wish, standing): (&Field, &Standing),
    language: Language,
    changes: &mut Changes,
) -> Result<(), SetupError> {
    rename(
        list,
        object,
        (wish.title.in_language(language), standing),
        changes,
    )
    .await?;
    offer(list, object, (&wish.choices(), standing), changes).await?;
    show(list, object, (wish.is_in_forms(), standing), changes).await?;
    let lacks = !standing.indexed || (wish.unique && !standing.enforce_unique_values);
    if wish.indexed && lacks && changes.wanted(Action::IndexColumn, object) {
        list.index_field(&wish.name, wish.unique).await?;
    }
    let wanted = formatter(wish);
    if !is_same(standing.custom_formatter.as_deref(), wanted.as_ref())
        && changes.wanted(Action::FormatColumn, object)
    {
        let text = wanted.map(|formatter| formatter.to_string()).unwrap_or_default();
        list.format_field(&wish.name, &text).await?;
    }
    Ok(())
}

async fn adjust(
    list: &List,
    url: &str,
    (wish, standing): (&BuiltIn, &Standing),
    language: Language,
    changes: &mut Changes,
) -> Result<(), SetupError> {
    let object = format!("{url}: {}", wish.name);
    if let Some(title) = &wish.title {
        rename(list, &object, (title.in_language(language), standing), changes).await?;
    }
    if wish.indexed && !standing.indexed && changes.wanted(Action::IndexColumn, &object) {
        list.index_field(&wish.name, false).await?;
    }
    Ok(())
}

async fn rename(
    list: &List,
    object: &str,
    (title, standing): (&str, &Standing),
    changes: &mut Changes,
) -> Result<(), SetupError> {
    if let Some(detail) = differing(("表示名", "title"), &standing.title.as_str(), &title)
        && changes.wanted_since(Action::RenameColumn, object, detail)
    {
        list.title_field(&standing.internal_name, title).await?;
    }
    Ok(())
}

async fn offer(
    list: &List,
    object: &str,
    (choices, standing): (&[&str], &Standing),
    changes: &mut Changes,
) -> Result<(), SetupError> {
    let found = standing.choices().join(" ");
    if let Some(detail) = differing(("選択肢", "choices"), &found, &choices.join(" "))
        && changes.wanted_since(Action::OfferChoices, object, detail)
    {
        list.offer_choices(&standing.internal_name, choices).await?;
    }
    Ok(())
}

async fn show(
    list: &List,
    object: &str,
    (shown, standing): (bool, &Standing),
    changes: &mut Changes,
) -> Result<(), SetupError> {
    for (form, name) in [
        (Form::New, ("新規フォームへの表示", "in the form of a new item")),
        (Form::Edit, ("編集フォームへの表示", "in the form of editing")),
    ] {
        if let Some(detail) = differing(name, &standing.is_in_form(form), &shown)
            && changes.wanted_since(Action::ShowColumn, object, detail)
        {
            list.show_field(&standing.internal_name, form, shown).await?;
        }
    }
    Ok(())
}
