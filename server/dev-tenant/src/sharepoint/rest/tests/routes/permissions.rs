//! Sections 3 and 4.1: permissions in every spelling, and batches.

use super::{Route, kept, route};

/// A call on the item.
macro_rules! on_item {
    ($method:literal, $rest:literal) => {
        route(
            "3.1",
            concat!($method, " web/lists(guid'{list}')/items(1)", $rest),
            "",
            200,
        )
    };
}

pub(super) const ROUTES: &[Route] = &[
    on_item!(
        "POST",
        "/breakroleinheritance(copyroleassignments=false,%20clearsubscopes=true)"
    ),
    on_item!("POST", "/resetroleinheritance"),
    on_item!(
        "POST",
        "/BreakRoleInheritance(copyRoleAssignments=false,clearSubscopes=true)"
    ),
    on_item!("POST", "/resetroleinheritance"),
    on_item!("POST", "/breakroleinheritance(true)"),
    on_item!(
        "POST",
        "/roleassignments/addroleassignment(principalid={mori},roledefid=1073741827)"
    ),
    on_item!(
        "POST",
        "/roleassignments/addroleassignment(principalid={sato}, roledefid=1073741826)"
    ),
    on_item!(
        "POST",
        "/roleassignments/addroleassignment(principalid='{sato}',roledefid='1073741827')"
    ),
    on_item!("GET", "/roleassignments?$expand=Member,RoleDefinitionBindings"),
    route(
        "3.1",
        "GET web/lists(guid'{list}')/items(1)?$select=Id,HasUniqueRoleAssignments&$expand=RoleAssignments/Member",
        "",
        200,
    ),
    on_item!(
        "POST",
        "/roleassignments/removeroleassignment(principalid={sato},roledefid=1073741827)"
    ),
    on_item!(
        "POST",
        "/roleassignments/removeroleassignment(principalid={sato})"
    ),
    on_item!("DELETE", "/roleassignments/getbyprincipalid({mori})"),
    on_item!(
        "POST",
        "/roleassignments/addroleassignment(principalid={mori},roledefid=1073741827)"
    ),
    on_item!("POST+DELETE", "/roleassignments({mori})"),
    route("3.1", "GET web/roledefinitions", "", 200),
    route("3.1", "GET web/roledefinitions/getbyname('Read')", "", 200),
    route("3.1", "GET web/roledefinitions/getbytype(2)", "", 200),
    route("3.1", "GET web/roledefinitions(1073741829)", "", 200),
    kept(
        "level",
        route(
            "3.1",
            "POST web/roledefinitions",
            r#"{"BasePermissions":{"High":"0","Low":"262144"},"Name":"New","Description":"x","Order":9}"#,
            201,
        ),
    ),
    route(
        "3.1",
        "POST web/ensureuser",
        r#"{"logonName":"i:0#.f|membership|sato@contoso.onmicrosoft.com"}"#,
        200,
    ),
    route(
        "3.1",
        "POST web/ensureUser('sato@contoso.onmicrosoft.com')",
        "",
        200,
    ),
    route(
        "3.1",
        "POST web/EnsureUserByObjectId(objectId='7361746f-0000-0000-0000-000000000000',tenantId='00000000-0000-0000-0000-000000000001',principalType=1)",
        "",
        200,
    ),
    route(
        "3.1",
        "POST web/EnsureUserByObjectId",
        r#"{"objectId":"7361746f-0000-0000-0000-000000000000","tenantId":"00000000-0000-0000-0000-000000000001","principalType":1}"#,
        200,
    ),
    route(
        "3.1",
        "GET web/lists(guid'{list}')/items(1)/getUserEffectivePermissions(@user)?@user='i%3A0%23.f%7Cmembership%7Csato%40contoso.onmicrosoft.com'",
        "",
        200,
    ),
    on_item!("GET", "/EffectiveBasePermissions"),
    route(
        "3.1",
        "GET web/DoesUserHavePermissions(@p)?@p={'High':'0','Low':'1'}",
        "",
        200,
    ),
    route("3.1", "GET web/siteusers", "", 200),
    route("3.1", "GET web/currentuser", "", 200),
    kept(
        "group",
        route("3.1", "POST web/sitegroups", r#"{"Title":"Approvers"}"#, 201),
    ),
    route("3.1", "GET web/sitegroups({group})/users", "", 200),
    route(
        "3.2",
        "GET web/lists(guid'{list}')/items(1)/FirstUniqueAncestorSecurableObject",
        "",
        200,
    ),
    route(
        "3.2",
        "POST web/lists(guid'{list}')/breakroleinheritance(copyRoleAssignments=true,clearSubscopes=false)",
        "",
        200,
    ),
    route(
        "3.2",
        "POST web/lists(guid'{list}')/resetroleinheritance",
        "",
        200,
    ),
    route("3.2", "GET web/roleassignments", "", 200),
];

const BATCH: &str = "--batch_x\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\nGET https://contoso.sharepoint.com/sites/flow/_api/web HTTP/1.1\nAccept: application/json\n\n--batch_x\nContent-Type: multipart/mixed; boundary=\"changeset_y\"\n\n--changeset_y\nContent-Type: application/http\nContent-Transfer-Encoding: binary\n\nPOST https://contoso.sharepoint.com/sites/flow/_api/web/lists(guid'{list}')/items HTTP/1.1\nAccept: application/json\nContent-Type: application/json\n\n{\"Title\":\"in a batch\"}\n\n--changeset_y--\n--batch_x--\n";
const QUERY: &str = r#"<Request xmlns="http://schemas.microsoft.com/sharepoint/clientquery/2009" SchemaVersion="15.0.0.0" LibraryVersion="16.0.0.0" ApplicationName="routes"><Actions><ObjectPath Id="3" ObjectPathId="2"/></Actions><ObjectPaths><StaticProperty Id="1" TypeId="{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}" Name="Current"/><Property Id="2" ParentId="1" Name="Web"/></ObjectPaths></Request>"#;

pub(super) const BATCHES: &[Route] = &[
    route("4.1", "POST $batch", BATCH, 200),
    route("4.2", "POST /_vti_bin/client.svc/ProcessQuery", QUERY, 200),
];
