// PnPjs, unmodified: a subscription is made, read, renewed, moved and given up, and what changes is notified.
import assert from "node:assert/strict";
import { spfi } from "@pnp/sp";
import "@pnp/sp/presets/all.js";
import { MSAL, SPDefault } from "@pnp/nodejs";
import auth from "./auth.cjs";
import { check, done } from "./check.cjs";
import { hook, listen } from "./hook.mjs";

const site = process.env.SITE_URL;
const sp = spfi(site).using(SPDefault({}), MSAL({ auth }, [`${new URL(site).origin}/.default`]));
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString();

const { shaken, notified, close } = await listen();
const { Id } = await sp.web.lists.add("Subscribed", "by PnPjs", 100);
const list = sp.web.lists.getById(Id);
let made;

await check("an address that does not repeat the token gets no subscription", async () => {
  await assert.rejects(list.subscriptions.add(`${hook}/mute`, inDays(30), "state"), /400/);
  assert.equal(shaken.pop().pathname, "/mute");
  assert.deepEqual(await list.subscriptions(), []);
});
await check("a subscription is made after a handshake that keeps the address's own query", async () => {
  made = await list.subscriptions.add(`${hook}/first?own=1`, inDays(30), "state");
  const [{ token, ...asked }, ...more] = shaken.splice(0);
  assert.deepEqual(asked, { method: "POST", pathname: "/first", own: "1", body: "" });
  assert.ok(token.length > 0);
  assert.deepEqual(more, []);
  assert.equal(made.notificationUrl, `${hook}/first?own=1`);
  assert.equal(made.resource, Id);
});
await check("it is found alone and among all", async () => {
  const alone = await list.subscriptions.getById(made.id)();
  assert.equal(alone.notificationUrl, made.notificationUrl);
  assert.deepEqual((await list.subscriptions()).map(({ id }) => id), [made.id]);
});
await check("it is renewed without a handshake, but not for longer than 180 days", async () => {
  const until = inDays(90);
  await list.subscriptions.getById(made.id).update(until);
  const { expirationDateTime } = await list.subscriptions.getById(made.id)();
  assert.equal(Math.trunc(Date.parse(expirationDateTime) / 1000), Math.trunc(Date.parse(until) / 1000));
  await assert.rejects(list.subscriptions.getById(made.id).update(inDays(200)), /400/);
  assert.deepEqual(shaken, []);
});
await check("a new address must answer too, and hears of what changes", async () => {
  await assert.rejects(list.subscriptions.getById(made.id).update(undefined, `${hook}/mute`), /400/);
  await list.subscriptions.getById(made.id).update(undefined, `${hook}/second`, "other state");
  assert.deepEqual(shaken.splice(0).map(({ pathname }) => pathname), ["/mute", "/second"]);
  await list.items.add({ Title: "one" });
  const { pathname, body } = await notified;
  assert.equal(pathname, "/second");
  const [told, ...more] = JSON.parse(body).value;
  assert.deepEqual([told.subscriptionId, told.clientState, told.resource, more], [made.id, "other state", Id, []]);
});
await check("it is given up", async () => {
  await list.subscriptions.getById(made.id).delete();
  assert.deepEqual(await list.subscriptions(), []);
  await assert.rejects(list.subscriptions.getById(made.id)(), /404/);
});
close();
done();
