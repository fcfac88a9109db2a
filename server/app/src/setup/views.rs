//! Views: what each role sees when it opens a list.

use m365::sharepoint::{List, View as Standing, ViewWish, is_same_markup};

use super::change::{Action, Changes, differing, together};
use super::{SetupError, Words};
use crate::config::Language;

/// Makes the views of the manifest be as it says, found by title. Others are left alone.
pub(super) async fn ensure(
    list: &List,
    wish: &super::List,
    language: Language,
    changes: &mut Changes,
) -> Result<(), SetupError> {
    let standing = list.views().await?;
    for view in &wish.views {
        let fields: Vec<_> = view.fields.iter().map(String::as_str).collect();
        let title = view.title.in_language(language);
        let object = format!("{}: {title}", wish.url);
        let wish = ViewWish {
            title,
            query: &view.query,
            row_limit: view.row_limit,
            default: view.default,
            fields: &fields,
        };
        match standing.iter().find(|view| view.title == title) {
            Some(standing) => correct(list, &object, (&wish, standing), changes).await?,
            None if changes.wanted(Action::CreateView, object) => list.create_view(&wish).await?,
            None => {}
        }
    }
    Ok(())
}

async fn correct(
    list: &List,
    object: &str,
    (wish, standing): (&ViewWish<'_>, &Standing),
    changes: &mut Changes,
) -> Result<(), SetupError> {
    let columns = columns(wish, standing);
    let rest = rest(wish, standing);
    let Some(detail) = together([columns.clone(), rest.clone()]) else {
        return Ok(());
    };
    if !changes.wanted_since(Action::ChangeView, object, detail) {
        return Ok(());
    }
    if rest.is_some() {
        list.update_view(standing.id, wish).await?;
    }
    if columns.is_some() {
        list.set_view_fields(standing.id, wish.fields).await?;
    }
    Ok(())
}

fn columns(wish: &ViewWish<'_>, standing: &Standing) -> Option<Words> {
    let found = standing.view_fields.items.join(" ");
    differing(("列", "columns"), &found, &wish.fields.join(" "))
}

fn rest(wish: &ViewWish<'_>, standing: &Standing) -> Option<Words> {
    let query = standing.view_query.as_deref().unwrap_or_default();
    let condition = || Words::new("抽出条件・並び順", "filter or order");
    let place = || Words::new("既定のビュー", "default view");
    together([
        (!is_same_markup(query, wish.query)).then(condition),
        differing(("行数", "rows"), &standing.row_limit, &wish.row_limit),
        (wish.default && !standing.default_view).then(place),
    ])
}

#[cfg(test)]
mod tests {
    use m365::sharepoint::ViewFields;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_view_is_left_alone_when_sharepoint_only_spells_it_differently() {
        let wish = ViewWish {
            title: "全件",
            query: "<OrderBy><FieldRef Name=\"ID\"/></OrderBy>",
            row_limit: 30,
            default: false,
            fields: &["LinkTitle"],
        };
        let mut standing = Standing {
            id: Uuid::nil(),
            title: "全件".into(),
            // Made the default by somebody: the list has to open with some view.
            default_view: true,
            view_query: Some("<OrderBy><FieldRef Name='ID' /></OrderBy>".into()),
            row_limit: 30,
            view_fields: ViewFields {
                items: vec!["LinkTitle".into()],
            },
        };
        assert_eq!((columns(&wish, &standing), rest(&wish, &standing)), (None, None));
        standing.row_limit = 5;
        standing.view_query = None;
        let rest = rest(&wish, &standing).unwrap();
        assert_eq!(rest.ja, "抽出条件・並び順、行数 5 → 30");
    }
}
