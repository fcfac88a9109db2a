//! Every way to a row of a list that a person has, and what he sees by it.

mod batch;
mod changes;

pub(crate) use changes::is_bare;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::person::{Person, list_path};

/// The file that the watched application carries.
pub const ATTACHMENT: &str = "badge.txt";
/// No view of the list's own, which may show less.
const EVERYTHING: &str = "<View Scope=\"RecursiveAll\"><RowLimit>100</RowLimit></View>";
/// Error codes of CSOM: access denied, no such item, no such file.
const REFUSALS: [i64; 3] = [-2_147_024_891, -2_130_575_338, -2_147_024_894];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Item,
    Versions,
    Attachments,
    AttachedFile,
    FileByPath,
    Texts,
    Assignments,
    CsomItem,
    CsomVersions,
    CsomAttachments,
    DisplayForm,
    EditForm,
    Items,
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
    BatchedItems,
    CsomItems,
    ViewPage,
    RecycleBin,
}

pub const WAYS: [Way; 25] = [
    Way::Item,
    Way::Versions,
    Way::Attachments,
    Way::AttachedFile,
    Way::FileByPath,
    Way::Texts,
    Way::Assignments,
    Way::CsomItem,
    Way::CsomVersions,
    Way::CsomAttachments,
    Way::DisplayForm,
    Way::EditForm,
    Way::Items,
    Way::Filtered,
    Way::Caml,
    Way::Stream,
    Way::Changes,
    Way::TrimmedChanges,
    Way::WebChanges,
    Way::SinceToken,
    Way::BatchedItem,
    Way::BatchedItems,
    Way::CsomItems,
    Way::ViewPage,
    Way::RecycleBin,
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
    let below = format!("{}/items({item})", list_path(list));
    match way {
        Way::Item => object(rest(person, &below).await),
        Way::Versions => object(rest(person, &format!("{below}/versions")).await),
        Way::Attachments => object(rest(person, &format!("{below}/AttachmentFiles")).await),
        Way::FileByPath => {
            let file = format!("/sites/flow/Lists/{list}/Attachments/{item}/{ATTACHMENT}");
            let path = format!("web/GetFileByServerRelativePath(decodedUrl='{file}')/$value");
            object(rest(person, &path).await)
        }
        Way::Texts => object(rest(person, &format!("{below}/FieldValuesAsText")).await),
        Way::Assignments => object(rest(person, &format!("{below}/RoleAssignments")).await),
        Way::AttachedFile => {
            page(
                person,
                &format!("Lists/{list}/Attachments/{item}/{ATTACHMENT}"),
                "",
            )
            .await
        }
        Way::DisplayForm => page(person, &format!("Lists/{list}/DispForm.aspx?ID={item}"), "").await,
        Way::EditForm => page(person, &format!("Lists/{list}/EditForm.aspx?ID={item}"), "").await,
        Way::ViewPage => page(person, &format!("Lists/{list}/AllItems.aspx"), "Form.aspx?ID=").await,
        Way::CsomItem => csom_object(person, list, item, None).await,
        Way::CsomVersions => csom_object(person, list, item, Some("Versions")).await,
        Way::CsomAttachments => csom_object(person, list, item, Some("AttachmentFiles")).await,
        Way::CsomItems => csom_items(person, list).await,
        Way::BatchedItem => object(batch::get(person, &below).await),
        Way::BatchedItems => collected(batch::get(person, &format!("{}/items", list_path(list))).await),
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
        Way::Filtered => rest(person, &format!("{list}/items?$filter=Id ge 1&$select=Id,Title")).await,
        Way::RecycleBin => rest(person, "web/recyclebin").await,
        Way::Caml => {
            let query = json!({"query": {"ViewXml": EVERYTHING}});
            post(person, &format!("{list}/getitems"), &query).await
        }
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

async fn post(person: &Person, path: &str, body: &Value) -> (StatusCode, Value) {
    person.send(Method::POST, path, &[], Some(body)).await
}

/// Paths 1 to 3: the list. `more` are further paths, `asked` the one whose properties are read.
fn request(list: &str, more: &str, asked: u32) -> String {
    format!(
        r#"<Request xmlns="http://schemas.microsoft.com/sharepoint/clientquery/2009" SchemaVersion="15.0.0.0" LibraryVersion="16.0.0.0" ApplicationName="ways"><Actions><ObjectPath Id="20" ObjectPathId="{asked}"/><Query Id="21" ObjectPathId="{asked}"><Query SelectAllProperties="true"><Properties/></Query><ChildItemQuery SelectAllProperties="true"><Properties/></ChildItemQuery></Query></Actions><ObjectPaths><StaticProperty Id="1" TypeId="{{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}}" Name="Current"/><Property Id="2" ParentId="1" Name="Web"/><Method Id="3" ParentId="2" Name="GetList"><Parameters><Parameter Type="String">/sites/flow/Lists/{list}</Parameter></Parameters></Method>{more}</ObjectPaths></Request>"#
    )
}

async fn csom_object(person: &Person, list: &str, item: i64, below: Option<&str>) -> Sight {
    let found = format!(
        r#"<Method Id="4" ParentId="3" Name="GetItemById"><Parameters><Parameter Type="Number">{item}</Parameter></Parameters></Method>"#
    );
    let asked = match below {
        None => request(list, &found, 4),
        Some(name) => {
            let below = format!(r#"{found}<Property Id="5" ParentId="4" Name="{name}"/>"#);
            request(list, &below, 5)
        }
    };
    csom(person.process_query(asked).await)
}

async fn csom_items(person: &Person, list: &str) -> Sight {
    let paths = r#"<Method Id="4" ParentId="3" Name="GetItems"><Parameters><Parameter TypeId="{3d248d7b-fc86-40a3-aa97-02a75d69fb8a}"><Property Name="ViewXml" Type="String">&lt;View Scope="RecursiveAll"/&gt;</Property></Parameter></Parameters></Method>"#;
    csom(person.process_query(request(list, paths, 4)).await)
}

fn csom((status, answer): (StatusCode, Value)) -> Sight {
    let error = &answer[0]["ErrorInfo"];
    if let Some(code) = error["ErrorCode"].as_i64() {
        return if REFUSALS.contains(&code) {
            Sight::Refused
        } else {
            Sight::Odd(error.to_string())
        };
    }
    let last = answer.as_array().and_then(|objects| objects.last());
    match last {
        Some(object) if status.is_success() && error.is_null() => match object["_Child_Items_"].as_array() {
            Some(rows) if rows.is_empty() => Sight::NoRow,
            _ => Sight::Row(object.to_string()),
        },
        _ => Sight::Odd(format!("{status}: {answer}")),
    }
}
