/** Calls to the lists of the workflow site, as the person himself. */
import type { Item } from './rows';
import { expectOk, Refused, type Call, type Reply, type Send } from './send';

/** Lists of applications follow one another; nobody has more open at a time. */
const LISTS = 20;

export function quoted(value: string): string {
  return encodeURIComponent(value.replace(/'/g, "''"));
}

export class ListClient {
  /** `site` is the site's server-relative address. */
  public constructor(
    protected readonly send: Send,
    private readonly site: string
  ) {}

  /** The number of the person in this site. */
  public async me(): Promise<number> {
    return ((await this.one('/_api/web/currentuser?$select=Id')) as { Id: number }).Id;
  }

  protected list(name: string): string {
    return `/_api/web/GetList('${quoted(`${this.site.replace(/\/$/, '')}/Lists/${name}`)}')`;
  }

  /** The text of a file of this site, by its server-relative address. */
  public async textOf(url: string): Promise<string> {
    const path = `/_api/web/GetFileByServerRelativePath(decodedUrl='${quoted(url)}')/$value`;
    const reply = await expectOk(this.send, { method: 'GET', path });
    return (await reply.text?.()) ?? '';
  }

  /** An attachment of an item, as it is. */
  protected fileOf(list: string, item: number, name: string): string {
    const path = `${this.site.replace(/\/$/, '')}/Lists/${list}/Attachments/${item}/${name}`;
    return `/_api/web/GetFileByServerRelativePath(decodedUrl='${quoted(path)}')/$value`;
  }

  protected async one(path: string): Promise<Item> {
    const reply = await expectOk(this.send, { method: 'GET', path });
    return (await reply.json()) as Item;
  }

  protected async items(path: string): Promise<Item[]> {
    return ((await this.one(path)) as { value: Item[] }).value;
  }

  protected post(path: string, fields: Item, headers: Record<string, string> = {}): Promise<Reply> {
    const call: Call = { method: 'POST', path, headers, body: JSON.stringify(fields) };
    return expectOk(this.send, call);
  }

  /** One list of applications after the other until one is missing; the first one always stands. */
  protected async inEvery<T>(read: (list: string) => Promise<T[]>): Promise<T[]> {
    const found: T[] = [];
    for (let at = 1; at <= LISTS; at++) {
      try {
        found.push(...(await read(at === 1 ? 'PFApplications' : `PFApplications${at}`)));
      } catch (reason) {
        if (at > 1 && reason instanceof Refused && reason.status === 404) break;
        throw reason;
      }
    }
    return found;
  }

  /** 操作: a row of the inbox that asks something of an application; its number. */
  protected async ask(action: string, number: string, stepToken: string, fields: Item): Promise<number> {
    const reply = await this.post(`${this.list('PFInbox')}/items`, {
      Title: `${action} ${number}`,
      PFKind: 'act',
      PFNumber: number,
      PFStepToken: stepToken,
      PFApplicantAction: action,
      ...fields
    });
    const row = (await reply.json()) as Item;
    return (row.Id ?? row.ID) as number;
  }
}
