//! The client object model.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::addresses::{id_at, id_of};
use super::{Sight, collected};
use crate::person::Person;

/// Error codes of CSOM: access denied, no such item, no such file.
const REFUSALS: [i64; 3] = [-2_147_024_891, -2_130_575_338, -2_147_024_894];
/// Type of what stands at the root of every identity.
const ROOT: &str = "740c6a0b-85e2-48a0-a494-e0f1759d4aa7";

/// `paths` are those behind 2, the web; `asked` is the one whose properties are read.
fn request(paths: &str, asked: u32) -> String {
    format!(
        r#"<Request xmlns="http://schemas.microsoft.com/sharepoint/clientquery/2009" SchemaVersion="15.0.0.0" LibraryVersion="16.0.0.0" ApplicationName="ways"><Actions><ObjectPath Id="20" ObjectPathId="{asked}"/><Query Id="21" ObjectPathId="{asked}"><Query SelectAllProperties="true"><Properties/></Query><ChildItemQuery SelectAllProperties="true"><Properties/></ChildItemQuery></Query></Actions><ObjectPaths><StaticProperty Id="1" TypeId="{{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}}" Name="Current"/><Property Id="2" ParentId="1" Name="Web"/>{paths}</ObjectPaths></Request>"#
    )
}

/// Path 3.
fn list_at(list: &str) -> String {
    format!(
        r#"<Method Id="3" ParentId="2" Name="GetList"><Parameters><Parameter Type="String">/sites/flow/Lists/{list}</Parameter></Parameters></Method>"#
    )
}

pub(super) async fn object(person: &Person, list: &str, item: i64, below: Option<&str>) -> Sight {
    let list = list_at(list);
    let found = format!(
        r#"{list}<Method Id="4" ParentId="3" Name="GetItemById"><Parameters><Parameter Type="Number">{item}</Parameter></Parameters></Method>"#
    );
    let asked = match below {
        None => request(&found, 4),
        Some(name) => {
            let below = format!(r#"{found}<Property Id="5" ParentId="4" Name="{name}"/>"#);
            request(&below, 5)
        }
    };
    seen(person.process_query(asked).await)
}

pub(super) async fn items(person: &Person, list: &str) -> Sight {
    let list = list_at(list);
    let paths = format!(
        r#"{list}<Method Id="4" ParentId="3" Name="GetItems"><Parameters><Parameter TypeId="{{3d248d7b-fc86-40a3-aa97-02a75d69fb8a}}"><Property Name="ViewXml" Type="String">&lt;View Scope="RecursiveAll"/&gt;</Property></Parameter></Parameters></Method>"#
    );
    seen(person.process_query(request(&paths, 4)).await)
}

/// An item of a list is a file too.
pub(super) async fn file(person: &Person, list: &str, item: i64) -> Sight {
    let paths = format!(
        r#"<Method Id="3" ParentId="2" Name="GetFileByServerRelativeUrl"><Parameters><Parameter Type="String">/sites/flow/Lists/{list}/{item}_.000</Parameter></Parameters></Method><Property Id="4" ParentId="3" Name="ListItemAllFields"/>"#
    );
    seen(person.process_query(request(&paths, 4)).await)
}

/// Whoever knows three ids needs no list to name an item.
pub(super) async fn by_identity(person: &Person, list: &str, item: i64) -> Sight {
    let list = match id_of(person, list).await {
        Ok(list) => list,
        Err(sight) => return sight,
    };
    let (site, web) = (id_at(person, "site").await, id_at(person, "web").await);
    let name = format!("{web}|{ROOT}:site:{site}:web:{web}:list:{list}:item:{item},1");
    let path = format!(r#"<Identity Id="3" Name="{name}"/>"#);
    seen(person.process_query(request(&path, 3)).await)
}

/// The list's change log, told as REST tells it.
pub(super) async fn changes(person: &Person, list: &str) -> Sight {
    let flags = [
        "Item",
        "Add",
        "Update",
        "SystemUpdate",
        "DeleteObject",
        "Rename",
        "Move",
        "Restore",
        "RoleAssignmentAdd",
        "RoleAssignmentDelete",
    ];
    let flags = flags.map(|flag| format!(r#"<Property Name="{flag}" Type="Boolean">true</Property>"#));
    let (found, flags) = (list_at(list), flags.concat());
    let paths = format!(
        r#"{found}<Method Id="4" ParentId="3" Name="GetChanges"><Parameters><Parameter TypeId="{{887a7218-1232-4cfc-b78f-88d54e9d8ec7}}">{flags}</Parameter></Parameters></Method>"#
    );
    let (status, answer) = person.process_query(request(&paths, 4)).await;
    let asked = answer.as_array().and_then(|objects| objects.last());
    match asked.map(|object| &object["_Child_Items_"]) {
        Some(rows @ Value::Array(_)) => collected((status, json!({ "value": rows }))),
        _ => seen((status, answer)),
    }
}

fn seen((status, answer): (StatusCode, Value)) -> Sight {
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
