// @pnp/graph with MSAL and a certificate, unmodified, doing the account, group and licence work of onboarding.
import assert from "node:assert/strict";
import { GraphCollection, GraphQueryable, graphfi, graphPost, graphPut } from "@pnp/graph";
import "@pnp/graph/batching.js";
import "@pnp/graph/groups/index.js";
import "@pnp/graph/members/index.js";
import "@pnp/graph/users/index.js";
import { GroupType } from "@pnp/graph/groups/index.js";
import { GraphDefault, MSAL } from "@pnp/nodejs";
import { body } from "@pnp/queryable";
import auth from "./auth.cjs";
import { check, done } from "./check.cjs";

const graph = graphfi().using(GraphDefault(), MSAL({ auth }, ["https://graph.microsoft.com/.default"]));

const domain = process.env.USER_1.split("@")[1];
const users = "https://graph.microsoft.com/v1.0/users";
const skus = () => GraphCollection([graph.users, "https://graph.microsoft.com/v1.0/"], "subscribedSkus");
const upn = `new.hire@${domain}`;
let user, group, sku;

await check("a user is found by name and by id", async () => {
  const byName = await graph.users.getById(process.env.USER_1)();
  assert.equal(byName.id, process.env.USER_1_ID);
  const byId = await graph.users.getById(process.env.USER_1_ID).select("id", "userPrincipalName", "usageLocation")();
  assert.equal(byId.userPrincipalName, process.env.USER_1);
  assert.equal(byId.usageLocation, "JP");
});
await check("all users are walked page by page, each once", async () => {
  const seen = [];
  for await (const page of graph.users.top(10)) seen.push(...page.map((row) => row.id));
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(seen.length > 10);
});
await check("a user is created with a password to be changed", async () => {
  user = await graphPost(graph.users, body({
    accountEnabled: true,
    displayName: "新入 社員",
    mailNickname: "new.hire",
    userPrincipalName: upn,
    usageLocation: "JP",
    passwordProfile: { forceChangePasswordNextSignIn: true, password: "Str0ng-Enough-Pass!" },
  }));
  assert.equal(user.userPrincipalName, upn);
  assert.equal(user.passwordProfile ?? null, null);
});
await check("the same user cannot be created twice", async () => {
  await assert.rejects(
    graphPost(graph.users, body({
      accountEnabled: true,
      displayName: "新入 社員",
      mailNickname: "new.hire",
      userPrincipalName: upn,
      passwordProfile: { password: "Str0ng-Enough-Pass!" },
    })),
    /400/,
  );
});
await check("a user is changed and found by filter", async () => {
  await graph.users.getById(user.id).update({ department: "営業部", jobTitle: "担当" });
  const found = await graph.users.filter(`userPrincipalName eq '${upn}'`).select("id", "department")();
  assert.deepEqual(found.map((row) => [row.id, row.department]), [[user.id, "営業部"]]);
});
await check("a user gets a manager", async () => {
  const reference = GraphQueryable(graph.users.getById(user.id), "manager/$ref");
  await graphPut(reference, body({ "@odata.id": `${users}/${process.env.USER_1_ID}` }));
  const manager = await graph.users.getById(user.id).manager();
  assert.equal(manager.id, process.env.USER_1_ID);
});
await check("a licence is given and takes a seat", async () => {
  sku = (await skus()()).find((row) => row.consumedUnits < row.prepaidUnits.enabled);
  assert.ok(sku);
  const assign = GraphQueryable(graph.users.getById(user.id), "assignLicense");
  const assigned = await graphPost(assign, body({ addLicenses: [{ skuId: sku.skuId, disabledPlans: [] }], removeLicenses: [] }));
  assert.equal(assigned.id, user.id);
  const held = await GraphCollection(graph.users.getById(user.id), "licenseDetails")();
  assert.deepEqual(held.map((row) => row.skuId), [sku.skuId]);
  const after = (await skus()()).find((row) => row.skuId === sku.skuId);
  assert.equal(after.consumedUnits, sku.consumedUnits + 1);
});
await check("a security group is created and takes members", async () => {
  group = await graph.groups.add("clients", "clients", GroupType.Security);
  const made = await graph.groups.getById(group.id)();
  assert.equal(made.securityEnabled, true);
  const members = graph.groups.getById(group.id).members;
  await members.add(`https://graph.microsoft.com/v1.0/directoryObjects/${user.id}`);
  assert.deepEqual((await members()).map((row) => row.id), [user.id]);
  await assert.rejects(members.add(`https://graph.microsoft.com/v1.0/directoryObjects/${user.id}`), /400/);
  await members.getById(user.id).remove();
  assert.deepEqual(await members(), []);
});
await check("a batch reads several people", async () => {
  const [batched, execute] = graph.batched();
  const asked = [process.env.USER_1, process.env.USER_2, process.env.USER_3].map((name) => batched.users.getById(name)());
  await execute();
  const ids = (await Promise.all(asked)).map((row) => row.id);
  assert.deepEqual(ids, [process.env.USER_1_ID, process.env.USER_2_ID, process.env.USER_3_ID]);
});
await check("a user that is deleted is gone", async () => {
  await graph.users.getById(user.id).delete();
  await assert.rejects(graph.users.getById(user.id)(), /404/);
});
done();
