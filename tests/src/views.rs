//! What a person sees in a view of the applications.

use reqwest::Method;
use serde_json::{Value, json};

use crate::person::Person;

const LIST: &str = "web/getlist('/sites/flow/Lists/PFApplications')";
pub const WAITING: &str = "判断待ち";

/// The rows that a person gets when he opens the view of this title.
///
/// # Panics
///
/// When there is no such view.
pub async fn shown(who: &Person, title: &str) -> Vec<Value> {
    let path = format!("{LIST}/views/getbytitle('{title}')");
    let (_, view) = who.send(Method::GET, &path, &[], None).await;
    let xml = view["ListViewXml"].as_str();
    let xml = xml.unwrap_or_else(|| panic!("no view {title}: {view}"));
    let body = json!({ "parameters": { "ViewXml": xml, "RenderOptions": 2 } });
    let path = format!("{LIST}/RenderListDataAsStream");
    let (status, answer) = who.send(Method::POST, &path, &[], Some(&body)).await;
    assert!(status.is_success(), "{title}: {answer}");
    answer["Row"].as_array().expect("rows").clone()
}
