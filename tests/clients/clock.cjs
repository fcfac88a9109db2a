// Preloaded into unmodified Node programs: their clock is the dev tenant's, once tests have moved that.
const { existsSync, readFileSync } = require("node:fs");

const file = process.env.PF_CLOCK_OFFSET;
const shift = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
const Outside = Date;
const now = () => Outside.now() + shift;

if (shift !== 0) {
  globalThis.Date = new Proxy(Outside, {
    construct: (date, given, as) => Reflect.construct(date, given.length === 0 ? [now()] : given, as),
    apply: () => new Outside(now()).toString(),
    get: (date, name) => (name === "now" ? now : date[name]),
  });
}
