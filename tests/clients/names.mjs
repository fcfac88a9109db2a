// Names while a person types: against the rules, free, taken, and asked for by another application.
// Usage: node names.mjs READY.json
import { applicant, asPerson, button, check, field, finish, heading, look, manager, PATIENCE, site } from "./parts.mjs";

const ALIAS = "sales-desk";
const session = await asPerson(applicant, false);
const { page } = session;

async function open() {
  await page.goto(`${site}/SitePages/Home.aspx`);
  await heading(page, "申請の種類を選んでください").waitFor();
  const card = page.locator("li").filter({ hasText: "共有メールボックスの作成" });
  await card.getByRole("button", { name: "申請する" }).click();
  await heading(page, "共有メールボックスの作成").waitFor();
}

async function told(text) {
  await page.getByText(text).waitFor();
}

await check("r21 a reserved name is told at the keystroke, with the remedy", async () => {
  await open();
  await field(page, "name").fill("営業窓口");
  await field(page, "alias").fill("Postmaster");
  await field(page, "alias").blur();
  await told("「postmaster」は管理用に予約された名前のため使えません。");
  await look(page, "names-reserved");
});

await check("r22 a name is told to be taken, or free, at a pause in typing", async () => {
  await field(page, "alias").fill(manager.user_principal_name.split("@")[0]);
  await told("すでに使われています。");
  await look(page, "names-taken");
  await field(page, "alias").fill(ALIAS);
  await told("利用できます。");
  await look(page, "names-free");
});

await check("r22 one's own open application is named where the same name is wanted again", async () => {
  await field(page, "reason").fill("窓口のため");
  await button(page, "申請").click();
  await told("申請しました。");
  // It asks for the name once it was accepted.
  const until = Date.now() + PATIENCE;
  for (let said = ""; !said.includes("がこの名前を申請しています"); ) {
    if (Date.now() > until) throw new Error(`it was told: ${said}`);
    await open();
    await field(page, "alias").fill(ALIAS);
    await page.getByText(/利用できます。|申請しています/).waitFor();
    said = await page.locator("[role=status]").allTextContents().then((all) => all.join());
  }
  await page.getByText(/処理中の申請 MBN-\S+ がこの名前を申請しています。/).waitFor();
  await look(page, "names-asked");
});

await finish(session);
