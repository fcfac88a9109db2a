/** How the adapter reaches SharePoint. The web part gives it SPFx's client, tests their own. */

export interface Call {
  method: 'GET' | 'POST';
  /** Relative to the site. */
  path: string;
  headers?: Record<string, string>;
  body?: string | Blob;
}

export interface Reply {
  status: number;
  header(name: string): string | undefined;
  json(): Promise<unknown>;
  /** For files; a stand-in that has none may leave it out. */
  text?(): Promise<string>;
}

export type Send = (call: Call) => Promise<Reply>;

/** SharePoint or the backend said no. */
export class Refused extends Error {
  public constructor(
    public readonly status: number,
    path: string
  ) {
    super(`${status} ${path.split('?')[0]}`);
    // ES2020 output keeps the prototype; the name helps in logs.
    this.name = 'Refused';
  }
}

export async function expectOk(send: Send, call: Call): Promise<Reply> {
  const reply = await send(call);
  if (reply.status < 200 || reply.status >= 300) throw new Refused(reply.status, call.path);
  return reply;
}
