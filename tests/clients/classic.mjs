// The classic site in Chromium: sign-in, our web part on Microsoft's runtime, list pages, another person.
// READY names the file that `provisioning-flow demo` writes when it is ready.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { openBrowser, shoot, signIn, watch } from "./browser.mjs";

const ready = JSON.parse(readFileSync(process.env.READY, "utf8"));
const { page, close } = await openBrowser({
  tenant: ready.tenant,
  backend: ready.service,
  backendHost: ready.publicHost,
  ca: ready.caFile,
});
const troubles = watch(page);
const applicant = process.env.APPLICANT ?? "mai.noguchi@contoso.onmicrosoft.com";
const other = process.env.OTHER ?? "jun.arai@contoso.onmicrosoft.com";

let passed = 0;
async function check(name, work) {
  try {
    await work();
    passed += 1;
    console.log(`ok ${name}`);
  } catch (error) {
    console.log(`FAILED ${name}: ${error.stack ?? error}`);
    await shoot(page, "failed");
    process.exitCode = 1;
  }
}

await check("a person signs in and the home page hosts our web part", async () => {
  await signIn(page, ready.site, applicant);
  await page.getByRole("heading", { name: "申請の種類を選んでください" }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/sites/flow/SitePages/Home.aspx");
  await shoot(page, "home");
});
await check("the runtime signs itself in without a word", async () => {
  const held = () => Object.keys(localStorage).concat(Object.keys(sessionStorage)).some((key) => /accesstoken/i.test(key));
  await page.waitForFunction(held, null, { timeout: 10_000 });
});
await check("a new row of the inbox is made on the home page", async () => {
  await page.goto(`${ready.site}/Lists/PFInbox/NewForm.aspx`);
  assert.equal(new URL(page.url()).pathname, "/sites/flow/SitePages/Home.aspx");
});
await check("lists are in the quick launch and open in their default view", async () => {
  await page.getByRole("navigation", { name: "サイド リンク バー" }).getByRole("link", { name: "受付" }).click();
  await page.getByRole("heading", { name: "受付" }).waitFor();
  await shoot(page, "inbox");
});
await check("a page that is not there says so", async () => {
  const reply = await page.goto(`${ready.site}/Lists/PFInbox/DispForm.aspx?ID=999999`);
  assert.equal(reply.status(), 404);
  await page.getByText("お探しのものは見つかりませんでした").waitFor();
  await shoot(page, "missing");
});
await check("another person signs in by the menu of the suite bar", async () => {
  await page.goto(`${ready.site}/_layouts/15/viewlsts.aspx`);
  const me = page.locator("#suiteBar summary");
  const before = await me.innerText();
  await me.click();
  await shoot(page, "people");
  await page.locator(`#suiteBar .menu a[href*="${encodeURIComponent(other)}"]`).click();
  await shoot(page, "choose");
  await page.getByRole("button", { name: other }).click();
  await page.waitForURL("**/_layouts/15/viewlsts.aspx");
  assert.notEqual(await me.innerText(), before);
});
await check("no page broke", async () => assert.deepEqual(troubles, []));

console.log(`${passed} passed, ${process.exitCode ? "some" : 0} failed`);
await close();
