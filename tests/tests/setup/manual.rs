//! What people change by hand on a site, each with the words by which setup names it.

use e2e::person::Person;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use self::Change::{Admit, Delete, Merge, Post, Strengthen, Widen};

/// Level ids that every site is born with.
const CONTRIBUTE: i64 = 1_073_741_827;

/// Where a change is made, and how.
pub(crate) enum Change {
    Merge(&'static str, Value),
    Delete(&'static str),
    Post(&'static str, Value),
    /// Adds a right to the level of this name, by its place in the mask.
    Widen(&'static str, u32),
    /// Lets the person himself into the list of this name.
    Admit(&'static str),
    /// Gives whoever holds something on the list of this name one more level.
    Strengthen(&'static str),
}

pub(crate) struct Case {
    pub(crate) change: Change,
    /// What the plan says about it, in Japanese.
    pub(crate) told: &'static str,
}

fn case(change: Change, told: &'static str) -> Case {
    Case { change, told }
}

pub(crate) fn cases() -> Vec<Case> {
    let (columns, formatting, views) = (columns(), formatting(), views());
    let all = columns.into_iter().chain(formatting).chain(views);
    all.chain(settings()).chain(permissions()).collect()
}

fn list(name: &str) -> &'static str {
    format!("web/getlist('/sites/flow/Lists/{name}')").leak()
}

fn field(list: &str, name: &str) -> &'static str {
    at(list, &format!("fields/getbyinternalnameortitle('{name}')"))
}

fn view(title: &str) -> &'static str {
    at("PFApplications", &format!("views/getbytitle('{title}')"))
}

fn at(name: &str, rest: &str) -> &'static str {
    format!("{}/{rest}", list(name)).leak()
}

fn columns() -> Vec<Case> {
    vec![
        case(
            Delete(field("PFApplications", "PFFlags")),
            "列を作成: Lists/PFApplications: PFFlags",
        ),
        case(
            Merge(field("PFApplications", "PFSubject"), json!({ "Indexed": false })),
            "列の索引・一意の設定を修正: Lists/PFApplications: PFSubject",
        ),
        case(
            Merge(field("PFInbox", "Author"), json!({ "Indexed": false })),
            "列の索引・一意の設定を修正: Lists/PFInbox: Author",
        ),
        case(
            Merge(
                field("PFApplications", "PFSource"),
                json!({ "EnforceUniqueValues": false }),
            ),
            "列の索引・一意の設定を修正: Lists/PFApplications: PFSource",
        ),
    ]
}

fn formatting() -> Vec<Case> {
    vec![
        case(
            Merge(field("PFApplications", "PFStatus"), json!({ "Title": "区分" })),
            "列の表示名を修正: Lists/PFApplications: PFStatus (表示名 区分 → 状態コード)",
        ),
        case(
            Merge(
                field("PFApplications", "PFDecision"),
                json!({ "Choices": ["可", "否"] }),
            ),
            "Lists/PFApplications: PFDecision (選択肢 可 否 → 承認 承認終了 差戻し 却下 保留 確認)",
        ),
        case(
            Merge(
                field("PFApplications", "PFDecision"),
                json!({ "CustomFormatter": "" }),
            ),
            "列の書式を修正: Lists/PFApplications: PFDecision",
        ),
        case(
            Merge(
                field("PFApplications", "PFStatus"),
                json!({ "CustomFormatter": "{\"elmType\":\"div\"}" }),
            ),
            "列の書式を修正: Lists/PFApplications: PFStatus",
        ),
        case(
            Merge(field("PFInbox", "PFWorkflow"), json!({ "CustomFormatter": "" })),
            "列の書式を修正: Lists/PFInbox: PFWorkflow",
        ),
        case(
            Merge(view("主担当の判断待ち"), json!({ "ViewQuery": "" })),
            "ビューを修正: Lists/PFApplications: 主担当の判断待ち (抽出条件・並び順)",
        ),
    ]
}

fn views() -> Vec<Case> {
    vec![
        case(
            Delete(view("判断待ち")),
            "ビューを作成: Lists/PFApplications: 判断待ち",
        ),
        case(
            Merge(view("自分の申請"), json!({ "ViewQuery": "", "RowLimit": 5 })),
            "ビューを修正: Lists/PFApplications: 自分の申請 (抽出条件・並び順、行数 5 → 30)",
        ),
        case(
            Post(
                at(
                    "PFApplications",
                    "views/getbytitle('全件')/viewfields/removeallviewfields",
                ),
                json!({}),
            ),
            "ビューを修正: Lists/PFApplications: 全件 (列",
        ),
    ]
}

fn settings() -> Vec<Case> {
    vec![
        case(
            Merge(list("PFInbox"), json!({ "ReadSecurity": 1, "WriteSecurity": 1 })),
            "リストの設定を修正: Lists/PFInbox (閲覧できる行 1 → 2、編集できる行 1 → 2)",
        ),
        case(
            Merge(list("PFApplications"), json!({ "MajorVersionLimit": 50 })),
            "リストの設定を修正: Lists/PFApplications (版の上限 50 → 5000)",
        ),
        case(
            Merge(
                list("PFHistory"),
                json!({ "NoCrawl": false, "EnableVersioning": false }),
            ),
            "リストの設定を修正: Lists/PFHistory (版の保存 false → true、検索から除外 false → true)",
        ),
        case(Delete(list("PFFiles")), "リストを作成: Lists/PFFiles"),
    ]
}

fn permissions() -> Vec<Case> {
    vec![
        case(
            Widen("PF-Read", 4),
            "権限レベルを修正: PF-Read (余分な権限 DeleteListItems)",
        ),
        case(
            Widen("PF-Decide", 26),
            "権限レベルを修正: PF-Decide (余分な権限 ManagePermissions)",
        ),
        case(
            Admit("PFApplications"),
            "権限を削除: Lists/PFApplications: 相馬 徹",
        ),
        case(Strengthen("PFInbox"), "権限を削除: Lists/PFInbox: "),
        case(
            Post(at("PFDefinitions", "resetroleinheritance"), json!({})),
            "リストの権限の継承を中止: Lists/PFDefinitions",
        ),
    ]
}

impl Change {
    /// Makes the change as this person.
    pub(crate) async fn make(&self, by: &Person) {
        let (status, answer) = match self {
            Self::Merge(path, body) => merge(by, path, body).await,
            Self::Delete(path) => {
                let headers = [("X-HTTP-Method", "DELETE"), ("IF-MATCH", "*")];
                by.send(Method::POST, path, &headers, None).await
            }
            Self::Post(path, body) => by.send(Method::POST, path, &[], Some(body)).await,
            Self::Widen(level, place) => widen(by, level, *place).await,
            Self::Admit(list) => {
                let (_, me) = by.send(Method::GET, "web/currentuser", &[], None).await;
                assign(by, list, me["Id"].as_i64().expect("a number")).await
            }
            Self::Strengthen(list) => {
                let path = format!("web/getlist('/sites/flow/Lists/{list}')/roleassignments");
                let (_, rows) = by.send(Method::GET, &path, &[], None).await;
                let ids = rows["value"].as_array().expect("rows").iter();
                let mut ids = ids.filter_map(|row| row["PrincipalId"].as_i64());
                let somebody = ids.find(|id| *id < i64::from(i32::MAX / 2)).expect("a principal");
                assign(by, list, somebody).await
            }
        };
        assert!(status.is_success(), "{status}: {answer}");
    }
}

async fn merge(by: &Person, path: &str, body: &Value) -> (StatusCode, Value) {
    let headers = [("X-HTTP-Method", "MERGE"), ("IF-MATCH", "*")];
    by.send(Method::POST, path, &headers, Some(body)).await
}

async fn widen(by: &Person, level: &str, place: u32) -> (StatusCode, Value) {
    let (_, found) = by
        .send(
            Method::GET,
            &format!("web/roledefinitions/getbyname('{level}')"),
            &[],
            None,
        )
        .await;
    let half = |name: &str| -> u64 {
        let text = found["BasePermissions"][name].as_str().expect("half a mask");
        text.parse().expect("a number")
    };
    let low = half("Low") | 1 << (place - 1);
    let body = json!({ "BasePermissions": { "High": half("High").to_string(), "Low": low.to_string() } });
    merge(by, &format!("web/roledefinitions({})", found["Id"]), &body).await
}

async fn assign(by: &Person, list: &str, principal: i64) -> (StatusCode, Value) {
    let path = format!(
        "web/getlist('/sites/flow/Lists/{list}')/roleassignments/addroleassignment(principalid={principal},roledefid={CONTRIBUTE})"
    );
    by.send(Method::POST, &path, &[], Some(&json!({}))).await
}
