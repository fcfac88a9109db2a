// PnPjs creates items and makes each unique for its people: one call after the other, or in batches. `taken` is whose
// row is taken away again, if anybody's.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { InjectHeaders } from "@pnp/queryable";
import { spfi } from "@pnp/sp";
import "@pnp/sp/presets/all.js";
import { MSAL, SPDefault } from "@pnp/nodejs";
import auth from "./auth.cjs";

const { title, level, taken, batch, items } = JSON.parse(readFileSync(process.env.PF_CASE, "utf8"));
const origin = new URL(process.env.SITE_URL).origin;
const agent = InjectHeaders({ "User-Agent": process.env.USER_AGENT });
const sp = spfi(process.env.SITE_URL).using(SPDefault({}), MSAL({ auth }, [`${origin}/.default`]), agent);
const list = (root) => root.web.lists.getByTitle(title);

async function oneByOne() {
  for (const { fields, people } of items) {
    const { Id } = await list(sp).items.add(fields);
    const item = list(sp).items.getById(Id);
    await item.breakRoleInheritance(false, true);
    for (const person of people) await item.roleAssignments.add(person, level);
    if (taken) await item.roleAssignments.getById(taken).delete();
  }
}

// Two rounds: a batch knows no number of an item that it makes itself.
async function inBatches() {
  const [adding, add] = sp.batched({ maxRequests: batch });
  const made = items.map(({ fields }) => list(adding).items.add(fields));
  await add();
  const ids = (await Promise.all(made)).map((row) => row.Id);
  const [sharing, share] = sp.batched({ maxRequests: batch });
  const acts = items.flatMap(({ people }, at) => {
    const item = () => list(sharing).items.getById(ids[at]);
    return [
      item().breakRoleInheritance(false, true),
      ...people.map((person) => item().roleAssignments.add(person, level)),
      ...(taken ? [item().roleAssignments.getById(taken).delete()] : []),
    ];
  });
  await share();
  await Promise.all(acts);
}

await list(sp).select("Id")();
const go = createInterface({ input: process.stdin });
console.log("ready");
for await (const _ of go) {
  await (batch ? inBatches() : oneByOne());
  console.log("done");
}
