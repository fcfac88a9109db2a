//! The list view threshold (Microsoft: "Manage large lists and libraries").
//!
//! A query on a large list must be narrowed by an index. Where Microsoft does not say which condition of several
//! is looked at, the harder reading holds: the first of an `And`, both of an `Or`.

use super::cell::Context;
use super::column::{self, ItemRow};
use super::evaluate::holds;
use super::narrowing;
use super::parse::CamlError;
use super::view::{FieldRef, Operator, Predicate, View};
use crate::sharepoint::operations::fault::Fault;
use crate::sharepoint::operations::limits::{LIST_VIEW_THRESHOLD, LOOKUP_COLUMNS_A_QUERY};
use crate::sharepoint::operations::session::Session;
use crate::sharepoint::state::list::List;

/// Refuses unknown fields, too many lookups, and what would read too many rows.
pub(super) fn check(session: &Session<'_>, list: &List, view: &View, context: &Context) -> Result<(), Fault> {
    known_fields(list, view)?;
    if lookups(list, view) > LOOKUP_COLUMNS_A_QUERY {
        return Err(Fault::too_many_lookups());
    }
    if list.items.len() <= LIST_VIEW_THRESHOLD {
        return Ok(());
    }
    let scan = Scan {
        session,
        list,
        view,
        context,
    };
    let allowed = match &view.filter {
        None => scan.bounded() && view.order.first().is_none_or(|by| scan.is_indexed(&by.field)),
        Some(filter) => scan.narrows(filter),
    };
    if allowed {
        Ok(())
    } else {
        Err(Fault::list_view_threshold())
    }
}

struct Scan<'a> {
    session: &'a Session<'a>,
    list: &'a List,
    view: &'a View,
    context: &'a Context,
}

impl Scan<'_> {
    fn bounded(&self) -> bool {
        self.view
            .row_limit
            .is_some_and(|limit| limit <= LIST_VIEW_THRESHOLD)
    }

    fn is_indexed(&self, field: &str) -> bool {
        field == "ID" || self.list.field(field).is_some_and(|field| field.indexed)
    }

    fn narrows(&self, predicate: &Predicate) -> bool {
        match predicate {
            Predicate::And(first, _) => self.narrows(first),
            Predicate::Or(left, right) => self.narrows(left) && self.narrows(right),
            Predicate::Compare {
                operator: Operator::Neq | Operator::NotIncludes | Operator::Contains,
                ..
            } => false,
            Predicate::Compare { field, .. }
            | Predicate::IsNull(field)
            | Predicate::IsNotNull(field)
            | Predicate::In(field, _)
            | Predicate::CurrentUserGroups(field) => self.narrows_by(field, predicate),
        }
    }

    /// By number the rows lie in order, so that a bounded page is enough.
    fn narrows_by(&self, field: &FieldRef, predicate: &Predicate) -> bool {
        let by_number = field.name == "ID" && self.bounded();
        self.is_indexed(&field.name) && (by_number || self.matching(predicate) <= LIST_VIEW_THRESHOLD)
    }

    fn matching(&self, predicate: &Predicate) -> usize {
        narrowing::part(self.list, predicate, self.context)
            .items(&self.list.items, false)
            .filter(|item| {
                holds(
                    predicate,
                    &ItemRow::new(self.session, self.list, item),
                    self.context,
                )
            })
            .take(LIST_VIEW_THRESHOLD + 1)
            .count()
    }
}

fn known_fields(list: &List, view: &View) -> Result<(), Fault> {
    let filtered = view.filter.iter().flat_map(Predicate::fields);
    let sorted = view.order.iter().map(|by| by.field.as_str());
    let shown = view.fields.iter().flatten().map(String::as_str);
    let known = |name: &str| list.field(name).is_some() || column::is_virtual(name);
    if filtered.chain(sorted).chain(shown).all(known) {
        Ok(())
    } else {
        Err(CamlError::Invalid.into())
    }
}

fn lookups(list: &List, view: &View) -> usize {
    let asked = |name: &str| {
        view.fields
            .as_ref()
            .is_none_or(|fields| fields.iter().any(|field| field == name))
    };
    list.fields
        .iter()
        .filter(|field| field.kind.is_lookup_type() && asked(&field.internal_name))
        .count()
}
