//! From CAML text to [`View`].

use super::parse_where;
use super::view::{OrderBy, Reach, View};
use crate::sharepoint::xml::{self, Element, XmlError};

/// Why a query is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CamlError {
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// SharePoint's words for a query that it cannot read.
    #[error(
        "One or more field types are not installed properly. Go to the list settings page to delete these fields."
    )]
    Invalid,
    #[error("The dev tenant does not model the CAML element {0}.")]
    NotModelled(String),
}

/// Reads `<View>…</View>`, or a bare `<Query>`. Empty text is the view of everything.
///
/// # Errors
/// See [`CamlError`].
pub fn parse(text: &str) -> Result<View, CamlError> {
    if text.trim().is_empty() {
        return Ok(View::default());
    }
    let root = xml::read(text)?;
    let mut view = View::default();
    match root.name.as_str() {
        "View" => {
            view.reach = reach(root.attribute_ignoring_case("Scope").unwrap_or_default())?;
            for part in &root.children {
                read_part(&mut view, part)?;
            }
        }
        "Query" => read_part(&mut view, &root)?,
        _ => return Err(CamlError::Invalid),
    }
    Ok(view)
}

/// Reads the inner CAML of a stored view: `<Where>…</Where><OrderBy>…</OrderBy>`.
///
/// # Errors
/// See [`CamlError`].
pub fn parse_query(inner: &str) -> Result<View, CamlError> {
    parse(&format!("<Query>{inner}</Query>"))
}

fn reach(scope: &str) -> Result<Reach, CamlError> {
    match scope.to_ascii_lowercase().as_str() {
        "" | "default" => Ok(Reach::Folder),
        "filesonly" => Ok(Reach::FilesOnly),
        "recursive" => Ok(Reach::Recursive),
        "recursiveall" => Ok(Reach::RecursiveAll),
        _ => Err(CamlError::Invalid),
    }
}

fn read_part(view: &mut View, part: &Element) -> Result<(), CamlError> {
    match part.name.as_str() {
        "Query" => read_query(view, part)?,
        "RowLimit" => read_row_limit(view, part)?,
        "ViewFields" => {
            let fields: Vec<String> = part.children.iter().map(field_name).collect::<Result<_, _>>()?;
            view.fields = (!fields.is_empty()).then_some(fields);
        }
        // What only the rendering of pages looks at.
        "Toolbar" | "Aggregations" | "ViewStyle" | "JSLink" | "XslLink" | "CustomFormatter"
        | "ColumnWidth" | "ParameterBindings" | "Mobile" | "QueryOptions" => {}
        other => return Err(CamlError::NotModelled(other.to_owned())),
    }
    Ok(())
}

fn read_query(view: &mut View, query: &Element) -> Result<(), CamlError> {
    for part in &query.children {
        match part.name.as_str() {
            "Where" => view.filter = parse_where::filter(part)?,
            "OrderBy" => view.order = part.children.iter().map(order).collect::<Result<_, _>>()?,
            other => return Err(CamlError::NotModelled(other.to_owned())),
        }
    }
    Ok(())
}

fn read_row_limit(view: &mut View, element: &Element) -> Result<(), CamlError> {
    let limit: usize = element.text.trim().parse().map_err(|_| CamlError::Invalid)?;
    // Microsoft's "RowLimit element (View)": 0 means no limit.
    view.row_limit = (limit > 0).then_some(limit);
    view.paged = is_true(element, "Paged");
    Ok(())
}

fn order(element: &Element) -> Result<OrderBy, CamlError> {
    Ok(OrderBy {
        field: field_name(element)?,
        ascending: !element
            .attribute_ignoring_case("Ascending")
            .is_some_and(|value| value.eq_ignore_ascii_case("false")),
    })
}

pub(super) fn field_name(element: &Element) -> Result<String, CamlError> {
    if element.name != "FieldRef" {
        return Err(CamlError::Invalid);
    }
    element
        .attribute_ignoring_case("Name")
        .map(str::to_owned)
        .ok_or(CamlError::Invalid)
}

pub(super) fn is_true(element: &Element, attribute: &str) -> bool {
    element
        .attribute_ignoring_case(attribute)
        .is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sharepoint::caml::view::{Content, Operator, Predicate};

    #[test]
    fn a_view_is_read_whole() {
        let view = parse(
            "<View Scope='RecursiveAll'><Query><Where><Eq><FieldRef Name='PFApplicant' LookupId='TRUE'/>\
             <Value Type='Integer'><UserID/></Value></Eq></Where><OrderBy><FieldRef Name='ID' Ascending='FALSE'/>\
             </OrderBy></Query><ViewFields><FieldRef Name='Title'/></ViewFields><RowLimit Paged='TRUE'>100</RowLimit></View>",
        )
        .unwrap();
        assert_eq!(view.reach, Reach::RecursiveAll);
        assert_eq!(view.row_limit, Some(100));
        assert!(view.paged && !view.order[0].ascending);
        assert_eq!(view.fields, Some(vec!["Title".to_owned()]));
        let Some(Predicate::Compare {
            operator,
            field,
            value,
        }) = view.filter
        else {
            panic!("one comparison");
        };
        assert_eq!(
            (operator, field.lookup_id, value.content),
            (Operator::Eq, true, Content::UserId)
        );
    }

    #[test]
    fn what_is_not_modelled_is_refused_by_name() {
        assert_eq!(
            parse("<View><Joins/></View>"),
            Err(CamlError::NotModelled("Joins".to_owned()))
        );
        let filter = "<View><Query><Where><DateRangesOverlap/></Where></Query></View>";
        assert_eq!(
            parse(filter),
            Err(CamlError::NotModelled("DateRangesOverlap".to_owned()))
        );
    }

    #[test]
    fn an_unreadable_filter_is_refused() {
        for inner in [
            "<Where><And><IsNull><FieldRef Name='A'/></IsNull></And></Where>",
            "<Where><Eq><FieldRef/><Value Type='Text'>x</Value></Eq></Where>",
            "<Where><Eq><FieldRef Name='A'/></Eq></Where>",
        ] {
            assert_eq!(parse_query(inner), Err(CamlError::Invalid), "{inner}");
        }
    }
}
