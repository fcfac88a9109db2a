//! `GetListItemChangesSinceToken`: what changed since a token, and the items as they are now, in one XML answer.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::escape::escape;

use crate::sharepoint::caml::column::ItemRow;
use crate::sharepoint::caml::evaluate::holds;
use crate::sharepoint::caml::page::context;
use crate::sharepoint::caml::view::Predicate;
use crate::sharepoint::operations::changes::{self, ChangeQuery, ChangeToken};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::change::{ChangeType, Changed};
use crate::sharepoint::state::ids::{ItemId, ListId};
use crate::sharepoint::state::item::Item;
use crate::sharepoint::state::list::List;
use crate::sharepoint::stream::row_xml;

#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// `None` = everything from the beginning.
    pub token: Option<ChangeToken>,
    pub filter: Option<Predicate>,
    pub row_limit: Option<usize>,
    /// The last item of the page before.
    pub after: Option<ItemId>,
}

/// The answer, trimmed to what the caller may read.
///
/// # Errors
/// No such list for the caller; a token older than the log.
pub fn render(session: &Session<'_>, list: ListId, asked: &Asked) -> Result<String, Fault> {
    let target = session.list(list)?;
    let told = match asked.token {
        Some(token) => told_since(session, list, token)?,
        None => Told::default(),
    };
    let (rows, next) = rows(session, target, asked, &told);
    let now = ChangeToken::at(session.at, session.tenant.sharepoint.last_event);
    let ids = told.ids.iter().map(|((item, kind), unique_id)| {
        format!("<Id ChangeType=\"{kind}\" UniqueId=\"{{{unique_id}}}\">{item}</Id>")
    });
    // The definition of the list comes with the first answer.
    let definition = format!(
        "<List ID=\"{{{list}}}\" Title=\"{}\"/>",
        escape(target.title.as_str())
    );
    let definition = Some(definition).filter(|_| asked.token.is_none());
    let changes: String = definition.into_iter().chain(ids).collect();
    let next = next.map_or_else(String::new, |last| {
        format!(" ListItemCollectionPositionNext=\"Paged=TRUE&amp;p_ID={last}\"")
    });
    Ok(format!(
        "<GetListItemChangesSinceTokenResult><listitems xmlns:rs=\"urn:schemas-microsoft-com:rowset\" xmlns:z=\"#RowsetSchema\"><Changes LastChangeToken=\"{}\">{changes}</Changes><rs:data ItemCount=\"{}\"{next}>{}</rs:data></listitems></GetListItemChangesSinceTokenResult>",
        now.write(3, list.0),
        rows.len(),
        rows.concat()
    ))
}

#[derive(Default)]
struct Told {
    /// By item and kind of change: what more there is to say than the item itself.
    ids: BTreeMap<(ItemId, &'static str), uuid::Uuid>,
    changed: BTreeSet<ItemId>,
}

fn told_since(session: &Session<'_>, list: ListId, token: ChangeToken) -> Result<Told, Fault> {
    let query = ChangeQuery {
        list: Some(list),
        item: true,
        types: KINDS.iter().map(|(kind, _)| *kind).collect(),
        start: Some(token),
        limit: Some(usize::MAX),
        require_security_trim: true,
        ..ChangeQuery::default()
    };
    let mut told = Told::default();
    for change in changes::changes(session, &query)? {
        let Changed::Item { item, unique_id, .. } = change.changed else {
            continue;
        };
        // The token names the last event that the caller has seen.
        if change.event <= token.event {
            continue;
        }
        told.changed.insert(item);
        let kind = KINDS.iter().find(|(kind, _)| *kind == change.change_type);
        if let Some((_, Some(name))) = kind {
            told.ids.insert((item, name), unique_id);
        }
    }
    Ok(told)
}

/// Changes that are told, and the name of those that are told by number too.
const KINDS: [(ChangeType, Option<&str>); 8] = [
    (ChangeType::Add, None),
    (ChangeType::Update, None),
    (ChangeType::Delete, Some("Delete")),
    (ChangeType::Rename, Some("Rename")),
    (ChangeType::MoveAway, Some("MoveAway")),
    (ChangeType::MoveInto, None),
    (ChangeType::Restore, Some("Restore")),
    (ChangeType::SystemUpdate, Some("SystemUpdate")),
];

/// Rows in the order of their numbers, and the last of them where more follow.
fn rows(session: &Session<'_>, list: &List, asked: &Asked, told: &Told) -> (Vec<String>, Option<ItemId>) {
    let context = context(session);
    let fits = |item: &&Item| {
        let row = ItemRow::new(session, list, item);
        asked.after.is_none_or(|after| item.id > after)
            && session.may_read(list, item)
            && asked
                .filter
                .as_ref()
                .is_none_or(|filter| holds(filter, &row, &context))
    };
    let limit = asked.row_limit.unwrap_or(usize::MAX);
    let most = limit.saturating_add(1);
    let mut found: Vec<&Item> = if asked.token.is_none() {
        list.items.values().filter(fits).take(most).collect()
    } else {
        let changed = told.changed.iter().filter_map(|id| list.items.get(id));
        changed.filter(fits).take(most).collect()
    };
    let more = found.len() > limit;
    found.truncate(limit);
    let end = found.last().map(|item| item.id).filter(|_| more);
    let rows = found
        .into_iter()
        .map(|item| row_xml::row(&ItemRow::new(session, list, item)));
    (rows.collect(), end)
}
