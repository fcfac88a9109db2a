use serde_json::json;

use crate::sharepoint::fixture::{Fixture, JIRO, TARO, app, person};
use crate::switches::Switches;

/// Create, fill, break, assign, and write once more with the number the item got: one request.
fn sealing(taro: u32) -> (String, String) {
    let field = |id: u32, name: &str, value: &str| {
        format!(
            r#"<Method Name="SetFieldValue" Id="{id}" ObjectPathId="10"><Parameters><Parameter Type="String">{name}</Parameter>{value}</Parameters></Method>"#
        )
    };
    let actions = [
        field(20, "Title", r#"<Parameter Type="String">sealed</Parameter>"#),
        field(21, "PFSource", r#"<Parameter Type="String">7.1</Parameter>"#),
        field(
            22,
            "PFApplicant",
            &format!(
                r#"<Parameter TypeId="{{c956ab54-16bd-4c18-89d2-996f57282a6f}}"><Property Name="LookupId" Type="Number">{taro}</Property></Parameter>"#
            ),
        ),
        r#"<Method Name="Update" Id="23" ObjectPathId="10"/>
        <Method Name="BreakRoleInheritance" Id="24" ObjectPathId="10"><Parameters><Parameter Type="Boolean">false</Parameter><Parameter Type="Boolean">true</Parameter></Parameters></Method>
        <Method Name="Add" Id="25" ObjectPathId="15"><Parameters><Parameter ObjectPathId="14"/></Parameters></Method>
        <ObjectPath Id="26" ObjectPathId="18"/>"#
            .to_owned(),
        field(27, "PFStepNo", r#"<Parameter Type="Number">1</Parameter>"#),
        r#"<Method Name="Update" Id="28" ObjectPathId="10"/>
        <Query Id="29" ObjectPathId="10"><Query SelectAllProperties="false"><Properties><Property Name="Id" ScalarProperty="true"/><Property Name="PFApplicant" ScalarProperty="true"/></Properties></Query></Query>"#
            .to_owned(),
    ];
    let paths = format!(
        r#"<Method Id="10" ParentId="4" Name="AddItem"><Parameters><Parameter TypeId="{{54cdbee5-0897-44ac-829f-411557fa11be}}"/></Parameters></Method>
        <Property Id="13" ParentId="2" Name="RoleDefinitions"/><Method Id="14" ParentId="13" Name="GetByName"><Parameters><Parameter Type="String">Read</Parameter></Parameters></Method>
        <Constructor Id="15" TypeId="{{07bf1941-6953-4761-b114-58374b4aaf57}}"/><Property Id="16" ParentId="10" Name="RoleAssignments"/>
        <Property Id="17" ParentId="2" Name="SiteUsers"/><Method Id="19" ParentId="17" Name="GetById"><Parameters><Parameter Type="Number">{taro}</Parameter></Parameters></Method>
        <Method Id="18" ParentId="16" Name="Add"><Parameters><Parameter ObjectPathId="19"/><Parameter ObjectPathId="15"/></Parameters></Method>"#
    );
    (actions.concat(), paths)
}

#[test]
fn an_application_is_sealed_by_one_request() {
    let fixture = Fixture::new();
    let (actions, paths) = sealing(fixture.taro.0);
    let answer = fixture.send(&app(), &actions, &paths);
    assert_eq!(answer[0]["ErrorInfo"], json!(null));
    let item = answer.last().unwrap();
    assert_eq!(item["Id"], 1);
    assert_eq!(item["PFApplicant"]["_ObjectType_"], "SP.FieldUserValue");
    assert_eq!(item["PFApplicant"]["LookupId"], fixture.taro.0);
    assert_eq!(fixture.titles(&person(TARO)), ["sealed"]);
    assert!(fixture.titles(&person(JIRO)).is_empty());
    let tenant = fixture.world.tenant();
    let created = tenant
        .ledger
        .effects
        .iter()
        .filter(|effect| effect.key.contains(":create-item:"));
    assert_eq!(created.count(), 1);
}

#[test]
fn sending_the_same_seal_twice_creates_nothing_twice() {
    let fixture = Fixture::new();
    let (actions, paths) = sealing(fixture.taro.0);
    fixture.send(&app(), &actions, &paths);
    let second = fixture.send(&app(), &actions, &paths);
    let kind = &second[0]["ErrorInfo"]["ErrorTypeName"];
    assert_eq!(kind, "Microsoft.SharePoint.SPDuplicateValuesFoundException");
    assert_eq!(fixture.titles(&app()), ["sealed"]);
}

/// How often a reader of the list saw the item between two actions.
fn seen_between(switches: Switches) -> usize {
    let fixture = Fixture::with(switches);
    let (actions, paths) = sealing(fixture.taro.0);
    let mut seen = 0;
    fixture.send_watched(&app(), &actions, &paths, &mut || {
        seen += fixture.titles(&person(JIRO)).len();
    });
    seen
}

#[test]
fn between_creation_and_break_a_reader_of_the_list_sees_the_item_unless_requests_are_atomic() {
    assert!(seen_between(Switches::default()) > 0);
    let atomic = Switches {
        csom_request_is_atomic: true,
        ..Switches::default()
    };
    assert_eq!(seen_between(atomic), 0);
}
