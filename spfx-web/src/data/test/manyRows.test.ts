import { webcrypto } from 'crypto';

import type { RowValues } from '../../forms/model';
import type { Call, Send } from '../send';
import { SharePointLists, type Draft } from '../sharePoint';

Object.defineProperty(globalThis, 'crypto', { value: webcrypto });

const people: RowValues[] = Array.from({ length: 1000 }, (_, at) => ({ lastName: `姓${at}`, note: 'x'.repeat(80) }));
const draft: Draft = { workflow: 'users-create', version: 1, title: '一括', values: { reason: 'x', people } };

/** One row of the inbox with its attachments: each write makes a new version. */
class Inbox {
  public payload = '';
  public action: unknown;
  public version = 0;
  public readonly files = new Map<string, Blob>();
  public readonly written: string[] = [];

  public readonly send: Send = async (call) => {
    const found = call.method === 'GET' ? this.read(call.path) : this.write(call);
    return { status: found === undefined ? 412 : 200, header: () => undefined, json: async () => found };
  };

  private read(path: string): unknown {
    const file = /Attachments%2F1%2F(.+?)'/.exec(path);
    if (file) return this.parsed(decodeURIComponent(file[1]));
    const names = Array.from(this.files.keys(), (FileName) => ({ FileName }));
    return { Id: 1, PFPayload: this.payload, 'odata.etag': `"${this.version}"`, AttachmentFiles: names };
  }

  private async parsed(name: string): Promise<unknown> {
    const reader = new FileReader();
    const read = new Promise((resolve) => (reader.onload = resolve));
    reader.readAsText(this.files.get(name) as Blob);
    await read;
    return JSON.parse(reader.result as string);
  }

  private write(call: Call): unknown {
    const name = /(?:FileName=|getByFileName\()'(.+?)'/.exec(call.path)?.[1];
    const match = call.headers?.['IF-MATCH'];
    if (match && match !== '*' && match !== `"${this.version}"`) return undefined;
    this.version++;
    if (name && call.headers?.['X-HTTP-Method'] === 'DELETE') {
      this.files.delete(decodeURIComponent(name));
      this.written.push('detach');
    } else if (name) {
      this.files.set(decodeURIComponent(name), call.body as Blob);
      this.written.push('attach');
    } else {
      const fields = JSON.parse(call.body as string) as Record<string, unknown>;
      this.payload = fields.PFPayload as string;
      this.action = fields.PFApplicantAction;
      this.written.push(this.action === '申請' ? 'apply' : 'save');
    }
    return { Id: 1 };
  }
}

describe('a draft of a thousand rows', () => {
  it('f10 is saved with its rows in a file first, read back whole, and applied for as it was saved', async () => {
    const inbox = new Inbox();
    const lists = new SharePointLists(inbox.send, '/sites/flow');
    const row = await lists.createDraft(draft);
    expect(inbox.written).toEqual(['save', 'attach', 'save']);
    expect(inbox.payload.length).toBeLessThan(500);
    expect(row.values.people).toHaveLength(1000);
    await lists.apply(row, { ...draft, values: row.values });
    expect(inbox.written.slice(3)).toEqual(['apply']);
  });

  it('f10 replaces the file when the rows change, and takes the old one off', async () => {
    const inbox = new Inbox();
    const lists = new SharePointLists(inbox.send, '/sites/flow');
    const row = await lists.createDraft(draft);
    const saved = await lists.saveDraft(row, { ...draft, values: { people: people.slice(1) } });
    expect(inbox.written.slice(3)).toEqual(['attach', 'save', 'detach']);
    expect(saved.files).toHaveLength(1);
    expect(saved.values.people).toHaveLength(999);
  });

  it('f10 is not written over what another window saved meanwhile', async () => {
    const inbox = new Inbox();
    const lists = new SharePointLists(inbox.send, '/sites/flow');
    const row = await lists.createDraft(draft);
    inbox.version++;
    const another = { ...draft, values: { people: people.slice(2) } };
    await expect(lists.saveDraft(row, another)).rejects.toMatchObject({ status: 412 });
    expect(inbox.written.slice(3)).toEqual([]);
  });
});
