// PnPjs, unmodified: columns, views, people, groups, levels, form values, changes and limits of a workflow site.
import assert from "node:assert/strict";
import { spfi } from "@pnp/sp";
import { PermissionKind } from "@pnp/sp/presets/all.js";
import { MSAL, SPDefault } from "@pnp/nodejs";
import auth from "./auth.cjs";
import { check, done } from "./check.cjs";

const site = process.env.SITE_URL;
const sp = spfi(site).using(SPDefault({}), MSAL({ auth }, [`${new URL(site).origin}/.default`]));
const login = `i:0#.f|membership|${process.env.USER_1}`;
let list, user;

await check("the web's title is changed", async () => {
  await sp.web.update({ Description: "by PnPjs" });
  assert.equal((await sp.web.select("Description")()).Description, "by PnPjs");
});
await check("a list is found by its address", async () => {
  const { Id } = await sp.web.lists.add("Site work", "by PnPjs", 100);
  list = sp.web.lists.getById(Id);
  const { RootFolder } = await sp.web.lists.getById(Id).select("Id").expand("RootFolder")();
  assert.equal((await sp.web.getList(RootFolder.ServerRelativeUrl).select("Id")()).Id, Id);
});
await check("columns of every kind are added and found by either name", async () => {
  await list.fields.addNumber("Amount", { MinimumValue: 0, MaximumValue: 100 });
  await list.fields.addDateTime("Due", { DisplayFormat: 0 });
  await list.fields.addBoolean("Urgent");
  await list.fields.addMultilineText("Reason", { NumberOfLines: 6, RichText: false });
  await list.fields.addUser("Approver", { SelectionMode: 0 });
  await list.fields.addMultiChoice("Kinds", { Choices: ["a", "b"] });
  await list.fields.addUrl("Link");
  await list.fields.getByInternalNameOrTitle("Amount").update({ Title: "金額", Description: "円" });
  const byTitle = await list.fields.getByInternalNameOrTitle("金額")();
  const byName = await list.fields.getByInternalNameOrTitle("Amount")();
  assert.equal(byTitle.InternalName, "Amount");
  assert.equal(byTitle.Id, byName.Id);
  assert.equal((await list.fields.getByTitle("金額")()).Id, byName.Id);
  await assert.rejects(list.fields.getByInternalNameOrTitle("None")(), /400|404/);
});
await check("a view is made, its columns put in order and taken away", async () => {
  const made = await list.views.add("Mine", false, { RowLimit: 10, ViewQuery: "<OrderBy><FieldRef Name='ID'/></OrderBy>" });
  const view = list.views.getById(made.Id);
  await view.fields.removeAll();
  await view.fields.add("Amount");
  await view.fields.add("Urgent");
  await view.fields.move("Urgent", 0);
  assert.deepEqual((await view.fields()).Items, ["Urgent", "Amount"]);
  await view.fields.remove("Urgent");
  assert.deepEqual((await list.views.getByTitle("Mine").fields()).Items, ["Amount"]);
  await view.update({ RowLimit: 20, Title: "Ours" });
  assert.equal((await list.views.getByTitle("Ours")()).RowLimit, 20);
  assert.equal((await list.defaultView()).DefaultView, true);
  await view.delete();
  await assert.rejects(list.views.getByTitle("Ours")(), /404/);
});
await check("a person is found by id, login and mail, and keeps his object id", async () => {
  user = await sp.web.ensureUser(login);
  const byId = await sp.web.getUserById(user.Id)();
  assert.equal(byId.LoginName, user.LoginName);
  assert.equal((await sp.web.siteUsers.getById(user.Id)()).Title, user.Title);
  assert.equal((await sp.web.siteUsers.getByLoginName(login)()).Id, user.Id);
  assert.equal((await sp.web.siteUsers.getByEmail(process.env.USER_1)()).Id, user.Id);
  assert.equal(user.AadObjectId.NameId, process.env.USER_1_ID);
  await assert.rejects(sp.web.ensureUser(`i:0#.f|membership|nobody@${process.env.USER_1.split("@")[1]}`), /400/);
});
await check("the app is known as SharePoint App", async () => {
  const me = await sp.web.currentUser();
  assert.equal(me.Id, 1073741822);
  assert.equal(me.Title, "SharePoint App");
});
await check("a group is made, filled, emptied and removed", async () => {
  const made = await sp.web.siteGroups.add({ Title: "Approvers", Description: "by PnPjs" });
  const group = sp.web.siteGroups.getById(made.Id);
  await group.users.add(login);
  assert.deepEqual((await group.users()).map((row) => row.Id), [user.Id]);
  assert.deepEqual((await sp.web.getUserById(user.Id).groups()).map((row) => row.Id), [made.Id]);
  await group.users.removeById(user.Id);
  assert.deepEqual(await group.users(), []);
  assert.equal((await sp.web.siteGroups.getByName("Approvers")()).Id, made.Id);
  await sp.web.siteGroups.removeById(made.Id);
  await assert.rejects(sp.web.siteGroups.getById(made.Id)(), /404/);
});
await check("a level is changed and deleted, and the built-in ones stand", async () => {
  await sp.web.roleDefinitions.add("Level", "by PnPjs", 60, { High: 0, Low: 1 });
  const made = await sp.web.roleDefinitions.getByName("Level")();
  await sp.web.roleDefinitions.getById(made.Id).update({ Description: "changed", BasePermissions: { High: 0, Low: 3 } });
  const changed = await sp.web.roleDefinitions.getById(made.Id)();
  assert.deepEqual([changed.Description, changed.BasePermissions], ["changed", { High: "0", Low: "3" }]);
  await sp.web.roleDefinitions.getById(made.Id).delete();
  await assert.rejects(sp.web.roleDefinitions.getByName("Level")(), /404/);
  assert.equal((await sp.web.roleDefinitions.getByType(2)()).Id, 1073741826);
});
await check("what the app and a person may do is told", async () => {
  assert.equal(await sp.web.currentUserHasPermissions(PermissionKind.ManageWeb), true);
  assert.equal(await list.userHasPermissions(login, PermissionKind.ManageLists), false);
});
await check("form values make and change an item, and a wrong one is told within a 200", async () => {
  const made = await list.addValidateUpdateItemUsingPath(
    [{ FieldName: "Title", FieldValue: "formed" }, { FieldName: "Approver", FieldValue: JSON.stringify([{ Key: login }]) }],
    new URL(site).pathname + "/Lists/Site work",
  );
  assert.ok(made.every((row) => !row.HasException));
  const item = list.items.getById(Number(made.find((row) => row.FieldName === "Id").FieldValue));
  assert.equal((await item.select("ApproverId")()).ApproverId, user.Id);
  const changed = await item.validateUpdateListItem([{ FieldName: "Amount", FieldValue: "1000" }]);
  assert.equal(changed.find((row) => row.FieldName === "Amount").HasException, true);
  await item.validateUpdateListItem([{ FieldName: "Amount", FieldValue: "10" }]);
  const text = await item.fieldValuesAsText();
  assert.equal(text.Title, "formed");
  const read = await item.select("Amount", "Approver/EMail", "Approver/Title").expand("Approver")();
  assert.equal(read.Amount, 10);
  assert.equal(read.Approver.Title, user.Title);
});
await check("a list breaks its inheritance, and an item its own", async () => {
  await list.breakRoleInheritance(false, true);
  await list.roleAssignments.add(user.Id, 1073741826);
  const item = list.items.getById(1);
  await item.breakRoleInheritance(true);
  const rows = await item.roleAssignments();
  assert.ok(rows.some((row) => row.PrincipalId === user.Id));
  const { High, Low } = await item.getUserEffectivePermissions(login);
  assert.deepEqual([Number(High), Number(Low)], [176, 138612833]);
  assert.equal(await item.userHasPermissions(login, PermissionKind.EditListItems), false);
  await item.roleAssignments.getById(user.Id).delete();
  await assert.rejects(item.roleAssignments.getById(user.Id)(), /404/);
  await item.resetRoleInheritance();
  await list.resetRoleInheritance();
});
await check("changes of the web are told", async () => {
  const { CurrentChangeToken: start } = await sp.web.select("CurrentChangeToken")();
  await list.items.add({ Title: "later" });
  const changes = await sp.web.getChanges({ Item: true, Add: true, ChangeTokenStart: start });
  assert.deepEqual(changes.map((row) => row.ChangeType), [1]);
});
await check("what was recycled comes back as it was", async () => {
  const bin = await list.items.getById(2).recycle();
  await sp.web.recycleBin.getById(bin).restore();
  assert.equal((await list.items.getById(2)()).Title, "later");
  await list.recycle();
  await assert.rejects(list(), /404/);
  const [row] = await sp.web.recycleBin();
  await sp.web.recycleBin.getById(row.Id).restore();
  assert.equal((await list()).ItemCount, 2);
});
await check("a list that is deleted is gone for good", async () => {
  await list.delete();
  await assert.rejects(list(), /404/);
  assert.deepEqual(await sp.web.recycleBin(), []);
});
done();
