/** The person's own settings: rows of the inbox that he writes and reads himself. */
import { endPayload, mailsOf, ofRows, payloadOf, type Deputyship, type Mails, type Wish } from './deputies';
import { ListClient } from './listClient';
import type { Item } from './rows';

/** Newest rows that are looked at. */
const ROWS = 200;
const FIELDS = 'Id,PFKind,PFPayload,PFStatus,PFIssues,Created,AuthorId';

export interface Settings {
  deputies: Deputyship[];
  mails: Mails;
}

export class SettingRows extends ListClient {
  public async read(now: Date): Promise<Settings> {
    const userId = await this.me();
    return { deputies: ofRows(await this.own('deputy', userId), now), mails: mailsOf(await this.own('mails', userId)) };
  }

  /** The number of the row; it counts once the service has read it. */
  public async name(title: string, wish: Wish): Promise<number> {
    return this.add('deputy', title, payloadOf(wish));
  }

  public async end(title: string, row: number): Promise<number> {
    return this.add('deputy', title, endPayload(row));
  }

  public async choose(title: string, mails: Mails): Promise<number> {
    return this.add('mails', title, JSON.stringify({ mails }));
  }

  /** Newest first. Owners of the site see everybody's, hence the comparison. */
  private async own(kind: string, userId: number): Promise<Item[]> {
    const query = `?$select=${FIELDS}&$filter=PFKind eq '${kind}'&$orderby=Id desc&$top=${ROWS}`;
    const rows = await this.items(`${this.list('PFInbox')}/items${query}`);
    return rows.filter((row) => row.AuthorId === userId);
  }

  private async add(kind: string, title: string, payload: string): Promise<number> {
    const fields = { Title: title, PFKind: kind, PFPayload: payload };
    const reply = await this.post(`${this.list('PFInbox')}/items`, fields);
    const row = (await reply.json()) as Item;
    return (row.Id ?? row.ID) as number;
  }
}
