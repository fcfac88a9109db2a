// The form reached, filled in and applied for with nothing but the keyboard.
// Usage: node keyboard.mjs READY.json
import assert from "node:assert/strict";
import { ANSWERS, asPerson, check, experts, finish, heading, LOCAL, look } from "./parts.mjs";
const desk = await asPerson(experts[1], false);

/** Presses Tab until the element with the focus has this text or id; what was passed on the way. */
async function tabTo(wanted) {
  const way = [];
  for (let step = 0; step < 200; step++) {
    await desk.page.keyboard.press("Tab");
    const at = await desk.page.evaluate(() => {
      const { id, textContent, type } = document.activeElement;
      // Of a field for a date a part of its own has the focus, and shows it.
      const seen = type === "date" || document.activeElement.matches(":focus-visible");
      return { id, text: textContent.trim(), seen };
    });
    if (way.at(-1) !== (at.id || at.text)) way.push(at.id || at.text);
    assert.ok(at.seen, `the focus is not shown at ${at.id || at.text}`);
    if (at.id === wanted || at.text === wanted) return way;
  }
  throw new Error(`Tab does not lead to ${wanted}: ${way.join(" ")}`);
}

await check("the form is reached, filled in and applied for with the keyboard alone", async () => {
  const { page } = desk;
  await heading(page, "申請の種類を選んでください").waitFor();
  const buttons = page.locator("li").getByRole("button", { name: "申請する" });
  await buttons.first().focus();
  await page.keyboard.press("Enter");
  await heading(page, "新規ユーザー登録").waitFor();
  const order = await page.evaluate(() => [...document.querySelectorAll("[id^=pf-field-]")].map(({ id }) => id));
  const answers = { ...ANSWERS, upnLocal: `${LOCAL}2`, startDate: undefined };
  const passed = [];
  for (const id of order.filter((id) => id !== "pf-field-groups")) {
    passed.push(...(await tabTo(id)));
    const answer = answers[id.replace("pf-field-", "")];
    if (answer) await page.keyboard.type(answer);
    if (id === "pf-field-department") await page.keyboard.press("ArrowDown");
    if (id === "pf-field-lastName") await page.keyboard.press("Enter");
  }
  // A field that has the focus twice in a row is one of several parts, such as a date.
  const way = passed.filter((id, at) => order.includes(id) && id !== passed[at - 1]);
  assert.deepEqual(way, order.filter((id) => id !== "pf-field-groups"));
  await tabTo("申請");
  await page.keyboard.press("Enter");
  await page.getByText("次の項目を確認してください（1 件）").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "pf-field-startDate");
  await look(page, "keyboard");
});
await finish(desk);
