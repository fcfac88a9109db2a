// The whole job, unattended: a person applies in the Request web part, his manager decides in the Approve web part, two
// of three in Information Systems decide in the list's edit form, and the account exists. Real Chromium, real HTTP.
// Usage: node demo-once.mjs READY.json PRODUCT FOLDER   (writes evidence.json, dump.json, ledger.json, journal.json)
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openBrowser, shoot, watch } from "./browser.mjs";

const [readyFile, product, folder] = process.argv.slice(2);
const ready = JSON.parse(readFileSync(readyFile, "utf8"));
const site = ready.site.replace(/\/$/, "");
const APPLICANT = "岡本 拓也";
const LOCAL = `shinji.kawai.${process.pid}`;
/** How long the service may take for one step of the way. */
const PATIENCE = 90_000;

const say = (text) => console.error(`demo: ${text}`);
const control = async (path, options) => {
  const answer = await fetch(`http://${ready.control}${path}`, options);
  assert.ok(answer.ok, `control ${path}: ${answer.status}`);
  return answer.status === 204 ? undefined : answer.json();
};
const put = (body) => ({ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
const dump = () => control("/dump");
const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** Looks again and again until `look` gives something. */
async function until(what, look) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = await look();
    if (found) return found;
    assert.ok(Date.now() < end, `nothing came of it: ${what}`);
    await pause(400);
  }
}

const born = await dump();
const people = Object.values(born.directory.users);
const named = (name) => people.find((person) => person.display_name === name);
const applicant = named(APPLICANT);
const manager = people.find((person) => person.id === applicant.manager);
const experts = people.filter((person) => person.properties.department === "情報システム部");
const domain = applicant.user_principal_name.split("@")[1];

function noStrangers(hosts) {
  const strangers = [...hosts].filter((host) => !/(^|\.)(sharepoint\.com|microsoftonline\.com)$/.test(host) && host !== ready.publicHost);
  assert.deepEqual(strangers, [], "the page asked other hosts");
}

/** A browser in which `person` has signed in, at `path` of the site. */
async function asPerson(person, path) {
  const session = await openBrowser({ tenant: ready.tenant, backend: ready.service, ca: ready.caFile });
  const hosts = new Set();
  // What the page's own policy stops (Microsoft's telemetry) never leaves the browser.
  session.page.on("response", (reply) => hosts.add(new URL(reply.url()).host));
  session.page.on("requestfailed", (request) => request.failure()?.errorText === "csp" || hosts.add(new URL(request.url()).host));
  session.hosts = hosts;
  session.troubles = watch(session.page);
  await session.page.goto(`${site}${path}`);
  await session.page.locator(`button[name=person][value="${person.id}"]`).click();
  await session.page.waitForURL((url) => url.host.endsWith(".sharepoint.com"));
  return session;
}

// --- the applicant fills the form; mistakes are told at the keystroke, in Japanese -----------------------------
say(`${applicant.display_name} applies`);
const { page, close, hosts, troubles } = await asPerson(applicant, "/");
await page.locator("li").getByRole("button", { name: "申請する" }).first().click({ timeout: PATIENCE });
const field = (key) => page.locator(`#pf-field-${key}`);
await field("lastName").fill("河合");
await field("firstName").fill("慎二");
await field("lastNameKana").fill("カワイ");
await field("firstNameKana").fill("シンジ");
await field("employeeNumber").fill("12a4");
await field("employeeNumber").blur();
await page.getByText("6 桁の数字で入力してください。").waitFor();
await field("employeeNumber").fill("200777");
await field("department").selectOption("営業部");
await field("post").fill("担当");
await field("manager").fill(manager.user_principal_name);
await field("upnLocal").fill(manager.user_principal_name.split("@")[0]);
await page.getByText("すでに使われています。").waitFor({ timeout: PATIENCE });
await shoot(page, "taken");
await field("upnLocal").fill(LOCAL);
await page.getByText("利用できます。").waitFor({ timeout: PATIENCE });
await field("licence").selectOption({ index: 1 });
await page.locator("#pf-field-groups input[type=checkbox]").first().check();
await page.getByRole("button", { name: "申請", exact: true }).last().click();
await page.getByText("入力してください。").first().waitFor();
const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
await field("startDate").fill(tomorrow);
await shoot(page, "form");
await page.getByRole("button", { name: "申請", exact: true }).last().click();
await page.getByText("申請しました。").first().waitFor({ timeout: PATIENCE });
await shoot(page, "applied");
noStrangers(hosts);
assert.deepEqual(troubles, [], "the page had trouble");
await close();

// --- the sealed application ------------------------------------------------------------------------------------
const lists = (state) => Object.values(state.sharepoint.sites.find((found) => site.endsWith(found.path)).lists);
const applications = (state) => lists(state).find((list) => list.root_folder.endsWith("/PFApplications"));
const sealed = await until("a sealed application", async () => {
  const items = Object.values(applications(await dump()).items);
  return items.find((item) => JSON.stringify(item.versions.at(-1).values).includes(LOCAL));
});
const itemOf = async () => Object.values(applications(await dump()).items).find((item) => item.id === sealed.id);
const value = (item, name) => item.versions.at(-1).values[name]?.value;
const inState = (code) => until(`state ${code}`, async () => {
  const item = await itemOf();
  return value(item, "PFStatus") === code ? item : undefined;
});
const number = value(await inState("IA"), "PFNumber");
say(`${number} is in approval`);

// --- a decision in the Approve web part ----------------------------------------------------------------------------
async function approveInWebPart(person) {
  const token = value(await itemOf(), "PFStepToken");
  const { page, close, hosts, troubles } = await asPerson(person, "/SitePages/Home.aspx");
  await page.getByRole("heading", { name: "承認待ち" }).waitFor({ timeout: PATIENCE });
  await page.getByText(number).first().waitFor({ timeout: PATIENCE });
  await page.getByRole("img", { name: /^\d+ 件$/ }).waitFor();
  await shoot(page, "tasks");
  // As the link of a mail may name it.
  await page.goto(`${site}/SitePages/Home.aspx?application=${number}`);
  await page.getByRole("heading", { name: "承認すると行われる変更" }).waitFor({ timeout: PATIENCE });
  const account = page.getByRole("listitem").filter({ hasText: "アカウント" }).filter({ has: page.locator("ins") });
  assert.equal(await account.first().locator("ins").textContent(), `${LOCAL}@${domain}`);
  await shoot(page, "review");
  await page.getByRole("button", { name: "却下", exact: true }).click();
  await page.getByRole("button", { name: "却下を実行" }).click();
  await page.getByText("理由を入力してください。").waitFor();
  await shoot(page, "reason");
  await page.getByRole("button", { name: "やめる" }).click();
  await page.getByRole("button", { name: "承認", exact: true }).click();
  await page.getByLabel("コメント").fill("入社日を確認しました。");
  await shoot(page, "confirm");
  await page.getByRole("button", { name: "承認を実行" }).click();
  await page.getByText("承認を記録しました。").waitFor({ timeout: PATIENCE });
  await shoot(page, "recorded");
  await until("the second step", async () => value(await itemOf(), "PFStepToken") !== token);
  await page.getByRole("button", { name: "最新の内容を見る" }).click();
  await page.getByText("いまあなたの判断を待っていません").waitFor({ timeout: PATIENCE });
  await page.getByRole("button", { name: "判断の引戻し", exact: true }).waitFor({ timeout: PATIENCE });
  assert.equal(await page.getByRole("button", { name: "承認", exact: true }).count(), 0, "it is decided");
  await shoot(page, "decided");
  noStrangers(hosts);
  assert.deepEqual(troubles, [], "the page had trouble");
  await close();
  say(`${person.display_name} approved in the web part`);
}

// --- decisions in the edit form of the list ----------------------------------------------------------------------
async function approve(person) {
  const token = value(await itemOf(), "PFStepToken");
  // EditForm carries no step token, so what is shown must have stood for five minutes.
  await control("/clock/advance", put({ seconds: 301 }));
  const session = await asPerson(person, `/Lists/PFApplications/EditForm.aspx?ID=${sealed.id}`);
  await session.page.locator("#ff_PFDecision").selectOption("承認");
  await shoot(session.page, `decide-${person.properties.employeeId}`);
  await session.page.getByRole("button", { name: "保存" }).click();
  await session.page.waitForURL((url) => !url.pathname.endsWith("EditForm.aspx"));
  await session.close();
  say(`${person.display_name} approved`);
  return token;
}

await approveInWebPart(manager);
await approve(experts[0]);
await until("the first of two votes", async () => {
  const journal = exported();
  return journal.lines.filter((line) => line.body.includes('"type":"decided"')).length >= 2;
});
await approve(experts[1]);
await inState("CO");
say(`${number} is completed`);

function exported() {
  return JSON.parse(execFileSync(product, ["--config", ready.config, "--log-filter", "off", "export-journal", "--application", number], { encoding: "utf8" }));
}

// --- evidence --------------------------------------------------------------------------------------------------
const evidence = await until("every mail", async () => {
  const line = JSON.parse(execFileSync(product, ["--config", ready.config, "--log-filter", "off", "evidence", "show", "--application", number], { encoding: "utf8" }));
  return line.mails.length >= 5 && line.pendingJobs === 0 ? line : undefined;
});
delete evidence.pendingJobs;
const ledger = await control("/ledger");
const requests = ledger.requests.filter((request) => request.who === `app:${ready.appId}`);
const seals = ledger.effects.filter((effect) => effect.key.startsWith("sharepoint:create-item:") && effect.key.includes("PFApplications"));
evidence.app = ready.appId;
evidence.writeRequests = { seal: new Set(seals.map((effect) => effect.request_id)).size, total: requests.length };
assert.equal(evidence.user.userPrincipalName, `${LOCAL}@${domain}`);

mkdirSync(folder, { recursive: true });
const keep = (name, data) => writeFileSync(join(folder, `${name}.json`), JSON.stringify(data));
keep("evidence", evidence);
keep("dump", await dump());
keep("ledger", ledger);
keep("journal", exported());
execFileSync(product, ["--config", ready.config, "--log-filter", "off", "evidence", "export", "--application", number, "--out", join(folder, "package.json")]);
