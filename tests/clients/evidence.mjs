// The page that checks evidence, opened from its file in Chromium without any network: a good package, one with a
// changed byte, one that another key wrote anew.
// Usage: node evidence.mjs VERIFY.html PACKAGE.json
import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { shoot, watch } from "./browser.mjs";
import checker from "./check.cjs";

const [pageFile, packageFile] = process.argv.slice(2);
const good = readFileSync(packageFile, "utf8");
const evidence = JSON.parse(good);
const folder = mkdtempSync(join(tmpdir(), "pf-evidence-"));
const PATIENCE = { timeout: 60_000 };

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
/** Members sorted by name, no white space. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

/** Whoever can write database and lists says that it ended another day, and signs all of it with a key of his own. */
function rewritten() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const made = (what) => sign(null, Buffer.from(sha256(canonical(what)), "hex"), privateKey).toString("hex");
  const spki = publicKey.export({ type: "spki", format: "der" });
  const fingerprint = sha256(spki);
  const lines = structuredClone(evidence.lines);
  const last = lines.at(-1);
  const line = JSON.parse(last.body);
  last.body = canonical({ ...line, at: line.at.replace(/^\d{4}/, (year) => Number(year) - 1) });
  last.hash = sha256(last.body);
  const heads = evidence.heads.map(({ seq }) => {
    const { hash } = lines.find((found) => found.seq === seq);
    const signature = made({ head: 1, application: evidence.application, seq, hash });
    return { seq, hash, keyId: fingerprint.slice(0, 16), signature };
  });
  const key = { pem: publicKey.export({ type: "spki", format: "pem" }), fingerprint };
  // Member by member in the text: JavaScript writes 1.0 as 1.
  let text = good;
  for (const [name, value] of Object.entries({ lines, heads, key })) {
    const member = (found) => `${JSON.stringify(name)}:${canonical(found)}`;
    assert.ok(text.includes(member(evidence[name])), name);
    text = text.replace(member(evidence[name]), () => member(value));
  }
  const seal = (found) => `"seal":${canonical(found)},`;
  const hash = sha256(text.replace(seal(evidence.seal), ""));
  text = text.replace(seal(evidence.seal), seal({ hash, signature: made({ package: 1, hash }) }));
  return { text, fingerprint };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--host-resolver-rules=MAP * ~NOTFOUND"],
});

/** The page with a file in it, and what it says. */
async function opened(text, { locale = "ja-JP", given = {}, name }) {
  const page = await browser.newPage({ locale });
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  const troubles = watch(page);
  await page.goto(pathToFileURL(pageFile).href);
  if (Object.keys(given).length) await page.locator("summary").click();
  for (const [id, value] of Object.entries(given)) await page.locator(`#${id}`).fill(value);
  const file = join(folder, "package.json");
  writeFileSync(file, text);
  await page.locator("#file").setInputFiles(file);
  const box = page.locator("#verdict > div");
  await box.waitFor(PATIENCE);
  await shoot(page, `evidence-${name}`);
  assert.deepEqual(troubles, [], "the page had trouble");
  assert.equal(requests.length, 1, `the page asked: ${requests}`);
  return { page, said: await box.textContent(), isGood: (await box.getAttribute("class")) === "good" };
}

const { check, done } = checker;
await check("a good package is good, and its story is told", async () => {
  const { page, said, isGood } = await opened(good, { name: "good" });
  assert.ok(isGood, said);
  assert.ok(said.includes("問題は見つかりませんでした") && said.includes(evidence.key.fingerprint), said);
  const story = await page.locator("#story").textContent();
  for (const part of ["経緯", "申請内容", "実行された変更", "上長承認", "承認", "申請者", "実行前", "実行後"]) {
    assert.ok(story.includes(part), `${part}: ${story}`);
  }
  assert.equal(await page.locator("#story tbody tr").count(), evidence.lines.length);
  assert.equal(await page.locator("#story article").count(), evidence.told.calls.length);
  await page.getByRole("button", { name: "English" }).click();
  const english = await page.locator("main").textContent();
  assert.ok(english.includes("Nothing is wrong with it") && english.includes("What was changed"), english);
  await page.close();
});

await check("a changed byte is named with its line and place", async () => {
  const changed = good.replace('\\"type\\":\\"decided\\"', '\\"type\\":\\"decidef\\"');
  assert.notEqual(changed, good);
  const { page, said, isGood } = await opened(changed, { locale: "en-US", name: "changed" });
  assert.ok(!isGood && said.includes("The text of the line does not have this hash"), said);
  const seq = evidence.lines.find((line) => line.body.includes('"type":"decided"')).seq;
  assert.ok(said.includes(`Line ${seq}`) && said.includes(`/lines/${seq - 1}/body`), said);
  assert.equal(await page.locator("#story").textContent(), "", "what does not hold is nobody's story");
  await page.close();
});

await check("a chain that another key wrote anew is named by the fingerprint and by the head of the closing mail", async () => {
  const { text, fingerprint } = rewritten();
  const alone = await opened(text, { name: "rewritten" });
  // Whole in itself: only the key tells, which the reader is asked to compare.
  assert.ok(alone.isGood && alone.said.includes(fingerprint) && alone.said.includes("見比べてください"), alone.said);
  const known = await opened(text, { given: { fingerprint: evidence.key.fingerprint }, name: "other-key" });
  assert.ok(!known.isGood && known.said.includes("指定された鍵とは別の鍵で署名されています"), known.said);
  const { seq, hash, signature, keyId } = evidence.heads.at(-1);
  const head = `${seq}:${hash}:${signature}:${keyId}`;
  const passed = await opened(text, { given: { head }, name: "other-head" });
  assert.ok(!passed.isGood && passed.said.includes("切り詰められたか、書き直された"), passed.said);
  const ours = await opened(good, { given: { head, fingerprint: evidence.key.fingerprint }, name: "compared" });
  assert.ok(ours.isGood && !ours.said.includes("見比べて"), ours.said);
});

await check("what is no package, or no fingerprint, is told as such", async () => {
  const other = await opened("{}", { name: "other" });
  assert.ok(!other.isGood && other.said.includes("証跡パッケージではありません"), other.said);
  const wrong = await opened(good, { given: { fingerprint: "12" }, name: "wrong-fingerprint" });
  assert.ok(!wrong.isGood && wrong.said.includes("64 桁"), wrong.said);
  // A signature of the right shape that the key never made.
  const unsigned = await opened(good.replace(evidence.seal.signature, evidence.heads[0].signature), { name: "unsigned" });
  assert.ok(!unsigned.isGood && unsigned.said.includes("封印の署名が、この鍵のものではありません"), unsigned.said);
});

await browser.close();
rmSync(folder, { recursive: true, force: true });
done();
