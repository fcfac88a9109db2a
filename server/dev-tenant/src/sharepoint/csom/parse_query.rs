//! `Query`, `ChildItemQuery` and the properties they select.

use super::parse::required;
use super::request::{Query, Selection, Wanted};
use super::schema::SchemaError;
use crate::sharepoint::xml::Element;

/// Reads the `Query` and `ChildItemQuery` that an action or a property holds.
pub(super) fn query(holder: &Element) -> Result<Query, SchemaError> {
    for child in &holder.children {
        if child.name != "Query" && child.name != "ChildItemQuery" {
            return Err(SchemaError::child(&holder.name, &child.name));
        }
    }
    Ok(Query {
        own: holder
            .child("Query")
            .map(selection)
            .transpose()?
            .unwrap_or_default(),
        children: holder.child("ChildItemQuery").map(selection).transpose()?,
    })
}

fn selection(element: &Element) -> Result<Selection, SchemaError> {
    let properties = element.child("Properties").map_or(&[][..], |list| &list.children);
    Ok(Selection {
        all: element.attribute("SelectAllProperties") == Some("true"),
        properties: properties.iter().map(wanted).collect::<Result<_, _>>()?,
    })
}

fn wanted(element: &Element) -> Result<Wanted, SchemaError> {
    let name = required(element, "Name")?.to_owned();
    let query = if element.children.is_empty() {
        None
    } else {
        Some(query(element)?)
    };
    Ok(Wanted { name, query })
}
