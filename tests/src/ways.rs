//! Every way to a row of a list that a person has, and what he sees by it.

mod addresses;
mod batch;
mod changes;
mod csom;
mod objects;

pub(crate) use changes::is_bare;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::person::{Person, list_path};

/// The file that the watched application carries.
pub const ATTACHMENT: &str = "badge.txt";
/// No view of the list's own, which may show less.
const EVERYTHING: &str = "<View Scope=\"RecursiveAll\"><RowLimit>100</RowLimit></View>";
const EXPANDED: &str =
    "$select=Id,Title,Author/Title,AttachmentFiles/FileName&$expand=Author,AttachmentFiles";
/// All after an id.
const PAGED: &str = "$top=5000&$skiptoken=Paged%3dTRUE%26p_ID%3d0";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Item,
    /// The item, by its number as a text.
    ItemByText,
    /// The item, in the list by its id.
    ItemByListId,
    /// The item, as the file that SharePoint also shows it as.
    ItemAsFile,
    /// One column of it.
    Column,
    Versions,
    /// The first version alone.
    Version,
    Attachments,
    /// What a file holds, by the item.
    AttachedContent,
    AttachedFile,
    FileByPath,
    FileByUrl,
    /// What the person himself may do with it.
    OwnRights,
    Texts,
    Assignments,
    CsomItem,
    CsomVersions,
    CsomAttachments,
    /// By its address.
    CsomFile,
    /// By an identity that the caller put together.
    CsomIdentity,
    DisplayForm,
    EditForm,
    VersionsPage,
    Items,
    /// The rows with what hangs on them.
    Expanded,
    /// A page after some id, as the night's comparison reads.
    Paged,
    Filtered,
    Caml,
    Stream,
    /// The list's change log.
    Changes,
    /// The same, of which the caller asks that it be trimmed.
    TrimmedChanges,
    /// The change log of the whole web.
    WebChanges,
    /// `GetListItemChangesSinceToken`.
    SinceToken,
    /// The object, inside a `$batch`.
    BatchedItem,
    BatchedVersions,
    BatchedFile,
    BatchedItems,
    BatchedCaml,
    CsomItems,
    CsomChanges,
    ViewPage,
    RecycleBin,
    /// Of the whole site collection.
    SiteRecycleBin,
}

pub const WAYS: [Way; 43] = [
    Way::Item,
    Way::ItemByText,
    Way::ItemByListId,
    Way::ItemAsFile,
    Way::Column,
    Way::Versions,
    Way::Version,
    Way::Attachments,
    Way::AttachedContent,
    Way::AttachedFile,
    Way::FileByPath,
    Way::FileByUrl,
    Way::OwnRights,
    Way::Texts,
    Way::Assignments,
    Way::CsomItem,
    Way::CsomVersions,
    Way::CsomAttachments,
    Way::CsomFile,
    Way::CsomIdentity,
    Way::DisplayForm,
    Way::EditForm,
    Way::VersionsPage,
    Way::Items,
    Way::Expanded,
    Way::Paged,
    Way::Filtered,
    Way::Caml,
    Way::Stream,
    Way::Changes,
    Way::TrimmedChanges,
    Way::WebChanges,
    Way::SinceToken,
    Way::BatchedItem,
    Way::BatchedVersions,
    Way::BatchedFile,
    Way::BatchedItems,
    Way::BatchedCaml,
    Way::CsomItems,
    Way::CsomChanges,
    Way::ViewPage,
    Way::RecycleBin,
    Way::SiteRecycleBin,
];

#[derive(Debug, Clone, PartialEq)]
pub enum Sight {
    /// 403 or 404 on the object.
    Refused,
    /// 200, and no row.
    NoRow,
    /// Something of a row, as it came.
    Row(String),
    /// An answer that fits neither.
    Odd(String),
}

/// Looks for row `item` of a list by one way.
pub async fn look(person: &Person, list: &str, item: i64, way: Way) -> Sight {
    if let Some(sight) = objects::look(person, list, item, way).await {
        return sight;
    }
    match way {
        Way::ItemByListId => addresses::by_list_id(person, list, item).await,
        Way::AttachedFile => {
            let path = format!("Lists/{list}/Attachments/{item}/{ATTACHMENT}");
            page(person, &path, "").await
        }
        Way::DisplayForm => page(person, &format!("Lists/{list}/DispForm.aspx?ID={item}"), "").await,
        Way::EditForm => page(person, &format!("Lists/{list}/EditForm.aspx?ID={item}"), "").await,
        Way::VersionsPage => addresses::versions_page(person, list, item).await,
        Way::ViewPage => page(person, &format!("Lists/{list}/AllItems.aspx"), "Form.aspx?ID=").await,
        Way::CsomItem => csom::object(person, list, item, None).await,
        Way::CsomVersions => csom::object(person, list, item, Some("Versions")).await,
        Way::CsomAttachments => csom::object(person, list, item, Some("AttachmentFiles")).await,
        Way::CsomFile => csom::file(person, list, item).await,
        Way::CsomIdentity => csom::by_identity(person, list, item).await,
        Way::CsomItems => csom::items(person, list).await,
        Way::CsomChanges => csom::changes(person, list).await,
        Way::Changes => changes::of_list(person, list, false).await,
        Way::TrimmedChanges => changes::of_list(person, list, true).await,
        Way::WebChanges => changes::of_web(person, list).await,
        Way::SinceToken => changes::since_token(person, list).await,
        _ => collection(person, list, way).await,
    }
}

async fn rest(person: &Person, path: &str) -> (StatusCode, Value) {
    person.send(Method::GET, path, &[], None).await
}

fn refused(status: StatusCode) -> bool {
    [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&status)
}

fn object((status, body): (StatusCode, Value)) -> Sight {
    if refused(status) {
        Sight::Refused
    } else if status.is_success() {
        Sight::Row(body.to_string())
    } else {
        Sight::Odd(format!("{status}: {body}"))
    }
}

/// A page that shows a row if it holds this mark.
async fn page(person: &Person, path: &str, mark: &str) -> Sight {
    let (status, html) = person.page(path).await;
    match status {
        status if refused(status) => Sight::Refused,
        StatusCode::OK if html.contains(mark) => Sight::Row(html),
        StatusCode::OK => Sight::NoRow,
        _ => Sight::Odd(format!("{status}: {html}")),
    }
}

async fn collection(person: &Person, list: &str, way: Way) -> Sight {
    let list = list_path(list);
    let (status, body) = match way {
        Way::Items => rest(person, &format!("{list}/items")).await,
        Way::Expanded => rest(person, &format!("{list}/items?{EXPANDED}")).await,
        Way::Paged => rest(person, &format!("{list}/items?{PAGED}")).await,
        Way::Filtered => rest(person, &format!("{list}/items?$filter=Id ge 1&$select=Id,Title")).await,
        Way::BatchedItems => batch::get(person, &format!("{list}/items")).await,
        Way::BatchedCaml => batch::post(person, &format!("{list}/getitems"), &everything()).await,
        Way::RecycleBin => rest(person, "web/recyclebin").await,
        Way::SiteRecycleBin => rest(person, "site/recyclebin").await,
        Way::Caml => post(person, &format!("{list}/getitems"), &everything()).await,
        _ => {
            let query = json!({"parameters": {"RenderOptions": 2, "ViewXml": EVERYTHING}});
            post(person, &format!("{list}/RenderListDataAsStream"), &query).await
        }
    };
    collected((status, body))
}

/// A collection that answers with its rows.
fn collected((status, body): (StatusCode, Value)) -> Sight {
    let rows = body["value"].as_array().or_else(|| body["Row"].as_array());
    match rows {
        _ if refused(status) => Sight::Refused,
        Some(rows) if status.is_success() && rows.is_empty() => Sight::NoRow,
        Some(_) if status.is_success() => Sight::Row(body.to_string()),
        _ => Sight::Odd(format!("{status}: {body}")),
    }
}

fn everything() -> Value {
    json!({"query": {"ViewXml": EVERYTHING}})
}

async fn post(person: &Person, path: &str, body: &Value) -> (StatusCode, Value) {
    person.send(Method::POST, path, &[], Some(body)).await
}
