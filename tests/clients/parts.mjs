// What tests of the web parts in Chromium share: the demo's people, a browser as each of them, and a look at each page.
// READY.json of the demo is the first argument.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { openBrowser, shoot, watch } from "./browser.mjs";
import { faults } from "./inspect.mjs";

const ready = JSON.parse(readFileSync(process.argv[2], "utf8"));
export const site = ready.site.replace(/\/$/, "");
/** How long the service may take for one step of the way. */
export const PATIENCE = 120_000;
export const LOCAL = "shinji.kawai";

const dump = await (await fetch(`http://${ready.control}/dump`)).json();
const people = Object.values(dump.directory.users);
export const applicant = people.find((person) => person.display_name === "岡本 拓也");
export const manager = people.find((person) => person.id === applicant.manager);
export const experts = people.filter((person) => person.properties.department === "情報システム部").slice(0, 2);

let passed = 0;
export async function check(name, work) {
  await work();
  passed += 1;
  console.log(`ok ${name}`);
}

export async function asPerson(person, phone, path = "/SitePages/Home.aspx") {
  const session = await openBrowser({ tenant: ready.tenant, backend: ready.service, ca: ready.caFile, phone });
  session.page.setDefaultTimeout(PATIENCE);
  session.troubles = watch(session.page);
  await session.page.goto(`${site}${path}`);
  await session.page.locator(`button[name=person][value="${person.id}"]`).click();
  await session.page.waitForURL((url) => url.host.endsWith(".sharepoint.com"));
  return session;
}

export const button = (page, name) => page.getByRole("button", { name, exact: true });
export const heading = (page, name) => page.getByRole("heading", { name });
export const field = (page, key) => page.locator(`#pf-field-${key}`);

const wrong = [];
/** Looks at a page, and keeps its pictures where they are wanted. What is wrong with any of them is told at the end. */
export async function look(page, name) {
  wrong.push(...(await faults(page)).map((fault) => `${name}: ${fault}`));
  await shoot(page, name);
}

const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
export const ANSWERS = {
  lastName: "河合", firstName: "慎二", lastNameKana: "カワイ", firstNameKana: "シンジ", employeeNumber: "200777",
  post: "担当", manager: manager.user_principal_name, upnLocal: LOCAL, startDate: day(30),
};

export async function fill(page, answers) {
  for (const [key, answer] of Object.entries(answers)) await field(page, key).fill(answer);
}

/** Fails when anything was wrong with a page, or a page had trouble; says what was done otherwise. */
export async function finish(session) {
  await check("no page broke", async () => assert.deepEqual(session.troubles, []));
  await session.close();
  await check("no page has a fault", async () => assert.deepEqual(wrong, []));
  console.log(`${passed} passed, 0 failed`);
}
