//! Every member of the object model that the reference names in its sections 4.2 and 2 to 6.

use crate::sharepoint::fixture::{Fixture, app};

/// Name, actions, object paths beside 1 context, 2 web, 3 lists, 4 the list, 5 its first item, 6 its assignments.
type Member = (&'static str, &'static str, &'static str);

const TEXT: &str = r#"<Parameter Type="String">"#;

const MEMBERS: &[Member] = &[
    ("ObjectPath", r#"<ObjectPath Id="50" ObjectPathId="2"/>"#, ""),
    (
        "ObjectIdentityQuery",
        r#"<ObjectIdentityQuery Id="50" ObjectPathId="4"/>"#,
        "",
    ),
    (
        "Query SelectAllProperties, ChildItemQuery",
        r#"<Query Id="50" ObjectPathId="7"><Query SelectAllProperties="true"><Properties/></Query><ChildItemQuery SelectAllProperties="true"><Properties/></ChildItemQuery></Query>"#,
        r#"<Property Id="7" ParentId="2" Name="RoleDefinitions"/>"#,
    ),
    (
        "SetProperty, List.Update",
        r#"<SetProperty Id="50" ObjectPathId="4" Name="Description"><Parameter Type="String">x</Parameter></SetProperty><Method Name="Update" Id="51" ObjectPathId="4"/>"#,
        "",
    ),
    (
        "ExceptionHandlingScope",
        r#"<ExceptionHandlingScope Id="50"><TryScope Id="51"><Method Name="ResetRoleInheritance" Id="52" ObjectPathId="5"/></TryScope><CatchScope Id="53"/></ExceptionHandlingScope>"#,
        "",
    ),
    (
        "ExceptionHandlingScopeSimple",
        r#"<ExceptionHandlingScopeSimple Id="50"><ObjectPath Id="51" ObjectPathId="2"/></ExceptionHandlingScopeSimple>"#,
        "",
    ),
    (
        "ListItem.SetFieldValue, Update",
        r#"<Method Name="SetFieldValue" Id="50" ObjectPathId="5"><Parameters><Parameter Type="String">Title</Parameter><Parameter Type="String">y</Parameter></Parameters></Method><Method Name="Update" Id="51" ObjectPathId="5"/>"#,
        "",
    ),
    (
        "FieldUserValue",
        r#"<Method Name="SetFieldValue" Id="50" ObjectPathId="5"><Parameters><Parameter Type="String">PFApplicant</Parameter><Parameter TypeId="{c956ab54-16bd-4c18-89d2-996f57282a6f}"><Property Name="LookupId" Type="Int32">{taro}</Property></Parameter></Parameters></Method><Method Name="Update" Id="51" ObjectPathId="5"/>"#,
        "",
    ),
    (
        "ListItem.SystemUpdate",
        r#"<Method Name="SystemUpdate" Id="50" ObjectPathId="5"/>"#,
        "",
    ),
    (
        "ListItem.UpdateOverwriteVersion",
        r#"<Method Name="UpdateOverwriteVersion" Id="50" ObjectPathId="5"/>"#,
        "",
    ),
    (
        "ListItem.ValidateUpdateListItem",
        r#"<Method Name="ValidateUpdateListItem" Id="50" ObjectPathId="5"><Parameters><Parameter Type="Array"/><Parameter Type="Boolean">false</Parameter></Parameters></Method>"#,
        "",
    ),
    (
        "ListItem.BreakRoleInheritance",
        r#"<Method Name="BreakRoleInheritance" Id="50" ObjectPathId="5"><Parameters><Parameter Type="Boolean">false</Parameter><Parameter Type="Boolean">true</Parameter></Parameters></Method>"#,
        "",
    ),
    (
        "RoleDefinitionBindingCollection.Add, RoleAssignments.Add",
        r#"<Method Name="Add" Id="50" ObjectPathId="9"><Parameters><Parameter ObjectPathId="8"/></Parameters></Method><ObjectPath Id="51" ObjectPathId="12"/>"#,
        r#"<Property Id="7" ParentId="2" Name="RoleDefinitions"/><Method Id="8" ParentId="7" Name="GetById"><Parameters><Parameter Type="Number">1073741827</Parameter></Parameters></Method><Constructor Id="9" TypeId="{07bf1941-6953-4761-b114-58374b4aaf57}"/><Property Id="10" ParentId="2" Name="SiteUsers"/><Method Id="11" ParentId="10" Name="GetById"><Parameters><Parameter Type="Number">{taro}</Parameter></Parameters></Method><Method Id="12" ParentId="6" Name="Add"><Parameters><Parameter ObjectPathId="11"/><Parameter ObjectPathId="9"/></Parameters></Method>"#,
    ),
    (
        "RoleAssignments.AddRoleAssignment",
        r#"<Method Name="AddRoleAssignment" Id="50" ObjectPathId="6"><Parameters><Parameter Type="Int32">{taro}</Parameter><Parameter Type="Int32">1073741826</Parameter></Parameters></Method>"#,
        "",
    ),
    (
        "RoleAssignments.GetByPrincipalId",
        r#"<ObjectPath Id="50" ObjectPathId="7"/>"#,
        r#"<Method Id="7" ParentId="6" Name="GetByPrincipalId"><Parameters><Parameter Type="Int32">{taro}</Parameter></Parameters></Method>"#,
    ),
    (
        "RoleAssignments.RemoveRoleAssignment",
        r#"<Method Name="RemoveRoleAssignment" Id="50" ObjectPathId="6"><Parameters><Parameter Type="Int32">{taro}</Parameter><Parameter Type="Int32">1073741826</Parameter></Parameters></Method>"#,
        "",
    ),
    (
        "RoleAssignment.DeleteObject",
        r#"<Method Name="DeleteObject" Id="50" ObjectPathId="7"/>"#,
        r#"<Method Id="7" ParentId="6" Name="GetByPrincipalId"><Parameters><Parameter Type="Int32">{taro}</Parameter></Parameters></Method>"#,
    ),
    (
        "ListItem.ResetRoleInheritance",
        r#"<Method Name="ResetRoleInheritance" Id="50" ObjectPathId="5"/>"#,
        "",
    ),
    (
        "ListItem.GetUserEffectivePermissions",
        r#"<Method Name="GetUserEffectivePermissions" Id="50" ObjectPathId="5"><Parameters><Parameter Type="String">i:0#.f|membership|taro@contoso.onmicrosoft.com</Parameter></Parameters></Method>"#,
        "",
    ),
    (
        "List.AddItem(ListItemCreationInformation)",
        r#"<Method Name="Update" Id="50" ObjectPathId="7"/>"#,
        r#"<Method Id="7" ParentId="4" Name="AddItem"><Parameters><Parameter TypeId="{54cdbee5-0897-44ac-829f-411557fa11be}"><Property Name="UnderlyingObjectType" Type="Number">0</Property></Parameter></Parameters></Method>"#,
    ),
    (
        "List.AddItem of a folder",
        r#"<Method Name="Update" Id="50" ObjectPathId="7"/>"#,
        r#"<Method Id="7" ParentId="4" Name="AddItem"><Parameters><Parameter TypeId="{54cdbee5-0897-44ac-829f-411557fa11be}"><Property Name="LeafName" Type="String">closed</Property><Property Name="UnderlyingObjectType" Type="Number">1</Property></Parameter></Parameters></Method>"#,
    ),
    (
        "File.MoveTo",
        r#"<Method Name="MoveTo" Id="50" ObjectPathId="7"><Parameters><Parameter Type="String">/sites/flow/Lists/PFApplications/closed/1_.000</Parameter><Parameter Type="Number">1</Parameter></Parameters></Method>"#,
        r#"<Method Id="7" ParentId="2" Name="GetFileByServerRelativeUrl"><Parameters><Parameter Type="String">/sites/flow/Lists/PFApplications/1_.000</Parameter></Parameters></Method>"#,
    ),
    (
        "List.GetItems(CamlQuery)",
        r#"<Query Id="50" ObjectPathId="7"><Query SelectAllProperties="true"><Properties/></Query></Query>"#,
        r#"<Method Id="7" ParentId="4" Name="GetItems"><Parameters><Parameter TypeId="{3d248d7b-fc86-40a3-aa97-02a75d69fb8a}"><Property Name="ViewXml" Type="String">&lt;View Scope='RecursiveAll'/&gt;</Property></Parameter></Parameters></Method>"#,
    ),
    (
        "List.GetChanges(ChangeQuery)",
        r#"<ObjectPath Id="50" ObjectPathId="7"/>"#,
        r#"<Method Id="7" ParentId="4" Name="GetChanges"><Parameters><Parameter TypeId="{887a7218-1232-4cfc-b78f-88d54e9d8ec7}"><Property Name="Item" Type="Boolean">true</Property><Property Name="Add" Type="Boolean">true</Property><Property Name="FetchLimit" Type="Number">1000</Property></Parameter></Parameters></Method>"#,
    ),
    (
        "Web.EnsureUser",
        r#"<ObjectPath Id="50" ObjectPathId="7"/>"#,
        r#"<Method Id="7" ParentId="2" Name="EnsureUser"><Parameters><Parameter Type="String">taro@contoso.onmicrosoft.com</Parameter></Parameters></Method>"#,
    ),
    (
        "Web.EnsureUserByObjectId",
        r#"<ObjectPath Id="50" ObjectPathId="7"/>"#,
        r#"<Method Id="7" ParentId="2" Name="EnsureUserByObjectId"><Parameters><Parameter Type="Guid">{00000000-0000-0000-0000-000000000002}</Parameter><Parameter Type="Guid">{00000000-0000-0000-0000-000000000064}</Parameter><Parameter Type="Int32">1</Parameter></Parameters></Method>"#,
    ),
    (
        "SiteGroups.Add(GroupCreationInformation), Users.AddUser",
        r#"<ObjectPath Id="50" ObjectPathId="12"/>"#,
        r#"<Property Id="7" ParentId="2" Name="SiteGroups"/><Method Id="8" ParentId="7" Name="Add"><Parameters><Parameter TypeId="{9fd1540e-59e6-47fa-9a00-5173c9c35785}"><Property Name="Title" Type="String">Approvers</Property></Parameter></Parameters></Method><Property Id="9" ParentId="8" Name="Users"/><Property Id="10" ParentId="2" Name="SiteUsers"/><Method Id="11" ParentId="10" Name="GetById"><Parameters><Parameter Type="Number">{taro}</Parameter></Parameters></Method><Method Id="12" ParentId="9" Name="AddUser"><Parameters><Parameter ObjectPathId="11"/></Parameters></Method>"#,
    ),
    (
        "RoleDefinitions.Add(RoleDefinitionCreationInformation, BasePermissions)",
        r#"<ObjectPath Id="50" ObjectPathId="8"/>"#,
        r#"<Property Id="7" ParentId="2" Name="RoleDefinitions"/><Method Id="8" ParentId="7" Name="Add"><Parameters><Parameter TypeId="{59eddf82-1018-4677-8067-69e16efd3495}"><Property Name="Name" Type="String">New</Property><Property Name="BasePermissions" TypeId="{db780e5a-6bc6-41ad-8e64-9dfa761afb6d}"><Property Name="High" Type="Number">0</Property><Property Name="Low" Type="Number">262144</Property></Property></Parameter></Parameters></Method>"#,
    ),
    (
        "Lists.Add(ListCreationInformation)",
        r#"<ObjectPath Id="50" ObjectPathId="7"/>"#,
        r#"<Method Id="7" ParentId="3" Name="Add"><Parameters><Parameter TypeId="{e247b7fc-095e-4ea4-a4c9-c5d373723d8c}"><Property Name="Title" Type="String">Made</Property><Property Name="TemplateType" Type="Number">100</Property></Parameter></Parameters></Method>"#,
    ),
    (
        "Versions.DeleteByLabel",
        r#"<Method Name="DeleteByLabel" Id="50" ObjectPathId="7"><Parameters><Parameter Type="String">1.0</Parameter></Parameters></Method>"#,
        r#"<Property Id="7" ParentId="5" Name="Versions"/>"#,
    ),
    (
        "Identity",
        r#"<Query Id="50" ObjectPathId="7"><Query SelectAllProperties="true"><Properties/></Query></Query>"#,
        r#"<Identity Id="7" Name="00000000-0000-0000-0000-000000000000|740c6a0b-85e2-48a0-a494-e0f1759d4aa7:site:{site}:web:{web}:list:{list}:item:1,1"/>"#,
    ),
    (
        "ListItem.Recycle",
        r#"<Method Name="Recycle" Id="50" ObjectPathId="5"/>"#,
        "",
    ),
];

#[test]
fn every_member_of_the_reference_is_modelled() {
    let fixture = Fixture::new();
    let first = format!(
        r#"<Method Name="SetFieldValue" Id="50" ObjectPathId="7"><Parameters>{TEXT}Title</Parameter>{TEXT}x</Parameter></Parameters></Method><Method Name="Update" Id="51" ObjectPathId="7"/>"#
    );
    fixture.send(&app(), &first, r#"<Method Id="7" ParentId="4" Name="AddItem"/>"#);
    let web = fixture.world.tenant().sharepoint.sites[0].web_id;
    let fill = |text: &str| {
        text.replace("{taro}", &fixture.taro.to_string())
            .replace("{site}", &fixture.site.to_string())
            .replace("{web}", &web.to_string())
            .replace("{list}", &fixture.list.to_string())
    };
    let item = r#"<Method Id="5" ParentId="4" Name="GetItemById"><Parameters><Parameter Type="Number">1</Parameter></Parameters></Method><Property Id="6" ParentId="5" Name="RoleAssignments"/>"#;
    let mut missing = Vec::new();
    for (name, actions, paths) in MEMBERS {
        let answer = fixture.send(&app(), &fill(actions), &format!("{item}{}", fill(paths)));
        let error = &answer[0]["ErrorInfo"];
        println!("4.2  {:8} {name}", if error.is_null() { "ok" } else { "MISSING" });
        if !error.is_null() {
            missing.push(format!("{name}: {error}"));
        }
    }
    println!("{} members, {} missing", MEMBERS.len(), missing.len());
    assert!(missing.is_empty(), "{missing:#?}");
}
