use super::*;

#[test]
fn paths_stand_apart_from_actions_and_scopes_hold_theirs() {
    let mut request = Request::new();
    let web = request.web();
    let list = request.list(web, Uuid::nil());
    let (_, identity) = request.scope(|request| request.identity(list));
    let xml = request.xml().unwrap();
    let (actions, paths) = xml.split_once("</Actions>").unwrap();
    assert!(actions.contains(&format!(
        r#"<ObjectIdentityQuery Id="{identity}" ObjectPathId="{list}"/>"#
    )));
    assert!(actions.contains("<ExceptionHandlingScopeSimple"));
    assert!(paths.contains(&format!(r#"<Method Id="{list}" ParentId="3" Name="GetById">"#)));
}
