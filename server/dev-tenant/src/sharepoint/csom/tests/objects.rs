use serde_json::{Value, json};

use crate::sharepoint::fixture::{Fixture, app};

const ALL: &str = r#"<Query SelectAllProperties="true"><Properties/></Query><ChildItemQuery SelectAllProperties="true"><Properties/></ChildItemQuery>"#;

fn ask(fixture: &Fixture, path: u32, paths: &str) -> Value {
    let answer = fixture.send(
        &app(),
        &format!(r#"<Query Id="90" ObjectPathId="{path}">{ALL}</Query>"#),
        paths,
    );
    assert_eq!(answer[0]["ErrorInfo"], json!(null));
    answer[2].clone()
}

fn member(parent: u32, name: &str) -> String {
    format!(r#"<Property Id="10" ParentId="{parent}" Name="{name}"/>"#)
}

#[test]
fn every_collection_answers_typed_children() {
    let fixture = Fixture::new();
    for (parent, name, child) in [
        (2, "Lists", "SP.List"),
        (2, "RoleDefinitions", "SP.RoleDefinition"),
        (2, "SiteUsers", "SP.User"),
        (2, "SiteGroups", "SP.Group"),
        (2, "RoleAssignments", "SP.RoleAssignment"),
        (4, "Views", "SP.View"),
        (4, "ContentTypes", "SP.ContentType"),
    ] {
        let answer = ask(&fixture, 10, &member(parent, name));
        let first = &answer["_Child_Items_"][0];
        assert_eq!(first["_ObjectType_"], child, "{name}");
        assert!(first["_ObjectIdentity_"].is_string(), "{name}");
    }
}

#[test]
fn an_identity_leads_back_to_its_object() {
    let fixture = Fixture::new();
    let fields = ask(&fixture, 10, &member(4, "Fields"));
    for field in fields["_Child_Items_"].as_array().unwrap() {
        let identity = field["_ObjectIdentity_"].as_str().unwrap();
        let path = format!(r#"<Identity Id="10" Name="{identity}"/>"#);
        assert_eq!(ask(&fixture, 10, &path)["InternalName"], field["InternalName"]);
    }
}

#[test]
fn ids_and_dates_are_written_as_the_client_service_writes_them() {
    let fixture = Fixture::new();
    let list = ask(&fixture, 4, "");
    assert_eq!(list["Id"], format!("/Guid({})/", fixture.list));
    assert!(list["Created"].as_str().unwrap().starts_with("/Date("));
}

#[test]
fn what_is_not_modelled_is_refused_by_name() {
    let fixture = Fixture::new();
    let answer = fixture.send(
        &app(),
        r#"<Method Name="ApplyTheme" Id="90" ObjectPathId="2"/>"#,
        "",
    );
    assert_eq!(answer[0]["ErrorInfo"]["ErrorTypeName"], "NotModelled");
    let text = answer[0]["ErrorInfo"]["ErrorMessage"].as_str().unwrap();
    assert!(text.contains("SP.Web.ApplyTheme"));
}
