// What stands until a day is renewed: asked for by its applicant, and decided by his manager.
// Usage: node renewal.mjs READY.json
import assert from "node:assert/strict";
import { ANSWERS, applicant, asPerson, button, check, field, fill, finish, heading, look, manager, PATIENCE, site } from "./parts.mjs";

const session = await asPerson(applicant, false);
const { page } = session;

/**
 * Opens the details of the application that begins with this title, once they show `state`, and this fact besides: the
 * row says its state a moment before the item says all of it. Its number.
 */
async function detail(state, title, fact) {
  const until = Date.now() + PATIENCE;
  while (Date.now() < until) {
    await page.goto(`${site}/SitePages/Home.aspx`);
    await button(page, "自分の申請").first().click();
    const card = page.locator("li").filter({ hasText: title }).filter({ hasText: state });
    await button(page, "最新の状態に更新").last().waitFor();
    if (await card.count()) {
      // Its title may name another one.
      const numbers = (await card.first().textContent()).match(/USR-\d+-\d{5}/g) ?? [];
      const number = numbers.find((named) => !title.includes(named));
      await card.first().getByRole("button", { name: "詳細" }).first().click();
      await heading(page, "履歴").first().waitFor();
      if (!fact || (await page.getByText(fact, { exact: true }).count())) return number;
    }
    await page.waitForTimeout(1000);
  }
  throw new Error(`${title} is not ${state}`);
}

async function approve(number, name) {
  const { page, close, troubles } = await asPerson(manager, false, `/SitePages/Home.aspx?application=${number}`);
  await heading(page, "承認すると行われる変更").waitFor();
  await look(page, name);
  const reads = await page.locator("body").textContent();
  await button(page, "承認").click();
  await button(page, "承認を実行").click();
  await page.getByText("承認を記録しました。").waitFor();
  assert.deepEqual(troubles, []);
  await close();
  return reads;
}

const TITLE = "新規ユーザー登録";
let number;

await check("x03 an application until a day shows that day", async () => {
  await page.goto(`${site}/SitePages/Home.aspx`);
  await page.locator("li").getByRole("button", { name: "申請する" }).first().click();
  await heading(page, TITLE).waitFor();
  await fill(page, ANSWERS);
  await field(page, "department").selectOption("営業部");
  await page.getByText("利用できます。").waitFor();
  await button(page, "申請").click();
  await page.getByText("申請しました。").first().waitFor();
  number = await detail("承認中", TITLE);
  assert.match(await approve(number, "until-review"), new RegExp(`有効期限 ${ANSWERS.startDate} が過ぎると`));
  await detail("完了", TITLE, "有効期限");
  assert.equal(await button(page, "変更申請").count(), 0);
  await look(page, "until-detail");
});

await check("x03 its renewal asks the day and the reason alone, and the manager reads both days", async () => {
  await button(page, "更新申請").click();
  await page.getByText(`${number} の更新申請です。`).waitFor();
  assert.equal(await field(page, "lastName").count(), 0);
  const later = new Date(Date.now() + 150 * 24 * 3600 * 1000).toISOString().slice(0, 10);
  await field(page, "startDate").fill(later);
  await field(page, "post").fill("主任");
  await look(page, "renewal-form");
  await button(page, "申請").click();
  await page.getByText("申請しました。").first().waitFor();
  const renewal = await detail("承認中", `更新申請 ${number}`);
  const reads = await approve(renewal, "renewal-review");
  assert.match(reads, new RegExp(`有効期限.*${ANSWERS.startDate}.*${later}`));
  await detail("完了", `更新申請 ${number}`);
  await look(page, "renewal-detail");
  assert.equal(await button(page, "取消申請").count(), 0);
});

await finish(session);
