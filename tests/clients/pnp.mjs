// PnPjs with MSAL and a certificate, unmodified, doing the list, item, version and permission work of a workflow site.
import assert from "node:assert/strict";
import { spfi } from "@pnp/sp";
import "@pnp/sp/presets/all.js";
import { MSAL, SPDefault } from "@pnp/nodejs";
import auth from "./auth.cjs";
import { check, done } from "./check.cjs";

const origin = new URL(process.env.SITE_URL).origin;
const sp = spfi(process.env.SITE_URL).using(SPDefault({}), MSAL({ auth }, [`${origin}/.default`]));

const title = "PnP work";
let list, userIds = [];

await check("the web is read", async () => {
  const web = await sp.web.select("Title", "Url", "ServerRelativeUrl")();
  assert.equal(web.Url, process.env.SITE_URL);
});
await check("people are ensured by login and keep their object id", async () => {
  for (const upn of [process.env.USER_1, process.env.USER_2, process.env.USER_3]) {
    const user = await sp.web.ensureUser(`i:0#.f|membership|${upn}`);
    assert.ok(user.Id > 0);
    userIds.push(user.Id);
  }
  const users = await sp.web.siteUsers();
  assert.ok(userIds.every((id) => users.some((user) => user.Id === id)));
});
await check("a list is created, once", async () => {
  const made = await sp.web.lists.ensure(title, "made by PnPjs", 100);
  assert.equal(made.created, true);
  const again = await sp.web.lists.ensure(title, "made by PnPjs", 100);
  assert.equal(again.created, false);
  list = sp.web.lists.getByTitle(title);
});
await check("fields are added, indexed and unique", async () => {
  await list.fields.addText("Key", { MaxLength: 100 });
  await list.fields.getByInternalNameOrTitle("Key").update({ Indexed: true, EnforceUniqueValues: true });
  await list.fields.addChoice("Decision", { Choices: ["承認", "却下"] });
  await list.fields.createFieldAsXml('<Field Type="Note" Name="Body" DisplayName="Body" StaticName="Body" RichText="FALSE" NumLines="6" />');
  const key = await list.fields.getByInternalNameOrTitle("Key")();
  assert.equal(key.Indexed, true);
  assert.equal(key.EnforceUniqueValues, true);
});
await check("items are added, read, changed, and conflicts are told", async () => {
  const added = await list.items.add({ Title: "first", Key: "a", Decision: "承認" });
  assert.equal(added.Title, "first");
  const item = list.items.getById(added.Id);
  const read = await item.select("Id", "Title", "Key", "Author/Title").expand("Author")();
  assert.equal(read.Key, "a");
  const etag = (await item())["odata.etag"] ?? (await item())["@odata.etag"] ?? "*";
  await item.update({ Title: "second" }, etag);
  if (etag !== "*") await assert.rejects(item.update({ Title: "third" }, etag), /412/);
});
await check("a unique column refuses a second value", async () => {
  await assert.rejects(list.items.add({ Title: "twin", Key: "a" }), /duplicate|unique|500|400/i);
});
await check("versions tell each state and who made it", async () => {
  const versions = await list.items.getById(1).versions();
  assert.ok(versions.length >= 2);
  assert.equal(versions[0].Title, "second");
  assert.equal(versions.at(-1).Title, "first");
});
await check("an item gets its own permissions", async () => {
  const item = list.items.getById(1);
  await item.breakRoleInheritance(false, true);
  const read = await sp.web.roleDefinitions.getByName("Read")();
  await item.roleAssignments.add(userIds[0], read.Id);
  const assignments = await item.roleAssignments.expand("Member", "RoleDefinitionBindings")();
  assert.ok(assignments.some((row) => row.PrincipalId === userIds[0]));
  const flag = await item.select("Id", "HasUniqueRoleAssignments")();
  assert.equal(flag.HasUniqueRoleAssignments, true);
  await item.roleAssignments.remove(userIds[0], read.Id);
  await item.resetRoleInheritance();
});
await check("effective permissions of a person are told", async () => {
  const login = `i:0#.f|membership|${process.env.USER_1}`;
  const mask = await list.getUserEffectivePermissions(login);
  assert.ok("High" in mask && "Low" in mask);
});
await check("a permission level is made from bits", async () => {
  const made = await sp.web.roleDefinitions.add("PnP level", "made by PnPjs", 50, { High: "0", Low: "262145" });
  const level = await sp.web.roleDefinitions.getByName("PnP level")();
  assert.equal(level.Name, "PnP level");
  assert.ok(made);
});
await check("a batch of creates and permission changes works in order", async () => {
  const [batched, execute] = sp.batched();
  const results = [];
  for (let n = 0; n < 10; n += 1) {
    batched.web.lists.getByTitle(title).items.add({ Title: `batch ${n}`, Key: `b${n}` }).then((row) => results.push(row.Id));
  }
  await execute();
  assert.equal(results.length, 10);
  const [permissions, run] = sp.batched();
  for (const id of results) permissions.web.lists.getByTitle(title).items.getById(id).breakRoleInheritance(false, true);
  await run();
  const rows = await list.items.select("Id", "HasUniqueRoleAssignments").filter("startswith(Title,'batch')").top(20)();
  assert.equal(rows.filter((row) => row.HasUniqueRoleAssignments).length, 10);
});
await check("paging walks all items once", async () => {
  const seen = [];
  for await (const page of list.items.select("Id").top(4)) seen.push(...page.map((row) => row.Id));
  assert.equal(new Set(seen).size, seen.length);
  assert.equal(seen.length, 11);
});
await check("CAML finds by column", async () => {
  const rows = await list.getItemsByCAMLQuery({
    ViewXml: "<View><Query><Where><Eq><FieldRef Name='Key'/><Value Type='Text'>b3</Value></Eq></Where></Query></View>",
  });
  assert.deepEqual(rows.map((row) => row.Title), ["batch 3"]);
});
await check("a stream of list data has its rows", async () => {
  const data = await list.renderListDataAsStream({ ViewXml: "<View><RowLimit>5</RowLimit></View>" });
  assert.equal(data.Row.length, 5);
});
await check("attachments go in and come out", async () => {
  const files = list.items.getById(1).attachmentFiles;
  await files.add("note.txt", "こんにちは");
  assert.deepEqual((await files()).map((file) => file.FileName), ["note.txt"]);
  assert.equal(await files.getByName("note.txt").getText(), "こんにちは");
});
await check("changes are told since a token", async () => {
  const start = (await list.select("CurrentChangeToken")()).CurrentChangeToken;
  await list.items.add({ Title: "changed", Key: "c" });
  const changes = await list.getChanges({ Item: true, Add: true, ChangeTokenStart: start });
  assert.equal(changes.length, 1);
});
await check("an item goes to the recycle bin", async () => {
  await list.items.getById(1).recycle();
  const bin = await sp.web.recycleBin();
  assert.ok(bin.some((row) => row.Title === "second"));
  await assert.rejects(list.items.getById(1)(), /404/);
});
done();
