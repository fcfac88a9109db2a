// Every member that the tenant emits is one that SharePoint's and Graph's own metadata know.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { ConfidentialClientApplication } from "@azure/msal-node";
import auth from "./auth.cjs";
import { check, done } from "./check.cjs";
import metadata from "./metadata.cjs";

const require = createRequire(import.meta.url);
const site = process.env.SITE_URL;
const client = new ConfidentialClientApplication({ auth });
const bearer = async (resource) =>
  (await client.acquireTokenByClientCredential({ scopes: [`${resource}/.default`] })).accessToken;
const tokens = { sharepoint: await bearer(new URL(site).origin), graph: await bearer("https://graph.microsoft.com") };

/// Sends and answers JSON; anything but success is an error with what the tenant said.
async function send(token, method, url, body, headers = {}) {
  const answer = await fetch(url, {
    method,
    headers: { Accept: "application/json", Authorization: `Bearer ${token}`, "Content-Type": "application/json", ...headers },
    body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${url}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}
await check("SharePoint's entities have SharePoint's members", async () => {
  const types = metadata.read(require.resolve("gd-sprest-def/metadata.xml"));
  const api = (method, path, body, headers) => send(tokens.sharepoint, method, `${site}/_api/${path}`, body, headers);
  const list = await api("POST", "web/lists", { Title: "Members", BaseTemplate: 100 });
  const base = `web/lists(guid'${list.Id}')`;
  for (const kind of ["Text", "Note", "Number", "Currency", "DateTime", "Choice", "MultiChoice", "User", "UserMulti", "URL", "Boolean"]) {
    const choices = kind.includes("Choice") ? "<CHOICES><CHOICE>a</CHOICE></CHOICES>" : "";
    const schema = `<Field Type="${kind}" Name="My_${kind}" DisplayName="My ${kind}" ${kind === "UserMulti" ? 'Mult="TRUE"' : ""}>${choices}</Field>`;
    await api("POST", `${base}/fields/createfieldasxml`, { parameters: { SchemaXml: schema, Options: 8 } });
  }
  const user = await api("POST", "web/ensureuser", { logonName: process.env.USER_1 });
  const { StringValue: start } = list.CurrentChangeToken;
  const item = await api("POST", `${base}/items`, { Title: "one", My_UserId: user.Id, My_MultiChoice: ["a"], My_URL: { Url: "https://a.example", Description: "a" } });
  const here = `${base}/items(${item.Id})`;
  await api("POST", here, { Title: "two" }, { "X-HTTP-Method": "MERGE", "If-Match": "*" });
  await api("POST", `${here}/attachmentfiles/add(filename='a.txt')`, "bytes");
  await api("POST", `${here}/breakroleinheritance(false,true)`);
  await api("POST", `${here}/roleassignments/addroleassignment(principalid=${user.Id},roledefid=1073741826)`);
  const away = await api("POST", `${base}/items`, { Title: "away" });
  await api("POST", `${base}/items(${away.Id})/recycle`);

  const dynamic = metadata.columns((await api("GET", `${base}/fields`)).value);
  const paths = {
    web: "SP.Web", site: "SP.Site", "web/lists": "SP.List", [base]: "SP.List", [`${base}/rootfolder`]: "SP.Folder",
    [`${base}/fields`]: "SP.Field", [`${base}/views`]: "SP.View", [`${base}/defaultview/viewfields`]: "SP.ViewFieldCollection",
    [`${base}/contenttypes`]: "SP.ContentType", [`${base}/items`]: "SP.ListItem", [here]: "SP.ListItem",
    [`${here}/versions`]: "SP.ListItemVersion", [`${here}/attachmentfiles`]: "SP.Attachment",
    [`${here}/roleassignments?$expand=Member,RoleDefinitionBindings`]: "SP.RoleAssignment",
    "web/roledefinitions": "SP.RoleDefinition", "web/siteusers": "SP.User", "web/currentuser": "SP.User",
    "web/sitegroups?$expand=Owner,Users": "SP.Group", "web/recyclebin": "SP.RecycleBinItem",
    [`${base}/subscriptions`]: "Microsoft.SharePoint.Webhooks.Subscription",
  };
  const strange = new Set();
  for (const [path, type] of Object.entries(paths)) {
    const answer = await api("GET", path);
    if (path !== `${base}/subscriptions`) assert.notDeepEqual(answer.value, [], `${path} is empty`);
    for (const name of metadata.strangers(types, answer.value ?? answer, type, dynamic)) strange.add(name);
  }
  const query = { Item: true, List: true, Field: true, View: true, Web: true, Add: true, Update: true, DeleteObject: true, RoleAssignmentAdd: true };
  const changes = await api("POST", "web/getchanges", { query: { ...query, Group: true, GroupMembershipAdd: true } });
  const own = await api("POST", `${base}/getchanges`, { query: { ...query, ChangeTokenStart: { StringValue: start } } });
  assert.ok(changes.value.length > 0 && own.value.length > 0);
  for (const name of metadata.strangers(types, [...changes.value, ...own.value], "SP.Change")) strange.add(name);
  assert.deepEqual([...strange], []);
});

await check("what CSOM tells has SharePoint's members", async () => {
  const types = metadata.read(require.resolve("gd-sprest-def/metadata.xml"));
  const all = '<Query SelectAllProperties="true"><Properties /></Query><ChildItemQuery SelectAllProperties="true"><Properties /></ChildItemQuery>';
  const objects = [
    [2, 0, "Web"], [4, 0, "Site"], [6, 2, "Lists"], [8, 2, "RoleDefinitions"], [10, 2, "SiteUsers"], [12, 2, "SiteGroups"],
    [16, 14, "Fields"], [18, 14, "Views"], [22, 20, "RoleAssignments"], [24, 20, "Versions"], [26, 20, "AttachmentFiles"],
  ];
  const flags = ["Item", "List", "Field", "View", "Add", "Update", "RoleAssignmentAdd"].map((name) => `<Property Name="${name}" Type="Boolean">true</Property>`).join("");
  const methods = '<Method Id="14" ParentId="6" Name="GetByTitle"><Parameters><Parameter Type="String">Members</Parameter></Parameters></Method>'
    + '<Method Id="20" ParentId="14" Name="GetItemById"><Parameters><Parameter Type="Number">1</Parameter></Parameters></Method>'
    + `<Method Id="28" ParentId="14" Name="GetChanges"><Parameters><Parameter TypeId="{887a7218-1232-4cfc-b78f-88d54e9d8ec7}">${flags}</Parameter></Parameters></Method>`;
  const paths = objects.map(([id, parent, name]) => `<Property Id="${id}" ParentId="${parent}" Name="${name}" />`).join("");
  const asked = [...objects.map(([id]) => id), 20, 28];
  const actions = asked.map((id) => `<Query Id="${100 + id}" ObjectPathId="${id}">${all}</Query>`).join("");
  const xml = `<Request xmlns="http://schemas.microsoft.com/sharepoint/clientquery/2009" SchemaVersion="15.0.0.0" LibraryVersion="16.0.0.0" ApplicationName="Members"><Actions>${actions}</Actions><ObjectPaths><StaticProperty Id="0" TypeId="{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}" Name="Current" />${paths}${methods}</ObjectPaths></Request>`;
  const [head, ...answers] = await send(tokens.sharepoint, "POST", `${site}/_vti_bin/client.svc/ProcessQuery`, xml, { "Content-Type": "text/xml" });
  assert.equal(head.ErrorInfo, null);
  const strange = new Set();
  const walk = (value) => {
    if (value === null || typeof value !== "object") return;
    const known = metadata.members(types, value._ObjectType_);
    // Items and versions are open: their columns stand beside their members.
    const open = ["SP.ListItem", "SP.ListItemVersion"].includes(value._ObjectType_);
    for (const [member, inner] of Object.entries(value)) {
      if (known && !open && !member.startsWith("_") && !known.has(member)) strange.add(`${value._ObjectType_}.${member}`);
      walk(inner);
    }
  };
  answers.forEach(walk);
  assert.equal(answers.length, 2 * asked.length);
  assert.deepEqual([...strange], []);
});

await check("Graph's entities have Graph's members", async () => {
  const types = metadata.read(require.resolve("gd-sprest-def/graph.xml"));
  // The package is older than the tenant's model, which is cut from Microsoft's document of a later day.
  const { types: later } = JSON.parse(readFileSync(new URL("../../server/dev-tenant/src/graph/model.json", import.meta.url)));
  const newer = (type, member) => member in (later[type?.replace("microsoft.graph.", "")] ?? {});
  const graph = (method, path, body) => send(tokens.graph, method, `https://graph.microsoft.com/v1.0/${path}`, body);
  const user = process.env.USER_1_ID;
  const group = await graph("POST", "groups", { displayName: "g", mailEnabled: false, mailNickname: "g", securityEnabled: true });
  await graph("POST", `groups/${group.id}/members/$ref`, { "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${user}` });
  await graph("POST", `users/${user}/messages`, { subject: "s", body: { contentType: "Text", content: "c" }, toRecipients: [{ emailAddress: { address: process.env.USER_2 } }] });
  const address = `${new URL(site).host}:${new URL(site).pathname}`;
  const { id } = await graph("GET", `sites/${address}`);
  await graph("POST", `sites/${id}/permissions`, { roles: ["write"], grantedToIdentities: [{ application: { id: process.env.CLIENT_ID, displayName: "a" } }] });
  const whole = "id,displayName,userPrincipalName,accountEnabled,assignedLicenses,licenseAssignmentStates,createdDateTime,department,proxyAddresses,employeeId,companyName";
  const paths = {
    users: "user", [`users/${user}`]: "user", [`users/${user}?$select=${whole}`]: "user", [`users/${user}/licenseDetails`]: "licenseDetails",
    [`users/${user}/messages`]: "message", [`groups/${group.id}`]: "group", groups: "group", [`groups/${group.id}/members`]: "directoryObject",
    subscribedSkus: "subscribedSku", organization: "organization", applications: "application", servicePrincipals: "servicePrincipal",
    [`sites/${address}`]: "site", [`sites/${id}/permissions`]: "permission",
  };
  const strange = new Set();
  for (const [path, type] of Object.entries(paths)) {
    const answer = await graph("GET", path);
    assert.notDeepEqual(answer.value, [], `${path} is empty`);
    for (const name of metadata.strangers(types, answer.value ?? answer, `microsoft.graph.${type}`, newer)) strange.add(name);
  }
  assert.deepEqual([...strange], []);
});
done();
