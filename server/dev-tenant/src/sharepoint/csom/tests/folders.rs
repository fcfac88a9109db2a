//! Folders and moves in the object model.

use serde_json::json;

use crate::sharepoint::fixture::{Fixture, app};

const ROOT: &str = "/sites/flow/Lists/PFApplications";

/// Makes a folder `closed` (1) and an item (2) at the root.
fn furnished() -> Fixture {
    let fixture = Fixture::new();
    let creation = |members: &str| {
        format!(
            r#"<Parameters><Parameter TypeId="{{54cdbee5-0897-44ac-829f-411557fa11be}}">{members}</Parameter></Parameters>"#
        )
    };
    let answer = fixture.send(
        &app(),
        r#"<Method Name="Update" Id="30" ObjectPathId="10"/>
        <Method Name="SetFieldValue" Id="31" ObjectPathId="11"><Parameters><Parameter Type="String">Title</Parameter><Parameter Type="String">one</Parameter></Parameters></Method>
        <Method Name="Update" Id="32" ObjectPathId="11"/>"#,
        &format!(
            r#"<Method Id="10" ParentId="4" Name="AddItem">{}</Method><Method Id="11" ParentId="4" Name="AddItem">{}</Method>"#,
            creation(r#"<Property Name="FolderUrl" Type="String">/sites/flow/Lists/PFApplications</Property><Property Name="LeafName" Type="String">closed</Property><Property Name="UnderlyingObjectType" Type="Enum">1</Property>"#),
            creation(""),
        ),
    );
    assert_eq!(answer[0]["ErrorInfo"], json!(null), "{answer:?}");
    fixture
}

#[test]
fn a_file_moves_into_a_folder_and_its_item_tells_where_it_is() {
    let fixture = furnished();
    let answer = fixture.send(
        &app(),
        &format!(
            r#"<Method Name="MoveTo" Id="30" ObjectPathId="10"><Parameters><Parameter Type="String">{ROOT}/closed/2_.000</Parameter><Parameter Type="Enum">1</Parameter></Parameters></Method>
            <Query Id="31" ObjectPathId="11"><Query><Properties><Property Name="FileRef" ScalarProperty="true"/><Property Name="FSObjType" ScalarProperty="true"/></Properties></Query></Query>
            <Query Id="32" ObjectPathId="12"><Query><Properties><Property Name="ServerRelativeUrl" ScalarProperty="true"/><Property Name="ItemCount" ScalarProperty="true"/></Properties></Query></Query>"#
        ),
        &format!(
            r#"<Method Id="10" ParentId="2" Name="GetFileByServerRelativeUrl"><Parameters><Parameter Type="String">{ROOT}/2_.000</Parameter></Parameters></Method>
            <Property Id="11" ParentId="10" Name="ListItemAllFields"/>
            <Method Id="12" ParentId="2" Name="GetFolderByServerRelativeUrl"><Parameters><Parameter Type="String">{ROOT}/closed</Parameter></Parameters></Method>"#
        ),
    );
    assert_eq!(answer[0]["ErrorInfo"], json!(null), "{answer:?}");
    assert_eq!(
        answer[2]["FileRef"],
        "/sites/flow/Lists/PFApplications/closed/2_.000"
    );
    assert_eq!(answer[4]["ItemCount"], 1);
    assert_eq!(
        answer[4]["ServerRelativeUrl"],
        "/sites/flow/Lists/PFApplications/closed"
    );
}

#[test]
fn a_folder_has_permissions_of_its_own() {
    let fixture = furnished();
    let answer = fixture.send(
        &app(),
        r#"<Method Name="BreakRoleInheritance" Id="30" ObjectPathId="10"><Parameters><Parameter Type="Boolean">false</Parameter><Parameter Type="Boolean">true</Parameter></Parameters></Method>
        <Query Id="31" ObjectPathId="10"><Query><Properties><Property Name="HasUniqueRoleAssignments" ScalarProperty="true"/><Property Name="FileSystemObjectType" ScalarProperty="true"/></Properties></Query></Query>"#,
        r#"<Method Id="10" ParentId="4" Name="GetItemById"><Parameters><Parameter Type="Number">1</Parameter></Parameters></Method>"#,
    );
    assert_eq!(answer[0]["ErrorInfo"], json!(null), "{answer:?}");
    assert_eq!(answer[2]["HasUniqueRoleAssignments"], true);
    assert_eq!(answer[2]["FileSystemObjectType"], 1);
}
