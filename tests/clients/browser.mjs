// Chromium against the dev tenant: real host names, no hosts file, a profile of its own, nothing else reachable.
import { createHash, X509Certificate } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { chromium } from "playwright-core";

export const DESKTOP = { width: 1280, height: 860 };
export const PHONE = { width: 390, height: 844 };

/** Hosts that the tenant answers for. */
const MICROSOFT = ["*.sharepoint.com", "login.microsoftonline.com", "graph.microsoft.com"];

/**
 * Opens a browser whose connections go to `tenant` and `backend` (`address:port`, the latter may be missing).
 * Chromium is told the very keys of their certificates, after they were checked here against `ca` (a PEM file).
 */
export async function openBrowser({ tenant, backend, backendHost = "flow.contoso.example", ca, phone = false }) {
  const profile = mkdtempSync(join(tmpdir(), "pf-browser-"));
  allowFrames(profile);
  const places = [...MICROSOFT.map((host) => [host, tenant]), ...(backend ? [[backendHost, backend]] : [])];
  const keys = [await keyOf("login.microsoftonline.com", tenant, ca)];
  if (backend) keys.push(await keyOf(backendHost, backend, ca));
  const rules = places.map(([host, place]) => `MAP ${host} ${place}`);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    locale: "ja-JP",
    timezoneId: "Asia/Tokyo",
    viewport: phone ? PHONE : DESKTOP,
    hasTouch: phone,
    isMobile: phone,
    args: [
      `--host-resolver-rules=${rules.join(", ")}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
      `--ignore-certificate-errors-spki-list=${keys.join(",")}`,
      ...["disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "no-first-run"]
        .map((flag) => `--${flag}`),
    ],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  };
  return { context, page, close };
}

/** The framework signs in in a hidden frame of another site, which needs that site's cookies, as browsers of companies allow. */
function allowFrames(profile) {
  const preferences = { profile: { block_third_party_cookies: false, cookie_controls_mode: 0 } };
  mkdirSync(join(profile, "Default"));
  writeFileSync(join(profile, "Default", "Preferences"), JSON.stringify(preferences));
}

/** Base64 SHA-256 of the public key that `place` shows for `host`; rejects when `ca` did not issue it. */
async function keyOf(host, place, ca) {
  const [address, port] = place.split(":");
  const socket = tls.connect({ host: address, port: Number(port), servername: host, ca: readFileSync(ca) });
  await new Promise((resolve, reject) => socket.once("secureConnect", resolve).once("error", reject));
  const certificate = new X509Certificate(socket.getPeerCertificate(true).raw);
  socket.destroy();
  const key = certificate.publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(key).digest("base64");
}

/** Pictures of the page at both sizes, in the folder of SCREENSHOTS; without it nothing is done. */
export async function shoot(page, name) {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const before = page.viewportSize();
  for (const [size, viewport] of [["desktop", DESKTOP], ["phone", PHONE]]) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: join(folder, `${name}-${size}.png`), fullPage: true });
  }
  await page.setViewportSize(before);
}

/** Collects what a page must not have: errors of scripts, and answers of 500 and above. */
export function watch(page) {
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(`script: ${error.message}`));
  page.on("response", (reply) => reply.status() >= 500 && troubles.push(`${reply.status()} ${reply.url()}`));
  return troubles;
}

/** Opens `url` as the person of that account, through the tenant's own sign-in pages. */
export async function signIn(page, url, account) {
  await page.goto(url);
  await page.getByRole("button", { name: account }).click();
  await page.waitForURL((there) => there.hostname === new URL(url).hostname && !there.pathname.startsWith("/_"));
}
