// How long 1,000 rows of a CSV file take in Chromium, from the bytes of the file to what is wrong with each row.
// Usage: node csv-bench.mjs FILE   (writes the figures there; the browser module must have been built)
// Fails when a person would wait for longer than a second, or when the mistakes were not found.
import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";

const ROWS = 1_000;
const ROUNDS = 20;
/** What was promised: 1,000 rows judged in the browser in less than this, in milliseconds. */
const PROMISED = 1_000;
/** Of ten rows one has a mistake. */
const MISTAKES = ROWS / 10;
const top = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, top), "utf8");
const generated = (name) => read(`spfx-web/src/forms/generated/${name}.ts`);
const { form } = JSON.parse(read("manifests/workflows/users-create.json"));
const option = (number) => ({ value: `00000000-0000-0000-0000-${String(number).padStart(12, "0")}`, label: { ja: `選択肢 ${number}`, en: `Option ${number}` } });
const options = Array.from({ length: 50 }, (_, number) => option(number));
const context = { today: "2026-11-24", masters: { licences: { options }, groups: { options } } };
/** Every tenth row has a mistake: its number is too short. */
const line = (number) => {
  const employee = number % 10 === 0 ? "12" : String(number).padStart(6, "0");
  return `高橋,花${number},タカハシ,ハナ,${employee},営業部,主任,boss@contoso.com,user${number},選択肢 ${number % 50},選択肢 1;選択肢 2`;
};
const header = "姓,名,姓(カナ),名(カナ),社員番号,部署,役職,上長,ユーザー名,ライセンス,所属グループ";
const text = [header, ...Array.from({ length: ROWS }, (_, at) => line(at + 1))].join("\r\n");
const bytes = Buffer.from(text).toString("base64");

async function measure({ glue, module, form, context, bytes, rounds }) {
  const binary = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const loaded = await import(URL.createObjectURL(new Blob([glue], { type: "text/javascript" })));
  const opened = performance.now();
  await loaded.default({ module_or_path: binary(module) });
  const checker = new loaded.Form(JSON.stringify(form), JSON.stringify(context));
  const answers = { managers: "each", startDate: "2026-12-01", reason: "x" };
  const figures = { opening: performance.now() - opened, reading: [], judging: [], keystroke: [] };
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    const file = JSON.parse(checker.readCsv("people", new TextDecoder("utf-8", { fatal: true }).decode(binary(bytes))));
    const wasRead = performance.now();
    const values = JSON.stringify({ ...answers, people: file.rows });
    figures.findings = JSON.parse(checker.checkRows("people", values)).length;
    const wasJudged = performance.now();
    JSON.parse(checker.check(values));
    figures.rows = file.rows.length;
    figures.reading.push(wasRead - started);
    figures.judging.push(wasJudged - wasRead);
    figures.keystroke.push(performance.now() - wasJudged);
  }
  return figures;
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage();
const [, module] = generated("bytes").match(/["'`]([A-Za-z0-9+/=]{1000,})["'`]/);
const measured = await page.evaluate(measure, { glue: generated("glue"), module, form, context, bytes, rounds: ROUNDS });
await browser.close();

const middle = (times) => Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] * 10) / 10;
const sums = measured.reading.map((reading, round) => reading + measured.judging[round]);
const slowest = (times) => Math.round(Math.max(...times) * 10) / 10;
const times = (name) => ({ p50: middle(measured[name]), slowest: slowest(measured[name]) });
const figures = {
  rows: measured.rows, findings: measured.findings, bytes: Buffer.byteLength(text), rounds: ROUNDS,
  milliseconds: {
    opening: Math.round(measured.opening), reading: times("reading"), judging: times("judging"),
    wholeFormAtAKeystroke: times("keystroke"), fileToFindings: { p50: middle(sums), slowest: slowest(sums), promised: PROMISED },
  },
};
writeFileSync(process.argv[2], `${JSON.stringify(figures, null, 2)}\n`);
console.log(JSON.stringify(figures, null, 2));
// The first file of a page also waits for the module.
const wait = figures.milliseconds.opening + figures.milliseconds.fileToFindings.slowest;
if (figures.rows !== ROWS || figures.findings < MISTAKES) {
  console.error(`${figures.rows} rows with ${figures.findings} findings, instead of ${ROWS} with ${MISTAKES} at least`);
  process.exit(1);
}
if (wait >= PROMISED) {
  console.error(`${Math.round(wait)} ms from a file to its findings, the module included: not less than ${PROMISED}`);
  process.exit(1);
}
