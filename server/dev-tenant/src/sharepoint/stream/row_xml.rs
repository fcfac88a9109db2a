//! A row as `<z:row ows_…/>`.

use quick_xml::escape::escape;

use crate::sharepoint::caml::cell::{Cell, Row as _};
use crate::sharepoint::caml::column::ItemRow;

/// Attributes that every row has, beside the columns of the list.
const ALWAYS: [&str; 5] = [
    "UniqueId",
    "FSObjType",
    "FileRef",
    "FileLeafRef",
    "owshiddenversion",
];

pub(super) fn row(row: &ItemRow<'_>) -> String {
    let columns = row.list.fields.iter().map(|field| field.internal_name.as_str());
    let mut names: Vec<&str> = columns.chain(ALWAYS).collect();
    names.sort_unstable();
    names.dedup();
    let attributes = names.into_iter().filter_map(|name| {
        let text = text(row.cell(name))?;
        Some(format!(" ows_{name}='{}'", escape(text.as_str())))
    });
    format!("<z:row{}/>", attributes.collect::<String>())
}

/// `None` = an empty field, which has no attribute.
fn text(cell: Cell) -> Option<String> {
    Some(match cell {
        Cell::Empty => return None,
        Cell::Text(text) => text,
        Cell::Number(number) => number.to_string(),
        Cell::Boolean(yes) => u8::from(yes).to_string(),
        Cell::DateTime(at) => at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        Cell::Texts(texts) => format!(";#{};#", texts.join(";#")),
        Cell::Links(links) => {
            let links: Vec<String> = links.iter().map(|(id, title)| format!("{id};#{title}")).collect();
            links.join(";#")
        }
    })
}
