use serde_json::json;

use crate::sharepoint::fixture::{Fixture, app};

/// Paths `10`… : a new item each; actions: title and update.
fn create(id: u32, title: &str) -> (String, String) {
    let action = |offset: u32| id * 10 + offset;
    (
        format!(
            r#"<Method Name="SetFieldValue" Id="{}" ObjectPathId="{id}"><Parameters><Parameter Type="String">Title</Parameter><Parameter Type="String">{title}</Parameter></Parameters></Method><Method Name="Update" Id="{}" ObjectPathId="{id}"/>"#,
            action(1),
            action(2)
        ),
        format!(
            r#"<Method Id="{id}" ParentId="4" Name="AddItem"><Parameters><Parameter TypeId="{{54cdbee5-0897-44ac-829f-411557fa11be}}"/></Parameters></Method>"#
        ),
    )
}

fn missing_item(id: u32) -> String {
    format!(
        r#"<Method Id="{id}" ParentId="4" Name="GetItemById"><Parameters><Parameter Type="Number">999</Parameter></Parameters></Method>"#
    )
}

#[test]
fn what_came_before_an_error_stays_done_and_what_follows_is_not_done() {
    let fixture = Fixture::new();
    let ((first, first_path), (second, second_path)) = (create(10, "first"), create(11, "second"));
    let actions = format!(r#"{first}<ObjectPath Id="90" ObjectPathId="12"/>{second}"#);
    let paths = format!("{first_path}{second_path}{}", missing_item(12));
    let answer = fixture.send(&app(), &actions, &paths);
    assert_eq!(answer.len(), 1, "a failed request has no results");
    assert_eq!(answer[0]["ErrorInfo"]["ErrorCode"], -2_130_575_338);
    assert_eq!(fixture.titles(&app()), ["first"]);
}

#[test]
fn a_scope_tells_its_exception_and_the_rest_goes_on() {
    let fixture = Fixture::new();
    let ((caught, caught_path), (last, last_path)) = (create(10, "caught"), create(11, "last"));
    let actions = format!(
        r#"<ExceptionHandlingScope Id="70"><TryScope Id="71"><ObjectPath Id="90" ObjectPathId="12"/></TryScope><CatchScope Id="72">{caught}</CatchScope></ExceptionHandlingScope>
        <ExceptionHandlingScopeSimple Id="73"><ObjectPath Id="91" ObjectPathId="12"/></ExceptionHandlingScopeSimple>{last}"#
    );
    let paths = format!("{caught_path}{last_path}{}", missing_item(12));
    let answer = fixture.send(&app(), &actions, &paths);
    assert_eq!(answer[0]["ErrorInfo"], json!(null));
    assert_eq!((&answer[1], &answer[3]), (&json!(70), &json!(73)));
    for scope in [&answer[2], &answer[4]] {
        assert_eq!(scope["HasException"], true);
        assert_eq!(scope["ErrorInfo"]["ErrorCode"], -2_130_575_338);
    }
    assert_eq!(fixture.titles(&app()), ["caught", "last"]);
}

#[test]
fn a_path_that_failed_in_the_try_is_tried_again_in_the_finally() {
    let fixture = Fixture::new();
    let by_title = r#"<Method Id="10" ParentId="3" Name="GetByTitle"><Parameters><Parameter Type="String">New</Parameter></Parameters></Method>
        <Method Id="11" ParentId="3" Name="Add"><Parameters><Parameter TypeId="{e247b7fc-095e-4ea4-a4c9-c5d373723d8c}"><Property Name="TemplateType" Type="Number">100</Property><Property Name="Title" Type="String">New</Property><Property Name="Url" Type="Null"/></Parameter></Parameters></Method>"#;
    let actions = r#"<ExceptionHandlingScope Id="70"><TryScope Id="71"><ObjectPath Id="90" ObjectPathId="10"/></TryScope><CatchScope Id="72"><ObjectPath Id="91" ObjectPathId="11"/></CatchScope>
        <FinallyScope Id="73"><SetProperty Id="92" ObjectPathId="10" Name="Description"><Parameter Type="String">made</Parameter></SetProperty><Method Name="Update" Id="93" ObjectPathId="10"/></FinallyScope></ExceptionHandlingScope>
        <Query Id="94" ObjectPathId="10"><Query SelectAllProperties="false"><Properties><Property Name="Description" ScalarProperty="true"/></Properties></Query></Query>"#;
    let answer = fixture.send(&app(), actions, by_title);
    assert_eq!(answer.last().unwrap()["Description"], "made");
}

#[test]
fn a_request_against_the_schema_answers_the_error_of_the_xsd() {
    let fixture = Fixture::new();
    let answer = fixture.send(&app(), "<Nonsense Id='50'/>", "");
    let error = &answer[0]["ErrorInfo"];
    assert_eq!(error["ErrorCode"], -1);
    assert_eq!(
        error["ErrorTypeName"],
        "System.Xml.Schema.XmlSchemaValidationException"
    );
}

#[test]
fn a_path_that_leads_to_itself_is_an_error_of_the_request() {
    let fixture = Fixture::new();
    let paths = r#"<Property Id="10" ParentId="11" Name="Web"/><Property Id="11" ParentId="10" Name="Web"/>"#;
    let answer = fixture.send(&app(), r#"<ObjectPath Id="90" ObjectPathId="10"/>"#, paths);
    assert!(
        answer[0]["ErrorInfo"]["ErrorMessage"]
            .as_str()
            .unwrap()
            .contains("leads to itself")
    );
}

#[test]
fn an_outdated_object_version_is_a_save_conflict() {
    let fixture = Fixture::new();
    let (actions, path) = create(10, "first");
    fixture.send(&app(), &actions, &path);
    let item = r#"<Method Id="10" ParentId="4" Name="GetItemById"><Parameters><Parameter Type="Number">1</Parameter></Parameters></Method>"#;
    let update = |version: &str| {
        format!(
            r#"<Method Name="SetFieldValue" Id="20" ObjectPathId="10"><Parameters><Parameter Type="String">Title</Parameter><Parameter Type="String">v{version}</Parameter></Parameters></Method><Method Name="Update" Id="21" ObjectPathId="10" Version="{version}"/>"#
        )
    };
    assert_eq!(
        fixture.send(&app(), &update("1"), item)[0]["ErrorInfo"],
        json!(null)
    );
    let late = fixture.send(&app(), &update("1"), item);
    assert_eq!(late[0]["ErrorInfo"]["ErrorCode"], -2_130_575_305);
}
