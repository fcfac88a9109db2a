// An application that somebody else wrote: its approver corrects it, its applicant corrects it and applies again, and
// whoever is to do the work by hand declines it; each page is looked at.
// Usage: node correct.mjs READY.json   (of a demo whose first step lets fields be changed, and whose second is work by hand)
import assert from "node:assert/strict";
import { ANSWERS, applicant, asPerson, button, check, experts, field, fill, finish, heading, look, manager } from "./parts.mjs";

const [drafter, worker] = experts;
const desk = await asPerson(drafter, false);

/** Presses a button again and again until something is there. */
async function until(page, found, again) {
  for (let turn = 0; turn < 60; turn++) {
    if (await found.count()) return;
    await again();
    await page.waitForTimeout(1000);
  }
  throw new Error(`it never comes: ${await page.locator("body").innerText()}`);
}

await check("somebody applies for another person", async () => {
  const { page } = desk;
  await heading(page, "申請の種類を選んでください").waitFor();
  await page.locator("li").getByRole("button", { name: "申請する" }).first().click();
  await heading(page, "新規ユーザー登録").waitFor();
  await page.getByLabel("だれの申請ですか").selectOption("other");
  await field(page, "PFApplyFor").fill(applicant.user_principal_name);
  await fill(page, ANSWERS);
  await field(page, "department").selectOption("営業部");
  await button(page, "申請").click();
  await page.getByText("申請しました。").first().waitFor();
});

const number = await (async () => {
  const card = desk.page.locator("li").filter({ hasText: /USR-\d+-\d+/ });
  await until(desk.page, card, () => button(desk.page, "最新の状態に更新").last().click());
  return /USR-\d+-\d+/.exec(await card.first().textContent())[0];
})();

/** The page of a decision, as the person who is asked, once he is offered `offer`. */
async function review(person, phone, offer) {
  const session = await asPerson(person, phone, `/SitePages/Home.aspx?application=${number}`);
  await until(session.page, button(session.page, offer), () => session.page.reload());
  return session;
}

await check("the approver corrects a field, sees what differs, and sends it", async () => {
  const { page, close, troubles } = await review(manager, true, "申請内容の修正");
  await button(page, "申請内容の修正").tap();
  await heading(page, "修正できる項目").waitFor();
  assert.equal(await field(page, "lastName").count(), 0);
  assert.equal(await field(page, "post").inputValue(), ANSWERS.post);
  await look(page, "correct");
  await field(page, "post").fill("<主任>");
  await button(page, "修正内容を確認").tap();
  await page.getByText("次の項目を確認してください").waitFor();
  await look(page, "correct-wrong");
  await field(page, "post").fill("主任");
  await button(page, "修正内容を確認").tap();
  await page.locator("ins").filter({ hasText: "主任" }).waitFor();
  await look(page, "correct-changes");
  await button(page, "申請内容の修正を実行").tap();
  await page.getByText("申請内容の修正を記録しました。").waitFor();
  await button(page, "最新の内容を見る").tap();
  await until(page, page.locator("dd").filter({ hasText: "主任" }), () => page.reload());
  await look(page, "corrected");
  assert.deepEqual(troubles, []);
  await close();
});

await check("he sends it back to its applicant", async () => {
  const { page, close } = await review(manager, false, "差戻し");
  await button(page, "差戻し").click();
  await page.locator("textarea").fill("開始日を確かめてください");
  await button(page, "差戻しを実行").click();
  await page.getByText("差戻しを記録しました。").waitFor();
  await close();
});

await check("the applicant, who wrote no row, corrects it and applies again", async () => {
  const { page, close, troubles } = await asPerson(applicant, true);
  const card = page.locator("li").filter({ hasText: number }).filter({ hasText: "差戻し" });
  await button(page, "自分の申請").first().tap();
  await until(page, card, async () => {
    await page.reload();
    await button(page, "自分の申請").first().tap();
    await page.waitForTimeout(1000);
  });
  await card.getByRole("button", { name: "詳細" }).tap();
  await button(page, "編集").waitFor();
  await look(page, "came-back");
  await button(page, "編集").tap();
  await page.getByText(`あなたを申請者とする ${number} を修正して、再申請します。`).waitFor();
  assert.equal(await field(page, "post").inputValue(), "主任");
  assert.equal(await button(page, "下書き保存").count(), 0);
  await field(page, "post").fill("係長");
  await look(page, "apply-again");
  await button(page, "再申請").tap();
  await page.getByText("申請しました。").first().waitFor();
  assert.deepEqual(troubles, []);
  await close();
});

await check("the approver sees the new form and approves", async () => {
  const { page, close } = await review(manager, false, "承認");
  await until(page, page.locator("dd").filter({ hasText: "係長" }), () => page.reload());
  await button(page, "承認").click();
  await button(page, "承認を実行").click();
  await page.getByText("承認を記録しました。").waitFor();
  await close();
});

await check("the work by hand is declined with a reason", async () => {
  const { page, close, troubles } = await review(worker, true, "作業不可");
  await button(page, "作業不可").tap();
  await button(page, "作業不可を実行").tap();
  await page.getByText("理由を入力してください。").waitFor();
  await page.locator("textarea").fill("電話機の在庫がない");
  await look(page, "decline-work");
  await button(page, "作業不可を実行").tap();
  await page.getByText("作業不可を記録しました。 現在の状態: 要確認").waitFor();
  await look(page, "declined");
  assert.deepEqual(troubles, []);
  await close();
});
await finish(desk);
