// An address on HOOK_HOST that SharePoint may notify: it repeats a validation token, unless it is asked at /mute.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";

export const hook = `https://${process.env.HOOK_HOST}`;

/// Listens. `shaken`: what came with a validation token; `notified`: the first that came without.
export async function listen() {
  const shaken = [];
  let hear;
  const notified = new Promise((resolve) => { hear = resolve; });
  const keys = { cert: readFileSync(process.env.HOOK_CERT), key: readFileSync(process.env.HOOK_KEY) };
  const server = createServer(keys, async (request, answer) => {
    const { pathname, searchParams } = new URL(request.url, hook);
    const token = searchParams.get("validationtoken");
    let body = "";
    for await (const piece of request) body += piece;
    if (token === null) hear({ pathname, body });
    else shaken.push({ method: request.method, pathname, own: searchParams.get("own"), token, body });
    answer.writeHead(200, { "Content-Type": "text/plain" }).end(pathname === "/mute" ? "" : token ?? "");
  });
  await new Promise((resolve) => server.listen(Number(process.env.HOOK_PORT), "127.0.0.1", resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { shaken, notified, close };
}
