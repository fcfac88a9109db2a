// Looks at the web parts of a page as it is painted: with axe, contrast and sizes of targets included, and for what does
// not fit the window.
import { readFileSync } from "node:fs";

const AXE = readFileSync(new URL("../../spfx-web/node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
/** Each web part of ours is one such element; the page around it is SharePoint's. */
const PARTS = ".fui-FluentProvider";
const OPTIONS = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  // Said of whole pages, which are not ours; and the sizes of targets, which axe leaves out unless it is asked.
  rules: { region: { enabled: false }, "page-has-heading-one": { enabled: false }, "target-size": { enabled: true } },
};

/** What is wrong with the web parts as they stand; nothing where all is well. */
export async function faults(page) {
  if (!(await page.locator(PARTS).count())) return ["no web part is there"];
  // By the debugger's door, which no policy of the page closes.
  await page.evaluate(AXE);
  const found = await page.evaluate(async ([parts, options]) => {
    const { violations } = await globalThis.axe.run({ include: [parts] }, options);
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 140)} ${node.any[0]?.message ?? ""}`));
  }, [PARTS, OPTIONS]);
  return [...found, ...(await page.evaluate(overflowing, PARTS))];
}

/** Runs in the page: what sticks out of the window, but for tables that scroll by themselves. */
function overflowing(parts) {
  const inside = (element) => element.closest('[role="region"][tabindex="0"]');
  const seen = ({ width, height, right }) => width > 1 && height > 1 && right > document.documentElement.clientWidth + 1;
  return [...document.querySelectorAll(`${parts} *`)]
    .filter((element) => !inside(element) && seen(element.getBoundingClientRect()))
    .slice(0, 3)
    .map((element) => `sticks out: ${element.outerHTML.slice(0, 140)}`);
}
