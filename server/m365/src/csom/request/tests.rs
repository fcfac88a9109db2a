use super::*;

#[test]
fn paths_stand_apart_from_actions_and_scopes_hold_theirs() {
    let mut request = Request::new();
    let web = request.web();
    let list = request.list(web, Uuid::nil());
    let (_, query) = request.scope(|request| request.query(list, &["Id"]));
    let xml = request.xml().unwrap();
    let (actions, paths) = xml.split_once("</Actions>").unwrap();
    assert!(actions.contains(&format!(r#"<Query Id="{query}" ObjectPathId="{list}">"#)));
    assert!(actions.contains("<TryScope") && actions.contains("<CatchScope"));
    assert!(paths.contains(&format!(r#"<Method Id="{list}" ParentId="3" Name="GetById">"#)));
}
