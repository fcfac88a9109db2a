//! Values as pages show them, in Japanese and in the time of Japan.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::sharepoint::caml::cell::{Cell, Row as _};
use crate::sharepoint::caml::column::ItemRow;
use crate::sharepoint::state::field::FieldKind;
use crate::sharepoint::state::list::List;

/// The time zone of the site's people.
const ZONE: &str = "Asia/Tokyo";

/// The value of a column as text.
pub(super) fn text(row: &ItemRow<'_>, field: &str) -> String {
    match row.cell(field) {
        Cell::Empty => String::new(),
        Cell::Text(text) => text,
        Cell::Number(number) => number.to_string(),
        Cell::Boolean(yes) => if yes { "はい" } else { "いいえ" }.to_owned(),
        Cell::DateTime(at) if is_date(row.list, field) => date(at),
        Cell::DateTime(at) => moment(at),
        Cell::Texts(texts) => texts.join("; "),
        Cell::Links(links) => {
            let titles: Vec<String> = links.into_iter().map(|(_, title)| title).collect();
            titles.join("; ")
        }
    }
}

fn is_date(list: &List, field: &str) -> bool {
    list.field(field)
        .is_some_and(|field| matches!(field.kind, FieldKind::DateTime { date_only: true }))
}

/// `2026/11/24 21:30`.
pub(super) fn moment(at: Timestamp) -> String {
    at.to_zoned(zone()).strftime("%Y/%m/%d %H:%M").to_string()
}

/// Days are kept as their first moment in UTC.
pub(super) fn date(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y/%m/%d").to_string()
}

/// The bundled time zone data always knows the zone; UTC would still be a true time.
pub(super) fn zone() -> TimeZone {
    TimeZone::get(ZONE).unwrap_or(TimeZone::UTC)
}

/// The name a column has on pages: built-in ones in Japanese, as a Japanese browser sees them.
pub(super) fn title(list: &List, field: &str) -> String {
    let name = match field {
        "LinkTitle" | "LinkTitleNoMenu" | "Title" => "タイトル",
        "Modified" => "更新日時",
        "Created" => "登録日時",
        "Author" => "登録者",
        "Editor" => "更新者",
        "_UIVersionString" => "バージョン",
        "Attachments" => "添付ファイル",
        "Edit" => "編集",
        other => {
            return list
                .field(other)
                .map_or_else(|| other.to_owned(), |field| field.title.clone());
        }
    };
    name.to_owned()
}
