// One application from the form to its undoing on a phone, by touch; every page of both web parts is looked at.
// Usage: node phone.mjs READY.json
import assert from "node:assert/strict";
import { ANSWERS, applicant, asPerson, button, check, experts, field, fill, finish, heading, LOCAL, look, manager, site } from "./parts.mjs";

const phone = await asPerson(applicant, true);
const { page } = phone;

await check("the catalogue and the form are looked at on a phone", async () => {
  await heading(page, "申請の種類を選んでください").waitFor();
  await heading(page, "承認待ち").waitFor();
  await look(page, "catalogue");
  await page.locator("li").getByRole("button", { name: "申請する" }).first().tap();
  await heading(page, "新規ユーザー登録").waitFor();
  await field(page, "employeeNumber").fill("12a4");
  await field(page, "employeeNumber").blur();
  await page.getByText("6 桁の数字で入力してください。").waitFor();
  await button(page, "申請").tap();
  await page.getByText("次の項目を確認してください").waitFor();
  await look(page, "form");
});

await check("an application is made by touch", async () => {
  await fill(page, ANSWERS);
  await field(page, "department").selectOption("営業部");
  await page.getByText("利用できます。").waitFor();
  await look(page, "form-filled");
  await button(page, "申請").tap();
  await page.getByText("申請しました。").first().waitFor();
  await look(page, "applied");
});

const number = await (async () => {
  const card = page.locator("li").filter({ hasText: /USR-\d+-\d+/ }).first();
  for (let turn = 0; !(await card.count()) && turn < 60; turn++) {
    await button(page, "最新の状態に更新").last().tap();
    await page.waitForTimeout(1000);
  }
  return /USR-\d+-\d+/.exec(await card.textContent())[0];
})();

/** Opens the details of the application that stands first, until they show `state`. */
async function detail(state) {
  for (let turn = 0; turn < 60; turn++) {
    await page.goto(`${site}/SitePages/Home.aspx`);
    await button(page, "自分の申請").first().tap();
    const card = page.locator("li").filter({ hasText: number }).filter({ hasNotText: "取消申請" });
    await card.first().waitFor();
    if ((await card.first().textContent()).includes(state)) {
      await card.getByRole("button", { name: "詳細" }).first().tap();
      return heading(page, "履歴").first().waitFor();
    }
    await page.waitForTimeout(1000);
  }
  throw new Error(`${number} is not ${state}`);
}

await check("so are its details and what can be done to it", async () => {
  await detail("承認中");
  await look(page, "detail");
  await button(page, "取下げ").tap();
  await look(page, "withdraw");
  await button(page, "やめる").tap();
});

for (const [at, person] of [manager, ...experts].entries()) {
  await check(`${person.display_name} decides by touch`, async () => {
    const { page, close, troubles } = await asPerson(person, true, `/SitePages/Home.aspx?application=${number}`);
    await heading(page, "承認すると行われる変更").waitFor();
    await button(page, "承認").waitFor();
    if (at === 0) {
      await look(page, "review");
      await button(page, "差戻し").tap();
      await button(page, "差戻しを実行").tap();
      await page.getByText("理由を入力してください。").waitFor();
      await look(page, "send-back");
      await button(page, "やめる").tap();
    }
    await button(page, "承認").tap();
    await button(page, "承認を実行").tap();
    await page.getByText("承認を記録しました。").waitFor();
    if (at === 0) {
      await look(page, "recorded");
      await page.goto(`${site}/SitePages/Home.aspx`);
      await button(page, "代理設定").tap();
      await heading(page, "お知らせメール").waitFor();
      await look(page, "deputies");
    }
    assert.deepEqual(troubles, []);
    await close();
  });
}

await check("a completed application is copied, amended and undone by touch", async () => {
  await detail("完了");
  await look(page, "completed");
  await button(page, "コピーして新規申請").tap();
  await page.getByText("申請の内容をコピーしました。").waitFor();
  assert.equal(await field(page, "upnLocal").inputValue(), LOCAL);
  await look(page, "copy");
  await button(page, "一覧に戻る").tap();
  await detail("完了");
  await button(page, "変更申請").tap();
  await page.getByText(`${number} の変更申請です。`).waitFor();
  assert.equal(await page.getByText("すでに使われています。").count(), 0);
  await look(page, "amendment");
  await button(page, "一覧に戻る").tap();
  await detail("完了");
  await button(page, "取消申請").tap();
  await look(page, "undo");
  await button(page, "取消申請を実行").tap();
  await page.getByText("取消申請を出しました。").waitFor();
  const undoing = page.locator("li").filter({ hasText: `取消申請 ${number}` });
  for (let turn = 0; turn < 60; turn++) {
    await page.goto(`${site}/SitePages/Home.aspx`);
    await button(page, "自分の申請").first().tap();
    // What is not there yet is told, for a page that never shows it is worth reading.
    const shown = await undoing.waitFor({ timeout: 20_000 }).then(() => true, () => false);
    if (!shown) console.log(`not among these: ${await page.locator("main, body").first().innerText()}`);
    if (shown && (await undoing.textContent()).includes("承認中")) return look(page, "mine");
    await page.waitForTimeout(1000);
  }
  throw new Error("the undoing was not received");
});
await finish(phone);
